// The minting part as it is assembled over a store: whose time it goes by, and what it leaves alone after a restore.
import { randomUUID } from 'node:crypto';
import { Keyring } from '#engine/keyring/keyring.js';
import { Metrics } from '#engine/metrics.js';
import { createMinting, type Minting } from '#engine/minting.js';
import type { Store } from '#engine/storage/store.js';
import { FakeClock } from '../support/leasing/clocks.ts';
import { BY } from '../support/leasing/engine.ts';
import { openTestStore } from '../support/store.ts';

const HOUR = 60 * 60_000;
const PG = { host: '127.0.0.1', database: 'app', username: 'admin', password: 'x' };

let clock: FakeClock;
let store: Store;
let keyring: Keyring;
let logged: string[];
/** What the minting part asked of the store, by name. */
let asked: string[];
beforeEach(async () => {
  clock = new FakeClock();
  store = await openTestStore();
  keyring = await Keyring.open(store, new Uint8Array(32).fill(5), () => clock.now());
  await store.setAuditKey(keyring.auditKey);
  logged = [];
  asked = [];
});
afterEach(() => store.close());

/** Notes the name of each operation. */
function noting<Operations extends object>(operations: Operations): Operations {
  return new Proxy(operations, {
    get: (all, name) => {
      asked.push(String(name));
      return Reflect.get(all, name) as unknown;
    },
  });
}

function open(): Promise<Minting> {
  const log = (_level: string, event: string) => void logged.push(event);
  const noted = { ...store, read: noting(store.read), write: noting(store.write) };
  const lookup = () => Promise.reject(new Error('no name is looked up here'));
  return createMinting(
    { store: noted, keyring, clock, log, metrics: new Metrics() },
    { allowEgress: [], allowIntegration: [] },
    { lookup, random: () => 0.5, newId: randomUUID },
  );
}

test('an engine whose clock was set back goes on from the latest moment that its store remembers', async () => {
  const at = clock.now() + HOUR;
  await store.write.saveMoment({ at });
  const { integrations, now, stop } = await open();
  const declared = { name: 'pg', type: 'postgres', data: PG, allowed: ['shop'] };
  const { createdAt } = await integrations.createIntegration(declared, BY);
  expect([createdAt, now()]).toEqual([at, at]);
  await stop();
});

test('while revocations are held nothing is taken over, swept or compared; once they are let go, it is', async () => {
  const event = { at: clock.now(), actor: 'cli', action: 'store.restore', target: 'store', outcome: 'ok' as const };
  await store.write.markRestored({ at: clock.now(), engineId: 'again001', hold: true, event });
  const held = await open();
  asked = [];
  await held.start();
  await held.reconcile();
  await held.stop();
  expect([asked, logged]).toEqual([['heldRevocations', 'heldRevocations'], ['revocations held']]);
  await store.write.releaseRevocations({ event });
  const released = await open();
  asked = [];
  await released.start();
  await released.reconcile();
  await released.stop();
  expect(asked).toEqual(expect.arrayContaining(['takeOverLeases', 'integrationsDue', 'listIntegrations']));
  expect(logged).toHaveLength(1);
});
