// The invariants of leases that no single request shows, on both stores; docs/leases.md lists where each of them is held.
import fc from 'fast-check';
import { type AppError, asAppError } from '#core/errors.js';
import type { Integration } from '#engine/integrations/integration.js';
import { FakeClock } from '../../support/leasing/clocks.ts';
import { BY, type Engine, openEngine, PLACE, token } from '../../support/leasing/engine.ts';
import { AWAY, FakeTarget, REFUSES } from '../../support/leasing/fake-integration.ts';
import { startStoreDatabase, type StoreDatabase } from '../../support/store-database.ts';

const MINUTE = 60_000;
const RUNS = { numRuns: 6 };

let database: StoreDatabase;
let clock: FakeClock;
let target: FakeTarget;
let engine: Engine;
/** What the target was given as its connection, by call. */
let seen: unknown[];
/** While set, revokes wait for it. */
let revoking: Promise<void> | undefined;
let made = 0;

beforeAll(async () => {
  database = await startStoreDatabase();
});
afterAll(() => database?.stop());

function integration(): Integration {
  const fake = target.integration();
  const revoke: typeof fake.revoke = async (asked, signal) => {
    seen.push(asked.data);
    await revoking;
    return fake.revoke(asked, signal);
  };
  return { ...fake, revoke };
}

async function start(store: 'SQLite' | 'PostgreSQL'): Promise<void> {
  clock = new FakeClock();
  target = new FakeTarget();
  const url = store === 'SQLite' ? {} : { url: await database.fresh() };
  engine = await openEngine({ ...url, clock, integrations: () => [integration()] });
  const data = { password: 'planted-connection' };
  await engine.definitions.createIntegration({ name: 'db', type: 'postgres', data, allowed: ['shop'] }, BY);
}

async function dynamicSecret(maxLiveLeases = 20): Promise<string> {
  const wanted = { name: `DB_${(made += 1)}`, kind: 'postgres' as const, integration: 'db', maxLiveLeases };
  return (await engine.definitions.createDynamicSecret({ ...PLACE, ...wanted, maxTtlSec: 7200 }, BY)).slug;
}

const issue = (dynamicSecretId: string, more: Record<string, unknown> = {}) =>
  engine.leases.issue({ dynamicSecretId, actor: token(), ttlSec: 600, ...more });
const stateOf = async (id: string) => (await engine.store.read.getLease({ id }))?.state;
const failure = (call: 'create' | 'revoke' | 'extend', after: boolean, error = AWAY) => ({ call, after, error });

/** How a promise was refused; fails where it was not. */
async function refusal(promise: Promise<unknown>): Promise<AppError> {
  const outcome = await promise.then(
    () => undefined,
    (error: unknown) => asAppError(error),
  );
  if (outcome === undefined) throw new Error('it was not refused');
  return outcome;
}

describe.each(['SQLite', 'PostgreSQL'] as const)('on %s', (store) => {
  beforeAll(() => start(store));
  afterAll(() => engine.close());
  beforeEach(() => {
    seen = [];
    revoking = undefined;
    target.failure = undefined;
    target.credentials.clear();
  });
  afterEach(async () => {
    target.failure = undefined;
    clock.advance(180 * MINUTE);
    await engine.leases.settle();
  });

  test('invariant 2: whoever is shown values finds the lease active and its audit row written', async () => {
    const dynamicSecretId = await dynamicSecret();
    const fault = fc.option(fc.record({ after: fc.boolean(), hopeless: fc.boolean() }), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(fc.array(fault, { minLength: 1, maxLength: 5 }), async (faults) => {
        for (const each of faults) {
          target.failure = each && failure('create', each.after, each.hopeless ? REFUSES : AWAY);
          const lease = await issue(dynamicSecretId).catch(() => undefined);
          expect(lease === undefined).toBe(each !== undefined);
          if (!lease) continue;
          const rows = await engine.query(
            `select outcome from audit where action = 'lease.issue' and target = 'lease:${lease.id}' order by seq`,
          );
          expect([await stateOf(lease.id), rows]).toEqual(['active', [{ outcome: 'intent' }, { outcome: 'ok' }]]);
          await engine.leases.revoke({ id: lease.id, actor: token() });
        }
      }),
      RUNS,
    );
  });

  test('invariant 3: renewals in either style never shorten a lease and never pass its hard end', async () => {
    const dynamicSecretId = await dynamicSecret();
    const renewal = fc.record({
      ttlSec: fc.integer({ min: 1, max: 20_000 }),
      isAdded: fc.boolean(),
      pass: fc.nat(500),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(renewal, { minLength: 1, maxLength: 6 }), async (renewals) => {
        const { id, expiresAt } = await issue(dynamicSecretId);
        const hardEnd = clock.now() + 7_200_000;
        let end = expiresAt;
        for (const { ttlSec, isAdded, pass } of renewals) {
          clock.advance(Math.min(pass * 1000, end - clock.now() - 1));
          const wanted = (isAdded ? end : clock.now()) + ttlSec * 1000;
          const renewed = await engine.leases.renew({ id, ttlSec, isAdded, actor: token() });
          expect(renewed.expiresAt).toBe(Math.max(end, Math.min(wanted, hardEnd)));
          expect((await engine.store.read.getLease({ id }))?.expires_at).toBe(renewed.expiresAt);
          end = renewed.expiresAt;
        }
        await engine.leases.revoke({ id, actor: token() });
      }),
      RUNS,
    );
  });

  test('invariant 7: a lease that is ended again, or by several at once, is ended once', async () => {
    const dynamicSecretId = await dynamicSecret();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.boolean(), async (atOnce, fails) => {
        const { id } = await issue(dynamicSecretId);
        target.failure = fails ? failure('revoke', true) : undefined;
        const revoke = () => engine.leases.revoke({ id, actor: token() });
        const outcomes = await Promise.allSettled(Array.from({ length: atOnce }, revoke));
        expect(outcomes.some(({ status }) => status === 'fulfilled')).toBe(true);
        target.failure = undefined;
        clock.advance(MINUTE);
        await engine.leases.settle();
        expect([await stateOf(id), target.credentials.has(id)]).toEqual(['revoked', false]);
        expect((await refusal(revoke())).code).toBe('ERR_LEASE_EXPIRED');
        expect(target.ended.filter((name) => name === id).length).toBeLessThanOrEqual(atOnce + 1);
      }),
      RUNS,
    );
  });

  test('invariant 8: however a target comes and goes, no lease is forgotten, and all end soon after it is back', async () => {
    const dynamicSecretId = await dynamicSecret();
    const spell = fc.record({ isUp: fc.boolean(), minutes: fc.integer({ min: 1, max: 120 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(spell, { minLength: 1, maxLength: 6 }), async (spells) => {
        const ids = [(await issue(dynamicSecretId)).id, (await issue(dynamicSecretId, { ttlSec: 1200 })).id];
        for (const { isUp, minutes } of spells) {
          target.failure = isUp ? undefined : failure('revoke', false);
          clock.advance(minutes * MINUTE);
          await engine.leases.settle();
          const waiting = await engine.query(
            `select id from leases where closed_at is null and next_action_at is null`,
          );
          expect(waiting).toEqual([]);
        }
        target.failure = undefined;
        // Both have expired by then; 15 minutes and a half more is the longest pause within a day.
        clock.advance(20 * MINUTE);
        await engine.leases.settle();
        clock.advance(23 * MINUTE);
        await engine.leases.settle();
        expect([await Promise.all(ids.map(stateOf)), target.credentials.size]).toEqual([['expired', 'expired'], 0]);
      }),
      RUNS,
    );
  });

  test('invariant 10: one idempotency key never has two credentials, however often and at once it is used', async () => {
    const dynamicSecretId = await dynamicSecret();
    let key = 0;
    const request = fc.record({ replace: fc.boolean(), fails: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 2, maxLength: 6 }), async (requests) => {
        key += 1;
        const asked = { idempotencyKey: `key-${key}` };
        for (const { replace, fails } of requests) {
          target.failure = fails ? failure('create', true) : undefined;
          const twice = [issue(dynamicSecretId, { ...asked, replace }), issue(dynamicSecretId, { ...asked, replace })];
          await Promise.allSettled(twice);
          target.failure = undefined;
          await engine.leases.settle();
          expect(target.credentials.size).toBeLessThanOrEqual(1);
          const live = await engine.query(
            `select id from leases where idem_key = '${asked.idempotencyKey}' and closed_at is null`,
          );
          expect(live.map(({ id }) => id)).toEqual([...target.credentials]);
        }
        for (const id of target.credentials) await engine.leases.revoke({ id, actor: token() });
      }),
      RUNS,
    );
  });
});
