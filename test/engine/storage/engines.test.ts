// Several engines on one database: each credential is ended once, whoever dies, sleeps or takes part meanwhile.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { findAuditGap } from '#engine/storage/audit-chain.js';
import { FakeClock } from '../../support/leasing/clocks.ts';
import { BY, type Engine, openEngine, PLACE, token } from '../../support/leasing/engine.ts';
import { FakeTarget } from '../../support/leasing/fake-integration.ts';
import { startStoreDatabase, type StoreDatabase } from '../../support/store-database.ts';

const LEASES = 30;
const MINUTE = 60_000;

let database: StoreDatabase;
let url: string;
let clock: FakeClock;
let target: FakeTarget;
let engines: Engine[];
let dynamicSecretId: string;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  database = await startStoreDatabase();
});
afterAll(() => database?.stop());
beforeEach(async () => {
  url = await database.fresh();
  clock = new FakeClock();
  target = new FakeTarget();
  engines = [await open(), await open()];
  const [first] = engines as [Engine];
  await first.definitions.createIntegration({ name: 'db', type: 'postgres', data: {}, allowed: ['shop'] }, BY);
  const declared = { ...PLACE, name: 'DB', kind: 'postgres' as const, integration: 'db', maxLiveLeases: LEASES };
  dynamicSecretId = (await first.definitions.createDynamicSecret(declared, BY)).slug;
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await Promise.all(engines.map((engine) => engine.close()));
});

const open = () => openEngine({ url, clock, integrations: () => [target.integration()] });
const issue = (engine: Engine) => engine.leases.issue({ dynamicSecretId, actor: token() });
const settled = () => Promise.all(engines.map((engine) => engine.leases.settle()));
const states = async () =>
  (await database.query(url, 'select state, count(*) from leases group by state')) as unknown[];

test('two engines issue up to the cap and not one more, and read what the other has sealed', async () => {
  const asked = Array.from({ length: LEASES + 6 }, (_, n) => issue(engines[n % 2] as Engine));
  const outcomes = await Promise.allSettled(asked);
  const refused = outcomes.filter(({ status }) => status === 'rejected');
  expect(refused.map((each) => (each as PromiseRejectedResult).reason.code)).toEqual(Array(6).fill('ERR_RATE_LIMITED'));
  expect(target.credentials.size).toBe(LEASES);
});

test('two sweepers end each lease exactly once', async () => {
  for (let n = 0; n < LEASES; n += 1) await issue(engines[n % 2] as Engine);
  clock.advance(24 * 60 * MINUTE);
  await Promise.all([settled(), settled()]);
  await settled();
  expect(await states()).toEqual([{ state: 'expired', count: LEASES }]);
  expect([target.credentials.size, target.ended.length, new Set(target.ended).size]).toEqual([0, LEASES, LEASES]);
  expect(await database.query(url, 'select live from dynamic_secrets')).toEqual([{ live: 0 }]);
});

test('a start beside another engine takes nothing away from it; alone it takes over at once', async () => {
  const [busy, starting] = engines as [Engine, Engine];
  let go = () => {};
  target.gate = new Promise((resolveGate) => {
    go = resolveGate;
  });
  const issuing = issue(busy);
  while ((await states()).length === 0) await new Promise((done) => setTimeout(done, 10));
  const take = { claimedBy: 'a new process', at: clock.now() };
  expect(await starting.store.write.takeOverLeases(take)).toBe(0);
  go();
  await issuing;
  expect(await states()).toEqual([{ state: 'active', count: 1 }]);
  await busy.store.write.endLeases({
    ...{ selector: { by: 'dynamicSecret', id: dynamicSecretId }, claimedBy: 'who dies', at: clock.now() },
    ...{ claimUntil: clock.now() + MINUTE, cause: { actor: 'engine' } },
  });
  await busy.close();
  engines = [starting];
  expect(await starting.store.write.takeOverLeases(take)).toBe(1);
  await starting.leases.settle();
  expect([await states(), target.credentials.size]).toEqual([[{ state: 'revoked', count: 1 }], 0]);
});

test('a lease that one engine is making is ended by another only once its creator can make nothing more', async () => {
  const [maker, other] = engines as [Engine, Engine];
  const gate = Promise.withResolvers<void>();
  target.gate = gate.promise;
  const making = Promise.allSettled([issue(maker)]);
  while ((await states()).length === 0) await new Promise((done) => setTimeout(done, 10));
  clock.advance(MINUTE - 1);
  await other.leases.settle();
  await other.leases.revokeOwnedBy({ tokenId: 'token-1' }, BY);
  await other.leases.settle();
  const early = [...target.ended];
  gate.resolve();
  expect(await making).toMatchObject([{ status: 'rejected', reason: { code: 'ERR_CONFLICT' } }]);
  expect([early, target.credentials.size, await states()]).toEqual([[], 1, [{ state: 'revoking', count: 1 }]]);
  clock.advance(MINUTE);
  await other.leases.settle();
  expect([target.credentials.size, await states()]).toEqual([0, [{ state: 'aborted', count: 1 }]]);
});

test('a process that slept past its claim wakes up with a stale fence and changes nothing', async () => {
  const [sleeper, other] = engines as [Engine, Engine];
  const { id } = await issue(sleeper);
  clock.advance(24 * 60 * MINUTE);
  const at = clock.now();
  const claim = { at, claimedBy: 'sleeper', claimUntil: at + MINUTE, from: 0, limit: 10, cause: { actor: 'engine' } };
  const [integrationId] = await sleeper.store.read.integrationsDue({ at });
  const [held] = await sleeper.store.write.claimDueLeases({ ...claim, integrationId: integrationId ?? '' });
  expect(held?.id).toBe(id);
  clock.advance(2 * MINUTE);
  await other.leases.settle();
  expect(await states()).toEqual([{ state: 'expired', count: 1 }]);
  const late = { at: clock.now(), cause: { actor: 'sleeper' } };
  const stale = { id, fence: held?.fence ?? 0 };
  const before = await database.query(url, 'select * from leases');
  expect(await sleeper.store.write.finishLeases({ leases: [stale], ...late })).toEqual([null]);
  const failed = { to: 'revoke_failed' as const, nextActionAt: at, error: 'late', notFoundAt: null };
  expect(await sleeper.store.write.failLease({ ...stale, ...late, ...failed })).toBe(false);
  expect(await database.query(url, 'select * from leases')).toEqual(before);
});

test('an engine that is killed in the middle of its work is healed by the other one', async () => {
  const roof = resolve('test/support/store-engine-roof.ts');
  const child = fork(roof, [JSON.stringify({ url, dynamicSecretId, now: clock.now() })], {
    execArgv: ['--conditions=secrets-action-source', '--disable-warning=ExperimentalWarning'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  children.add(child);
  // It tells what it has made at its target, and hangs in the creation of the third.
  const made: string[] = [];
  child.on('message', (name: string) => made.push(name));
  while (made.length < 3) await once(child, 'message');
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
  for (const name of made) target.credentials.add(name);
  const [survivor] = engines as [Engine];
  expect(await states()).toEqual(
    expect.arrayContaining([
      { state: 'active', count: 2 },
      { state: 'pending', count: 1 },
    ]),
  );
  await survivor.leases.revoke({ id: made[0] as string, actor: token('another', 'p', true) });
  clock.advance(2 * MINUTE);
  await survivor.leases.settle();
  expect([...target.credentials]).toEqual([made[1]]);
  clock.advance(24 * 60 * MINUTE);
  await settled();
  expect(target.credentials.size).toBe(0);
  expect(await database.query(url, 'select sum(live) as live from dynamic_secrets')).toEqual([{ live: 0 }]);
}, 120_000);

test('each process writes audit chains of its own, each whole', async () => {
  await Promise.all(engines.flatMap((engine) => [issue(engine), issue(engine), issue(engine)]));
  const [{ store, keyring }] = engines as [Engine];
  const chains = await store.read.listAuditChains({});
  expect(chains).toHaveLength(2);
  for (const { chain } of chains) {
    const rows = await store.read.readAuditChain({ chain, afterSeq: 0, limit: 1000 });
    expect(findAuditGap(keyring.auditKey, rows)).toBeUndefined();
  }
});

test('the latest moment that any engine remembered is kept, and a key of the store is made under its root key only', async () => {
  const [one, other] = engines as [Engine, Engine];
  await one.store.write.saveMoment({ at: 2000 });
  await other.store.write.saveMoment({ at: 1000 });
  expect(await one.store.read.lastMoment({})).toBe(2000);
  const key = { id: 'k', scope: 'new', root_key_id: 'another', wrapped: new Uint8Array(1), created_at: 1 };
  await expect(one.store.write.addDataKey(key)).rejects.toMatchObject({ message: expect.stringContaining('root key') });
});
