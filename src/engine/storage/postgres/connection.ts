// One PostgreSQL connection that runs operations: opened with safe session settings, rows in the shapes that SQLite gives.
import { Socket } from 'node:net';
import pg from 'pg';
import { AppError } from '#core/errors.js';
import type { Param, Row, Steps } from '../operation.ts';
import type { DatabaseSettings } from './settings.ts';

export type Session = {
  /** Shown to whoever looks for the holder of a lock, and in the server's log. */
  name: string;
  /** No bounds on how long a statement runs: for migrations, dumps and loads. */
  isPatient?: boolean;
};

const CONNECT_MS = 5000;
const STATEMENT_MS = 15_000;
/** Longer than the server's own bound: what runs into this one has lost its server. */
const ANSWER_MS = 20_000;
const LOCK_MS = 10_000;
/** A process that is frozen inside a transaction holds all others up: the server cuts it off after this. */
const IDLE_MS = 10_000;
const OLDEST_VERSION = 130_000;

const { builtins } = pg.types;
const BYTES: number = builtins.BYTEA;
/** bigint, and what sum() makes of it: milliseconds and counts, all below 2^53. */
const NUMBERS: readonly number[] = [builtins.INT8, builtins.NUMERIC];
const asBuffer = pg.types.getTypeParser(BYTES, 'text') as (text: string) => Uint8Array;

/** The shapes of node:sqlite: numbers are numbers, and bytes a plain Uint8Array. */
function parserOf(type: number): (text: string) => unknown {
  if (NUMBERS.includes(type)) return Number;
  if (type === BYTES) return (text) => new Uint8Array(asBuffer(text));
  return pg.types.getTypeParser(type, 'text') as (text: string) => unknown;
}

const names = new Map<string, string>();

/** Operations have few texts: each is planned once per session. */
function nameOf(sql: string): string {
  const known = names.get(sql);
  if (known !== undefined) return known;
  const name = `s${names.size}`;
  names.set(sql, name);
  return name;
}

/** One session with the server. Once lost it stays lost. */
export class PostgresConnection {
  readonly #client: pg.Client;
  readonly #socket: Socket;
  #isLost = false;
  #isHeld = false;

  private constructor(client: pg.Client, socket: Socket) {
    this.#client = client;
    this.#socket = socket;
    client.on('error', () => this.drop());
    client.on('end', () => {
      this.#isLost = true;
    });
  }

  /** @throws whatever `pg` throws; AppError ERR_CONFIG_INVALID for a server that is too old or does not speak UTF-8 */
  static async open(settings: DatabaseSettings, session: Session): Promise<PostgresConnection> {
    // Our own socket, because pg's has no way to be cut that its types know of.
    const socket = new Socket();
    const connection = new PostgresConnection(new pg.Client(clientConfig(settings, session, socket)), socket);
    try {
      await connection.#client.connect();
      await connection.#prepare();
    } catch (error) {
      connection.drop();
      throw error;
    }
    return connection;
  }

  get isLost(): boolean {
    return this.#isLost;
  }

  /** Runs text without parameters, also several statements: the tag of the last one, such as `COMMIT`, and its rows. */
  async exec(sql: string): Promise<{ tag: string; rows: Row[] }> {
    this.#hold();
    const result = (await this.#client.query<Row>(sql)) as pg.QueryResult<Row> | pg.QueryResult<Row>[];
    const last = Array.isArray(result) ? result.at(-1) : result;
    return { tag: last?.command ?? '', rows: last?.rows ?? [] };
  }

  async query<R = Row>(sql: string, params: readonly Param[] = []): Promise<R[]> {
    this.#hold();
    const asked = { name: nameOf(sql), text: sql, values: [...params] };
    return (await this.#client.query<Row>(asked)).rows as R[];
  }

  /**
   * Drives an operation to its end; whatever it did has been answered then. Effects are sent without waiting for the one
   * before: a journey to the server for each would be most of what an operation costs. The caller owns the transaction.
   * @param atEnd called with the result when the last statement has been sent and is not answered yet
   * @throws the first error in the order of the statements
   */
  async drive<Result>(steps: Steps<Result>, atEnd?: (result: Result) => void): Promise<Result> {
    const effects: Promise<Row[]>[] = [];
    try {
      let next = steps.next();
      while (!next.done) {
        const rows = this.query(next.value.sql, next.value.params);
        if (next.value.isEffect) effects.push(quiet(rows));
        next = steps.next(next.value.isEffect ? [] : await rows);
      }
      atEnd?.(next.value);
      await Promise.all(effects);
      return next.value;
    } catch (error) {
      // An effect that failed makes everything after it fail as well, with less to say.
      for (const effect of effects) await effect;
      throw error;
    }
  }

  /** What is sent in one go travels in one write: each by itself costs as much as what it asks for. */
  #hold(): void {
    if (this.#isHeld) return;
    this.#isHeld = true;
    const { stream } = this.#client.connection;
    stream.cork();
    queueMicrotask(() => {
      this.#isHeld = false;
      stream.uncork();
    });
  }

  /** Cuts it: the server rolls back what was not committed. */
  drop(): void {
    this.#isLost = true;
    this.#socket.destroy();
  }

  async close(): Promise<void> {
    if (this.#isLost) return;
    this.#isLost = true;
    await this.#client.end().catch(() => undefined);
    this.#socket.destroy();
  }

  /**
   * What was answered must outlive a crash, whatever the database's own default is. Nearly every statement of ours looks
   * rows up, and is planned once: a plan made while a table was small would walk through all of it when it has grown.
   * Walking is dear therefore, and not forbidden: where nothing else is possible, the smaller table is still the cheaper.
   */
  async #prepare(): Promise<void> {
    const [server] = await this.query<{ version: number; encoding: string }>(
      `select current_setting('server_version_num')::int8 as version, current_setting('server_encoding') as encoding,
         case current_setting('synchronous_commit') when 'off' then set_config('synchronous_commit', 'on', false) end,
         set_config('seq_page_cost', '1000000', false), set_config('jit', 'off', false)`,
    );
    if ((server?.version ?? 0) < OLDEST_VERSION) {
      throw new AppError('ERR_CONFIG_INVALID', 'The PostgreSQL server is older than version 13.');
    }
    if (server?.encoding !== 'UTF8') {
      throw new AppError('ERR_CONFIG_INVALID', 'The encoding of the database is not UTF8.', {
        hint: "Make one with: create database … encoding 'UTF8' template template0",
      });
    }
  }
}

/** Its failure is heard where it is awaited, which may be after a tick in which nobody listens. */
export function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

function clientConfig(settings: DatabaseSettings, { name, isPatient }: Session, socket: Socket): pg.ClientConfig {
  const { host, port, database, user, password, tls } = settings;
  const bounds = { statement_timeout: STATEMENT_MS, query_timeout: ANSWER_MS, lock_timeout: LOCK_MS };
  return {
    ...{ host, port, database, user },
    ...(password === undefined ? {} : { password: password.reveal() }),
    ssl: tls === undefined ? false : { rejectUnauthorized: true, ...(tls.ca === undefined ? {} : { ca: tls.ca }) },
    application_name: name,
    pipeline: true,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    idle_in_transaction_session_timeout: IDLE_MS,
    ...(isPatient ? { lock_timeout: LOCK_MS } : bounds),
    types: { getTypeParser: parserOf } as unknown as pg.CustomTypesConfig,
    stream: () => socket,
  };
}
