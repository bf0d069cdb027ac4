// The sweep: every few seconds, or when the next lease is due, claims what is due, integration by integration.
import { asAppError } from '#core/errors.js';
import type { Closer } from './closer.ts';
import type { WorkRow } from '../storage/operations/lease-rows.ts';
import type { StoreReads, StoreWrites } from '../storage/store.ts';
import type { LeaseParts } from './parts.ts';
import { CLAIM_MS, SWEEP_MS } from './timing.ts';

const SAVE_CLOCK_MS = 60_000;
const SHORTEST_PAUSE_MS = 20;
/** How long it is believed who has leases to end, while there are more of them than room. */
const LOOK_MS = 500;
/** Leases whose end begins in one go. */
const BREATH = 16;

export type SweeperParts = Pick<LeaseParts, 'now' | 'processId' | 'clock' | 'log'> & {
  store: {
    stroke: number;
    read: Pick<StoreReads, 'integrationsDue' | 'nextLeaseDue'>;
    write: Pick<StoreWrites, 'claimDueLeases' | 'saveMoment'>;
  };
};

/** Who ends what is claimed. */
type Ends = Pick<Closer, 'room' | 'isAtWork' | 'end' | 'oneDone'>;

export class Sweeper {
  readonly #parts: SweeperParts;
  readonly #closer: Ends;
  readonly #stopped = new AbortController();
  #savedAt = 0;
  /** Integrations that had more than room when they were looked at last, and when it was asked who has any. */
  #more: readonly string[] = [];
  #lookedAt = 0;
  /** Until when a lease was due that was seen then. */
  #lookedFor = 0;
  /** How far each line has been claimed since then. */
  readonly #claimedUpTo = new Map<string, number>();
  #loop: Promise<void> | undefined;

  constructor(parts: SweeperParts, closer: Ends) {
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
    const { clock, store, now } = this.#parts;
    const at = now();
    const more: string[] = [];
    let claimed = 0;
    // While thousands are due at once, it is known who has more than room; whoever comes to it is seen soon enough.
    const isKnown = this.#more.length > 0 && clock.monotonic() - this.#lookedAt < LOOK_MS;
    for (const integrationId of isKnown ? this.#more : await this.#look(at)) {
      const taken = await this.#claim(integrationId, at);
      claimed += taken.claimed;
      if (taken.isMore) more.push(integrationId);
    }
    this.#more = more;
    const isToLook = isKnown && more.length === 0;
    const isRoom = isToLook || more.some((integrationId) => this.#closer.room(integrationId) >= store.stroke);
    return { claimed, isMore: isToLook || more.length > 0, isRoom };
  }

  async #look(at: number): Promise<readonly string[]> {
    const { store, clock } = this.#parts;
    this.#lookedAt = clock.monotonic();
    this.#lookedFor = at;
    this.#claimedUpTo.clear();
    return store.read.integrationsDue({ at });
  }

  /** The room that there is now, and no more: what becomes free meanwhile is for the next round, after the others. */
  async #claim(integrationId: string, at: number): Promise<{ claimed: number; isMore: boolean }> {
    const { store, processId } = this.#parts;
    const claimant = { at, claimedBy: processId, claimUntil: at + CLAIM_MS, cause: { actor: 'engine' } };
    let claimed = 0;
    for (let room = this.#closer.room(integrationId); room > 0; ) {
      const limit = Math.min(store.stroke, room);
      // What is claimed stays in line until it has ended: not to be looked through again for each claim.
      const from = this.#claimedUpTo.get(integrationId) ?? 0;
      const rows = await store.write.claimDueLeases({ ...claimant, integrationId, from, limit });
      await this.#start(rows);
      claimed += rows.length;
      room -= rows.length;
      if (rows.length === limit) this.#claimedUpTo.set(integrationId, rows.at(-1)?.next_action_at ?? 0);
      // Something may have been put back before that.
      else if (!this.#claimedUpTo.delete(integrationId)) return { claimed, isMore: false };
    }
    return { claimed, isMore: this.#closer.isAtWork(integrationId) };
  }

  /** A few at a time: who asks for something meanwhile must not wait until all of them are on their way. */
  async #start(rows: readonly WorkRow[]): Promise<void> {
    for (const [index, row] of rows.entries()) {
      void this.#closer.end(row);
      if (index % BREATH === BREATH - 1) await breath();
    }
  }

  async #run(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      let [isMore, isRoom] = [false, false];
      try {
        ({ isMore, isRoom } = await this.sweep());
        await this.#saveClock();
      } catch (error) {
        this.#parts.log(`sweep: ${asAppError(error).line}`);
        // Whatever comes due meanwhile: a store that fails is not asked, and complained of, all the time.
        await this.#parts.clock.sleep(SWEEP_MS, this.#stopped.signal);
        continue;
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
    // What was written in the same stroke is done as well.
    await breath();
  }

  async #pauseMs(): Promise<number> {
    try {
      // What was due by the last look and is not claimed by us waits for its target, or is somebody else's: the plain
      // pace is right for it.
      const due = await this.#parts.store.read.nextLeaseDue({ after: this.#lookedFor });
      const wait = due === undefined ? SWEEP_MS : due - this.#parts.now();
      return Math.min(SWEEP_MS, Math.max(SHORTEST_PAUSE_MS, wait));
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

/** Lets everything else have its turn that is ready for one. */
function breath(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
