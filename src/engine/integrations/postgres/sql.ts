// The port to a SQL server: connect, run one statement at a time, end; small enough to wrap every call in a test.
import type { Connection } from './settings.ts';

export type SqlRow = Record<string, unknown>;

export interface SqlSession {
  /** Runs one statement; `$1`…`$n` where the statement takes parameters. */
  query(text: string, params?: readonly unknown[]): Promise<SqlRow[]>;
  /** Never rejects. */
  end(): Promise<void>;
}

/**
 * Calls reject with `SqlError`, or with AppError when the address was refused. When `signal` aborts, the connection is
 * cut and whatever is waiting rejects.
 */
export interface Sql {
  connect(target: Connection, signal: AbortSignal): Promise<SqlSession>;
}

/**
 * A failure as the server or the network reported it. `message` is the server's and may quote statements: it is a
 * cause for debug logs, never shown.
 */
export class SqlError extends Error {
  /** SQLSTATE, or a network code such as ECONNREFUSED; empty when there is none. */
  readonly code: string;
  /** Whether the server said it, as opposed to the line to it having failed. */
  readonly fromServer: boolean;

  constructor(message: string, options: { code: string; fromServer: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'SqlError';
    this.code = options.code;
    this.fromServer = options.fromServer;
  }
}
