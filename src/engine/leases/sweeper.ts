// The sweep: every few seconds, or when the next lease is due, claims what is due, integration by integration.
import { asAppError } from '#core/errors.js';
import type { Closer } from './closer.ts';
import type { LeaseParts } from './parts.ts';
import { CLAIM_MS, SWEEP_MS } from './timing.ts';

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

  /**
   * Claims of every integration what it has room for, the longest due first, and starts ending it: one target that is
   * slow or down keeps nobody else waiting. Does not wait for the targets.
   * @returns how many, whether there may be more at once, and whether there is room for them already
   */
  async sweep(): Promise<{ claimed: number; isMore: boolean; isRoom: boolean }> {
    const { store, now, processId } = this.#parts;
    const at = now();
    let [claimed, isMore, isRoom] = [0, false, false];
    for (const integrationId of await store.read.integrationsDue({ at })) {
      const room = this.#closer.room(integrationId);
      const limit = Math.min(store.stroke, room);
      if (limit === 0) continue;
      const claimant = { at, claimedBy: processId, claimUntil: at + CLAIM_MS, cause: { actor: 'engine' } };
      const rows = await store.write.claimDueLeases({ ...claimant, integrationId, limit });
      for (const row of rows) void this.#closer.end(row);
      claimed += rows.length;
      isMore ||= rows.length === limit;
      isRoom ||= rows.length === limit && limit < room;
    }
    return { claimed, isMore, isRoom };
  }

  async #run(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      let [isMore, isRoom] = [false, false];
      try {
        ({ isMore, isRoom } = await this.sweep());
        await this.#saveClock();
      } catch (error) {
        this.#parts.log(`sweep: ${asAppError(error).line}`);
      }
      if (isRoom) continue;
      if (isMore) await this.#room();
      else await this.#parts.clock.sleep(await this.#pauseMs(), this.#stopped.signal);
    }
  }

  /** Until something that stands in line is done, or the plain pace says look again. */
  async #room(): Promise<void> {
    const done = new AbortController();
    const pace = this.#parts.clock.sleep(SWEEP_MS, AbortSignal.any([this.#stopped.signal, done.signal]));
    await Promise.race([this.#closer.oneDone(), pace]);
    done.abort();
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
