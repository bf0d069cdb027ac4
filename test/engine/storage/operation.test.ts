// How the rows and ids of one operation are put into statements: all of them, in few sizes, and few statements.
import fc from 'fast-check';
import { lists, parts } from '#engine/storage/operation.js';

const ids = fc.integer({ min: 0, max: 700 }).map((count) => Array.from({ length: count }, (_, n) => `id${n}`));

test('every row is in one part, in their order, and parts have five sizes', () => {
  fc.assert(
    fc.property(ids, (rows) => {
      const found = parts(rows);
      expect(found.flat()).toEqual(rows);
      for (const part of found) expect([128, 64, 16, 4, 1]).toContain(part.length);
    }),
  );
});

test('every id is in one list, 256 to a list, and what fills a list up is its last id', () => {
  fc.assert(
    fc.property(ids, (all) => {
      const found = lists(all);
      expect(found.flatMap((list) => [...new Set(list)])).toEqual(all);
      expect(found).toHaveLength(Math.ceil(all.length / 256));
      for (const list of found) {
        expect([1, 4, 16, 32, 64, 96, 128, 192, 256]).toContain(list.length);
        const own = new Set(list).size;
        expect(list.slice(own).every((id) => id === list[own - 1])).toBe(true);
      }
    }),
  );
});
