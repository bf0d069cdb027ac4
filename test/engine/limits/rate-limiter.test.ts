// Two counters for each class of request, the plans of the documentation, and addresses that count as one.
import { addressKey } from '#engine/limits/address-key.js';
import { parsePlan, planLimits, REQUEST_CLASSES } from '#engine/limits/plan.js';
import { RateLimiter } from '#engine/limits/rate-limiter.js';

const NOW = Date.UTC(2026, 6, 1);
const SALT = new Uint8Array(32).fill(9);
const limiter = (maxKeys = 1000) => new RateLimiter(planLimits('developer'), { salt: SALT, maxKeys });
const caller = (address: string, tokenId: string) => ({ address, tokenId });

test.each([
  ['developer', 240, 120, 60],
  ['team', 480, 240, 120],
  ['enterprise', 480, 480, 240],
] as const)('%s allows %d reads, %d secret reads and %d writes a minute', (plan, read, secretRead, write) => {
  expect(planLimits(plan)).toEqual({ read, secretRead, write, mint: write });
});

test('SECRETS_PLAN names a plan, and cannot switch the limits off', () => {
  expect([undefined, '', ' Team ', 'developer'].map(parsePlan)).toEqual([
    'enterprise',
    'enterprise',
    'team',
    'developer',
  ]);
  for (const word of ['unlimited', 'none', '0', 'toString']) {
    expect(() => parsePlan(word)).toThrow(expect.objectContaining({ code: 'ERR_CONFIG_INVALID' }));
  }
});

test('without limits nothing is counted and nothing is said', () => {
  const free = new RateLimiter(planLimits('unlimited'), { salt: SALT });
  expect(free.take(caller('192.0.2.1', 't'), 'write', NOW)).toBeUndefined();
  expect(free.beforeAuthentication('192.0.2.1', 'read', NOW)).toBeUndefined();
  expect(free.failedAuthentication('192.0.2.1', 'read', NOW)).toBeUndefined();
});

test.each(REQUEST_CLASSES)('%s has counters of its own', (kind) => {
  const limits = limiter();
  for (let n = 0; n < 300; n += 1) limits.take(caller('192.0.2.1', 't'), kind, NOW);
  for (const other of REQUEST_CLASSES) {
    expect(limits.take(caller('192.0.2.1', 't'), other, NOW)?.isAllowed).toBe(other !== kind);
  }
});

test('one token from many addresses is held by the token', () => {
  const limits = limiter();
  const verdicts = Array.from({ length: 61 }, (_, n) => limits.take(caller(`192.0.2.${n}`, 't'), 'write', NOW));
  expect(verdicts.map((verdict) => verdict?.isAllowed).lastIndexOf(true)).toBe(59);
  expect(verdicts.at(-1)).toMatchObject({ limit: 60, remaining: 0, retryAfterSec: 1 });
});

test('many tokens from one address are held by the address', () => {
  const limits = limiter();
  const verdicts = Array.from({ length: 61 }, (_, n) => limits.take(caller('192.0.2.1', `t${n}`), 'write', NOW));
  expect(verdicts.filter((verdict) => verdict?.isAllowed)).toHaveLength(60);
});

test('what one counter refuses the other does not pay for', () => {
  const limits = limiter();
  for (let n = 0; n < 100; n += 1) limits.take(caller('192.0.2.1', 'busy'), 'write', NOW);
  expect(limits.take(caller('192.0.2.2', 'calm'), 'write', NOW)?.remaining).toBe(59);
  for (let n = 0; n < 100; n += 1) limits.take(caller('192.0.2.2', 'busy'), 'write', NOW);
  expect(limits.take(caller('192.0.2.2', 'calm'), 'write', NOW)?.remaining).toBe(58);
});

test('a failed authentication counts on the address and on no token', () => {
  const limits = limiter();
  for (let n = 0; n < 60; n += 1) {
    expect(limits.beforeAuthentication('192.0.2.1', 'write', NOW)?.isAllowed).toBe(true);
    limits.failedAuthentication('192.0.2.1', 'write', NOW);
  }
  expect(limits.beforeAuthentication('192.0.2.1', 'write', NOW)).toMatchObject({ isAllowed: false, retryAfterSec: 1 });
  expect(limits.take(caller('192.0.2.1', 't'), 'write', NOW)?.isAllowed).toBe(false);
  expect(limits.take(caller('192.0.2.2', 't'), 'write', NOW)).toMatchObject({ isAllowed: true, remaining: 59 });
});

test('looking costs nothing', () => {
  const limits = limiter();
  for (let n = 0; n < 1000; n += 1) limits.beforeAuthentication('192.0.2.1', 'write', NOW);
  expect(limits.take(caller('192.0.2.1', 't'), 'write', NOW)?.remaining).toBe(59);
});

test('the tighter counter is the one that is shown', () => {
  const limits = limiter();
  for (let n = 0; n < 10; n += 1) limits.failedAuthentication('192.0.2.1', 'read', NOW);
  expect(limits.take(caller('192.0.2.1', 't'), 'read', NOW)).toMatchObject({ limit: 240, remaining: 229 });
  expect(limits.take(caller('192.0.2.9', 't'), 'read', NOW)).toMatchObject({ limit: 240, remaining: 238 });
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::ffff:c000:201', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::ffff', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['not:an:address', 'not:an:address'],
  ['', ''],
])('%j counts as %j', (address, key) => expect(addressKey(address)).toBe(key));

test('a whole IPv6 network is one caller', () => {
  const limits = limiter();
  const verdicts = Array.from({ length: 70 }, (_, n) =>
    limits.failedAuthentication(`2001:db8::${n.toString(16)}`, 'write', NOW),
  );
  expect(verdicts.filter((verdict) => verdict?.isAllowed)).toHaveLength(60);
});
