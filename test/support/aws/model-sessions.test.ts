// The model's rights and sessions against the rules that AWS documents for policies and STS.
import type { AwsSession } from '#engine/integrations/aws/calls.js';
import { ADMIN, type Callers, callersOf, given, refusal } from './caller.ts';
import { type AwsModel, type Credentials, startAwsModel } from './model.ts';
import { policy } from './shop.ts';

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
const trust = (principal: string, more: object = {}) =>
  policy({ Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole', ...more });

describe('rights', () => {
  const decide = (statements: object[], action: string, resource = '*') =>
    model.may(model.addUser(`u${model.account.users.size}`, policy(...statements)), action, resource);
  const allow = (more: object = {}) => ({ Effect: 'Allow', Action: 's3:*', Resource: '*', ...more });

  test('nothing is allowed by itself, one Deny is stronger than every Allow', () => {
    expect(decide([allow()], 's3:GetObject')).toBe('yes');
    expect(decide([allow()], 'ec2:RunInstances')).toBe('no');
    expect(decide([allow(), { Effect: 'Deny', Action: 's3:Get*', Resource: '*' }], 's3:GetObject')).toBe('no');
  });

  test('resources and actions are matched with their wildcards, actions whatever their case', () => {
    const one = allow({ Action: 'S3:get?bject', Resource: 'arn:aws:s3:::shop/*' });
    expect(decide([one], 's3:GetObject', 'arn:aws:s3:::shop/a/b')).toBe('yes');
    expect(decide([one], 's3:GetObject', 'arn:aws:s3:::other/a')).toBe('no');
    expect(decide([{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }], 'iam:CreateUser')).toBe('no');
  });

  test('conditions hold or do not: time, names, and keys that are not there', () => {
    const when = (Condition: object) => decide([allow({ Condition })], 's3:GetObject');
    expect(when({ DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:01Z' } })).toBe('yes');
    expect(when({ DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } })).toBe('no');
    expect(when({ StringLike: { 'aws:username': 'u*' } })).toBe('yes');
    expect(when({ StringEquals: { 'aws:SourceIdentity': 'x' } })).toBe('no');
    expect(when({ StringEqualsIfExists: { 'aws:SourceIdentity': 'x' } })).toBe('yes');
    expect(when({ StringNotEquals: { 'aws:SourceIdentity': 'x' } })).toBe('yes');
    expect(when({ Null: { 'aws:TokenIssueTime': 'true' } })).toBe('yes');
    expect(when({ StringEquals: { 'aws:username': ['a', '${aws:username}'] } })).toBe('yes');
  });

  test('a boundary cuts rights and gives none', () => {
    const user = model.addUser('bounded', policy(allow()));
    const stored = model.account.stored('bounded');
    if (stored) stored.boundary = model.addPolicy('b', policy(allow({ Action: ['s3:GetObject', 'ec2:*'] })));
    expect(['s3:GetObject', 's3:PutObject', 'ec2:RunInstances'].map((one) => model.may(user, one))).toEqual([
      'yes',
      'no',
      'no',
    ]);
  });
});

describe('sessions', () => {
  const RoleSessionName = 'test';
  const assume = (session: AwsSession, RoleArn: string, DurationSeconds = 900, more: object = {}) =>
    session.call('sts:AssumeRole', { RoleArn, RoleSessionName, DurationSeconds, ...more });

  test('an assumed role lasts from 900 seconds to what the role allows, by the very second', async () => {
    const { arn } = model.addRole('r', { trust: trust('*'), policy: ADMIN, maxSessionSec: 7200 });
    const sts = await as(admin);
    for (const [duration, expected] of [
      [899, 'ValidationError'],
      [7201, 'ValidationError'],
      [43_201, 'ValidationError'],
    ] as const) {
      expect(await refusal(assume(sts, arn, duration))).toBe(expected);
    }
    const session = given(await assume(sts, arn, 7200));
    now += 7200_000 - 1;
    expect(await whoAmI(session)).toBe('done');
    now += 1;
    expect(await whoAmI(session)).toBe('ExpiredToken');
  });

  test('a role that assumes a role gets an hour', async () => {
    const first = model.addRole('first', { trust: trust('*'), policy: ADMIN });
    const second = model.addRole('second', { trust: trust(first.arn), maxSessionSec: 43_200 });
    const chained = await as(given(await assume(await as(admin), first.arn)));
    expect(await refusal(assume(chained, second.arn, 3600))).toBe('done');
    expect(await refusal(assume(chained, second.arn, 3601))).toBe('ValidationError');
  });

  test('a role that is not there, or trusts others, or under another condition, is not assumed', async () => {
    const sts = await as(admin);
    const external = trust('arn:aws:iam::123456789012:user/admin', {
      Condition: { StringEquals: { 'sts:ExternalId': 'x' } },
    });
    const other = model.addRole('other', { trust: trust('arn:aws:iam::123456789012:user/other') });
    const bound = model.addRole('bound', { trust: external });
    expect(await refusal(assume(sts, 'arn:aws:iam::123456789012:role/none'))).toBe('AccessDenied');
    expect(await refusal(assume(sts, other.arn))).toBe('AccessDenied');
    expect(await refusal(assume(sts, bound.arn))).toBe('AccessDenied');
    expect(await refusal(assume(sts, bound.arn, 900, { ExternalId: 'x' }))).toBe('done');
    expect(await refusal(assume(sts, bound.arn, 900, { ExternalId: 'x', Tags: [{ Key: 'a', Value: 'b' }] }))).toBe(
      'AccessDenied',
    );
  });

  test('trust in the account leaves it to the rights of the caller', async () => {
    const { arn } = model.addRole('r', { trust: trust('arn:aws:iam::123456789012:root') });
    expect(await refusal(assume(await as(admin), arn))).toBe('done');
    expect(await refusal(assume(await as(model.addUser('nobody')), arn))).toBe('AccessDenied');
  });

  test('a session policy narrows, and the key of a session is nothing without its token', async () => {
    const { arn } = model.addRole('r', { trust: trust('*'), policy: ADMIN });
    const Policy = JSON.stringify(policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' }));
    const session = given(await assume(await as(admin), arn, 900, { Policy }));
    expect(model.may(session, 's3:GetObject')).toBe('yes');
    expect(model.may(session, 'ec2:RunInstances')).toBe('no');
    const { accessKeyId, secretAccessKey } = session;
    expect(await whoAmI({ accessKeyId, secretAccessKey })).toBe('InvalidClientTokenId');
    expect(await refusal(assume(await as(admin), arn, 900, { Policy: ' '.repeat(3000) + Policy }))).toBe('done');
    const PolicyArns = Array.from({ length: 11 }, (_, at) => ({ arn: model.addPolicy(`p${at}`, ADMIN) }));
    expect(await refusal(assume(await as(admin), arn, 900, { PolicyArns }))).toBe('ValidationError');
    expect(await refusal(assume(await as(admin), arn, 900, { PolicyArns: PolicyArns.slice(1) }))).toBe('done');
    expect(await refusal(assume(await as(admin), arn, 900, { RoleSessionName: 'x'.repeat(65) }))).toBe(
      'ValidationError',
    );
    const long = JSON.stringify({ ...JSON.parse(Policy), Id: 'x'.repeat(2048) });
    expect(await refusal(assume(await as(admin), arn, 900, { Policy: long }))).toBe('PackedPolicyTooLarge');
  });

  test('a deny on one session leaves the others of the role alone', async () => {
    const { arn, inline } = model.addRole('r', { trust: trust('*'), policy: ADMIN });
    const sts = await as(admin);
    const [one, two] = [
      given(await assume(sts, arn)),
      given(await assume(sts, arn, 900, { RoleSessionName: 'other' })),
    ];
    const Condition = { StringLike: { 'aws:userid': `*:${RoleSessionName}` } };
    const iam = await as(admin);
    const deny = policy({ Effect: 'Deny', Action: '*', Resource: '*', Condition });
    await iam.call('iam:PutRolePolicy', { RoleName: 'r', PolicyName: 'deny', PolicyDocument: JSON.stringify(deny) });
    expect(inline.size).toBe(2);
    expect([one, two].map((session) => model.may(session, 's3:GetObject'))).toEqual(['no', 'yes']);
  });

  test('a federation token needs long-term keys and a policy, and reaches neither IAM nor STS', async () => {
    const sts = await as(admin);
    const federate = (Name: string, DurationSeconds: number, more: object = {}) =>
      sts.call('sts:GetFederationToken', { Name, DurationSeconds, ...more });
    expect(await refusal(federate('x'.repeat(33), 900))).toBe('ValidationError');
    expect(await refusal(federate('one', 129_601))).toBe('ValidationError');
    const bare = given(await federate('one', 900));
    expect(model.may(bare, 's3:GetObject')).toBe('no');
    const full = given(await federate('one', 900, { Policy: JSON.stringify(ADMIN) }));
    expect(full.accessKeyId).not.toBe(bare.accessKeyId);
    expect(model.may(full, 's3:GetObject')).toBe('yes');
    expect(await whoAmI(full)).toBe('done');
    const iam = await as(full);
    expect(await refusal(iam.call('iam:ListUsers', {}))).toBe('AccessDenied');
    const { arn } = model.addRole('r', { trust: trust('*'), policy: ADMIN });
    const session = await as(given(await assume(sts, arn)));
    expect(await refusal(session.call('sts:GetFederationToken', { Name: 'one' }))).toBe('AccessDenied');
  });
});
