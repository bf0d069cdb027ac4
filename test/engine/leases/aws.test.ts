// The AWS kinds through the lease engine: bounds of time, what is said of credentials that live on, settling and tidying.
import { FakeClock } from '../../support/leasing/clocks.ts';
import { BY, CONFIG_ID, type Engine, openEngine, PLACE, token } from '../../support/leasing/engine.ts';
import { type AwsShop, credentialsOf, localIntegration, startAwsShop } from '../../support/aws/shop.ts';

const MINUTE = 60_000;
const OBJECT = 'arn:aws:s3:::shop/x';

let clock: FakeClock;
let shop: AwsShop;
let engine: Engine;
beforeEach(async () => {
  clock = new FakeClock();
  shop = await startAwsShop({ now: () => clock.now() });
  engine = await openEngine({ clock, integrations: (now) => [localIntegration({ now })] });
  const ceiling = { role_arns: [shop.roleArn], policy_arns: [shop.readArn] };
  const integration = { name: 'aws', type: 'aws', data: shop.data, allowed: ['shop'], ceiling };
  await engine.definitions.createIntegration(integration, BY);
});
afterEach(async () => {
  await engine.close();
  await shop.close();
});

const declare = async (kind: string, parameters: object, more: object = {}) => {
  const asked = { ...PLACE, name: 'AWS', kind, integration: 'aws', parameters, ...more };
  return (await engine.definitions.createDynamicSecret(asked, BY)).slug;
};
const issue = (dynamicSecretId: string, ttlSec?: number) =>
  engine.leases.issue({ dynamicSecretId, ttlSec, actor: token() });
const works = (values: ReadonlyMap<string, { reveal(): string }>) => {
  const fields = new Map([...values].map(([name, value]) => [name.replace('AWS_', '').toLowerCase(), value]));
  return shop.model.may(credentialsOf(fields), 's3:GetObject', OBJECT) === 'yes';
};
const denies = () =>
  [...(shop.model.account.roles.get('deploy')?.inline.keys() ?? [])].filter((name) => name !== 'rights');

test('a session comes under the names that every SDK reads, its region among them', async () => {
  const lease = await issue(await declare('aws_sts', { role_arn: shop.roleArn }));
  expect([...lease.values.keys()]).toEqual([
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SESSION_TOKEN',
    'AWS_REGION',
  ]);
  expect(works(lease.values)).toBe(true);
  expect(lease.usableAfter).toBeUndefined();
});

test('a time that AWS would refuse is refused first, with the bound', async () => {
  const id = await declare('aws_sts', { role_arn: shop.roleArn }, { maxTtlSec: 43_200 });
  await expect(issue(id, 899)).rejects.toMatchObject({
    code: 'ERR_REQUEST_INVALID',
    status: 400,
    message: 'The ttl must be at least 900 seconds.',
  });
  await expect(issue(id, 10_800)).rejects.toMatchObject({ code: 'ERR_TTL_EXCEEDED', status: 400 });
  await expect(engine.definitions.deleteDynamicSecret(CONFIG_ID, 'AWS', BY)).resolves.toBeUndefined();
  const tooLong = declare('aws_sts', { role_arn: shop.roleArn }, { maxTtlSec: 43_201 });
  await expect(tooLong).rejects.toMatchObject({
    details: ['max_ttl_sec must be at most 43200: AWS lets no session of a role live longer.'],
  });
  expect((await engine.leases.list({ dynamicSecretId: id })).map(({ state }) => state)).toEqual(['aborted']);
});

test('a session is not renewed', async () => {
  const { id } = await issue(await declare('aws_sts', { role_arn: shop.roleArn }));
  await expect(engine.leases.renew({ id, ttlSec: 900, actor: token() })).rejects.toMatchObject({
    code: 'ERR_LEASE_NOT_RENEWABLE',
  });
});

test('a revoked session without hard revoke is said to live until its own end, and not beyond', async () => {
  const dynamicSecretId = await declare('aws_sts', { role_arn: shop.roleArn });
  const { id, expiresAt, values } = await issue(dynamicSecretId);
  const ended = await engine.leases.revoke({ id, actor: token() });
  expect(ended).toMatchObject({ state: 'revoked', credentialValidUntil: expiresAt + MINUTE });
  expect(works(values)).toBe(true);
  clock.advance(expiresAt + MINUTE - clock.now());
  expect(works(values)).toBe(false);
  const [listed] = await engine.leases.list({ dynamicSecretId });
  expect(listed?.credentialValidUntil).toBeUndefined();
});

test('the end of a set tells which credentials live on', async () => {
  const dynamicSecretId = await declare('aws_sts', { role_arn: shop.roleArn });
  const { expiresAt } = await engine.leases.issue({ dynamicSecretId, setId: 'k2', actor: token() });
  const [ended] = await engine.leases.revokeSet({ setId: 'k2' });
  expect(ended).toMatchObject({ state: 'revoked', credentialValidUntil: expiresAt + MINUTE });
});

test('hard revoke ends the session with the lease, and an hourly round takes the deny away when it is over', async () => {
  const { id, values } = await issue(await declare('aws_sts', { role_arn: shop.roleArn, hard_revoke: true }));
  const ended = await engine.leases.revoke({ id, actor: token() });
  expect(ended).not.toHaveProperty('credentialValidUntil');
  expect(works(values)).toBe(false);
  await engine.leases.tidy();
  expect(denies()).toHaveLength(1);
  clock.advance(33 * MINUTE);
  shop.model.trouble({ call: 'iam:ListRolePolicies', what: 'fail' });
  await engine.leases.tidy();
  expect(denies()).toHaveLength(1);
  shop.model.noTrouble();
  await engine.leases.tidy();
  expect(denies()).toEqual([]);
  const before = shop.model.calls.length;
  await engine.leases.tidy();
  expect(shop.model.calls).toHaveLength(before);
});

test('what hard revoke left is taken away though dynamic secret and integration were deleted, and only then their credential', async () => {
  const one = await issue(await declare('aws_sts', { role_arn: shop.roleArn, hard_revoke: true }));
  await engine.definitions.deleteDynamicSecret(CONFIG_ID, 'AWS', BY);
  await engine.definitions.deleteIntegration('aws', BY);
  expect(await engine.definitions.listIntegrations()).toEqual([]);
  expect([works(one.values), denies().length, (await credential()) > 0]).toEqual([false, 1, true]);
  await engine.leases.tidy();
  expect([denies().length, (await credential()) > 0]).toEqual([1, true]);
  clock.advance(33 * MINUTE);
  await engine.leases.tidy();
  expect([denies(), await credential()]).toEqual([[], 0]);
});

test('the credential of an integration that left nothing is gone with it', async () => {
  await issue(await declare('aws_sts', { role_arn: shop.roleArn }));
  await engine.definitions.deleteDynamicSecret(CONFIG_ID, 'AWS', BY);
  await engine.definitions.deleteIntegration('aws', BY);
  expect(await credential()).toBe(0);
});

test('what hard revoke left is tidied though the dynamic secret has no hard revoke any more', async () => {
  const id = await declare('aws_sts', { role_arn: shop.roleArn, hard_revoke: true });
  const end = async () => engine.leases.revoke({ id: (await issue(id)).id, actor: token() });
  await end();
  const changes = { parameters: { role_arn: shop.roleArn } };
  await engine.definitions.updateDynamicSecret({ ...PLACE, name: 'AWS' }, changes, BY);
  for (let n = 0; n < 5; n += 1) await end();
  expect(denies()).toHaveLength(1);
  clock.advance(33 * MINUTE);
  await engine.leases.tidy();
  expect(denies()).toEqual([]);
});

test('a user says from when on its key is known everywhere, and its renewal moves the end that AWS knows', async () => {
  const { id, usableAfter, expiresAt, values } = await issue(
    await declare('aws_iam_user', { policy_arns: [shop.readArn] }),
  );
  expect(usableAfter).toBe(clock.now() + 10_000);
  expect([...values.keys()]).toEqual(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_REGION']);
  expect(values.get('AWS_REGION')?.reveal()).toBe('eu-central-1');
  clock.advance(20 * MINUTE);
  const renewed = await engine.leases.renew({ id, ttlSec: 1800, actor: token() });
  expect(renewed.expiresAt).toBe(expiresAt + 20 * MINUTE);
  clock.advance(29 * MINUTE);
  expect(works(values)).toBe(true);
  clock.advance(2 * MINUTE);
  expect(works(values)).toBe(false);
});

test('a user that AWS does not show is looked for again after a minute, and believed gone then', async () => {
  const { id } = await issue(await declare('aws_iam_user', { policy_arns: [shop.readArn] }));
  shop.model.account.lagMs = 3600_000;
  const [engineUser] = [...shop.model.account.users.values()].filter(({ path }) => path === '/');
  if (engineUser) engineUser.createdAt = 0;
  expect(await engine.leases.revoke({ id, actor: token() })).toMatchObject({ state: 'revoke_failed' });
  shop.model.account.lagMs = 0;
  clock.advance(MINUTE);
  await engine.leases.settle();
  const [lease] = await engine.leases.list({ dynamicSecretId: await dynamicId() });
  expect(lease?.state).toBe('revoked');
  expect([...shop.model.account.users.values()].filter(({ path }) => path !== '/')).toEqual([]);
});

test('a user that is not shown twice within a minute is not believed gone: it is ended when AWS shows it', async () => {
  const { id } = await issue(await declare('aws_iam_user', { policy_arns: [shop.readArn] }));
  const leased = () => [...shop.model.account.users.values()].filter(({ path }) => path !== '/');
  shop.model.account.lagMs = 40_000;
  const [engineUser] = [...shop.model.account.users.values()].filter(({ path }) => path === '/');
  if (engineUser) engineUser.createdAt = 0;
  expect(await engine.leases.revoke({ id, actor: token() })).toMatchObject({ state: 'revoke_failed' });
  clock.advance(20_000);
  expect(await engine.leases.settle()).toBe(1);
  expect([(await engine.leases.find({ id }))?.state, leased().length]).toEqual(['revoke_failed', 1]);
  clock.advance(5 * MINUTE);
  await engine.leases.settle();
  expect([(await engine.leases.find({ id }))?.state, leased()]).toEqual(['revoked', []]);
});

test('a user that is being made is left to its maker until AWS would show whatever came of it', async () => {
  const gate = Promise.withResolvers<void>();
  shop.model.trouble({ call: 'iam:CreateUser', what: { hold: gate.promise } });
  const issuing = issue(await declare('aws_iam_user', { policy_arns: [shop.readArn] }));
  const pending = () =>
    engine.query('select next_action_at - created_at as due, claim_until - created_at as held from leases');
  while ((await pending()).length === 0) await new Promise((next) => setImmediate(next));
  const [intent] = await pending();
  gate.resolve();
  await issuing;
  expect(intent).toEqual({ due: 6 * MINUTE, held: 6 * MINUTE });
});

test('a try that failed for another reason is no sighting: a user that is not shown a minute after it is looked for again', async () => {
  const { id } = await issue(await declare('aws_iam_user', { policy_arns: [shop.readArn] }));
  shop.model.trouble({ call: 'iam:DetachUserPolicy', what: 'fail' });
  expect(await engine.leases.revoke({ id, actor: token() })).toMatchObject({ state: 'revoke_failed' });
  shop.model.noTrouble();
  shop.model.account.lagMs = 90_000;
  const [engineUser] = [...shop.model.account.users.values()].filter(({ path }) => path === '/');
  if (engineUser) engineUser.createdAt = 0;
  clock.advance(MINUTE);
  expect(await engine.leases.settle()).toBe(1);
  expect((await engine.leases.find({ id }))?.state).toBe('revoke_failed');
  clock.advance(5 * MINUTE);
  await engine.leases.settle();
  expect((await engine.leases.find({ id }))?.state).toBe('revoked');
  expect([...shop.model.account.users.values()].filter(({ path }) => path !== '/')).toEqual([]);
});

test('a user that is older than five minutes and not there is believed gone at once', async () => {
  const { id } = await issue(await declare('aws_iam_user', { policy_arns: [shop.readArn] }));
  const { users } = shop.model.account;
  for (const [key, { path }] of users) if (path !== '/') users.delete(key);
  clock.advance(5 * MINUTE + 1);
  expect(await engine.leases.revoke({ id, actor: token() })).toMatchObject({ state: 'revoked' });
});

test('an account that may not be asked puts the lease before an operator, and is asked again', async () => {
  const { id, values } = await issue(await declare('aws_iam_user', { policy_arns: [shop.readArn] }));
  shop.model.trouble({ call: 'iam:DetachUserPolicy', what: 'deny' });
  expect(await engine.leases.revoke({ id, actor: token() })).toMatchObject({ state: 'needs_operator' });
  expect(works(values)).toBe(false);
  shop.model.noTrouble();
  clock.advance(2 * 60 * MINUTE);
  await engine.leases.settle();
  expect([...shop.model.account.users.values()].filter(({ path }) => path !== '/')).toEqual([]);
});

/** How many bytes of it there are. */
async function credential(): Promise<number> {
  const [row] = await engine.query('select length(data_sealed) as bytes from integrations');
  return Number(row?.['bytes']);
}

async function dynamicId(): Promise<string> {
  return (await engine.definitions.getDynamicSecret(CONFIG_ID, 'AWS')).slug;
}
