// Many counters in bounded memory, without ever forgetting one that still holds somebody back.
import { createHmac } from 'node:crypto';
import { type FullAtUs, isFull, peek, type Rate, take, type Verdict } from './gcra.ts';

/**
 * Counters by key. When there is no room, full ones go: they say what a new one would say. While none is full, new keys
 * share a fixed number of counters, picked by a keyed hash: who floods us with addresses lands on used counters, wins
 * nothing back, and cannot choose whose counter it shares.
 */
export class Counters {
  readonly #rate: Rate;
  readonly #maxKeys: number;
  readonly #shared: Float64Array;
  readonly #salt: Uint8Array;
  /** When the last of the shared counters is full again: past that nobody needs to look at them. */
  #sharedUntil: FullAtUs = 0;
  /** In the order of their last counted request, so that full ones come first. */
  readonly #byKey = new Map<string, FullAtUs>();

  /** @param options.salt random bytes of this process */
  constructor(
    rate: Rate,
    options: { readonly maxKeys: number; readonly sharedCounters: number; readonly salt: Uint8Array },
  ) {
    this.#rate = rate;
    this.#maxKeys = options.maxKeys;
    this.#shared = new Float64Array(options.sharedCounters);
    this.#salt = options.salt;
  }

  /** Counters kept, the shared ones not included. */
  get size(): number {
    return this.#byKey.size;
  }

  /** What `take` would answer, uncounted. */
  peek(key: string, now: number): Verdict {
    return peek(this.#rate, this.#byKey.get(key) ?? this.#sharedAt(key, now), now);
  }

  /** Counts one request of `key` at `now` (epoch milliseconds), unless it is refused. */
  take(key: string, now: number): Verdict {
    const own = this.#byKey.get(key);
    if (own !== undefined || this.#hasRoom(now)) return this.#takeOwn(key, own, now);
    const index = this.#indexOf(key);
    const { verdict, fullAt } = take(this.#rate, this.#shared[index], now);
    this.#shared[index] = fullAt;
    this.#sharedUntil = Math.max(this.#sharedUntil, fullAt);
    return verdict;
  }

  #takeOwn(key: string, own: FullAtUs | undefined, now: number): Verdict {
    // A newcomer starts where its shared counter stands: getting a counter of its own must not be a fresh start.
    const { verdict, fullAt } = take(this.#rate, own ?? this.#sharedAt(key, now), now);
    if (verdict.isAllowed) this.#byKey.delete(key);
    this.#byKey.set(key, fullAt);
    return verdict;
  }

  #hasRoom(now: number): boolean {
    if (this.#byKey.size < this.#maxKeys) return true;
    for (const [key, fullAt] of this.#byKey) {
      if (!isFull(fullAt, now)) return false;
      this.#byKey.delete(key);
      return true;
    }
    return false;
  }

  #sharedAt(key: string, now: number): FullAtUs | undefined {
    return isFull(this.#sharedUntil, now) ? undefined : this.#shared[this.#indexOf(key)];
  }

  #indexOf(key: string): number {
    const digest = createHmac('sha256', this.#salt).update(key).digest();
    return digest.readUInt32BE(0) % this.#shared.length;
  }
}
