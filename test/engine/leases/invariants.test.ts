// The invariants of leases that no single request shows, on both stores; docs/leases.md lists where each of them is held.
import fc from 'fast-check';
import { token } from '../../support/leasing/engine.ts';
import { AWAY, REFUSES } from '../../support/leasing/fake-integration.ts';
import { failure, LeaseRoom, MINUTE, refusal, STORES } from '../../support/leasing/room.ts';

const RUNS = { numRuns: 6 };

let room: LeaseRoom;
beforeAll(async () => {
  room = await LeaseRoom.open();
});
afterAll(() => room?.stop());

describe.each(STORES)('on %s', (store) => {
  beforeAll(() => room.start(store));
  afterAll(() => room.close());
  beforeEach(() => room.calm());
  afterEach(() => room.rest());

  test('invariant 2: whoever is shown values finds the lease active and its audit row written', async () => {
    const dynamicSecretId = await room.dynamicSecret();
    const fault = fc.option(fc.record({ after: fc.boolean(), hopeless: fc.boolean() }), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(fc.array(fault, { minLength: 1, maxLength: 5 }), async (faults) => {
        for (const each of faults) {
          room.target.failure = each && failure('create', each.after, each.hopeless ? REFUSES : AWAY);
          const lease = await room.issue(dynamicSecretId).catch(() => undefined);
          expect(lease === undefined).toBe(each !== undefined);
          if (!lease) continue;
          const rows = await room.engine.query(
            `select outcome from audit where action = 'lease.issue' and target = 'lease:${lease.id}' order by seq`,
          );
          expect([await room.stateOf(lease.id), rows]).toEqual(['active', [{ outcome: 'intent' }, { outcome: 'ok' }]]);
          await room.engine.leases.revoke({ id: lease.id, actor: token() });
        }
      }),
      RUNS,
    );
  });

  test('invariant 3: renewals in either style never shorten a lease and never pass its hard end', async () => {
    const dynamicSecretId = await room.dynamicSecret();
    const renewal = fc.record({
      ttlSec: fc.integer({ min: 1, max: 20_000 }),
      isAdded: fc.boolean(),
      pass: fc.nat(500),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(renewal, { minLength: 1, maxLength: 6 }), async (renewals) => {
        const { id, expiresAt } = await room.issue(dynamicSecretId);
        const hardEnd = room.clock.now() + 7_200_000;
        let end = expiresAt;
        for (const { ttlSec, isAdded, pass } of renewals) {
          room.clock.advance(Math.min(pass * 1000, end - room.clock.now() - 1));
          const wanted = (isAdded ? end : room.clock.now()) + ttlSec * 1000;
          const renewed = await room.engine.leases.renew({ id, ttlSec, isAdded, actor: token() });
          expect(renewed.expiresAt).toBe(Math.max(end, Math.min(wanted, hardEnd)));
          expect((await room.engine.store.read.getLease({ id }))?.expires_at).toBe(renewed.expiresAt);
          end = renewed.expiresAt;
        }
        await room.engine.leases.revoke({ id, actor: token() });
      }),
      RUNS,
    );
  });

  test('invariant 7: a lease that is ended again, or by several at once, is ended once', async () => {
    const dynamicSecretId = await room.dynamicSecret();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.boolean(), async (atOnce, fails) => {
        const { id } = await room.issue(dynamicSecretId);
        room.target.failure = fails ? failure('revoke', true) : undefined;
        const revoke = () => room.engine.leases.revoke({ id, actor: token() });
        const outcomes = await Promise.allSettled(Array.from({ length: atOnce }, revoke));
        expect(outcomes.some(({ status }) => status === 'fulfilled')).toBe(true);
        room.target.failure = undefined;
        room.clock.advance(MINUTE);
        await room.engine.leases.settle();
        expect([await room.stateOf(id), room.target.credentials.has(id)]).toEqual(['revoked', false]);
        expect((await refusal(revoke())).code).toBe('ERR_LEASE_EXPIRED');
        expect(room.target.ended.filter((name) => name === id).length).toBeLessThanOrEqual(atOnce + 1);
      }),
      RUNS,
    );
  });

  test('invariant 8: however a target comes and goes, no lease is forgotten, and all end soon after it is back', async () => {
    const dynamicSecretId = await room.dynamicSecret();
    const spell = fc.record({ isUp: fc.boolean(), minutes: fc.integer({ min: 1, max: 120 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(spell, { minLength: 1, maxLength: 6 }), async (spells) => {
        const ids = [(await room.issue(dynamicSecretId)).id, (await room.issue(dynamicSecretId, { ttlSec: 1200 })).id];
        for (const { isUp, minutes } of spells) {
          room.target.failure = isUp ? undefined : failure('revoke', false);
          room.clock.advance(minutes * MINUTE);
          await room.engine.leases.settle();
          const waiting = await room.engine.query(
            `select id from leases where closed_at is null and next_action_at is null`,
          );
          expect(waiting).toEqual([]);
        }
        room.target.failure = undefined;
        // Both have expired by then; 15 minutes and a half more is the longest pause within a day.
        room.clock.advance(20 * MINUTE);
        await room.engine.leases.settle();
        room.clock.advance(23 * MINUTE);
        await room.engine.leases.settle();
        expect([await Promise.all(ids.map((id) => room.stateOf(id))), room.target.credentials.size]).toEqual([
          ['expired', 'expired'],
          0,
        ]);
      }),
      RUNS,
    );
  });

  test('invariant 10: one idempotency key never has two credentials, however often and at once it is used', async () => {
    const dynamicSecretId = await room.dynamicSecret();
    let key = 0;
    const request = fc.record({ replace: fc.boolean(), fails: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 2, maxLength: 6 }), async (requests) => {
        key += 1;
        const asked = { idempotencyKey: `key-${key}` };
        for (const { replace, fails } of requests) {
          room.target.failure = fails ? failure('create', true) : undefined;
          const twice = [
            room.issue(dynamicSecretId, { ...asked, replace }),
            room.issue(dynamicSecretId, { ...asked, replace }),
          ];
          await Promise.allSettled(twice);
          room.target.failure = undefined;
          await room.engine.leases.settle();
          expect(room.target.credentials.size).toBeLessThanOrEqual(1);
          const live = await room.engine.query(
            `select id from leases where idem_key = '${asked.idempotencyKey}' and closed_at is null`,
          );
          expect(live.map(({ id }) => id)).toEqual([...room.target.credentials]);
        }
        for (const id of room.target.credentials) await room.engine.leases.revoke({ id, actor: token() });
      }),
      RUNS,
    );
  });
});
