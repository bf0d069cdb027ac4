// When values of a config were first and last handed out: kept in memory, and written now and then for all configs at once.
import type { Place } from './places.ts';
import type { FetchRow } from '../storage/operations/fetches.ts';
import type { Store } from '../storage/store.ts';

/** Null: never. */
export type FetchTimes = { initialFetchAt: number | null; lastFetchAt: number | null };
type Stored = { initial_fetch_at: number | null; last_fetch_at: number | null };

/** A read costs no write of its own; what a process that dies has not written yet, its audit rows still tell. */
export class Fetches {
  readonly #unwritten = new Map<string, FetchRow>();

  note({ configId, environmentId }: Pick<Place, 'configId' | 'environmentId'>, at: number): void {
    const first = this.#unwritten.get(configId)?.first ?? at;
    this.#unwritten.set(configId, { configId, environmentId, first, last: at });
  }

  /** What is stored of a config, and what is not written of it yet. */
  ofConfig(id: string, { initial_fetch_at, last_fetch_at }: Stored): FetchTimes {
    const unwritten = this.#unwritten.get(id);
    return {
      initialFetchAt: initial_fetch_at ?? unwritten?.first ?? null,
      lastFetchAt: unwritten?.last ?? last_fetch_at,
    };
  }

  /** The first fetch of any config of an environment. */
  ofEnvironment(id: string, stored: number | null): number | null {
    if (stored !== null) return stored;
    const firsts = [...this.#unwritten.values()].filter(({ environmentId }) => environmentId === id);
    return firsts.length === 0 ? null : Math.min(...firsts.map(({ first }) => first));
  }

  /** What cannot be written is kept for the next time. */
  async write(store: Pick<Store, 'write'>): Promise<void> {
    const fetches = [...this.#unwritten.values()];
    if (fetches.length === 0) return;
    await store.write.noteFetches({ fetches });
    for (const row of fetches) if (this.#unwritten.get(row.configId) === row) this.#unwritten.delete(row.configId);
  }
}
