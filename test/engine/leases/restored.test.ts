// A store that comes back from an old dump: what was issued, ended and renewed since is found at the target, and told or ended.
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { type AwsShop, localIntegration, startAwsShop } from '../../support/aws/shop.ts';
import { FakeClock } from '../../support/leasing/clocks.ts';
import { BY, CONFIG_ID, type Engine, openEngine, PLACE, query, token } from '../../support/leasing/engine.ts';
import { temporaryFolder } from '../../support/temp.ts';

const MINUTE = 60_000;

let clock: FakeClock;
let shop: AwsShop;
let engine: Engine;
let dynamicSecretId: string;
beforeEach(async () => {
  clock = new FakeClock();
  shop = await startAwsShop({ now: () => clock.now() });
  engine = await open(temporaryFolder());
  const integration = { name: 'aws', type: 'aws', data: shop.data, allowed: ['shop'] };
  await engine.definitions.createIntegration({ ...integration, ceiling: { policy_arns: [shop.readArn] } }, BY);
  const asked = { ...PLACE, name: 'USER', kind: 'aws_iam_user', integration: 'aws' };
  const parameters = { policy_arns: [shop.readArn] };
  dynamicSecretId = (await engine.definitions.createDynamicSecret({ ...asked, parameters }, BY)).slug;
});
afterEach(async () => {
  await engine.close();
  await shop.close();
});

const open = (folder: string) => openEngine({ folder, clock, integrations: (now) => [localIntegration({ now })] });
const issue = () => engine.leases.issue({ dynamicSecretId, actor: token(), ttlSec: 1800 });
const revoke = (id: string) => engine.leases.revoke({ id, actor: token('op', 'op', true) });
const nameOf = async (id: string) => (await engine.store.read.getLease({ id }))?.external_ref ?? '';
const users = () =>
  [...shop.model.account.users.values()]
    .filter(({ path }) => path !== '/')
    .map(({ name }) => name)
    .sort();

/** What is on disk now, as `dump` has it. */
async function dump(): Promise<string> {
  const folder = join(temporaryFolder(), 'dump');
  // Closed, so that no page is in the log alone.
  await engine.close();
  cpSync(engine.folder, folder, { recursive: true });
  engine = await open(engine.folder);
  return folder;
}

/** As `restore` does, under a name of its own for what is made from here on. */
async function restore(folder: string, engineId: string, hold = false): Promise<void> {
  await engine.close();
  const marking = await open(folder);
  const event = { at: clock.now(), actor: 'cli', action: 'store.restore', target: 'store', outcome: 'ok' as const };
  await marking.store.write.markRestored({ at: clock.now(), engineId, hold, event });
  await marking.close();
  engine = await open(folder);
}

test('leases of before and after the dump are told apart: those it does not know are named, none that lives is missed', async () => {
  const [ended, kept] = [await issue(), await issue()];
  const folder = await dump();
  await revoke(ended.id);
  const since = await issue();
  const names = { ended: await nameOf(ended.id), since: await nameOf(since.id) };
  await restore(folder, 'again001');
  expect(await engine.leases.reconcile()).toEqual({ ended: [], unknown: [names.since], missing: [names.ended] });
  await restore(await dump(), 'again002');
  const anew = await issue();
  expect(await nameOf(anew.id)).toContain('again002');
  expect(await engine.leases.reconcile()).toMatchObject({ unknown: [names.since], missing: [names.ended] });
  for (const { id } of [kept, anew]) expect((await revoke(id)).state).toBe('revoked');
  clock.advance(40 * MINUTE);
  await engine.leases.settle();
  expect(users()).toEqual([names.since]);
  expect(query(engine.folder, 'select live from dynamic_secrets')).toEqual([{ live: 0 }]);
});

test('a lease that was renewed after the dump ends by what the dump knows', async () => {
  const { id } = await issue();
  const folder = await dump();
  clock.advance(20 * MINUTE);
  await engine.leases.renew({ id, ttlSec: 3000, actor: token() });
  await restore(folder, 'again001');
  clock.advance(11 * MINUTE);
  await engine.leases.settle();
  expect([users(), (await engine.leases.find({ id }))?.state]).toEqual([[], 'expired']);
  expect((await engine.definitions.getDynamicSecret(CONFIG_ID, 'USER')).liveLeases).toBe(0);
});
