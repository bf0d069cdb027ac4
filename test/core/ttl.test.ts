// Lifetimes as users write them.
import fc from 'fast-check';
import { formatTtl, parseTtl } from '#core/ttl.js';

test.each([
  ['30s', 30],
  ['15m', 900],
  ['1h30m', 5400],
  ['2h0m5s', 7205],
  ['900', 900],
  [' 1h ', 3600],
])('reads %s as %d seconds', (text, seconds) => {
  expect(parseTtl(text)).toBe(seconds);
});

test.each(['', '0', '0s', '-5', '1.5h', '10d', 'h', '5m1h', '1e3', '99999h', 'NaN', '١٥m'])('refuses %p', (text) => {
  expect(() => parseTtl(text)).toThrow(expect.objectContaining({ code: 'ERR_REQUEST_INVALID' }));
});

test('writes every lifetime so that it reads back as the same seconds', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 31_536_000 }), (seconds) => {
      expect(parseTtl(formatTtl(seconds))).toBe(seconds);
    }),
  );
});
