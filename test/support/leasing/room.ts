// Leases over a fake target on either store, for properties: declared, issued, and a target that is slow or away as told.
import { type AppError, asAppError } from '#core/errors.js';
import type { Integration } from '#engine/integrations/integration.js';
import type { Store } from '#engine/storage/store.js';
import { startStoreDatabase, type StoreDatabase } from '../store-database.ts';
import { FakeClock } from './clocks.ts';
import { BY, type Engine, openEngine, PLACE, token } from './engine.ts';
import { AWAY, FakeTarget } from './fake-integration.ts';

export const MINUTE = 60_000;
export const STORES = ['SQLite', 'PostgreSQL'] as const;
export type StoreKind = (typeof STORES)[number];

/** One engine at a time; `start` and `close` belong together. */
export class LeaseRoom {
  readonly #database: StoreDatabase;
  #made = 0;
  #engine: Engine | undefined;
  clock = new FakeClock();
  target = new FakeTarget();
  /** What the target was given as its connection, by revoke. */
  seen: unknown[] = [];
  /** While set, revokes wait for it. */
  revoking: Promise<void> | undefined;
  /** Is waited for before an intent goes to the store, when everything else of it is known. */
  beforeIntent: (() => Promise<void>) | undefined;
  /** Is waited for by the target when it is asked to extend, before it answers. */
  whileExtending: (() => Promise<void>) | undefined;

  private constructor(database: StoreDatabase) {
    this.#database = database;
  }

  /** With a database server of its own; `stop` it. */
  static async open(): Promise<LeaseRoom> {
    return new LeaseRoom(await startStoreDatabase());
  }

  async stop(): Promise<void> {
    await this.#database.stop();
  }

  /** Opens an engine on a fresh store, with the integration `db`. */
  async start(store: StoreKind): Promise<void> {
    this.clock = new FakeClock();
    this.target = new FakeTarget();
    this.calm();
    const url = store === 'SQLite' ? {} : { url: await this.#database.fresh() };
    const integrations = () => [this.#integration()];
    const decorate = (inner: Store) => this.#late(inner);
    this.#engine = await openEngine({ ...url, clock: this.clock, integrations, decorate });
    const data = { password: 'planted-connection' };
    await this.engine.definitions.createIntegration({ name: 'db', type: 'postgres', data, allowed: ['shop'] }, BY);
  }

  async close(): Promise<void> {
    await this.engine.close();
  }

  get engine(): Engine {
    if (!this.#engine) throw new Error('no engine was started');
    return this.#engine;
  }

  /** A target that is well and has nothing. */
  calm(): void {
    this.seen = [];
    this.revoking = undefined;
    this.beforeIntent = undefined;
    this.whileExtending = undefined;
    this.target.failure = undefined;
    this.target.credentials.clear();
  }

  /** Lets everything expire and end, at a target that is well. */
  async rest(): Promise<void> {
    this.target.failure = undefined;
    this.clock.advance(180 * MINUTE);
    await this.engine.leases.settle();
  }

  /** Each with a name of its own; answers with its id. */
  async dynamicSecret(maxLiveLeases = 20): Promise<string> {
    const wanted = { name: `DB_${(this.#made += 1)}`, kind: 'postgres' as const, integration: 'db', maxLiveLeases };
    return (await this.engine.definitions.createDynamicSecret({ ...PLACE, ...wanted, maxTtlSec: 7200 }, BY)).slug;
  }

  issue(dynamicSecretId: string, more: Record<string, unknown> = {}) {
    return this.engine.leases.issue({ dynamicSecretId, actor: token(), ttlSec: 600, ...more });
  }

  async stateOf(id: string): Promise<string | undefined> {
    return (await this.engine.store.read.getLease({ id }))?.state;
  }

  #late(store: Store): Store {
    const intendLeases: Store['write']['intendLeases'] = async (args) => {
      await this.beforeIntent?.();
      return store.write.intendLeases(args);
    };
    return { ...store, write: { ...store.write, intendLeases } };
  }

  #integration(): Integration {
    const fake = this.target.integration();
    const revoke: typeof fake.revoke = async (asked, signal) => {
      this.seen.push(asked.data);
      await this.revoking;
      return fake.revoke(asked, signal);
    };
    const extend: typeof fake.extend = async (...asked) => {
      await fake.extend?.(...asked);
      await this.whileExtending?.();
    };
    return { ...fake, revoke, extend };
  }
}

/** Of `FakeTarget.failure`. */
export function failure(call: 'create' | 'revoke' | 'extend', after: boolean, error: AppError = AWAY) {
  return { call, after, error };
}

/** How a promise was refused; fails where it was not. */
export async function refusal(promise: Promise<unknown>): Promise<AppError> {
  const outcome = await promise.then(
    () => undefined,
    (error: unknown) => asAppError(error),
  );
  if (outcome === undefined) throw new Error('it was not refused');
  return outcome;
}
