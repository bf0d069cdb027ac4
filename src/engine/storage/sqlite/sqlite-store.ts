// The SQLite store: reads on a read-only connection of this thread, writes by a worker thread that group-commits.
import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { AppError } from '#core/errors.js';
import type { ReadOperation, Steps } from '../operation.ts';
import { READS, type ReadName } from '../operations.ts';
import type { Store, StoreReads } from '../store.ts';
import { SqliteDatabase, storeError } from './database.ts';
import { takeStoreLock } from './lock.ts';
import { migrate } from './migrate.ts';
import { WriteQueue } from './write-queue.ts';

/** There is one writer: the audit row of who reads a value waits for the transaction before it. */
const STROKE = 64;

export type SqliteStoreOptions = {
  /** The data folder; created with mode 0700. */
  folder: string;
  /** Entry file of the worker thread; the roof knows where it lies in sources and in a bundle. */
  workerUrl: URL;
  /** Names the audit chain of this process. */
  chain: string;
  pid: number;
  now: number;
  /** Called when the worker dies; nothing can be written after that. */
  onFatal(error: AppError): void;
};

/**
 * Opens the folder's store, migrating it first (a copy of the old file is kept as `secrets.db.before-<n>`).
 * @throws AppError ERR_CONFLICT when another process has it, ERR_CONFIG_INVALID when it is from a newer version
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  const unlock = takeStoreLock(options.folder, options.pid);
  try {
    const path = join(options.folder, 'secrets.db');
    prepare(path, options.now);
    const reader = new SqliteDatabase(path, { readOnly: true });
    const writer = new WriteQueue(options.workerUrl, { path, chain: options.chain }, options.onFatal);
    return {
      read: readPorts(reader),
      write: writer.ports(),
      stroke: STROKE,
      // Nobody else has it open.
      watchKeys: () => undefined,
      setAuditKey: async (key) => writer.send({ kind: 'audit-key', key }),
      close: async () => {
        await writer.close();
        reader.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

function prepare(path: string, now: number): void {
  const db = new SqliteDatabase(path, { readOnly: false });
  try {
    migrate(db, now, (from) => {
      const copy = `${path}.before-${from + 1}`;
      rmSync(copy, { force: true });
      db.exec(`vacuum into '${copy.replaceAll("'", "''")}'`);
    });
  } finally {
    db.close();
  }
  // SQLite creates files by the umask; the store is for its owner alone.
  for (const suffix of ['', '-wal', '-shm']) if (existsSync(path + suffix)) chmodSync(path + suffix, 0o600);
}

function readPorts(db: SqliteDatabase): StoreReads {
  const names = Object.keys(READS) as ReadName[];
  const port = (name: ReadName) => async (args: unknown) => {
    try {
      db.exec('begin');
      try {
        return db.drive((READS[name] as ReadOperation<unknown, unknown>)(args) as Steps<unknown>);
      } finally {
        db.exec('commit');
      }
    } catch (error) {
      throw storeError(error);
    }
  };
  return Object.fromEntries(names.map((name) => [name, port(name)])) as unknown as StoreReads;
}
