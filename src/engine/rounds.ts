// Work that comes round: one loop for each, that outlives a failure and ends with the engine.
import type { Clock } from '#core/clock.js';
import { asAppError } from '#core/errors.js';
import type { Log } from './log.ts';

export type Round = { name: string; everyMs: number; work(): Promise<unknown> };

export class Rounds {
  readonly #parts: { clock: Clock; log: Log };
  readonly #stopped = new AbortController();
  readonly #loops: Promise<void>[] = [];

  constructor(parts: { clock: Clock; log: Log }) {
    this.#parts = parts;
  }

  /** Does it now, and again `everyMs` after it was done. */
  start(round: Round): void {
    this.#loops.push(this.#loop(round));
  }

  /** Resolves when what is under way is done and nothing will follow. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await Promise.all(this.#loops);
  }

  async #loop({ name, everyMs, work }: Round): Promise<void> {
    const { clock, log } = this.#parts;
    while (!this.#stopped.signal.aborted) {
      try {
        await work();
      } catch (error) {
        log('error', `${name} failed`, { code: asAppError(error).code });
      }
      if (!this.#stopped.signal.aborted) await clock.sleep(everyMs, this.#stopped.signal);
    }
  }
}
