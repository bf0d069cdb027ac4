// What the engine says of a credential's own time: when its key is known everywhere, and until when an ended one works.
import { endedLeaseAnswer, issuedLeaseAnswer, leaseAnswer, revokedSetAnswer } from '#contract/doppler/answers.js';
import { sensitive } from '#core/sensitive.js';

const LEASE = {
  id: 'l1',
  dynamicSecret: 'AWS',
  project: 'shop',
  config: 'prd',
  state: 'revoked',
  createdAt: 0,
  expiresAt: 1000,
  closedAt: 500,
} as const;

test('an issued lease says from when on it is usable everywhere, only where that is not at once', () => {
  const issued = { id: 'l1', expiresAt: 1000, values: new Map([['A', sensitive('v')]]) };
  expect(issuedLeaseAnswer(issued)).not.toHaveProperty('usable_after');
  expect(issuedLeaseAnswer({ ...issued, usableAfter: 10_000 })).toMatchObject({
    usable_after: '1970-01-01T00:00:10.000Z',
  });
});

test('an ended lease says until when its credential works, only where nobody can end it', () => {
  const lives = { ...LEASE, credentialValidUntil: 61_000 };
  const until = '1970-01-01T00:01:01.000Z';
  expect(endedLeaseAnswer(LEASE)).toEqual({ success: true, state: 'revoked' });
  expect(endedLeaseAnswer(lives)).toEqual({ success: true, state: 'revoked', credential_valid_until: until });
  expect(leaseAnswer(LEASE)).not.toHaveProperty('credential_valid_until');
  expect(revokedSetAnswer([LEASE, lives])).toMatchObject({
    revoked: 2,
    left: 0,
    leases: [{}, { credential_valid_until: until }],
  });
});
