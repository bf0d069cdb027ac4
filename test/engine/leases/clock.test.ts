// The time of leases over a restart: what an engine has seen of it is on disk, and the next one never starts before it.
import { setTimeout as sleep } from 'node:timers/promises';
import { FakeClock } from '../../support/leasing/clocks.ts';
import { BY, type Engine, openEngine, PLACE, token } from '../../support/leasing/engine.ts';
import { FakeTarget } from '../../support/leasing/fake-integration.ts';
import { temporaryFolder } from '../../support/temp.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const START = Date.UTC(2026, 0, 2);

const target = new FakeTarget();
const open = (folder: string, clock: FakeClock) =>
  openEngine({ folder, clock, integrations: () => [target.integration()] });

/** Waits until the sweep has written down that it is `at`. */
async function isRemembered({ store }: Engine, at: number): Promise<void> {
  while ((await store.read.lastMoment({})) !== at) await sleep(5);
}

test('an engine remembers each minute how late it is, and one that starts with its clock a day behind goes on from there', async () => {
  const folder = temporaryFolder();
  const clock = new FakeClock(START);
  const before = await open(folder, clock);
  await before.definitions.createIntegration({ name: 'db', type: 'postgres', data: {}, allowed: ['shop'] }, BY);
  const declared = { ...PLACE, name: 'DB', kind: 'postgres', integration: 'db' };
  const { slug } = await before.definitions.createDynamicSecret(declared, BY);
  const { id } = await before.leases.issue({ dynamicSecretId: slug, ttlSec: 600, actor: token() });
  await before.leases.start();
  await isRemembered(before, START);
  clock.advance(5 * MINUTE);
  await isRemembered(before, START + 5 * MINUTE);
  await before.close();

  const behind = new FakeClock(START - DAY);
  const after = await open(folder, behind);
  expect(after.now()).toBe(START + 5 * MINUTE);
  behind.advance(5 * MINUTE - 1);
  await after.leases.settle();
  expect([...target.credentials]).toEqual([id]);
  behind.advance(1);
  await after.leases.settle();
  expect([(await after.leases.find({ id }))?.state, target.credentials.size]).toEqual(['expired', 0]);
  await after.close();
});
