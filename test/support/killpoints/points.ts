// Kill points: every call to the store, to SQL and to AWS is counted before and after; one of them ends the process.
import type { Aws } from '#engine/integrations/aws/calls.js';
import type { Sql, SqlSession } from '#engine/integrations/postgres/sql.js';
import type { Store } from '#engine/storage/store.js';

/** Counts once armed. At `killAt` the process is gone, as by a power cut. */
export class Points {
  readonly #killAt: number | null;
  #armed = false;
  count = 0;

  constructor(killAt: number | null) {
    this.#killAt = killAt;
  }

  arm(): void {
    this.#armed = true;
  }

  pass(): void {
    if (!this.#armed) return;
    this.count += 1;
    if (this.count === this.#killAt) process.kill(process.pid, 'SIGKILL');
  }

  async around<Result>(call: () => Promise<Result>): Promise<Result> {
    this.pass();
    try {
      return await call();
    } finally {
      this.pass();
    }
  }

  /** The store with every operation counted. */
  store(store: Store): Store {
    const counted = <Port extends object>(port: Port): Port =>
      Object.fromEntries(
        Object.entries(port).map(([name, operation]) => {
          const call = operation as (args: unknown) => Promise<unknown>;
          return [name, (args: unknown) => this.around(() => call(args))];
        }),
      ) as Port;
    return { ...store, read: counted(store.read), write: counted(store.write) };
  }

  /** SQL with every connect, statement and end counted. */
  sql(sql: Sql): Sql {
    const session = (inner: SqlSession): SqlSession => ({
      query: (text, params) => this.around(() => inner.query(text, params)),
      end: () => this.around(() => inner.end()),
    });
    return { connect: async (...args) => session(await this.around(() => sql.connect(...args))) };
  }

  /** AWS with every call counted. */
  aws(aws: Aws): Aws {
    return {
      open: async (opening) => {
        const session = await aws.open(opening);
        return { call: (name, input) => this.around(() => session.call(name, input)), end: () => session.end() };
      },
    };
  }
}
