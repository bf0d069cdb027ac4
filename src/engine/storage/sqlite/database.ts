// One SQLite connection that runs operations: opens with the durable settings, caches statements, drives the generator.
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { AppError } from '#core/errors.js';
import type { Param, Row, Steps } from '../operation.ts';

const BUSY_TIMEOUT_MS = 5000;
/**
 * 64 MiB of pages, so that no transaction spills before its commit; and pages that many commits in a row touch are
 * carried into the file once: the keys are random, so neighbours in time are no neighbours on disk.
 */
const WRITING = 'pragma temp_store = memory; pragma cache_size = -65536; pragma wal_autocheckpoint = 4000';

/** Every commit is on the disk before it is answered. */
export const DURABLE = 'pragma synchronous = full';

/** `places`: which parameter each `?` stands for. */
type Prepared = { statement: StatementSync; places: readonly number[] };

/** Runs operations on one connection, synchronously. */
export class SqliteDatabase {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, Prepared>();

  /** @throws AppError ERR_UNAVAILABLE when the file cannot be opened */
  constructor(path: string, options: { readOnly: boolean }) {
    try {
      this.#db = new DatabaseSync(path, {
        readOnly: options.readOnly,
        timeout: BUSY_TIMEOUT_MS,
        enableForeignKeyConstraints: true,
      });
      if (!options.readOnly) {
        this.exec('pragma journal_mode = wal');
        this.exec(DURABLE);
        this.exec(WRITING);
      }
    } catch (cause) {
      throw new AppError('ERR_UNAVAILABLE', 'The SQLite store cannot be opened.', {
        hint: 'Check that the data folder exists, is writable and is on a local disk.',
        cause,
      });
    }
  }

  get isInTransaction(): boolean {
    return this.#db.isTransaction;
  }

  exec(sql: string): void {
    this.#db.exec(sql);
  }

  /** Drives an operation to its end. The caller owns the transaction around it. */
  drive<Result>(steps: Steps<Result>): Result {
    let next = steps.next();
    while (!next.done) {
      const { sql, params } = next.value;
      next = steps.next(this.#query(sql, params));
    }
    return next.value;
  }

  close(): void {
    this.#statements.clear();
    this.#db.close();
  }

  #query(sql: string, params: readonly Param[]): Row[] {
    let known = this.#statements.get(sql);
    if (!known) {
      known = prepared(this.#db, sql);
      this.#statements.set(sql, known);
    }
    const { statement, places } = known;
    return statement.all(...places.map((place) => params[place - 1] as Param)) as Row[];
  }
}

/**
 * SQLite takes `$1` for a name and looks names up one by one, which a statement of many rows pays for dearly. As `?` they
 * are bound in their order in the text.
 */
function prepared(db: DatabaseSync, sql: string): Prepared {
  const places: number[] = [];
  const text = sql.replaceAll(/\$(\d+)/g, (_, place: string) => {
    places.push(Number(place));
    return '?';
  });
  return { statement: db.prepare(text), places };
}

/** What SQLite says, as the house says it: a full disk, a file that somebody else holds, a conflict. */
export function storeError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const code = (error as { errcode?: number } | null)?.errcode ?? 0;
  const primary = code & 0xff;
  if (primary === 19) return new AppError('ERR_CONFLICT', 'That conflicts with what is stored.', { cause: error });
  if (primary === 13) {
    return new AppError('ERR_UNAVAILABLE', 'The disk of the store is full.', {
      hint: 'Free space; nothing was changed.',
      cause: error,
    });
  }
  if (primary === 5) {
    return new AppError('ERR_UNAVAILABLE', 'Another program holds the file of the store.', {
      hint: 'Close what has it open; nothing was changed.',
      cause: error,
    });
  }
  return new AppError('ERR_UNAVAILABLE', 'The store refused the operation.', { cause: error });
}
