// The writing half of the SQLite store: one connection, and one commit for everything that queued during the last one.
import type { AppError } from '#core/errors.js';
import { AuditChain, type ChainHead, notesChain } from '../audit-chain.ts';
import type { Steps, WriteContext, WriteOperation } from '../operation.ts';
import { CLAIMS, NOTES, WRITES, type WriteName } from '../operations.ts';
import { DURABLE, type SqliteDatabase, storeError } from './database.ts';

export type WriteRequest = { id: number; name: WriteName; args: unknown };
export type WireError = {
  code: AppError['code'];
  message: string;
  hint: string | undefined;
  details: readonly string[];
};
export type WriteAnswer = { id: number; result?: unknown; error?: WireError };

/** Runs batches of operations, each in a savepoint of one shared transaction (group commit). */
export class SqliteWriter {
  readonly #db: SqliteDatabase;
  readonly #chain: AuditChain;
  readonly #notes: AuditChain;
  readonly #context: WriteContext;
  readonly #noteContext: WriteContext;
  #isDurable = true;

  /** @param db a writing connection, which is this writer's alone from here on */
  constructor(db: SqliteDatabase, chain: string) {
    this.#db = db;
    this.#chain = new AuditChain(chain);
    this.#notes = new AuditChain(notesChain(chain));
    this.#context = contextOf(chain, this.#chain);
    this.#noteContext = contextOf(notesChain(chain), this.#notes);
  }

  setAuditKey(key: Uint8Array): void {
    for (const chain of [this.#chain, this.#notes]) chain.setKey(key);
  }

  /**
   * Runs all requests and commits once. An operation that throws undoes only itself; a commit that fails undoes and
   * refuses every one, because none of them is on disk.
   */
  commit(requests: readonly WriteRequest[]): WriteAnswer[] {
    const heads = this.#heads();
    try {
      this.#syncAs(requests);
      this.#db.exec('begin immediate');
      const answers = requests.map((request) => this.#runOne(request));
      this.#db.exec('commit');
      return answers;
    } catch (error) {
      this.#restore(heads);
      this.#rollback();
      const refused = wire(error);
      return requests.map(({ id }) => ({ id, error: refused }));
    }
  }

  close(): void {
    this.#db.close();
  }

  /**
   * Claims alone need no fsync: they outlive this process all the same, and who loses power loses their holder with
   * them, so that what they say is not so any more. The next commit of anything else brings them to the disk first.
   */
  #syncAs(requests: readonly WriteRequest[]): void {
    const isDurable = !requests.every(({ name }) => CLAIMS.has(name));
    if (isDurable === this.#isDurable) return;
    this.#db.exec(isDurable ? DURABLE : 'pragma synchronous = normal');
    this.#isDurable = isDurable;
  }

  #runOne({ id, name, args }: WriteRequest): WriteAnswer {
    const heads = this.#heads();
    this.#db.exec('savepoint op');
    try {
      const operation = WRITES[name] as unknown as WriteOperation<unknown, unknown>;
      const result = this.#db.drive(
        operation(NOTES.has(name) ? this.#noteContext : this.#context, args) as Steps<unknown>,
      );
      this.#db.exec('release op');
      return { id, result };
    } catch (error) {
      // A full disk makes SQLite roll everything back by itself: then nobody's operation is there any more.
      if (!this.#db.isInTransaction) throw error;
      this.#restore(heads);
      this.#db.exec('rollback to op');
      this.#db.exec('release op');
      return { id, error: wire(error) };
    }
  }

  #heads(): [ChainHead, ChainHead] {
    return [this.#chain.head, this.#notes.head];
  }

  #restore([head, ofNotes]: [ChainHead, ChainHead]): void {
    this.#chain.restore(head);
    this.#notes.restore(ofNotes);
  }

  #rollback(): void {
    try {
      this.#db.exec('rollback');
    } catch {
      // SQLite has already rolled back by itself (disk full, I/O error): nothing is open any more.
    }
  }
}

function contextOf(name: string, chain: AuditChain): WriteContext {
  const audit: WriteContext['audit'] = (...events) => chain.append(...events);
  return { chain: name, audit, forUpdate: () => '', skipLocked: () => '', countOthers: none };
}

/** The lock of the folder lets in nobody else. */
function* none(): Steps<number> {
  return 0;
}

function wire(error: unknown): WireError {
  const { code, message, hint, details } = storeError(error);
  return { code, message, hint, details };
}
