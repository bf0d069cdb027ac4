// What is asked within a few milliseconds for one key, asked together.
import type { Clock } from '#core/clock.js';

type Waiting<I, O> = { item: I; done: (answer: O) => void; fail: (error: unknown) => void };

export type CoalescingOptions<I, O> = {
  clock: Clock;
  /** One answer per item, in their order. */
  run: (key: string, items: readonly I[]) => Promise<readonly O[]>;
  /** Items of one call at most. */
  most: number;
};

/** Terraform works on ten objects at once, so that waiting longer would not gather more. */
const WINDOW_MS = 10;

/** Gathers items by key and hands them to `run`, one call at a time per key. */
export class Coalescing<I, O> {
  readonly #options: CoalescingOptions<I, O>;
  readonly #waiting = new Map<string, Waiting<I, O>[]>();
  readonly #running = new Map<string, Promise<void>>();

  constructor(options: CoalescingOptions<I, O>) {
    this.#options = options;
  }

  /** The answer for `item`. @throws what `run` throws, for every item of the call */
  add(key: string, item: I): Promise<O> {
    return new Promise((done, fail) => {
      const waiting = this.#waiting.get(key) ?? [];
      waiting.push({ item, done, fail });
      this.#waiting.set(key, waiting);
      if (!this.#running.has(key)) this.#running.set(key, this.#work(key));
    });
  }

  async #work(key: string): Promise<void> {
    const { clock, most } = this.#options;
    for (;;) {
      await clock.sleep(WINDOW_MS);
      const waiting = this.#take(key, most);
      if (waiting.length === 0) break;
      await this.#together(key, waiting);
    }
    this.#running.delete(key);
  }

  #take(key: string, most: number): Waiting<I, O>[] {
    const waiting = this.#waiting.get(key) ?? [];
    const taken = waiting.splice(0, most);
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
