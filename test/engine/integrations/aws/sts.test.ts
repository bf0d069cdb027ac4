// Leased sessions against a strict model of STS: narrowed as declared, bounded as AWS bounds them, denied on request.
import { randomUUID } from 'node:crypto';
import type { Integration, Planned } from '#engine/integrations/integration.js';
import {
  type AwsShop,
  credentialsOf,
  localIntegration,
  policy,
  READ,
  startAwsShop,
} from '../../../support/aws/shop.ts';

const SIGNAL = new AbortController().signal;
const HOUR = 3600_000;
const OBJECT = 'arn:aws:s3:::shop/x';

let now: number;
let shop: AwsShop;
let integration: Integration;
beforeEach(async () => {
  now = Date.UTC(2026, 0, 1);
  shop = await startAwsShop({ now: () => now });
  integration = localIntegration({ now: () => now });
});
afterEach(() => shop.close());

const plan = (parameters: object, data: object = shop.data): Planned => {
  const checked = integration.checkParameters('aws_sts', parameters);
  expect(checked.problems).toEqual([]);
  const { value, problems } = integration.checkData(data);
  expect(problems).toEqual([]);
  return integration.plan({
    leaseId: randomUUID(),
    engineId: 'test0001',
    kind: 'aws_sts',
    data: value,
    parameters: checked.value,
  });
};
const create = (planned: Planned, { ttlMs = HOUR, data = shop.data as object } = {}) => {
  const times = { expiresAt: now + ttlMs, hardExpiresAt: now + ttlMs, deadlineAt: now + 20_000 };
  return integration.create({ plan: planned.plan, data: data as Record<string, unknown>, ...times }, SIGNAL);
};
const revoke = ({ plan: written }: Planned, expiresAt: number) =>
  integration.revoke({ plan: written, data: shop.data, expiresAt }, SIGNAL);
const denies = () =>
  [...(shop.model.account.roles.get('deploy')?.inline.keys() ?? [])].filter((name) => name !== 'rights');

test('a session of the role has its rights cut to the session policy, and its region with it', async () => {
  const fields = await create(plan({ role_arn: shop.roleArn, policy: READ }));
  const session = credentialsOf(fields);
  expect(shop.model.may(session, 's3:GetObject', OBJECT)).toBe('yes');
  expect(shop.model.may(session, 's3:PutObject', OBJECT)).toBe('no');
  expect(fields.get('region')?.reveal()).toBe('eu-central-1');
  now += HOUR;
  expect(shop.model.may(session, 's3:GetObject', OBJECT)).toBe('unknown');
});

test('tags, source identity and external id reach STS as they were declared', async () => {
  const role = shop.model.account.roles.get('deploy');
  const trusted = { AWS: `arn:aws:iam::${shop.model.account.id}:user/secrets-engine` };
  const Condition = {
    StringEquals: { 'sts:ExternalId': 'shop-7', 'aws:RequestTag/team': 'web', 'sts:SourceIdentity': 'ci' },
  };
  const strict = shop.model.addRole('strict', {
    trust: policy({
      Effect: 'Allow',
      Principal: trusted,
      Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
      Condition,
    }),
    policy: policy({
      Effect: 'Allow',
      Action: '*',
      Resource: '*',
      Condition: { StringEquals: { 'aws:PrincipalTag/team': 'web', 'aws:SourceIdentity': 'ci' } },
    }),
  });
  expect(role).toBeDefined();
  const declared = {
    role_arn: strict.arn,
    external_id: 'shop-7',
    session_tags: { team: 'web' },
    source_identity: 'ci',
  };
  const fields = await create(plan({ ...declared, transitive_tag_keys: ['team'] }));
  expect(shop.model.may(credentialsOf(fields), 'ec2:RunInstances')).toBe('yes');
  expect([...shop.model.account.sessions.values()].map(({ transitive }) => transitive)).toEqual([['team']]);
  await expect(create(plan({ ...declared, external_id: 'other' }))).rejects.toMatchObject({
    code: 'ERR_INTEGRATION_FAILED',
    hadNoEffect: true,
  });
});

test('managed policies narrow a session as a policy of its own does', async () => {
  for (const kind of [{ role_arn: shop.roleArn }, { method: 'federation_token' }]) {
    const session = credentialsOf(await create(plan({ ...kind, policy_arns: [shop.readArn] })));
    expect(shop.model.may(session, 's3:GetObject', OBJECT)).toBe('yes');
    expect(shop.model.may(session, 's3:PutObject', OBJECT)).toBe('no');
  }
});

test('the shortest session is made though a part of its time has passed since it was promised', async () => {
  const session = credentialsOf(await create(plan({ role_arn: shop.roleArn }), { ttlMs: 900_000 - 5000 }));
  expect(shop.model.may(session, 's3:GetObject', OBJECT)).toBe('yes');
});

test('a federation token has what the session policy leaves of the rights of the user that asked', async () => {
  const session = credentialsOf(await create(plan({ method: 'federation_token', policy: READ }), { ttlMs: 20 * HOUR }));
  expect(shop.model.may(session, 's3:GetObject', OBJECT)).toBe('yes');
  expect(shop.model.may(session, 's3:DeleteObject', OBJECT)).toBe('no');
  expect(shop.model.may(session, 'iam:CreateUser')).toBe('no');
});

test('a time that the role does not allow is refused with the number that it allows', async () => {
  await expect(create(plan({ role_arn: shop.roleArn }), { ttlMs: 3 * HOUR })).rejects.toMatchObject({
    code: 'ERR_TTL_EXCEEDED',
    message: 'The ttl may be at most 7200 seconds: AWS refused 10800 seconds.',
    hadNoEffect: true,
  });
  shop.model.trouble({ call: 'iam:GetRole', what: 'deny' });
  await expect(create(plan({ role_arn: shop.roleArn }), { ttlMs: 3 * HOUR })).rejects.toMatchObject({
    message: 'The ttl may be at most the MaxSessionDuration of the role: AWS refused 10800 seconds.',
  });
});

test('the bound of a role of another account is not read off the role of that name here', async () => {
  const arn = shop.roleArn.replace(/\d{12}/, '999999999999');
  shop.model.account.roles.set('elsewhere', { ...shop.model.account.role('deploy'), arn, maxSessionSec: 3600 });
  await expect(create(plan({ role_arn: arn }), { ttlMs: 2 * HOUR })).rejects.toMatchObject({
    code: 'ERR_TTL_EXCEEDED',
    message: 'The ttl may be at most the MaxSessionDuration of the role: AWS refused 7200 seconds.',
  });
});

test('what else AWS finds invalid is not told as a ttl that is too long', async () => {
  const planned = plan({ role_arn: shop.roleArn });
  const odd = { ...planned, plan: { ...planned.plan, sourceIdentity: '!' } };
  await expect(create(odd)).rejects.toMatchObject({ code: 'ERR_INTEGRATION_FAILED', hadNoEffect: true });
});

test('an integration that works as a role assumes it first, and leases for one hour at most', async () => {
  const engineRole = shop.model.addRole('engine', {
    trust: policy({
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${shop.model.account.id}:root` },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': 'mine' } },
    }),
    policy: policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' }),
  });
  const target = shop.model.addRole('target', {
    trust: policy({ Effect: 'Allow', Principal: { AWS: engineRole.arn }, Action: 'sts:AssumeRole' }),
    policy: READ,
    maxSessionSec: 12 * 3600,
  });
  const data = { ...shop.data, role_arn: engineRole.arn, external_id: 'mine' };
  const parameters = integration.checkParameters('aws_sts', { role_arn: target.arn }).value;
  expect(integration.lifetime?.('aws_sts', parameters, data)?.maxTtlSec).toBe(3600);
  const session = credentialsOf(await create(plan({ role_arn: target.arn }, data), { data }));
  expect(shop.model.may(session, 's3:GetObject', OBJECT)).toBe('yes');
  await expect(create(plan({ role_arn: target.arn }, data), { data, ttlMs: 2 * HOUR })).rejects.toMatchObject({
    code: 'ERR_TTL_EXCEEDED',
  });
});

test('without hard revoke AWS is not even asked, and the plan says that the credential lives on', async () => {
  const planned = plan({ role_arn: shop.roleArn });
  const session = credentialsOf(await create(planned));
  const before = shop.model.calls.length;
  expect(await revoke(planned, now + HOUR)).toBe('done');
  expect(shop.model.calls).toHaveLength(before);
  expect(integration.outlivesRevoke?.(planned.plan)).toBe(true);
  expect(shop.model.may(session, 's3:GetObject', OBJECT)).toBe('yes');
});

test('hard revoke denies that session alone, and the deny goes when the session is over', async () => {
  const hard = { role_arn: shop.roleArn, hard_revoke: true };
  const planned = plan(hard);
  const other = credentialsOf(await create(plan(hard)));
  const session = credentialsOf(await create(planned));
  expect(integration.outlivesRevoke?.(planned.plan)).toBe(false);
  const end = now + HOUR;
  expect(await revoke(planned, end)).toBe('done');
  expect(await revoke(planned, end)).toBe('done');
  expect(shop.model.may(session, 's3:GetObject', OBJECT)).toBe('no');
  expect(shop.model.may(other, 's3:GetObject', OBJECT)).toBe('yes');
  expect(denies()).toHaveLength(1);
  await integration.tidy?.({ plan: planned.plan, data: shop.data }, SIGNAL);
  expect(denies()).toHaveLength(1);
  now = end + 2 * 60_000;
  await integration.tidy?.({ plan: planned.plan, data: shop.data }, SIGNAL);
  expect(denies()).toEqual([]);
});

test('a session that began late is denied until its own end, which is after that of its lease', async () => {
  const planned = plan({ role_arn: shop.roleArn, hard_revoke: true });
  const end = now + 900_000 - 15_000;
  const session = credentialsOf(await create(planned, { ttlMs: end - now }));
  now = end + 1000;
  expect(shop.model.may(session, 's3:GetObject', OBJECT)).toBe('yes');
  expect(await revoke(planned, end)).toBe('done');
  await integration.tidy?.({ plan: planned.plan, data: shop.data }, SIGNAL);
  expect(shop.model.may(session, 's3:GetObject', OBJECT)).toBe('no');
});

test('a session that is over by itself is not denied, and denies of others that are over make room', async () => {
  const hard = { role_arn: shop.roleArn, hard_revoke: true };
  const [first, second] = [plan(hard), plan(hard)];
  await revoke(first, now + HOUR);
  now += 2 * HOUR;
  const before = denies();
  await revoke(second, now - HOUR);
  expect(denies()).toEqual(before);
  await revoke(second, now + HOUR);
  expect(denies()).toHaveLength(1);
  expect(denies()).not.toEqual(before);
});

test('a deny that somebody else took away in the same moment keeps no other one there', async () => {
  const [first, second] = [
    plan({ role_arn: shop.roleArn, hard_revoke: true }),
    plan({ role_arn: shop.roleArn, hard_revoke: true }),
  ];
  for (const planned of [first, second]) await revoke(planned, now + HOUR);
  now += 2 * HOUR;
  const gate = Promise.withResolvers<void>();
  shop.model.trouble({ call: 'iam:DeleteRolePolicy', nth: 1, what: { hold: gate.promise } });
  const tidying = integration.tidy?.({ plan: first.plan, data: shop.data }, SIGNAL);
  while (!shop.model.calls.includes('iam:DeleteRolePolicy')) await new Promise((resolve) => setImmediate(resolve));
  shop.model.account.role('deploy').inline.delete(denies()[0] ?? '');
  gate.resolve();
  await tidying;
  expect(denies()).toEqual([]);
});

test('a role that was deleted has no session left to deny: its leases end, and nothing is tidied', async () => {
  const planned = plan({ role_arn: shop.roleArn, hard_revoke: true });
  await create(planned);
  shop.model.account.roles.delete('deploy');
  expect(await revoke(planned, now + HOUR)).toBe('done');
  await expect(integration.tidy?.({ plan: planned.plan, data: shop.data }, SIGNAL)).resolves.toBeUndefined();
});

test('hard revoke refuses a role of another account, whose name means another role here', async () => {
  const elsewhere = shop.roleArn.replace(/\d{12}/, '999999999999');
  const planned = plan({ role_arn: elsewhere, hard_revoke: true });
  await expect(create(planned)).rejects.toMatchObject({
    code: 'ERR_INTEGRATION_FAILED',
    message: 'The role is in account 999999999999, the integration is not.',
    hadNoEffect: true,
  });
  expect(shop.model.calls).not.toContain('sts:AssumeRole');
  await expect(revoke(planned, now + HOUR)).rejects.toMatchObject({ code: 'ERR_INTEGRATION_FAILED' });
  expect(denies()).toEqual([]);
});

test('a hard revoke that AWS has no room for is tried again later', async () => {
  shop.model.account.limits = { ...shop.model.account.limits, roleInline: 100 };
  await expect(revoke(plan({ role_arn: shop.roleArn, hard_revoke: true }), now + HOUR)).rejects.toMatchObject({
    code: 'ERR_RATE_LIMITED',
  });
});
