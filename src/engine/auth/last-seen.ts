// When tokens were last used: written now and then and behind the request, so that reading stays reading.
import type { Clock } from '#core/clock.js';
import type { Store } from '../storage/store.ts';

/** `last_seen_at` may be this much behind. */
const PAUSE_MS = 5 * 60_000;
const MAX_REMEMBERED = 10_000;

export class LastSeen {
  readonly #store: Pick<Store, 'write'>;
  readonly #clock: Clock;
  readonly #noted = new Map<string, number>();
  readonly #writing = new Set<Promise<void>>();

  constructor({ store, clock }: { store: Pick<Store, 'write'>; clock: Clock }) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Returns at once; nothing fails when it cannot be written. */
  note(id: string, lastUsedAt: number | null): void {
    const at = this.#clock.now();
    if (at - (this.#noted.get(id) ?? lastUsedAt ?? Number.NEGATIVE_INFINITY) < PAUSE_MS) return;
    if (this.#noted.size >= MAX_REMEMBERED) this.#noted.clear();
    this.#noted.set(id, at);
    const write = this.#store.write.noteTokenSeen({ id, at }).catch(() => undefined);
    this.#writing.add(write);
    void write.then(() => this.#writing.delete(write));
  }

  /** Resolves when everything noted so far is written. */
  async settled(): Promise<void> {
    await Promise.all(this.#writing);
  }
}
