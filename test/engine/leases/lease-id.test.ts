// Ids of leases: version 7 UUIDs in the order of time, each of them new.
import fc from 'fast-check';
import { newLeaseId } from '#engine/leases/lease-id.js';

const LAST_MOMENT = 2 ** 48 - 1;
const moment = fc.integer({ min: 0, max: LAST_MOMENT });

test('an id is a version 7 UUID of its moment, whatever the moment', () => {
  fc.assert(
    fc.property(moment, (at) => {
      const id = newLeaseId(at);
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(Number.parseInt(id.slice(0, 13).replace('-', ''), 16)).toBe(at);
    }),
  );
});

test('a later lease sorts after an earlier one', () => {
  fc.assert(
    fc.property(moment, moment, (one, other) => {
      fc.pre(one < other);
      expect(newLeaseId(one) < newLeaseId(other)).toBe(true);
    }),
  );
});

test('ids of one moment have nothing in common but the moment, the version and the variant', () => {
  const ids = Array.from({ length: 2000 }, () => newLeaseId(1_764_424_800_000));
  expect(new Set(ids.map((id) => id.slice(15, 18) + id.slice(20))).size).toBe(ids.length);
  const random = ids.map((id) => (id.slice(15, 18) + id.slice(20)).replace('-', ''));
  const seen = Array.from({ length: 18 }, (_, digit) => new Set(random.map((id) => id[digit])));
  expect(seen.every((digits) => digits.size === 16)).toBe(true);
});
