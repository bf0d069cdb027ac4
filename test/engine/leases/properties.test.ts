// Properties of leases under any sequence of requests, failures and time: the store, the target and the events agree.
import fc from 'fast-check';
import { canMove, isFinal, type LeaseState } from '#core/lease.js';
import { roleLockKey, roleName } from '#engine/integrations/postgres/role-name.js';
import { scramVerifier } from '#engine/integrations/postgres/scram.js';
import { ClosedSets } from '#engine/leases/closed-sets.js';
import { steadyNow } from '#engine/leases/moment.js';
import { FakeClock } from '../../support/leasing/clocks.ts';
import { BY, type Engine, openEngine, PLACE, token } from '../../support/leasing/engine.ts';
import { startStoreDatabase, type StoreDatabase } from '../../support/store-database.ts';
import { AWAY, FakeTarget, REFUSES } from '../../support/leasing/fake-integration.ts';

let clock: FakeClock;
let target: FakeTarget;
let engine: Engine;
let dynamicSecretId: string;
let database: StoreDatabase;
beforeAll(async () => {
  database = await startStoreDatabase();
});
afterAll(() => database?.stop());

async function start(store: 'SQLite' | 'PostgreSQL'): Promise<void> {
  clock = new FakeClock();
  target = new FakeTarget();
  const url = store === 'SQLite' ? {} : { url: await database.fresh() };
  engine = await openEngine({ ...url, clock, integrations: () => [target.integration()] });
  await engine.definitions.createIntegration({ name: 'db', type: 'postgres', data: {}, allowed: ['shop'] }, BY);
  const made = await engine.definitions.createDynamicSecret(
    { ...PLACE, name: 'DB', kind: 'postgres', integration: 'db', maxLiveLeases: 6 },
    BY,
  );
  dynamicSecretId = made.slug;
}

type Step =
  | { do: 'issue'; key: string | undefined; set: string | undefined; replace: boolean }
  | { do: 'revoke' | 'renew'; which: number }
  | { do: 'revokeSet'; set: string }
  | { do: 'pass'; minutes: number }
  | { do: 'fail'; call: 'create' | 'revoke' | 'extend'; after: boolean; hopeless: boolean }
  | { do: 'recover' };

const set = fc.constantFrom('set-a', 'set-b', 'set-c');
const STEP: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('issue' as const),
    key: fc.option(fc.constantFrom('k1', 'k2'), { nil: undefined }),
    set: fc.option(set, { nil: undefined }),
    replace: fc.boolean(),
  }),
  fc.record({ do: fc.constantFrom('revoke' as const, 'renew' as const), which: fc.nat(20) }),
  fc.record({ do: fc.constant('revokeSet' as const), set }),
  fc.record({ do: fc.constant('pass' as const), minutes: fc.integer({ min: 1, max: 90 }) }),
  fc.record({
    do: fc.constant('fail' as const),
    call: fc.constantFrom('create' as const, 'revoke' as const, 'extend' as const),
    after: fc.boolean(),
    hopeless: fc.boolean(),
  }),
  fc.record({ do: fc.constant('recover' as const) }),
);

let issued: string[] = [];
async function perform(step: Step): Promise<void> {
  const actor = token();
  const id = 'which' in step ? (issued[step.which % Math.max(1, issued.length)] ?? 'none') : 'none';
  if (step.do === 'issue') {
    const { key: idempotencyKey, set: setId, replace } = step;
    const lease = await engine.leases.issue({ dynamicSecretId, actor, idempotencyKey, setId, replace });
    expect(target.credentials.has(lease.id)).toBe(true);
    issued.push(lease.id);
  }
  if (step.do === 'revoke') await engine.leases.revoke({ id, actor });
  if (step.do === 'renew') await engine.leases.renew({ id, ttlSec: 3000, actor });
  if (step.do === 'revokeSet') await engine.leases.revokeSet({ setId: step.set });
  if (step.do === 'pass') clock.advance(step.minutes * 60_000);
  if (step.do === 'fail') {
    target.failure = { call: step.call, after: step.after, error: step.hopeless ? REFUSES : AWAY };
  }
  if (step.do === 'recover') target.failure = undefined;
}

async function check(): Promise<void> {
  const rows = await engine.query('select id, state, expires_at, hard_expires_at from leases');
  const states = new Map(rows.map((row) => [String(row['id']), row['state'] as LeaseState]));
  const live = [...states.values()].filter((state) => !isFinal(state)).length;
  expect(await engine.query('select live from dynamic_secrets')).toEqual([{ live }]);
  expect(live).toBeLessThanOrEqual(6);
  for (const name of target.credentials) expect(isFinal(states.get(name) ?? 'aborted')).toBe(false);
  for (const [id, state] of states) if (state === 'active') expect(target.credentials.has(id)).toBe(true);
  for (const row of rows) expect(Number(row['expires_at'])).toBeLessThanOrEqual(Number(row['hard_expires_at']));
}

async function checkEvents(): Promise<void> {
  const events = await engine.query('select lease_id, seq, from_state, to_state from lease_events order by 1, 2');
  let previous: { lease: unknown; seq: number; state: unknown } = { lease: '', seq: 0, state: null };
  for (const event of events) {
    if (event['lease_id'] !== previous.lease) previous = { lease: event['lease_id'], seq: 0, state: null };
    expect(event).toMatchObject({ seq: previous.seq + 1, from_state: previous.state });
    if (previous.state !== null)
      expect(canMove(previous.state as LeaseState, event['to_state'] as LeaseState)).toBe(true);
    previous = { lease: previous.lease, seq: previous.seq + 1, state: event['to_state'] };
  }
}

describe.each(['SQLite', 'PostgreSQL'] as const)('on %s', (store) => {
  beforeAll(() => start(store));
  afterAll(() => engine.close());

  test('after every step: live = count(*), no credential without a live row, no active lease without a credential', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(STEP, { minLength: 4, maxLength: 14 }), async (steps) => {
        issued = [];
        for (const step of steps) {
          await perform(step).catch((error: unknown) => expect(error).toHaveProperty('code'));
          await engine.leases.settle();
          await check();
        }
        target.failure = undefined;
        for (let hours = 0; hours < 3; hours += 1) {
          clock.advance(4 * 3_600_000);
          await engine.leases.settle();
        }
        expect([...target.credentials]).toEqual([]);
        await checkEvents();
      }),
      { numRuns: 20 },
    );
  });

  test('a stale fence finishes, fails and activates nothing', async () => {
    const { id } = await engine.leases.issue({ dynamicSecretId, actor: token() });
    const at = clock.now();
    const cause = { actor: 'stale' };
    const { write } = engine.store;
    await write.endLeases({ selector: { by: 'lease', id }, at, claimedBy: 'me', claimUntil: at + 1000, cause });
    const stale = { id, fence: 1, at, cause };
    expect(await write.activateLeases({ leases: [stale] })).toEqual([false]);
    expect(await write.finishLeases({ leases: [stale], at, cause })).toEqual([null]);
    const failed = { to: 'revoke_failed' as const, nextActionAt: at, error: 'x', notFoundAt: null };
    expect(await write.failLease({ ...stale, ...failed })).toBe(false);
    clock.advance(2000);
    await engine.leases.settle();
    clock.advance(3_600_000);
    await engine.leases.settle();
    expect((await engine.store.read.getLease({ id }))?.state).toBe('revoked');
  });
});

test('role names are legal, distinct and carry the whole id', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.uuid(), (a, b) => {
      const name = roleName('engine01', a);
      expect(name).toMatch(/^[a-z0-9_]{1,63}$/);
      expect(name.endsWith(a.replaceAll('-', ''))).toBe(true);
      expect(name === roleName('engine01', b)).toBe(a === b);
      expect(BigInt(roleLockKey(name)) < 2n ** 63n).toBe(true);
    }),
  );
});

test('the verifier is the one of RFC 7677', async () => {
  const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64');
  expect(await scramVerifier('pencil', salt)).toBe(
    'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
  );
});

test('time goes on from what was persisted, by the monotonic clock, while the wall is behind', () => {
  const wall = new FakeClock(1000);
  const now = steadyNow(wall, 5000);
  expect(now()).toBe(5000);
  wall.advance(100);
  expect(now()).toBe(5100);
  wall.advance(10_000);
  expect(now()).toBe(15_100);
  wall.setBack(9000);
  wall.advance(1);
  expect(now()).toBe(15_101);
});

test('the memory of closed sets is bounded and forgets the oldest first', () => {
  const sets = new ClosedSets(2);
  for (const id of ['a', 'b', 'a', 'c']) sets.add(id);
  expect(['a', 'b', 'c'].map((id) => sets.has(id))).toEqual([true, false, true]);
});
