// Leased IAM users against a strict model of IAM: what is leased works, is bounded, and nothing of it is left.
import { randomUUID } from 'node:crypto';
import type { Integration, Planned } from '#engine/integrations/integration.js';
import {
  type AwsShop,
  BUCKET,
  credentialsOf,
  localIntegration,
  policy,
  READ,
  startAwsShop,
} from '../../../support/aws/shop.ts';

const SIGNAL = new AbortController().signal;
const MINUTE = 60_000;

let now: number;
let shop: AwsShop;
let integration: Integration;
let slept: number[];
beforeEach(async () => {
  now = Date.UTC(2026, 0, 1);
  slept = [];
  shop = await startAwsShop({ now: () => now });
  const pause = (ms: number) => {
    slept.push(ms);
    now += ms;
  };
  integration = localIntegration({ now: () => now, slept: pause });
});
afterEach(() => shop.close());

const plan = (parameters: object = { policy_arns: [shop.readArn] }, leaseId: string = randomUUID()): Planned => {
  const checked = integration.checkParameters('aws_iam_user', parameters);
  expect(checked.problems).toEqual([]);
  const data = integration.checkData(shop.data);
  expect(data.problems).toEqual([]);
  return integration.plan({
    leaseId,
    engineId: 'test0001',
    kind: 'aws_iam_user',
    data: data.value,
    parameters: checked.value,
  });
};
const create = (planned: Planned, ttlMs = 10 * MINUTE) => {
  const times = { expiresAt: now + ttlMs, hardExpiresAt: now + 2 * ttlMs, deadlineAt: now + 20_000 };
  return integration.create({ plan: planned.plan, data: shop.data, ...times }, SIGNAL);
};
const revoke = ({ plan: written }: Planned) =>
  integration.revoke({ plan: written, data: shop.data, expiresAt: now }, SIGNAL);
const leased = () => [...shop.model.account.users.values()].filter(({ path }) => path !== '/');

test('a leased key does what its policies say, and nothing once it is revoked', async () => {
  const planned = plan({ policy_arns: [shop.readArn], groups: ['readers'], permissions_boundary: shop.boundaryArn });
  const key = credentialsOf(await create(planned));
  expect(shop.model.may(key, 's3:GetObject', 'arn:aws:s3:::shop/x')).toBe('yes');
  expect(shop.model.may(key, 's3:ListBucket')).toBe('yes');
  expect(shop.model.may(key, 's3:PutObject', 'arn:aws:s3:::shop/x')).toBe('no');
  expect(await revoke(planned)).toBe('done');
  expect(shop.model.may(key, 's3:GetObject', 'arn:aws:s3:::shop/x')).toBe('unknown');
  expect(leased()).toEqual([]);
});

test('the key comes last, the bounds before any right, and path, boundary and tags with the user itself', async () => {
  const planned = plan({
    policy_arns: [shop.readArn],
    groups: ['readers'],
    policy: READ,
    permissions_boundary: shop.boundaryArn,
    tags: { team: 'shop' },
  });
  await create(planned);
  expect(shop.model.calls).toEqual([
    'iam:GetAccountSummary',
    'iam:CreateUser',
    'iam:PutUserPolicy',
    'iam:PutUserPolicy',
    'iam:AttachUserPolicy',
    'iam:AddUserToGroup',
    'iam:CreateAccessKey',
  ]);
  const [user] = leased();
  expect(user).toMatchObject({
    name: planned.externalRef,
    path: '/secrets-action/test0001/',
    boundary: shop.boundaryArn,
  });
  expect([...(user?.tags.keys() ?? [])].sort()).toEqual([
    'secrets-action:ends-by',
    'secrets-action:engine',
    'secrets-action:lease',
    'team',
  ]);
  expect(user?.tags.get('secrets-action:ends-by')).toBe(new Date(now + 20 * MINUTE).toISOString());
  expect([...(user?.inline.keys() ?? [])][0]).toBe('secrets-action-bounds');
});

test('a leased key is dead after its end though nobody revokes it, and renewal moves that end, never back', async () => {
  const planned = plan();
  const key = credentialsOf(await create(planned));
  const works = () => shop.model.may(key, 's3:GetObject', 'arn:aws:s3:::shop/x') === 'yes';
  const extend = (expiresAt: number) =>
    integration.extend?.({ plan: planned.plan, data: shop.data, expiresAt }, SIGNAL);
  const start = now;
  // Clocks differ: the holder is given half a minute more.
  now = start + 10 * MINUTE + 29_000;
  expect(works()).toBe(true);
  now = start + 10 * MINUTE + 31_000;
  expect(works()).toBe(false);
  now = start;
  await extend(start + 20 * MINUTE);
  await extend(start + 5 * MINUTE);
  now = start + 20 * MINUTE + 29_000;
  expect(works()).toBe(true);
  now = start + 21 * MINUTE;
  expect(works()).toBe(false);
  await revoke(planned);
  await expect(extend(now + MINUTE)).rejects.toMatchObject({ code: 'ERR_LEASE_NOT_RENEWABLE' });
});

test('a leased key makes no session and touches no user, whatever its policies allow', async () => {
  const all = shop.model.addPolicy('all', policy({ Effect: 'Allow', Action: '*', Resource: '*' }));
  const key = credentialsOf(await create(plan({ policy_arns: [all] })));
  expect(shop.model.may(key, 'ec2:RunInstances')).toBe('yes');
  const escapes = ['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:GetSessionToken', 'sts:GetFederationToken'];
  for (const action of [...escapes, 'iam:CreateUser', 'iam:PutUserPolicy', 'iam:CreateAccessKey']) {
    expect({ action, may: shop.model.may(key, action) }).toEqual({ action, may: 'no' });
  }
});

test('everything that hangs on the user goes with it, from lists of one item a page', async () => {
  shop.model.account.pageSize = 1;
  const planned = plan({ policy_arns: [shop.readArn, shop.boundaryArn], groups: ['readers'], policy: READ });
  await create(planned);
  const [user] = leased();
  if (!user) throw new Error('there is no user');
  user.keys.push(shop.model.account.newKey());
  user.hasLogin = true;
  for (const extra of Object.values(user.extras)) extra.add('one').add('two');
  expect(await revoke(planned)).toBe('done');
  expect(leased()).toEqual([]);
});

test.each(['throttle', 'deny', 'fail', 'conflict'] as const)(
  'a revoke that meets %s anywhere is not over',
  async (what) => {
    for (const call of ['ListAccessKeys', 'DeleteAccessKey', 'DeleteUserPolicy', 'DeleteUser']) {
      const planned = plan();
      await create(planned);
      shop.model.trouble({ call: `iam:${call}`, what });
      await expect(revoke(planned)).rejects.toMatchObject({ name: 'AppError' });
      shop.model.noTrouble();
      expect(await revoke(planned)).toBe('done');
    }
  },
);

test('a user is ended where it was made, though the integration leads elsewhere by now', async () => {
  const planned = plan();
  await create(planned);
  const moved = {
    ...shop.data,
    region: 'us-east-1',
    endpoints: { sts: 'http://127.0.0.1:9', iam: 'http://127.0.0.1:9' },
  };
  expect(await integration.revoke({ plan: planned.plan, data: moved, expiresAt: now }, SIGNAL)).toBe('done');
  expect(leased()).toEqual([]);
});

test('revoking twice, or what never was, is not found', async () => {
  const planned = plan();
  expect(await revoke(planned)).toBe('not_found');
  await create(planned);
  expect(await revoke(planned)).toBe('done');
  expect(await revoke(planned)).toBe('not_found');
});

test('a user that is not seen everywhere yet is waited for', async () => {
  shop.model.account.lagMs = 8000;
  const planned = plan();
  const key = credentialsOf(await create(planned));
  expect(slept.length).toBeGreaterThan(0);
  expect(shop.model.may(key, 's3:GetObject', BUCKET)).toBe('unknown');
  now += 8000;
  expect(shop.model.may(key, 's3:GetObject', 'arn:aws:s3:::shop/x')).toBe('yes');
});

test('a revoke that does not see the fresh user or its key finishes only when it does', async () => {
  const planned = plan();
  await create(planned);
  shop.model.account.lagMs = 30_000;
  expect(await revoke(planned)).toBe('not_found');
  now += 30_000;
  for (const key of leased().flatMap(({ keys }) => keys)) key.createdAt = now;
  await expect(revoke(planned)).rejects.toMatchObject({ code: 'ERR_UNAVAILABLE' });
  now += 30_000;
  expect(await revoke(planned)).toBe('done');
});

test('an answer lost after CreateUser or CreateAccessKey leaves one user, and its one key is the one that was given', async () => {
  const planned = plan();
  shop.model.trouble({ call: 'iam:CreateAccessKey', nth: 1, what: { lost: 'after' } });
  const key = credentialsOf(await create(planned));
  const [user] = leased();
  const live = user?.keys.filter(({ deletedAt }) => deletedAt === undefined).map(({ id }) => id);
  expect(live).toEqual([key.accessKeyId]);

  const again = plan();
  shop.model.trouble({ call: 'iam:CreateUser', nth: 1, what: { lost: 'after' } });
  await expect(create(again)).rejects.toMatchObject({ code: 'ERR_TIMEOUT', hadNoEffect: false });
  // The same lease is made over what was left of it, of which nobody may hold a key.
  shop.model.noTrouble();
  const left = shop.model.account.stored(again.externalRef);
  left?.keys.push(shop.model.account.newKey());
  const given = credentialsOf(await create(again));
  expect(leased()).toHaveLength(2);
  expect(left?.keys.filter(({ deletedAt }) => deletedAt === undefined).map(({ id }) => id)).toEqual([
    given.accessKeyId,
  ]);
});

test('a user of that name that is not of this lease is left alone', async () => {
  const planned = plan();
  shop.model.addUser(planned.externalRef);
  await expect(create(planned)).rejects.toMatchObject({ code: 'ERR_CONFLICT', hadNoEffect: true });
  shop.model.account.stored(planned.externalRef)?.tags.set('secrets-action:lease', 'of another engine');
  await expect(create(planned)).rejects.toMatchObject({ code: 'ERR_CONFLICT', hadNoEffect: true });
  expect(shop.model.account.stored(planned.externalRef)?.keys).toHaveLength(1);
});

test('an account that is nine tenths full gets no more users from us', async () => {
  shop.model.account.limits = { ...shop.model.account.limits, users: 10 };
  for (let user = 0; user < 7; user += 1) shop.model.addUser(`other-${user}`);
  await create(plan());
  await expect(create(plan())).rejects.toMatchObject({
    code: 'ERR_RATE_LIMITED',
    message: 'The AWS account has 9 of its 10 IAM users.',
    hadNoEffect: true,
  });
});

test('nothing is sent after the deadline, however late it wakes', async () => {
  const planned = plan();
  const times = { expiresAt: now + MINUTE, hardExpiresAt: now + MINUTE, deadlineAt: now };
  await expect(integration.create({ plan: planned.plan, data: shop.data, ...times }, SIGNAL)).rejects.toMatchObject({
    code: 'ERR_UNAVAILABLE',
  });
  expect(shop.model.calls).toEqual([]);
});

test('the users of this engine are listed, page by page, and no others', async () => {
  shop.model.account.pageSize = 1;
  const made = [plan(), plan()];
  for (const planned of made) await create(planned);
  const data = integration.checkData(shop.data).value;
  const listed = (engineId: string) => integration.list?.({ engineId, data }, SIGNAL);
  expect((await listed('test0001'))?.map(({ externalRef }) => externalRef).sort()).toEqual(
    made.map(({ externalRef }) => externalRef).sort(),
  );
  expect(await listed('test0002')).toEqual([]);
});

test('a refusal names the permission that is missing, and no value', async () => {
  shop.model.trouble({ call: 'iam:AttachUserPolicy', what: 'deny' });
  const error = (await create(plan()).catch((it: unknown) => it)) as {
    line: string;
    code: string;
    hadNoEffect: boolean;
  };
  expect(error).toMatchObject({ code: 'ERR_INTEGRATION_FAILED', hadNoEffect: false });
  expect(error.line).toContain('iam:AttachUserPolicy');
  expect(error.line).not.toContain(shop.engine.accessKeyId);
});
