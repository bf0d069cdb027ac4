// When a lease whose end failed is tried again: later each time, hourly where only a person helps, and at once when its
// target does something for us again or somebody asks.
import type { AppError } from '#core/errors.js';
import { FakeClock } from '../../support/leasing/clocks.ts';
import { BY, type Engine, openEngine, PLACE, token } from '../../support/leasing/engine.ts';
import { AWAY, FakeTarget, REFUSES } from '../../support/leasing/fake-integration.ts';

const TTL_SEC = 7200;

let clock: FakeClock;
let engine: Engine;
/** What ending says, by the name of the integration or by the id of the lease. */
let failing: Map<string, AppError>;
/** Ids of dynamic secrets by the name of their integration. */
let sources: Map<string, string>;

beforeEach(async () => {
  clock = new FakeClock();
  failing = new Map();
  sources = new Map();
  const fake = new FakeTarget().integration();
  const revoke: typeof fake.revoke = async (asked, signal) => {
    const error = failing.get(String(asked.data['name'])) ?? failing.get(String(asked.plan['name']));
    if (error) throw error;
    return fake.revoke(asked, signal);
  };
  engine = await openEngine({ clock, integrations: () => [{ ...fake, revoke }] });
  for (const name of ['one', 'other']) {
    await engine.definitions.createIntegration({ name, type: 'postgres', data: { name }, allowed: ['shop'] }, BY);
    const wanted = { name: name.toUpperCase(), kind: 'postgres', integration: name, maxTtlSec: TTL_SEC };
    sources.set(name, (await engine.definitions.createDynamicSecret({ ...PLACE, ...wanted }, BY)).slug);
  }
});
afterEach(() => engine.close());

const issue = async (from: 'one' | 'other' = 'one') =>
  (await engine.leases.issue({ dynamicSecretId: sources.get(from) ?? '', actor: token(), ttlSec: TTL_SEC })).id;
const end = async (id: string) => (await engine.leases.revoke({ id, actor: token() })).state;
const stateOf = async (id: string) => (await engine.leases.find({ id }))?.state;
/** Seconds until the next try. The spread of retries stands at its middle here. */
const waits = async (id: string) =>
  (((await engine.store.read.getLease({ id }))?.next_action_at ?? Number.NaN) - clock.now()) / 1000;

/** As many tries as are asked for, each when it is due; answers with the waits after them. */
async function tries(id: string, count: number): Promise<number[]> {
  const all: number[] = [];
  for (let n = 0; n < count; n += 1) {
    clock.advance((await waits(id)) * 1000);
    await engine.leases.settle();
    all.push(await waits(id));
  }
  return all;
}

test('each try that fails makes the wait for the next one longer, up to a quarter of an hour', async () => {
  const id = await issue();
  failing.set(id, AWAY);
  expect(await tries(id, 9)).toEqual([10, 20, 40, 80, 160, 320, 640, 900, 900]);
  expect(await stateOf(id)).toBe('revoke_failed');
});

test('somebody who asks for the end of a lease that fails makes its next try sooner, not later', async () => {
  const id = await issue();
  failing.set(id, AWAY);
  expect(await tries(id, 2)).toEqual([10, 20]);
  expect([await end(id), await waits(id)]).toEqual(['revoke_failed', 10]);
  expect(await tries(id, 1)).toEqual([20]);
});

test('what only a person can repair is tried each hour', async () => {
  const id = await issue();
  failing.set(id, REFUSES);
  expect([await end(id), await waits(id)]).toEqual(['needs_operator', 3600]);
  expect(await tries(id, 2)).toEqual([3600, 3600]);
});

test('a target that makes a lease again is asked at once for what it did not end; other targets and refusals wait on', async () => {
  const [away, refused, elsewhere] = [await issue(), await issue(), await issue('other')];
  failing.set('other', AWAY).set(away, AWAY).set(refused, REFUSES);
  for (const id of [away, refused, elsewhere]) await end(id);
  failing.delete(away);
  await issue();
  expect([await waits(away), await waits(refused), await waits(elsewhere)]).toEqual([0, 3600, 10]);
  await engine.leases.settle();
  expect([await stateOf(away), await stateOf(elsewhere)]).toEqual(['revoked', 'revoke_failed']);
});

test('a target that ends a lease is asked at once for the others, but no oftener than twice a minute', async () => {
  const [stubborn, ...fine] = [await issue(), await issue(), await issue(), await issue()];
  failing.set(stubborn, AWAY);
  const endOne = async () => end(fine.pop() ?? '');
  await end(stubborn);
  expect([await endOne(), await waits(stubborn)]).toEqual(['revoked', 0]);
  await engine.leases.settle();
  expect([await endOne(), await waits(stubborn)]).toEqual(['revoked', 20]);
  clock.advance(19_000);
  expect(await waits(stubborn)).toBe(1);
  clock.advance(1000);
  await engine.leases.settle();
  expect(await waits(stubborn)).toBe(40);
  clock.advance(10_000);
  expect([await endOne(), await waits(stubborn)]).toEqual(['revoked', 0]);
});
