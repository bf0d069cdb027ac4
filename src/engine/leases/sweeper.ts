// The sweep: every few seconds, or when the next lease is due, claims what is due and has it ended.
import { asAppError } from '#core/errors.js';
import type { Closer } from './closer.ts';
import type { LeaseParts } from './parts.ts';
import { CLAIM_MS, SWEEP_LIMIT, SWEEP_MS } from './timing.ts';

/** Claims beyond this wait, so that a claim does not run out while its lease stands in line. */
const MAX_BUSY = 200;
const SAVE_CLOCK_MS = 60_000;
const SHORTEST_PAUSE_MS = 20;

export class Sweeper {
  readonly #parts: LeaseParts;
  readonly #closer: Closer;
  readonly #stopped = new AbortController();
  #savedAt = 0;
  #loop: Promise<void> | undefined;

  constructor(parts: LeaseParts, closer: Closer) {
    this.#parts = parts;
    this.#closer = closer;
  }

  start(): void {
    this.#loop ??= this.#run();
  }

  /** Resolves when no further claim will be made. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#loop;
  }

  /** Claims once and starts ending what it got; answers how many. Does not wait for the targets. */
  async sweep(): Promise<number> {
    const { store, now, processId } = this.#parts;
    const at = now();
    const claimed = await store.write.claimDueLeases({
      at,
      claimedBy: processId,
      claimUntil: at + CLAIM_MS,
      limit: SWEEP_LIMIT,
      cause: { actor: 'engine' },
    });
    for (const row of claimed) void this.#closer.end(row);
    return claimed.length;
  }

  async #run(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      try {
        const claimed = await this.sweep();
        if (this.#closer.busy >= MAX_BUSY) await this.#closer.oneDone();
        if (claimed === SWEEP_LIMIT) continue;
        await this.#saveClock();
      } catch (error) {
        this.#parts.log(`sweep: ${asAppError(error).line}`);
      }
      await this.#parts.clock.sleep(await this.#pauseMs(), this.#stopped.signal);
    }
  }

  async #pauseMs(): Promise<number> {
    try {
      const due = await this.#parts.store.read.nextLeaseDue({});
      if (due === undefined) return SWEEP_MS;
      // What is overdue here is claimed by somebody: the plain pace is right for it.
      const wait = due - this.#parts.now();
      return wait <= 0 ? SWEEP_MS : Math.min(SWEEP_MS, Math.max(SHORTEST_PAUSE_MS, wait));
    } catch {
      return SWEEP_MS;
    }
  }

  async #saveClock(): Promise<void> {
    const at = this.#parts.now();
    if (at - this.#savedAt < SAVE_CLOCK_MS) return;
    await this.#parts.store.write.saveMoment({ at });
    this.#savedAt = at;
  }
}
