// The PostgreSQL store: one database for several engines, reads on snapshots, writes in turns.
import type { Clock } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import { notesChain } from '../audit-chain.ts';
import { CLAIMS, NOTES, WRITES, type WriteName } from '../operations.ts';
import type { Store, StoreWrites } from '../store.ts';
import { PostgresConnection } from './connection.ts';
import { postgresError } from './errors.ts';
import { KeyWatch } from './key-watch.ts';
import { BEGIN_AFTER_BESIDE, BEGIN_BESIDE, BEGIN_TURN, type Presence, takePresence } from './locks.ts';
import { migratePostgres } from './migrate.ts';
import { PostgresReaders } from './readers.ts';
import type { DatabaseSettings } from './settings.ts';
import { PostgresWriter } from './writer.ts';

export type PostgresStoreOptions = {
  settings: DatabaseSettings;
  /** `alone` for what no engine may be running beside: init, rekey, load, restore. */
  presence: Exclude<Presence, 'alongside'>;
  /** Names the audit chain of this process. */
  chain: string;
  /** How this process is called where the server lists its sessions. */
  name: string;
  clock: Pick<Clock, 'now' | 'sleep'>;
};

/** Nobody who reads waits for a turn, and each turn has its journeys to the server and its commit. */
const STROKE = 256;

/**
 * Opens the store, bringing its schema up to date first.
 * @throws AppError ERR_CONFLICT naming who is in the way, ERR_CONFIG_INVALID for a schema of a newer version or a login
 * that is refused, ERR_UNAVAILABLE
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<Store> {
  const connect = () => PostgresConnection.open(options.settings, { name: options.name });
  try {
    const connection = await present(connect, options.presence);
    try {
      await upToDate(options);
    } catch (error) {
      await connection.close();
      throw error;
    }
    const { chain, clock, presence } = options;
    const keys = new KeyWatch();
    const reconnect = (as: Presence) => () => present(connect, as).catch(unavailable);
    const begin = { begin: BEGIN_TURN, beginAfter: BEGIN_TURN };
    const turns = new PostgresWriter({ chain, clock, keys, ...begin, connect: reconnect(presence) }, connection);
    // Who is alone has taken the place of all sessions with one.
    const connectBeside = presence === 'alone' ? connect : reconnect('alongside');
    const beside = { chain: notesChain(chain), clock, keys, connect: connectBeside };
    const notes = new PostgresWriter({ ...beside, begin: BEGIN_BESIDE, beginAfter: BEGIN_AFTER_BESIDE });
    const claims = new PostgresWriter({ ...beside, begin: BEGIN_BESIDE, beginAfter: BEGIN_AFTER_BESIDE });
    const writerOf = (name: WriteName) => (NOTES.has(name) ? notes : CLAIMS.has(name) ? claims : turns);
    const readers = new PostgresReaders(connect, keys);
    return {
      read: readers.ports(),
      stroke: STROKE,
      write: writePorts(writerOf),
      watchKeys: (listener) => keys.listen(listener),
      setAuditKey: async (key) => {
        for (const writer of [turns, notes]) writer.setAuditKey(key);
      },
      close: async () => {
        await Promise.all([turns.close(), notes.close(), claims.close()]);
        await readers.close();
      },
    };
  } catch (error) {
    throw postgresError(error);
  }
}

async function present(connect: () => Promise<PostgresConnection>, presence: Presence): Promise<PostgresConnection> {
  const connection = await connect();
  try {
    await takePresence(connection, presence);
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** Whoever was there first and lost its connection is in nobody's way: it waits until the other one is done. */
function unavailable(error: unknown): never {
  if (!(error instanceof AppError)) throw error;
  throw new AppError('ERR_UNAVAILABLE', error.message, { hint: error.hint ?? 'Try again.', cause: error });
}

async function upToDate({ settings, name, clock }: PostgresStoreOptions): Promise<void> {
  const connection = await PostgresConnection.open(settings, { name, isPatient: true });
  try {
    await migratePostgres(connection, clock.now());
  } finally {
    await connection.close();
  }
}

function writePorts(writerOf: (name: WriteName) => PostgresWriter): StoreWrites {
  const names = Object.keys(WRITES) as WriteName[];
  const port = (name: WriteName) => (args: unknown) => writerOf(name).write(name, args);
  return Object.fromEntries(names.map((name) => [name, port(name)])) as unknown as StoreWrites;
}
