// Phase's lengths of time and instants, as its server prints them.
import fc from 'fast-check';
import { formatDuration, formatInstant, parseDuration } from '#contract/phase/duration.js';

test.each([
  ['00:01:00', 60],
  ['01:00:00', 3600],
  ['1 00:00:00', 86_400],
  ['30 00:00:00', 2_592_000],
  ['-1 23:59:00', -60],
  ['00:00:00', 0],
  ['00:00:00.500000', 0.5],
])('%s is %p seconds, both ways', (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
  expect(formatDuration(seconds)).toBe(text);
});

test('every length of time comes back from its text', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e15, max: 1e15 }), (micros) => {
      const seconds = micros / 1e6;
      const text = formatDuration(seconds);
      expect(text).toMatch(/^(-?\d+ )?\d{2}:\d{2}:\d{2}(\.\d{6})?$/);
      expect(parseDuration(text)).toBeCloseTo(seconds, 5);
      expect(formatDuration(parseDuration(text) ?? Number.NaN)).toBe(text);
    }),
  );
});

test.each(['', '1:00:00', '24:00:00', '00:60:00', '1h', '01:00:00 ', '01:00:00.', '01:00:00.1234567', '1  00:00:00'])(
  '%p is none',
  (text) => expect(parseDuration(text)).toBeUndefined(),
);

test('no text breaks the reader', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const seconds = parseDuration(text);
      expect(seconds === undefined || Number.isFinite(seconds)).toBe(true);
    }),
  );
});

test('an instant has six digits of a second, and none when they are zero', () => {
  expect(formatInstant(Date.UTC(2026, 1, 1, 10, 0, 0, 10))).toBe('2026-02-01T10:00:00.010000Z');
  expect(formatInstant(Date.UTC(2026, 1, 1, 10))).toBe('2026-02-01T10:00:00Z');
});
