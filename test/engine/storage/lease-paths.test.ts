// No statement that the life of leases depends on walks through all of them: each finds its rows by an index.
import { join } from 'node:path';
import { leaseEndWrites } from '#engine/storage/operations/lease-end.js';
import { leaseUpkeepReads } from '#engine/storage/operations/lease-upkeep.js';
import { leaseReads } from '#engine/storage/operations/leases.js';
import type { Query, Row, Steps, WriteContext } from '#engine/storage/operation.js';
import { restoreReads } from '#engine/storage/operations/restore.js';
import { retentionWrites } from '#engine/storage/operations/retention.js';
import { PostgresConnection } from '#engine/storage/postgres/connection.js';
import { readDatabaseUrl } from '#engine/storage/postgres/settings.js';
import { SqliteDatabase } from '#engine/storage/sqlite/database.js';
import { migrate } from '#engine/storage/sqlite/migrate.js';
import { openDatabaseStore, startStoreDatabase, type StoreDatabase } from '../../support/store-database.ts';
import { temporaryFolder } from '../../support/temp.ts';

// Without the clauses that SQLite does not know.
const LOCKS = { forUpdate: () => '', skipLocked: () => '' };
const context: WriteContext = { chain: 'c', audit: () => quietly(), ...LOCKS, countOthers: none };

function* quietly(): Steps<void> {}
function* none(): Steps<number> {
  return 0;
}

const claimant = { at: 1, claimedBy: 'p', claimUntil: 2, cause: { actor: 'engine' } };
const ending = (by: 'lease' | 'set' | 'token' | 'principal' | 'dynamicSecret') =>
  leaseEndWrites.endLeases(context, { ...claimant, selector: { by, id: 'x' } });
const held = { leases: [{ id: 'x', fence: 1 }], at: 1, cause: claimant.cause };
const PATHS: Record<string, () => Steps<unknown>> = {
  'what is due': () => leaseEndWrites.claimDueLeases(context, { ...claimant, integrationId: 'i', from: 0, limit: 64 }),
  'when something is due': () => leaseReads.nextLeaseDue({ after: 1 }),
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

/** After so many runs PostgreSQL keeps a plan for good. */
const PLANNED_BY = 7;
const LEASES = 5000;
/** Without the rows that they refer to: nothing here asks for those. */
const MANY = `set session_replication_role = replica;
  insert into integrations(id, type, name, data_key_id, data_sealed, allowed, ceiling, created_at)
    values('i', 'postgres', 'i', 'k', '', '[]', '{}', 1);
  insert into leases(id, dynamic_secret_id, kind, integration_id, owner, token_id, state, external_ref, data_key_id, created_at,
    expires_at, hard_expires_at, next_action_at, fence, revoke_plan_sealed)
  select n::text, 'd', 'postgres', 'i', 'o', 't', 'active', n::text, 'k', 1, 1e9::int8, 1e9::int8, 1e9::int8, 1, ''
  from generate_series(1, ${LEASES}) as n`;
/** In this transaction. */
const WALKED = `select seq_tup_read as walked from pg_stat_xact_user_tables where relname = 'leases'`;

const FEW = /USING INDEX leases_failing_since$/;

let db: SqliteDatabase;
beforeAll(() => {
  db = new SqliteDatabase(join(temporaryFolder(), 'secrets.db'), { readOnly: false });
  migrate(db, 1, () => undefined);
});
afterAll(() => db.close());

test.each(Object.entries(PATHS))('%s is found by an index', (_name, operation) => {
  const plans = statementsOf(operation()).flatMap(planOf);
  expect(plans.filter((step) => /leases|\bl\b/.test(step)).length).toBeGreaterThan(0);
  // Walking through an index is walking through all of it as well; in that one is only what fails.
  const walks = plans.filter((step) => /^SCAN (?:leases|l)\b/.test(step) && !FEW.test(step));
  expect(walks).toEqual([]);
});

describe('a PostgreSQL session that planned them while there was no lease', () => {
  let database: StoreDatabase;
  let session: PostgresConnection;
  beforeAll(async () => {
    // Its own statistics would have them planned anew, some time later.
    database = await startStoreDatabase({ settings: { autovacuum: 'off' } });
    const url = await database.fresh();
    await (await openDatabaseStore(url)).close();
    session = await PostgresConnection.open(readDatabaseUrl(url), { name: 'test' });
    for (const operation of Object.values(PATHS))
      for (let times = 0; times < PLANNED_BY; times += 1) await ask(operation);
    await database.query(url, MANY);
  });
  afterAll(async () => {
    await session?.close();
    await database?.stop();
  });

  /** Answers what it reads of the leases without an index, in rows. */
  async function ask(operation: () => Steps<unknown>): Promise<number> {
    await session.exec('begin');
    await session.drive(operation());
    const [{ walked } = {}] = await session.query<{ walked: number }>(WALKED);
    await session.exec('rollback');
    return walked ?? Number.NaN;
  }

  test.each(Object.entries(PATHS))('%s is found by an index', async (_name, operation) => {
    expect(await ask(operation)).toBe(0);
  });

  test('a walk through the leases would be seen', async () => {
    const walk = function* (): Steps<unknown> {
      return yield { sql: 'select id from leases where kind = $1', params: ['x'] };
    };
    expect(await ask(walk)).toBe(LEASES);
  });
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
