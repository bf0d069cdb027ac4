// The life of a lease.
import fc from 'fast-check';
import { canMove, finalState, isFinal, LEASE_STATES, renewedExpiry, revokeBackoffMs } from '#core/lease.js';
import { newLeaseHandle, nextLink } from '#core/lease-handle.js';

test('has three final states and no way out of them', () => {
  const final = LEASE_STATES.filter(isFinal);
  expect(final).toEqual(['revoked', 'expired', 'aborted']);
  for (const from of final) for (const to of LEASE_STATES) expect(canMove(from, to)).toBe(false);
  expect((['revoke', 'expiry', 'rollback'] as const).map(finalState)).toEqual(final);
});

test('is never given out from anything but pending, and always ends through revoking', () => {
  expect(LEASE_STATES.filter((from) => from !== 'active' && canMove(from, 'active'))).toEqual(['pending']);
  for (const end of ['revoked', 'expired'] as const) {
    expect(LEASE_STATES.filter((from) => canMove(from, end))).toEqual(['revoking']);
  }
  // By hand, where ending it fails.
  expect(LEASE_STATES.filter((from) => canMove(from, 'aborted'))).toEqual([
    'revoking',
    'revoke_failed',
    'needs_operator',
  ]);
});

test('renewing never shortens it, never passes the hard limit, and says when it was capped', () => {
  const instant = fc.integer({ min: 1, max: 10_000_000 });
  fc.assert(
    fc.property(instant, instant, instant, fc.integer({ min: 1, max: 100_000 }), (now, left, more, ttlSec) => {
      const expiresAt = now + left;
      const hardExpiresAt = expiresAt + more;
      const renewed = renewedExpiry({ now, ttlSec, expiresAt, hardExpiresAt });
      expect(renewed.expiresAt).toBeGreaterThanOrEqual(expiresAt);
      expect(renewed.expiresAt).toBeLessThanOrEqual(hardExpiresAt);
      expect(renewed.capped).toBe(renewed.expiresAt < now + ttlSec * 1000);
    }),
  );
});

test('cannot be renewed once it has run out', () => {
  expect(() => renewedExpiry({ now: 5, ttlSec: 1, expiresAt: 5, hardExpiresAt: 9 })).toThrow(
    expect.objectContaining({ code: 'ERR_LEASE_EXPIRED' }),
  );
});

test('a failing revoke is tried for ever, never faster than 5 s and at least every 90 minutes', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1000 }),
      fc.nat(1e9),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (n, age, random) => {
        const wait = revokeBackoffMs(n, age, random);
        expect(wait).toBeGreaterThanOrEqual(5_000);
        expect(wait).toBeLessThanOrEqual(90 * 60_000);
      },
    ),
  );
});

test('a handle is a chain: each link is made from the one before and nothing leads back', () => {
  const handle = newLeaseHandle();
  expect(nextLink(handle.renewKey.reveal())).toBe(handle.revokeKey.reveal());
  expect(nextLink(handle.revokeKey.reveal())).toBe(handle.setId);
});
