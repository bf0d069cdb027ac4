// A store carried from a SQLite file into a database or back: every row of every table, in one transaction, counted.
import { join } from 'node:path';
import { AppError } from '#core/errors.js';
import { one, type ReadOperation, run, type Steps } from '../operation.ts';
import { READS, type ReadName } from '../operations.ts';
import { findSchemaGap } from '../schema.ts';
import { SqliteDatabase } from '../sqlite/database.ts';
import { migrate } from '../sqlite/migrate.ts';
import { insertOf, pagesOf, type Table, tablesOf, type Values, valuesOf } from '../sqlite/tables.ts';
import type { StoreReads } from '../store.ts';
import { PostgresConnection } from './connection.ts';
import { postgresError } from './errors.ts';
import { BEGIN_TURN, takePresence } from './locks.ts';
import { migratePostgres } from './migrate.ts';
import type { DatabaseSettings } from './settings.ts';

/** Rows by table. */
export type Counts = Readonly<Record<string, number>>;

export type LoadOptions = {
  settings: DatabaseSettings;
  /** A folder with a store of this version that nobody else has open. */
  folder: string;
  now: number;
  name: string;
  /** Looks at what would be committed; nothing is, when it throws. */
  check(store: { read: StoreReads }): Promise<void>;
};

const FETCH = 500;
const ROWS_PER_INSERT = 100;

/**
 * Fills an empty database, all of it or nothing, while no engine is on it.
 * @throws AppError ERR_CONFLICT when there is a store already or an engine is on it, ERR_INTERNAL when rows got lost
 */
export async function loadDatabase(options: LoadOptions): Promise<Counts> {
  const { settings, name, now, folder } = options;
  const source = new SqliteDatabase(join(folder, 'secrets.db'), { readOnly: true });
  try {
    return await withConnection(settings, name, async (connection) => {
      await takePresence(connection, 'alone');
      await withConnection(settings, name, (other) => migratePostgres(other, now));
      await connection.exec(BEGIN_TURN);
      const counts = await fill(connection, source);
      await options.check({ read: readsOn(connection) });
      await connection.exec('commit');
      return counts;
    });
  } finally {
    source.close();
  }
}

async function fill(connection: PostgresConnection, source: SqliteDatabase): Promise<Counts> {
  const tables = tablesOf(source);
  for (const { name } of tables) {
    if ((await connection.drive(one(`select 1 as found from ${name} limit 1`))) === undefined) continue;
    throw new AppError('ERR_CONFLICT', 'There is a store in the database already.', {
      hint: 'Load into a database of its own.',
    });
  }
  const counts: Record<string, number> = {};
  for (const table of tables) {
    let sent = 0;
    for (const page of pagesOf(source, table)) {
      for (let at = 0; at < page.length; at += ROWS_PER_INSERT) {
        const rows = page.slice(at, at + ROWS_PER_INSERT);
        await connection.query(insertOf(table, rows.length), valuesOf(table, rows));
        sent += rows.length;
      }
    }
    const there = await connection.drive(countOf(table));
    counts[table.name] = compared(table, { there, sent, here: source.drive(countOf(table)) });
  }
  return counts;
}

/**
 * Makes a SQLite store in `folder` out of one snapshot of the database, also while engines go on.
 * @throws AppError ERR_CONFIG_INVALID when the database is of another version
 */
export async function unloadDatabase(options: Omit<LoadOptions, 'check'>): Promise<Counts> {
  const { settings, name, now, folder } = options;
  const target = new SqliteDatabase(join(folder, 'secrets.db'), { readOnly: false });
  try {
    migrate(target, now, () => undefined);
    return await withConnection(settings, name, async (connection) => {
      await takePresence(connection, 'shared');
      await connection.exec('begin isolation level repeatable read read only');
      await refuseOlder(connection);
      // The pages of a snapshot come in no order; what refers to what is checked at the end.
      target.exec('pragma foreign_keys = off');
      target.exec('begin');
      const counts: Record<string, number> = {};
      for (const table of tablesOf(target)) counts[table.name] = await unloadTable(connection, target, table);
      target.exec('commit');
      const strays = target.drive(one('select * from pragma_foreign_key_check limit 1'));
      if (strays) throw new AppError('ERR_INTERNAL', 'The rows of the database do not belong together.');
      return counts;
    });
  } finally {
    target.close();
  }
}

async function unloadTable(connection: PostgresConnection, target: SqliteDatabase, table: Table): Promise<number> {
  await connection.exec(`declare rows no scroll cursor for select * from ${table.name}`);
  const insert = insertOf(table, 1);
  let sent = 0;
  for (;;) {
    const rows = await connection.query<Values>(`fetch ${FETCH} from rows`);
    for (const row of rows) target.drive(run(insert, ...valuesOf(table, [row])));
    sent += rows.length;
    if (rows.length < FETCH) break;
  }
  await connection.exec('close rows');
  const here = await connection.drive(countOf(table));
  return compared(table, { there: target.drive(countOf(table)), sent, here });
}

async function refuseOlder(connection: PostgresConnection): Promise<void> {
  const { missing } = await connection.drive(findSchemaGap());
  if (missing.length === 0) return;
  throw new AppError('ERR_CONFIG_INVALID', 'The database was written by an older version.', {
    hint: 'Start the engine of this version on it once, or dump with the older one.',
  });
}

function* countOf({ name }: Table): Steps<number> {
  const row = yield* one<{ rows: number }>(`select count(*) as rows from ${name}`);
  return row?.rows ?? 0;
}

function compared({ name }: Table, { here, sent, there }: { here: number; sent: number; there: number }): number {
  if (here === sent && sent === there) return there;
  throw new AppError('ERR_INTERNAL', `Of ${here} rows of ${name}, ${there} arrived.`);
}

/** Reads within the transaction that is open on the connection. */
function readsOn(connection: PostgresConnection): StoreReads {
  const names = Object.keys(READS) as ReadName[];
  const port = (name: ReadName) => async (args: unknown) =>
    connection.drive((READS[name] as ReadOperation<unknown, unknown>)(args) as Steps<unknown>);
  return Object.fromEntries(names.map((name) => [name, port(name)])) as unknown as StoreReads;
}

/** Whether somebody has made a store there. @throws AppError as every way to a database does */
export async function hasDatabaseStore(settings: DatabaseSettings, name: string): Promise<boolean> {
  return withConnection(settings, name, async (connection) => {
    const [made] = await connection.query<{ made: boolean }>("select to_regclass('data_keys') is not null as made");
    if (made?.made !== true) return false;
    return (await connection.drive(one('select id from data_keys limit 1'))) !== undefined;
  });
}

async function withConnection<Result>(
  settings: DatabaseSettings,
  name: string,
  work: (connection: PostgresConnection) => Promise<Result>,
): Promise<Result> {
  try {
    const connection = await PostgresConnection.open(settings, { name, isPatient: true });
    try {
      return await work(connection);
    } finally {
      // Whatever transaction is still open ends with it.
      await connection.close();
    }
  } catch (error) {
    throw postgresError(error);
  }
}
