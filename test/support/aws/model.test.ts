// The model of IAM against the rules that AWS documents, strict where public simulators are lax.
import { createHash, createHmac } from 'node:crypto';
import type { AwsSession } from '#engine/integrations/aws/calls.js';
import { ADMIN, type Callers, callersOf, refusal } from './caller.ts';
import { type AwsModel, type Credentials, startAwsModel } from './model.ts';
import { policy } from './shop.ts';
import { readSignature, type SignedRequest } from './signature.ts';

const MINUTE = 60_000;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

let now: number;
let model: AwsModel;
let callers: Callers;
let admin: Credentials;
beforeEach(async () => {
  now = Date.UTC(2026, 0, 1);
  model = await startAwsModel({ now: () => now });
  callers = callersOf(model);
  admin = model.addUser('admin', ADMIN);
});
afterEach(async () => {
  callers.end();
  await model.close();
});

const as = (...of: Parameters<Callers['as']>) => callers.as(...of);
const whoAmI = (...of: Parameters<Callers['whoAmI']>) => callers.whoAmI(...of);

describe('signatures', () => {
  test('a wrong secret, an unknown key and a clock five minutes off are refused, each by its code', async () => {
    expect(await whoAmI(admin)).toBe('done');
    expect(await whoAmI({ ...admin, secretAccessKey: 'wrong' })).toBe('SignatureDoesNotMatch');
    expect(await whoAmI({ ...admin, accessKeyId: 'AKIAAAAAAAAAAAAAAAAA' })).toBe('InvalidClientTokenId');
    expect(await whoAmI(admin, 4 * MINUTE)).toBe('done');
    expect(await whoAmI(admin, 6 * MINUTE)).toBe('SignatureDoesNotMatch');
    expect(await whoAmI(admin, -6 * MINUTE)).toBe('SignatureDoesNotMatch');
  });

  test('what was not signed, or was changed on the way, is refused', async () => {
    const send = async (headers: Record<string, string>) => {
      const body = 'Action=GetCallerIdentity&Version=2011-06-15';
      return (await fetch(model.url, { method: 'POST', headers, body })).text();
    };
    expect(await send({})).toContain('IncompleteSignature');
    const Credential = `${admin.accessKeyId}/20260101/us-east-1/sts/aws4_request`;
    const forged = `AWS4-HMAC-SHA256 Credential=${Credential}, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`;
    expect(await send({ authorization: forged, 'x-amz-date': '20260101T000000Z' })).toContain('SignatureDoesNotMatch');
  });

  test('a signed request whose body, date or region was changed is refused', () => {
    const body = 'Action=ListUsers&Version=2010-05-08';
    const signed = (more: { region?: string; stamp?: string } = {}) => {
      const { region = 'us-east-1', stamp = '20260101T000000Z' } = more;
      const headers = { host: '127.0.0.1', 'x-amz-date': stamp };
      const scope = `${stamp.slice(0, 8)}/${region}/iam/aws4_request`;
      const lines = ['POST', '/', '', `host:${headers.host}\nx-amz-date:${stamp}\n`, 'host;x-amz-date', sha256(body)];
      const text = ['AWS4-HMAC-SHA256', stamp, scope, sha256(lines.join('\n'))].join('\n');
      const parts = [stamp.slice(0, 8), region, 'iam', 'aws4_request', text];
      const signature = parts.reduce<string | Buffer>((key, part) => hmac(key, part), 'AWS4secret').toString('hex');
      const authorization = `AWS4-HMAC-SHA256 Credential=AKIA/${scope}, SignedHeaders=host;x-amz-date, Signature=${signature}`;
      return { method: 'POST', path: '/', headers: { ...headers, authorization }, body };
    };
    const check = (request: SignedRequest) => readSignature(request).verify('secret', now);
    const fine = signed();
    check(fine);
    expect(() => check({ ...fine, body: `${body}&PathPrefix=/x/` })).toThrow('does not match');
    expect(() => check({ ...fine, headers: { ...fine.headers, host: 'elsewhere' } })).toThrow('does not match');
    expect(() => check(signed({ stamp: '20260102T000000Z' }))).toThrow('expired');
    expect(() => check(signed({ region: 'eu-central-1' }))).toThrow('another region');
  });
});

describe('users', () => {
  const UserName = 'one';
  let iam: AwsSession;
  beforeEach(async () => {
    iam = await as(admin);
    await iam.call('iam:CreateUser', { UserName });
  });

  test('names have at most 64 legal characters and are one whatever their case', async () => {
    const create = (name: string, more: object = {}) =>
      refusal(iam.call('iam:CreateUser', { UserName: name, ...more }));
    expect(await create('x'.repeat(64))).toBe('done');
    expect(await create('x'.repeat(65))).toBe('ValidationError');
    expect(await create('a b')).toBe('ValidationError');
    expect(await create('ONE')).toBe('EntityAlreadyExists');
    expect(await create('two', { Path: '/x' })).toBe('ValidationError');
    expect(await create('two', { PermissionsBoundary: 'arn:aws:iam::123456789012:policy/none' })).toBe('NoSuchEntity');
    expect(await create('two', { Tags: [{ Key: 'aws:x', Value: '' }] })).toBe('InvalidInput');
  });

  test('a third key, an eleventh policy or group, and 2,049 characters of policy are over the quota', async () => {
    for (const expected of ['done', 'done', 'LimitExceeded']) {
      expect(await refusal(iam.call('iam:CreateAccessKey', { UserName }))).toBe(expected);
    }
    for (let at = 1; at <= 11; at += 1) {
      const PolicyArn = model.addPolicy(`p${at}`, ADMIN);
      model.addGroup(`g${at}`, ADMIN);
      const expected = at <= 10 ? 'done' : 'LimitExceeded';
      expect(await refusal(iam.call('iam:AttachUserPolicy', { UserName, PolicyArn }))).toBe(expected);
      expect(await refusal(iam.call('iam:AddUserToGroup', { UserName, GroupName: `g${at}` }))).toBe(expected);
    }
    const statement = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
    const bytes = (count: number) => JSON.stringify({ ...policy(statement), Id: 'x'.repeat(count) });
    const free = 2048 - bytes(0).length;
    const put = (PolicyDocument: string) =>
      refusal(iam.call('iam:PutUserPolicy', { UserName, PolicyName: 'p', PolicyDocument }));
    expect(await put(bytes(free).replace('{', '{      '))).toBe('done');
    expect(await put(bytes(free + 1))).toBe('LimitExceeded');
  });

  test('the 5,001st user and a fifty-first tag are over the quota, and the summary counts what there is', async () => {
    model.account.limits = { ...model.account.limits, users: 3 };
    const create = (name: string, more: object = {}) =>
      refusal(iam.call('iam:CreateUser', { UserName: name, ...more }));
    const Tags = Array.from({ length: 51 }, (_, at) => ({ Key: `k${at}`, Value: '' }));
    expect(await create('two', { Tags })).toBe('LimitExceeded');
    expect(await create('two', { Tags: Tags.slice(1) })).toBe('done');
    expect(await create('three')).toBe('LimitExceeded');
    expect((await iam.call('iam:GetAccountSummary', {})).SummaryMap).toEqual({ Users: 3, UsersQuota: 3 });
  });

  test('what hangs on a user hangs once: putting it again is done, taking away what is not there is not', async () => {
    const PolicyArn = model.addPolicy('p', ADMIN);
    model.addGroup('g', ADMIN);
    const PolicyDocument = JSON.stringify(ADMIN);
    for (let twice = 0; twice < 2; twice += 1) {
      expect(await refusal(iam.call('iam:AttachUserPolicy', { UserName, PolicyArn }))).toBe('done');
      expect(await refusal(iam.call('iam:AddUserToGroup', { UserName, GroupName: 'g' }))).toBe('done');
      expect(await refusal(iam.call('iam:PutUserPolicy', { UserName, PolicyName: 'p', PolicyDocument }))).toBe('done');
    }
    for (const expected of ['done', 'NoSuchEntity']) {
      expect(await refusal(iam.call('iam:DetachUserPolicy', { UserName, PolicyArn }))).toBe(expected);
      expect(await refusal(iam.call('iam:RemoveUserFromGroup', { UserName, GroupName: 'g' }))).toBe(expected);
      expect(await refusal(iam.call('iam:DeleteUserPolicy', { UserName, PolicyName: 'p' }))).toBe(expected);
    }
    expect(await refusal(iam.call('iam:AttachUserPolicy', { UserName, PolicyArn: `${PolicyArn}x` }))).toBe(
      'NoSuchEntity',
    );
  });

  test('a document that IAM cannot read is refused', async () => {
    const put = (PolicyDocument: string) =>
      refusal(iam.call('iam:PutUserPolicy', { UserName, PolicyName: 'p', PolicyDocument }));
    const fine = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
    const bad = [
      { ...fine, Effect: 'Maybe' },
      { ...fine, Action: 'everything' },
      { Effect: 'Allow', Action: 's3:*' },
      { ...fine, Principal: '*' },
      { ...fine, Condition: { Whenever: { 'aws:CurrentTime': '2026-01-01' } } },
    ];
    expect(await put('{')).toBe('MalformedPolicyDocument');
    for (const one of bad) expect(await put(JSON.stringify(policy(one)))).toBe('MalformedPolicyDocument');
    expect(await put(JSON.stringify(policy(fine)))).toBe('done');
  });

  test('a user goes only when nothing hangs on it', async () => {
    const user = model.account.stored(UserName);
    if (!user) throw new Error('there is no user');
    const PolicyArn = model.addPolicy('p', ADMIN);
    model.addGroup('g', ADMIN);
    const key = model.account.newKey();
    const hangings: [() => unknown, () => unknown][] = [
      [() => user.keys.push(key), () => (key.deletedAt = now)],
      [() => user.attached.add(PolicyArn), () => user.attached.clear()],
      [() => user.groups.add('g'), () => user.groups.clear()],
      [() => (user.hasLogin = true), () => (user.hasLogin = false)],
      ...Object.values(user.extras).map((extra): [() => unknown, () => unknown] => [
        () => extra.add('x'),
        () => extra.clear(),
      ]),
    ];
    for (const [hang, take] of hangings) {
      hang();
      expect(await refusal(iam.call('iam:DeleteUser', { UserName }))).toBe('DeleteConflict');
      take();
    }
    expect(await refusal(iam.call('iam:DeleteUser', { UserName }))).toBe('done');
    expect(await refusal(iam.call('iam:DeleteUser', { UserName }))).toBe('NoSuchEntity');
  });

  test('lists come in pages, each with the marker of the next', async () => {
    model.account.pageSize = 2;
    for (const name of ['two', 'three', 'four']) await iam.call('iam:CreateUser', { UserName: name });
    const first = await iam.call('iam:ListUsers', {});
    expect([first.Users?.length, first.IsTruncated]).toEqual([2, true]);
    const rest = await iam.call('iam:ListUsers', { Marker: first.Marker });
    expect(rest.Users?.map((user) => user.UserName)).toEqual(['two', 'three']);
  });

  test('word of users and keys takes its time, of their end too', async () => {
    model.account.lagMs = 10_000;
    const { AccessKey } = await iam.call('iam:CreateAccessKey', { UserName: 'admin' });
    const fresh = { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
    await iam.call('iam:CreateUser', { UserName: 'fresh' });
    expect(
      await refusal(
        iam.call('iam:PutUserPolicy', { UserName: 'fresh', PolicyName: 'p', PolicyDocument: JSON.stringify(ADMIN) }),
      ),
    ).toBe('NoSuchEntity');
    expect(await whoAmI(fresh)).toBe('InvalidClientTokenId');
    now += 10_000;
    expect(await whoAmI(fresh)).toBe('done');
    await iam.call('iam:DeleteAccessKey', { UserName: 'admin', AccessKeyId: fresh.accessKeyId });
    expect(await whoAmI(fresh)).toBe('done');
    now += 10_000;
    expect(await whoAmI(fresh)).toBe('InvalidClientTokenId');
  });
});

test('a call that the caller may not make has no effect', async () => {
  const iam = await as(model.addUser('nobody'));
  expect(await refusal(iam.call('iam:CreateUser', { UserName: 'x' }))).toBe('AccessDenied');
  expect(model.account.stored('x')).toBeUndefined();
});

test('a key of another account opens that account and nothing here', async () => {
  const iam = await as(model.elsewhere.addUser('admin', ADMIN));
  await iam.call('iam:CreateUser', { UserName: 'x' });
  expect([model.account.stored('x'), model.elsewhere.account.stored('x') !== undefined]).toEqual([undefined, true]);
  const { Account } = await iam.call('sts:GetCallerIdentity', {});
  expect(Account).toBe(model.elsewhere.account.id);
  expect(await refusal(iam.call('iam:ListUserTags', { UserName: 'nobody' }))).toBe('NoSuchEntity');
});

test('a call that AWS turns away, for its pace or for any other reason, has no effect', async () => {
  const iam = await as(admin);
  const codes = {
    throttle: 'Throttling',
    deny: 'AccessDenied',
    fail: 'ServiceFailure',
    conflict: 'ConcurrentModification',
  };
  for (const [what, code] of Object.entries(codes) as [keyof typeof codes, string][]) {
    model.trouble({ call: 'iam:CreateUser', what });
    expect(await refusal(iam.call('iam:CreateUser', { UserName: 'x' }))).toBe(code);
    expect(model.account.stored('x')).toBeUndefined();
    model.noTrouble();
  }
});

test('an answer is lost before the effect or after it, as asked', async () => {
  const iam = await as(admin);
  model.trouble(
    { call: 'iam:CreateUser', nth: 1, what: { lost: 'before' } },
    { call: 'iam:CreateUser', nth: 2, what: { lost: 'after' } },
  );
  await expect(iam.call('iam:CreateUser', { UserName: 'x' })).rejects.toMatchObject({ status: 0, sent: true });
  expect(model.account.stored('x')).toBeUndefined();
  await expect(iam.call('iam:CreateUser', { UserName: 'x' })).rejects.toMatchObject({ status: 0, sent: true });
  expect(model.account.stored('x')).toBeDefined();
});
