// The writing half of the PostgreSQL store: one connection and one audit chain, one commit for everything that queued.
import type { Clock } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import { AuditChain, type ChainHead, GENESIS } from '../audit-chain.ts';
import { one, type Steps, type WriteContext, type WriteOperation } from '../operation.ts';
import { WRITES, type WriteName } from '../operations.ts';
import { type PostgresConnection, quiet } from './connection.ts';
import { isOwnFault, isPassing, postgresError, sqlState } from './errors.ts';
import { KEYS_MARK, type KeyWatch } from './key-watch.ts';
import { countOthers } from './locks.ts';

type Answer = { result: unknown } | { error: AppError };
/** A statement that is on its way. */
type Sent = ReturnType<PostgresConnection['exec']>;
type Request = { name: WriteName; args: unknown; settle(answer: Answer): void };

/** Bounds one turn: others wait for it, and each statement in it is one journey to the server. */
const MAX_BATCH = 64;
const MAX_TRIES = 5;
const FIRST_PAUSE_MS = 50;

/** Retention may have closed all of a quiet chain. */
const LAST_OF_CHAIN = `select seq, hash from audit where chain = $1
  union all select last_seq, last_hash from audit_segments where chain = $1 order by seq desc limit 1`;

export type WriterParts = {
  chain: string;
  /** Begins its transactions, and the one that waits until a transaction of `begin` which is in doubt is over. */
  begin: string;
  beginAfter: string;
  clock: Pick<Clock, 'sleep'>;
  keys: KeyWatch;
  /** A fresh connection that has taken its presence. */
  connect(): Promise<PostgresConnection>;
};

/** Runs batches of operations, each in a savepoint of one shared transaction (group commit). */
export class PostgresWriter {
  readonly #parts: WriterParts;
  readonly #chain: AuditChain;
  readonly #context: WriteContext;
  readonly #queue: Request[] = [];
  #connection: PostgresConnection | undefined;
  #running: Promise<void> | undefined;
  #isClosed = false;
  /** After a COMMIT without an answer: where the chain may stand, until the database has said. */
  #inDoubt = false;

  /** @param connection what it begins with; without one it makes its own when it has something to write */
  constructor(parts: WriterParts, connection?: PostgresConnection) {
    this.#parts = parts;
    this.#connection = connection;
    this.#chain = new AuditChain(parts.chain);
    this.#context = {
      chain: parts.chain,
      audit: (...events) => this.#chain.append(...events),
      forUpdate: (alias) => ` for update of ${alias}`,
      skipLocked: (alias) => ` for update of ${alias} skip locked`,
      countOthers,
    };
  }

  setAuditKey(key: Uint8Array): void {
    this.#chain.setKey(key);
  }

  write(name: WriteName, args: unknown): Promise<unknown> {
    if (this.#isClosed) return Promise.reject(new AppError('ERR_UNAVAILABLE', 'The store is closed.'));
    return new Promise((resolve, reject) => {
      const settle = (answer: Answer) => ('error' in answer ? reject(answer.error) : resolve(answer.result));
      this.#queue.push({ name, args, settle });
      this.#running ??= this.#run();
    });
  }

  /** Resolves when everything queued before it is settled and the connection is closed. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#running;
    await this.#connection?.close();
  }

  async #run(): Promise<void> {
    // What is asked for in this very moment shares the first commit.
    await Promise.resolve();
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0, MAX_BATCH);
      const answers = await this.#tryCommit(batch).catch((error: unknown) => {
        const refused = { error: postgresError(error) };
        return batch.map(() => refused);
      });
      for (const [index, { settle }] of batch.entries()) settle(answers[index] as Answer);
    }
    this.#running = undefined;
  }

  /** Again where nothing was done and a moment may help. What is in doubt is never done twice. */
  async #tryCommit(batch: readonly Request[]): Promise<Answer[]> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#commit(batch);
      } catch (error) {
        if (tries === MAX_TRIES || !isPassing(error)) throw error;
        await this.#parts.clock.sleep(FIRST_PAUSE_MS * 4 ** (tries - 1));
      }
    }
  }

  async #commit(batch: readonly Request[]): Promise<Answer[]> {
    const connection = await this.#connected();
    if (this.#inDoubt) this.#chain.restore(await this.#lastOfChain(connection));
    this.#inDoubt = false;
    const before = this.#chain.head;
    try {
      const [only] = batch;
      if (only && batch.length === 1) return [await this.#runAlone(connection, only, before)];
      const answers = await this.#runAll(connection, batch);
      await this.#finish(connection, before, connection.exec('commit'));
      return answers;
    } catch (error) {
      if (!this.#inDoubt) this.#chain.restore(before);
      await rollBack(connection, error);
      throw error;
    }
  }

  /**
   * One operation needs no savepoint; its first statements travel with the BEGIN, and its COMMIT need not wait until its
   * last ones are answered: where one of them fails, the server makes a rollback of it. Only where its audit row will be
   * the witness of that COMMIT: without one, what is cut on the way could be neither believed nor done again.
   */
  async #runAlone(connection: PostgresConnection, { name, args }: Request, before: ChainHead): Promise<Answer> {
    const begun = quiet(connection.exec(this.#begin()));
    let result: unknown;
    let early: Sent | undefined;
    try {
      await connection.drive(this.#steps(name, args), (said) => {
        result = said;
        if (this.#chain.head.seq !== before.seq) early = quiet(connection.exec('commit'));
      });
    } catch (error) {
      // What follows a BEGIN that failed has less to say.
      const cause = await begun.then(
        () => error,
        (failed: unknown) => failed,
      );
      if (!early) {
        if (!isOwnFault(cause)) throw cause;
        this.#chain.restore(before);
        await connection.exec('rollback');
        return { error: postgresError(cause) };
      }
      // Only its own answer says what became of a COMMIT: what is said of a statement before it may come from a pooler.
      const end = await early.catch(() => undefined);
      if (end?.tag === 'ROLLBACK') {
        if (!isOwnFault(cause)) throw cause;
        this.#chain.restore(before);
        return { error: postgresError(cause) };
      }
    }
    await this.#finish(connection, before, early ?? connection.exec('commit'));
    try {
      // Where that answer was lost on the way, the keys are looked at anew.
      await this.#seeKeys(await begun.catch(() => undefined));
    } catch (error) {
      // It is done, and nobody gets to see what may need a key that is not known here.
      return { error: postgresError(error) };
    }
    return { result };
  }

  #begin(more = ''): string {
    return `${this.#parts.begin}; ${more}${KEYS_MARK}`;
  }

  async #seeKeys(begun: Awaited<Sent> | undefined): Promise<void> {
    await this.#parts.keys.see(begun?.rows[0]?.['mark'] as string | undefined);
  }

  async #connected(): Promise<PostgresConnection> {
    if (this.#connection && !this.#connection.isLost) return this.#connection;
    this.#connection = await this.#parts.connect();
    return this.#connection;
  }

  async #runAll(connection: PostgresConnection, batch: readonly Request[]): Promise<Answer[]> {
    await this.#seeKeys(await connection.exec(this.#begin('savepoint op; ')));
    const answers: Answer[] = [];
    for (const [index, request] of batch.entries()) {
      // Sent ahead of the operation, and answered with it.
      const saved = index === 0 ? undefined : connection.exec('release savepoint op; savepoint op');
      const [, answer] = await Promise.all([saved, this.#runOne(connection, request)]);
      answers.push(answer);
    }
    return answers;
  }

  #steps(name: WriteName, args: unknown): Steps<unknown> {
    return (WRITES[name] as unknown as WriteOperation<unknown, unknown>)(this.#context, args);
  }

  async #runOne(connection: PostgresConnection, { name, args }: Request): Promise<Answer> {
    const head = this.#chain.head;
    try {
      return { result: await connection.drive(this.#steps(name, args)) };
    } catch (error) {
      if (!isOwnFault(error)) throw error;
      this.#chain.restore(head);
      await connection.exec('rollback to savepoint op');
      return { error: postgresError(error) };
    }
  }

  /**
   * A COMMIT whose answer is lost may have happened. The newest row of our own audit chain is the witness: it is there
   * or not together with everything else of its transaction.
   * @throws when it did not happen, or when there is no saying
   */
  async #finish(connection: PostgresConnection, before: ChainHead, committed: Sent): Promise<void> {
    const hoped = this.#chain.head;
    try {
      const { tag } = await committed;
      if (tag === 'COMMIT') return;
      throw new AppError('ERR_UNAVAILABLE', 'The database did not commit.');
    } catch (error) {
      // What the server itself refuses did not happen.
      if (error instanceof AppError || (sqlState(error) !== '' && !isPassing(error))) throw error;
      connection.drop();
      this.#inDoubt = true;
      const last = await this.#askWitness(error);
      this.#inDoubt = false;
      this.#chain.restore(last);
      if (hoped.seq !== before.seq && last.seq === hoped.seq && Buffer.compare(last.hash, hoped.hash) === 0) return;
      if (hoped.seq === before.seq) throw unknownOutcome(error);
      throw error;
    }
  }

  async #askWitness(cause: unknown): Promise<ChainHead> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#lastOfChain(await this.#connected());
      } catch {
        if (tries === MAX_TRIES) throw unknownOutcome(cause);
        await this.#parts.clock.sleep(FIRST_PAUSE_MS * 4 ** (tries - 1));
      }
    }
  }

  /** The transaction in doubt held a lock that this one waits for, so it is over when we get it. */
  async #lastOfChain(connection: PostgresConnection): Promise<ChainHead> {
    try {
      await connection.exec(this.#parts.beginAfter);
      const last = await connection.drive(one<ChainHead>(LAST_OF_CHAIN, this.#parts.chain));
      await connection.exec('commit');
      return last ?? GENESIS;
    } catch (error) {
      connection.drop();
      throw error;
    }
  }
}

async function rollBack(connection: PostgresConnection, error: unknown): Promise<void> {
  // Where the way was lost, a word more would only wait for an answer that does not come.
  if (isPassing(error)) connection.drop();
  if (!connection.isLost) await connection.exec('rollback').catch(() => connection.drop());
}

function unknownOutcome(cause: unknown): AppError {
  return new AppError('ERR_UNAVAILABLE', 'The database went away while it committed: whether it did is not known.', {
    hint: 'Look before you ask for the same again.',
    cause,
  });
}
