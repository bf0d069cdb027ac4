// One SQLite connection that runs operations: opens with the durable settings, caches statements, drives the generator.
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { AppError } from '#core/errors.js';
import type { Param, Row, Steps } from '../operation.ts';

const BUSY_TIMEOUT_MS = 5000;

/** Runs operations on one connection, synchronously. */
export class SqliteDatabase {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

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
        this.exec('pragma synchronous = full');
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
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    if (params.length === 0) return statement.all() as Row[];
    // `$1` is a named parameter to SQLite; bare names are allowed, so { 1: … } binds it.
    const named: Record<string, Param> = {};
    params.forEach((param, index) => {
      named[index + 1] = param;
    });
    return statement.all(named) as Row[];
  }
}

/** Whether an error says that the disk is full or the file cannot be written. */
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
  return new AppError('ERR_UNAVAILABLE', 'The store refused the operation.', { cause: error });
}
