// PostgreSQL stores for tests: one server, a database of its own for every store, and several engines on one.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Clock } from '#core/clock.js';
import { openPostgresStore, type PostgresStoreOptions } from '#engine/storage/postgres/postgres-store.js';
import { readDatabaseUrl } from '#engine/storage/postgres/settings.js';
import type { Store } from '#engine/storage/store.js';
import { systemClock } from './leasing/clocks.ts';
import { type Postgres, type PostgresOptions, startPostgres } from './postgres.ts';

export type StoreDatabase = {
  server: Postgres;
  /** A database that nobody has used, as SECRETS_DATABASE_URL names it. */
  fresh(): Promise<string>;
  /** As superuser. */
  query(url: string, sql: string): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
};

/** The database's language sorts differently from SQLite: the store must not notice. */
const LANGUAGE = `template template0 encoding 'UTF8' locale_provider icu icu_locale 'en-US' locale 'C'`;
const PLAIN = `template template0 encoding 'UTF8' locale 'C'`;

export async function startStoreDatabase(options: PostgresOptions = {}): Promise<StoreDatabase> {
  const server = await startPostgres(options);
  let count = 0;
  return {
    server,
    query: queryDatabase,
    fresh: async () => {
      const name = `store_${(count += 1)}`;
      const make = (how: string) => queryDatabase(server.url(), `create database ${name} ${how}`);
      await make(LANGUAGE).catch(() => make(PLAIN));
      return server.url(name);
    },
    stop: () => server.stop(),
  };
}

/** Looks into a store from the side; bigint as number, as the store has it. */
export async function queryDatabase(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({
    connectionString: url,
    types: { getTypeParser: numbers } as unknown as pg.CustomTypesConfig,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

const NUMBERS = [pg.types.builtins.INT8, pg.types.builtins.NUMERIC] as number[];
const numbers = (type: number) => (NUMBERS.includes(type) ? Number : pg.types.getTypeParser(type, 'text'));

/** Opens a store, with its audit log open; close it. */
export async function openDatabaseStore(
  url: string,
  more: Partial<Omit<PostgresStoreOptions, 'clock' | 'settings'>> & { clock?: Pick<Clock, 'now' | 'sleep'> } = {},
): Promise<Store> {
  const store = await openPostgresStore({
    settings: readDatabaseUrl(url),
    presence: 'shared',
    chain: randomUUID(),
    name: 'secrets-action test',
    clock: systemClock,
    ...more,
  });
  await store.setAuditKey(new Uint8Array(32).fill(7));
  return store;
}
