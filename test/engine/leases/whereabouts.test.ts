// New data of an integration: taken where everything that its leases made or left is found with it, refused before any is lost.
import { type AwsShop, ENGINE_RIGHTS, localIntegration, policy, startAwsShop } from '../../support/aws/shop.ts';
import { FakeClock } from '../../support/leasing/clocks.ts';
import { BY, CONFIG_ID, type Engine, openEngine, PLACE, token } from '../../support/leasing/engine.ts';

const MINUTE = 60_000;

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

const declare = async (name: string, kind: string, parameters: object) =>
  (await engine.definitions.createDynamicSecret({ ...PLACE, name, kind, integration: 'aws', parameters }, BY)).slug;
const aUser = () => declare('USER', 'aws_iam_user', { policy_arns: [shop.readArn] });
const aHard = () => declare('HARD', 'aws_sts', { role_arn: shop.roleArn, hard_revoke: true });
const aSoft = () => declare('SOFT', 'aws_sts', { role_arn: shop.roleArn });
const issue = (dynamicSecretId: string) => engine.leases.issue({ dynamicSecretId, actor: token() });
const revoke = (id: string) => engine.leases.revoke({ id, actor: token() });
const update = (data: unknown) => engine.definitions.updateIntegration('aws', { data }, BY);
const users = () => [...shop.model.account.users.values()].filter(({ path }) => path !== '/');
const denies = () =>
  [...(shop.model.account.roles.get('deploy')?.inline.keys() ?? [])].filter((name) => name !== 'rights');
const dataOf = ({ accessKeyId, secretAccessKey }: { accessKeyId: string; secretAccessKey: string }) => ({
  ...shop.data,
  access_key_id: accessKeyId,
  secret_access_key: secretAccessKey,
});
/** New keys of the same account, and the old ones are gone already. */
const rotated = () => {
  const data = dataOf(shop.model.addUser('secrets-engine-2', ENGINE_RIGHTS));
  shop.model.account.stored('secrets-engine')?.keys.splice(0);
  return data;
};
const foreign = () => dataOf(shop.model.elsewhere.addUser('secrets-engine', ENGINE_RIGHTS));

test('rotated keys of the same account are taken while leases and denies are there, and end them all', async () => {
  const user = await issue(await aUser());
  const hard = await aHard();
  const [ended, session] = [await issue(hard), await issue(hard)];
  await revoke(ended.id);
  await update(rotated());
  for (const { id } of [user, session]) expect((await revoke(id)).state).toBe('revoked');
  expect([users(), denies().length]).toEqual([[], 2]);
  clock.advance(40 * MINUTE);
  await engine.leases.tidy();
  expect(denies()).toEqual([]);
});

test('keys of another account are refused while a leased user or a deny is there, and nothing of them is lost', async () => {
  const user = await issue(await aUser());
  const hard = await aHard();
  await revoke((await issue(hard)).id);
  const session = await issue(hard);
  const data = foreign();
  await expect(update(data)).rejects.toMatchObject({
    code: 'ERR_CONFLICT',
    message:
      'With this data 2 live leases and what 1 ended lease left would not be found at the target: it leads to another account.',
    hint: expect.stringContaining('new integration'),
  });
  for (const { id } of [user, session]) expect((await revoke(id)).state).toBe('revoked');
  await expect(update(data)).rejects.toMatchObject({
    message: expect.stringContaining('what 2 ended leases left would not be found'),
  });
  clock.advance(40 * MINUTE);
  await engine.leases.tidy();
  expect([users(), denies()]).toEqual([[], []]);
  await expect(update(data)).resolves.toMatchObject({ name: 'aws' });
});

test('keys that find what was made directly, but may not be the role that made the rest, are refused', async () => {
  const trusted = `arn:aws:iam::${shop.model.account.id}:user/secrets-engine`;
  const role = shop.model.addRole('engine', {
    trust: policy({ Effect: 'Allow', Principal: { AWS: trusted }, Action: 'sts:AssumeRole' }),
    policy: ENGINE_RIGHTS,
  });
  const id = await aUser();
  const made: { id: string }[] = [];
  for (const data of [shop.data, { ...shop.data, role_arn: role.arn }, shop.data]) {
    await update(data);
    made.push(await issue(id));
  }
  const data = dataOf(shop.model.addUser('secrets-engine-2', ENGINE_RIGHTS));
  await expect(update(data)).rejects.toMatchObject({
    code: 'ERR_CONFLICT',
    message: expect.stringContaining('1 live lease would not be found at the target'),
  });
  for (const lease of made) expect((await revoke(lease.id)).state).toBe('revoked');
  expect(users()).toEqual([]);
  await expect(update(data)).resolves.toMatchObject({ name: 'aws' });
});

test('keys that may not look are refused with what they lack, and an AWS that is away says nothing about them', async () => {
  await issue(await aUser());
  await expect(update(dataOf(shop.model.addUser('without-rights')))).rejects.toMatchObject({
    code: 'ERR_CONFLICT',
    message: expect.stringContaining('1 live lease would not be found at the target: AWS does not allow it'),
  });
  const data = rotated();
  shop.model.trouble({ call: 'iam:ListUserTags', what: 'fail' });
  await expect(update(data)).rejects.toMatchObject({ code: 'ERR_UNAVAILABLE' });
  shop.model.noTrouble();
  await expect(update(data)).resolves.toMatchObject({ name: 'aws' });
});

test('a lease whose plan does not open keeps no new keys out, and is told', async () => {
  const { id } = await issue(await aUser());
  await engine.query(`update leases set revoke_plan_sealed = x'00' where id = '${id}'`);
  await expect(update(rotated())).resolves.toMatchObject({ name: 'aws' });
  expect(engine.log.join()).toContain(`lease ${id}: what it made is not known`);
});

test('sessions that nobody can end hold no account, and a new name asks nothing of AWS', async () => {
  const { id } = await issue(await aSoft());
  const before = shop.model.calls.length;
  await expect(engine.definitions.updateIntegration('aws', { name: 'aws' }, BY)).resolves.toMatchObject({
    name: 'aws',
  });
  await expect(update(foreign())).resolves.toMatchObject({ name: 'aws' });
  expect(shop.model.calls).toHaveLength(before);
  expect((await revoke(id)).state).toBe('revoked');
});

test('a lease that is issued while the new data is looked at keeps it out', async () => {
  const [row] = await engine.store.read.listIntegrations({});
  const unseen = await engine.store.read.liveMark({ integrationId: row?.id ?? '' });
  const { id } = await issue(await aUser());
  const audit = { at: 1, actor: 'test', action: 'integration.update', target: 'x', outcome: 'ok' as const };
  const { name = '', data_key_id = '', data_sealed = new Uint8Array(0) } = row ?? {};
  const next = { id: row?.id ?? '', revision: 2, name, data_key_id, data_sealed };
  await expect(engine.store.write.updateIntegration({ ...next, unseen, audit })).rejects.toMatchObject({
    code: 'ERR_CONFLICT',
  });
  expect((await revoke(id)).state).toBe('revoked');
  expect((await engine.definitions.getDynamicSecret(CONFIG_ID, 'USER')).liveLeases).toBe(0);
});
