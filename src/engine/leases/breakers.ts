// How much is asked of each integration at once: its own few lanes, and one try at a time while it is down.
import type { Clock } from '#core/clock.js';
import { Lanes } from './lanes.ts';

/** Calls at once to a target that says nothing about itself. */
export const PARALLEL = 5;
/** Failures in a row after which a target counts as down. */
const TOLERATED = 5;
const FIRST_REST_MS = 30_000;
const LONGEST_REST_MS = 5 * 60_000;

type Standing = { failures: number; restingUntil: number; inLine: number; parallel: number };

/** What one integration did lately. In memory: a new process finds out for itself. */
export class Breakers {
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #standings = new Map<string, Standing>();
  readonly #lanes = new Lanes((id) => this.#of(id).parallel);

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock;
  }

  /**
   * Runs `work` in the integration's lanes, after what came before it there.
   * @param after for this it waits beside the lanes; it stands in line from now on all the same
   */
  async run<Result>(
    integrationId: string,
    parallel: number,
    after: Promise<unknown>,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const standing = this.#of(integrationId);
    standing.parallel = parallel;
    standing.inLine += 1;
    try {
      await after;
      return await this.#lanes.run(integrationId, work);
    } finally {
      standing.inLine -= 1;
    }
  }

  /** How many more leases of it the sweep may take: its line is short, so that no claim runs out in it. */
  room(integrationId: string): number {
    const { failures, restingUntil, inLine, parallel } = this.#of(integrationId);
    if (failures < TOLERATED) return Math.max(0, 2 * parallel - inLine);
    return inLine === 0 && this.#clock.monotonic() >= restingUntil ? 1 : 0;
  }

  /** Whether its line is not empty. */
  isAtWork(integrationId: string): boolean {
    return this.#of(integrationId).inLine > 0;
  }

  /** @returns whether it counts as up only since now */
  succeeded(integrationId: string): boolean {
    const standing = this.#of(integrationId);
    const wasDown = standing.failures >= TOLERATED;
    standing.failures = 0;
    return wasDown;
  }

  /** @returns whether it counts as down only since now */
  failed(integrationId: string): boolean {
    const standing = this.#of(integrationId);
    standing.failures += 1;
    const over = standing.failures - TOLERATED;
    if (over < 0) return false;
    standing.restingUntil = this.#clock.monotonic() + Math.min(FIRST_REST_MS * 2 ** over, LONGEST_REST_MS);
    return over === 0;
  }

  /** Integrations that count as down. */
  get down(): number {
    return [...this.#standings.values()].filter(({ failures }) => failures >= TOLERATED).length;
  }

  #of(integrationId: string): Standing {
    const known = this.#standings.get(integrationId);
    if (known) return known;
    const fresh = { failures: 0, restingUntil: 0, inLine: 0, parallel: PARALLEL };
    this.#standings.set(integrationId, fresh);
    return fresh;
  }
}
