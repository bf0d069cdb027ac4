// The reading half of the PostgreSQL store: a few connections, each read on one snapshot that cannot write.
import type { ReadOperation, Steps } from '../operation.ts';
import { READS, type ReadName } from '../operations.ts';
import type { StoreReads } from '../store.ts';
import type { PostgresConnection } from './connection.ts';
import { isPassing, postgresError } from './errors.ts';
import { KEYS_MARK, type KeyWatch } from './key-watch.ts';

const MAX_CONNECTIONS = 8;
const BEGIN = `begin isolation level repeatable read read only; ${KEYS_MARK}`;

/** With the mark of the keys that were there in its snapshot. */
type Found = { result: unknown; mark: string | undefined };

/** Opens connections as they are needed and keeps them. */
export class PostgresReaders {
  readonly #connect: () => Promise<PostgresConnection>;
  readonly #keys: KeyWatch;
  readonly #idle: PostgresConnection[] = [];
  readonly #waiting: (() => void)[] = [];
  #busy = 0;

  constructor(connect: () => Promise<PostgresConnection>, keys: KeyWatch) {
    this.#connect = connect;
    this.#keys = keys;
  }

  ports(): StoreReads {
    const names = Object.keys(READS) as ReadName[];
    const port = (name: ReadName) => (args: unknown) => this.#read(name, args);
    return Object.fromEntries(names.map((name) => [name, port(name)])) as unknown as StoreReads;
  }

  /** Resolves when what is being read is read. */
  async close(): Promise<void> {
    while (this.#busy > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    await Promise.all(this.#idle.splice(0).map((connection) => connection.close()));
  }

  /** A connection that was lost while it lay idle is noticed by its first use: once more on a fresh one. */
  async #read(name: ReadName, args: unknown): Promise<unknown> {
    const operation = READS[name] as ReadOperation<unknown, unknown>;
    try {
      const { result, mark } = await this.#once(() => operation(args)).catch((error: unknown) => {
        if (!isPassing(error)) throw error;
        // What befell one of them (a restart, a changed schema) befell all that lay idle.
        for (const connection of this.#idle.splice(0)) connection.drop();
        return this.#once(() => operation(args));
      });
      // That is how the keyring looks: it cannot wait for itself.
      if (name !== 'listDataKeys') await this.#keys.see(mark);
      return result;
    } catch (error) {
      throw postgresError(error);
    }
  }

  async #once(steps: () => Steps<unknown>): Promise<Found> {
    while (this.#busy >= MAX_CONNECTIONS) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#busy += 1;
    try {
      const connection = this.#takeIdle() ?? (await this.#connect());
      const result = await readOn(connection, steps());
      this.#idle.push(connection);
      return result;
    } finally {
      this.#busy -= 1;
      this.#waiting.shift()?.();
    }
  }

  #takeIdle(): PostgresConnection | undefined {
    for (;;) {
      const connection = this.#idle.pop();
      if (!connection?.isLost) return connection;
    }
  }
}

/** One journey to the server for a read of one statement. The connection is as it was afterwards, or lost. */
async function readOn(connection: PostgresConnection, steps: Steps<unknown>): Promise<Found> {
  try {
    const [begun, result] = await Promise.all([connection.exec(BEGIN), connection.drive(steps)]);
    // Nothing depends on it; whoever uses the connection next comes after it.
    connection.exec('commit').catch(() => connection.drop());
    return { result, mark: begun.rows[0]?.['mark'] as string | undefined };
  } catch (error) {
    connection.drop();
    throw error;
  }
}
