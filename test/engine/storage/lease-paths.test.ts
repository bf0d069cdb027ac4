// No statement that the life of leases depends on walks through all of them: each finds its rows by an index.
import { join } from 'node:path';
import { leaseEndWrites } from '#engine/storage/operations/lease-end.js';
import { leaseUpkeepReads } from '#engine/storage/operations/lease-upkeep.js';
import { leaseReads } from '#engine/storage/operations/leases.js';
import type { Query, Row, Steps, WriteContext } from '#engine/storage/operation.js';
import { restoreReads } from '#engine/storage/operations/restore.js';
import { retentionWrites } from '#engine/storage/operations/retention.js';
import { SqliteDatabase } from '#engine/storage/sqlite/database.js';
import { migrate } from '#engine/storage/sqlite/migrate.js';
import { temporaryFolder } from '../../support/temp.ts';

const context: WriteContext = { chain: 'c', audit: () => quietly(), skipLocked: '', countOthers: none };
function* quietly(): Steps<void> {}
function* none(): Steps<number> {
  return 0;
}

const claimant = { at: 1, claimedBy: 'p', claimUntil: 2, cause: { actor: 'engine' } };
const ending = (by: 'lease' | 'set' | 'token' | 'principal' | 'dynamicSecret') =>
  leaseEndWrites.endLeases(context, { ...claimant, selector: { by, id: 'x' } });
const held = { leases: [{ id: 'x', fence: 1 }], at: 1, cause: claimant.cause };
const PATHS: Record<string, () => Steps<unknown>> = {
  'what is due': () => leaseEndWrites.claimDueLeases(context, { ...claimant, integrationId: 'i', limit: 64 }),
  'when something is due': () => leaseReads.nextLeaseDue({}),
  'who has something due': () => leaseReads.integrationsDue({ at: 1 }),
  'the figures': () => leaseUpkeepReads.leaseFigures({ at: 1 }),
  'one lease': () => ending('lease'),
  'a set': () => ending('set'),
  'a token': () => ending('token'),
  'an owner': () => ending('principal'),
  'a dynamic secret': () => ending('dynamicSecret'),
  'what an earlier process left': () => leaseEndWrites.takeOverLeases(context, { claimedBy: 'p', at: 1 }),
  'what a restored store would end': () => restoreReads.heldRevocations({ at: 1 }),
  'what has ended': () => leaseEndWrites.finishLeases(context, held),
  'what is tried again': () => leaseEndWrites.wakeLeases(context, { integrationId: 'i', at: 1 }),
  'what is forgotten': () => retentionWrites.purgeClosedLeases(context, { before: 1, limit: 10 }),
};

const FEW = /USING INDEX leases_(?:failing|operator)$/;

let db: SqliteDatabase;
beforeAll(() => {
  db = new SqliteDatabase(join(temporaryFolder(), 'secrets.db'), { readOnly: false });
  migrate(db, 1, () => undefined);
});
afterAll(() => db.close());

test.each(Object.entries(PATHS))('%s is found by an index', (_name, operation) => {
  const plans = statementsOf(operation()).flatMap(planOf);
  expect(plans.filter((step) => /leases|\bl\b/.test(step)).length).toBeGreaterThan(0);
  // Walking through an index is walking through all of it as well; in those two is only what fails.
  const walks = plans.filter((step) => /^SCAN (?:leases|l)\b/.test(step) && !FEW.test(step));
  expect(walks).toEqual([]);
});

test('a statement that walks through the leases would be seen', () => {
  expect(planOf({ sql: 'select id from leases where kind = $1', params: ['x'] })).toEqual(['SCAN leases']);
});

/** What it asks, with nothing found each time. */
function statementsOf(steps: Steps<unknown>): Query[] {
  const asked: Query[] = [];
  for (let next = steps.next(); !next.done; next = steps.next([])) asked.push(next.value);
  return asked;
}

function planOf({ sql, params }: Query): string[] {
  function* explained(): Steps<Row[]> {
    return yield { sql: `explain query plan ${sql}`, params };
  }
  return db.drive(explained()).map(({ detail }) => String(detail));
}
