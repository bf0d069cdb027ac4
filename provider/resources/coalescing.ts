// What is asked at about the same time for one key, asked together.
import type { Clock } from '#core/clock.js';

type Waiting<I, O> = { item: I; done: (answer: O) => void; fail: (error: unknown) => void };

export type CoalescingOptions<I, O> = {
  clock: Clock;
  /** One answer per item, in their order. */
  run: (key: string, items: readonly I[]) => Promise<readonly O[]>;
  /** Items of one call at most. */
  most: number;
};

/** What Terraform works on at once unless it is told otherwise (`-parallelism`). */
const EXPECTED = 10;
const TICK_MS = 10;
/** Terraform's own work between two objects takes less, so that what has not come by then does not come. */
const QUIET_TICKS = 10;

/**
 * Gathers items by key and hands them to `run`, one call at a time per key. A call waits until as many have come as
 * the ones before had, or until no more come: whoever waits here is one of the few that Terraform has under way.
 */
export class Coalescing<I, O> {
  readonly #options: CoalescingOptions<I, O>;
  readonly #waiting = new Map<string, Waiting<I, O>[]>();
  readonly #working = new Set<string>();
  /** How many came together the last two times. One that was late does not make every later call small. */
  #lately: readonly [number, number] = [EXPECTED, EXPECTED];

  constructor(options: CoalescingOptions<I, O>) {
    this.#options = options;
  }

  /** The answer for `item`. @throws what `run` throws, for every item of the call */
  add(key: string, item: I): Promise<O> {
    return new Promise((done, fail) => {
      const waiting = this.#waiting.get(key) ?? [];
      waiting.push({ item, done, fail });
      this.#waiting.set(key, waiting);
      if (!this.#working.has(key)) void this.#work(key);
    });
  }

  async #work(key: string): Promise<void> {
    this.#working.add(key);
    while (this.#waiting.has(key)) {
      await this.#gather(key);
      const taken = this.#take(key);
      this.#lately = [this.#lately[1], taken.length];
      await this.#together(key, taken);
    }
    this.#working.delete(key);
  }

  async #gather(key: string): Promise<void> {
    const { clock, most } = this.#options;
    let seen = 0;
    for (let quiet = 0; quiet < QUIET_TICKS; quiet++) {
      await clock.sleep(TICK_MS);
      const count = this.#waiting.get(key)?.length ?? 0;
      if (count >= most || (count === seen && count >= Math.max(...this.#lately))) return;
      if (count > seen) quiet = 0;
      seen = count;
    }
  }

  #take(key: string): Waiting<I, O>[] {
    const waiting = this.#waiting.get(key) ?? [];
    const taken = waiting.splice(0, this.#options.most);
    if (waiting.length === 0) this.#waiting.delete(key);
    return taken;
  }

  async #together(key: string, waiting: readonly Waiting<I, O>[]): Promise<void> {
    try {
      const answers = await this.#options.run(
        key,
        waiting.map(({ item }) => item),
      );
      waiting.forEach(({ done }, n) => done(answers[n] as O));
    } catch (error) {
      for (const { fail } of waiting) fail(error);
    }
  }
}
