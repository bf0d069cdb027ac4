// Many counters in little memory: a flood of keys frees nobody, least of all the one who floods.
import fc from 'fast-check';
import { Counters } from '#engine/limits/counters.js';
import { perMinute } from '#engine/limits/gcra.js';

const START = Date.UTC(2026, 6, 1);
const SALT = new Uint8Array(32).fill(9);
const counters = (limit: number, maxKeys: number, sharedCounters = 4) =>
  new Counters(perMinute(limit), { maxKeys, sharedCounters, salt: SALT });

test('no key ever passes more than its limit allows, however little room there is', () => {
  const step = fc.record({
    key: fc.integer({ min: 0, max: 12 }),
    pause: fc.oneof(fc.constant(0), fc.nat(2000), fc.nat(70_000)),
  });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 6 }),
      fc.nat(4),
      fc.array(step, { maxLength: 300 }),
      (limit, maxKeys, steps) => {
        const table = counters(limit, maxKeys, 2);
        const passed = new Map<number, number[]>();
        let at = START;
        for (const { key, pause } of steps) {
          at += pause;
          if (table.take(`k${key}`, at).isAllowed) passed.set(key, [...(passed.get(key) ?? []), at]);
          expect(table.size).toBeLessThanOrEqual(maxKeys);
        }
        for (const times of passed.values()) {
          times.forEach((first, index) => {
            times.slice(index).forEach((last, more) => {
              expect(more + 1).toBeLessThanOrEqual(limit + Math.floor(((last - first) * limit) / 60_000));
            });
          });
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('peek tells what take will do, also for keys that share a counter', () => {
  const step = fc.tuple(fc.integer({ min: 0, max: 8 }), fc.nat(3000));
  fc.assert(
    fc.property(fc.nat(3), fc.array(step, { maxLength: 200 }), (maxKeys, steps) => {
      const table = counters(3, maxKeys, 2);
      let at = START;
      for (const [key, pause] of steps) {
        at += pause;
        const foreseen = table.peek(`k${key}`, at);
        expect(table.take(`k${key}`, at).isAllowed).toBe(foreseen.isAllowed);
      }
    }),
  );
});

test('who has used up its limit is not freed by flooding the table', () => {
  const table = counters(10, 100, 16);
  for (let n = 0; n < 11; n += 1) table.take('attacker', START);
  for (let n = 0; n < 10_000; n += 1) table.take(`flood-${n}`, START + 1);
  expect(table.take('attacker', START + 2).isAllowed).toBe(false);
  expect(table.size).toBe(100);
});

test('a flood of new keys gets no more in all than the shared counters hold', () => {
  const table = counters(10, 100, 16);
  for (let n = 0; n < 100; n += 1) table.take(`first-${n}`, START);
  let passed = 0;
  for (let n = 0; n < 10_000; n += 1) if (table.take(`flood-${n}`, START).isAllowed) passed += 1;
  expect(passed).toBe(16 * 10);
});

test('a key that was there before the flood keeps its own counter', () => {
  const table = counters(10, 100, 16);
  table.take('customer', START);
  for (let n = 0; n < 10_000; n += 1) table.take(`flood-${n}`, START);
  expect(table.take('customer', START)).toMatchObject({ isAllowed: true, remaining: 8 });
});

test('getting a counter of its own is no fresh start', () => {
  const table = counters(10, 1, 1);
  table.take('first', START);
  for (let n = 0; n < 10; n += 1) expect(table.take('late', START).isAllowed).toBe(true);
  // `first` is full again after six seconds and makes room.
  expect(table.take('late', START + 6_000)).toMatchObject({ isAllowed: true, remaining: 0 });
  expect(table.take('late', START + 6_000).isAllowed).toBe(false);
});

test('a minute after the flood there is room again', () => {
  const table = counters(10, 100, 16);
  for (let n = 0; n < 10_000; n += 1) table.take(`flood-${n}`, START);
  for (let n = 0; n < 100; n += 1) expect(table.take(`late-${n}`, START + 61_000)).toMatchObject({ remaining: 9 });
});

test('other processes map keys to other shared counters', () => {
  const seen = [1, 2, 3].map((byte) => {
    const table = new Counters(perMinute(1), { maxKeys: 0, sharedCounters: 64, salt: new Uint8Array(32).fill(byte) });
    return Array.from({ length: 200 }, (_, n) => table.take(`k${n}`, START).isAllowed).join();
  });
  expect(new Set(seen).size).toBe(3);
});
