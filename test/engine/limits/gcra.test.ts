// One counter: never more than its limit and what it wins back, headers that are true, and a clock that may step.
import fc from 'fast-check';
import { peek, perMinute, take, type Verdict } from '#engine/limits/gcra.js';

const START = Date.UTC(2026, 6, 1);
const limits = fc.oneof(fc.constantFrom(60, 120, 240, 480), fc.integer({ min: 1, max: 5000 }));
/** Mostly bursts, sometimes pauses of up to two minutes. */
const gaps = fc.array(
  fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 0, max: 400 }) }, { weight: 1, arbitrary: fc.nat(120_000) }),
  { maxLength: 400 },
);

function play(limit: number, pauses: readonly number[]): { at: number; verdict: Verdict }[] {
  const rate = perMinute(limit);
  let fullAt: number | undefined;
  let at = START;
  return pauses.map((pause) => {
    at += pause;
    const result = take(rate, fullAt, at);
    fullAt = result.fullAt;
    return { at, verdict: result.verdict };
  });
}

test('in no window more passes than the limit and what is won back in it', () => {
  fc.assert(
    fc.property(limits, gaps, (limit, pauses) => {
      const passed = play(limit, pauses).filter(({ verdict }) => verdict.isAllowed);
      passed.forEach((first, index) => {
        for (let last = index; last < passed.length; last += 1) {
          const width = (passed[last]?.at ?? 0) - first.at;
          expect(last - index + 1).toBeLessThanOrEqual(limit + Math.floor((width * limit) / 60_000));
        }
      });
    }),
  );
});

test('a client that was not idle gets the limit a minute, and one that was at most twice that', () => {
  for (const limit of [60, 120, 240, 480]) {
    const passed = play(
      limit,
      Array.from({ length: 12_000 }, () => 10),
    ).filter(({ verdict }) => verdict.isAllowed);
    const inMinute = (from: number) =>
      passed.filter(({ at }) => at > START + from && at <= START + from + 60_000).length;
    expect(inMinute(0)).toBeLessThanOrEqual(2 * limit);
    expect(inMinute(60_000)).toBe(limit);
  }
});

test('whoever stays under the limit is never refused', () => {
  fc.assert(
    fc.property(limits, fc.array(fc.nat(500)), (limit, more) => {
      const pauses = more.map((pause) => Math.ceil(60_001 / limit) + pause);
      expect(play(limit, pauses).every(({ verdict }) => verdict.isAllowed)).toBe(true);
    }),
  );
});

test('a full counter lets exactly the limit through at once', () => {
  fc.assert(
    fc.property(limits, (limit) => {
      const verdicts = play(
        limit,
        Array.from({ length: limit + 3 }, () => 0),
      ).map(({ verdict }) => verdict);
      expect(verdicts.filter(({ isAllowed }) => isAllowed)).toHaveLength(limit);
      expect(verdicts.map(({ remaining }) => remaining)).toEqual([
        ...Array.from({ length: limit }, (_, n) => limit - 1 - n),
        0,
        0,
        0,
      ]);
    }),
    { numRuns: 30 },
  );
});

test('remaining falls with each request and rises with time alone; reset lies ahead; retry-after is enough', () => {
  fc.assert(
    fc.property(limits, gaps, fc.nat(90_000), (limit, pauses, later) => {
      const rate = perMinute(limit);
      let fullAt: number | undefined;
      let at = START;
      for (const pause of pauses) {
        at += pause;
        const before = peek(rate, fullAt, at);
        const { verdict, fullAt: next } = take(rate, fullAt, at);
        fullAt = next;
        expect(verdict.isAllowed).toBe(before.isAllowed);
        expect(verdict.remaining).toBe(Math.max(0, before.remaining - 1));
        expect(verdict.limit).toBe(limit);
        expect(verdict.resetSec * 1000).toBeGreaterThan(at);
        expect(verdict.resetSec * 1000).toBeLessThanOrEqual(at + 62_000);
        expect(peek(rate, fullAt, at + later).remaining).toBeGreaterThanOrEqual(
          verdict.isAllowed ? verdict.remaining : 0,
        );
        if (verdict.isAllowed) expect(verdict.retryAfterSec).toBeUndefined();
        else {
          expect(verdict.retryAfterSec).toBeGreaterThanOrEqual(1);
          expect(peek(rate, fullAt, at + (verdict.retryAfterSec ?? 0) * 1000).isAllowed).toBe(true);
        }
        expect(peek(rate, fullAt, verdict.resetSec * 1000).remaining).toBe(limit);
      }
    }),
  );
});

test('a clock set back by an hour costs a minute at most', () => {
  const rate = perMinute(60);
  const { fullAt } = take(rate, undefined, START);
  const back = START - 3_600_000;
  const refused = take(rate, fullAt, back);
  expect(refused.verdict).toMatchObject({ isAllowed: false, remaining: 0, retryAfterSec: 1 });
  expect(take(rate, refused.fullAt, back + 1000).verdict.isAllowed).toBe(true);
});
