// The keeper's story: renews the leases of a job in good time, for as long as the job's own worker lives.
import { AppError } from '#core/errors.js';
import type { Clock } from '#core/clock.js';
import type { Renew } from '#client/renewal.js';

export type KeptLease = { readonly id: string; readonly ttlSec: number; readonly expiresAt: number };

export type KeepTools = {
  readonly clock: Clock;
  readonly random: () => number;
  readonly renew: Renew;
  /** Whether the worker of this job is still there. */
  readonly isWorkerAlive: () => boolean;
  /** Aborts when post says that the job is over. */
  readonly stop: AbortSignal;
};

/** How often to look for the worker. */
const LOOK_MS = 5_000;
/** Between two tries of a renewal that failed, of what is left of the lease. */
const RETRY_SHARE = 0.1;
const MIN_PAUSE_MS = 1_000;
/** These say that the lease can be renewed no more; everything else may pass. */
const OVER: ReadonlySet<AppError['code']> = new Set([
  'ERR_NOT_FOUND',
  'ERR_LEASE_EXPIRED',
  'ERR_CONFLICT',
  'ERR_ACCESS_DENIED',
  'ERR_UNAUTHENTICATED',
  'ERR_REQUEST_INVALID',
]);

/** Resolves when there is nothing left to keep: the job is over, `until` has come, or no lease can go on. */
export async function keep(tools: KeepTools, leases: readonly KeptLease[], until: number): Promise<void> {
  const { clock, stop, isWorkerAlive } = tools;
  const turns = new Map(leases.map((lease) => [lease, renewAt(tools, lease.expiresAt, lease.ttlSec)]));
  while (turns.size > 0 && !stop.aborted && clock.now() < until && isWorkerAlive()) {
    const [lease, at] = [...turns].reduce((first, one) => (one[1] < first[1] ? one : first));
    const waitMs = Math.min(at, until) - clock.now();
    if (waitMs > 0) {
      await clock.sleep(Math.min(waitMs, LOOK_MS), stop);
      continue;
    }
    const next = await renewOne(tools, lease);
    if (next === undefined) turns.delete(lease);
    else turns.set(lease, next);
  }
}

/** At half to two thirds of the lifetime, so that many jobs do not ask at once and one failure is no harm. */
function renewAt({ random }: KeepTools, expiresAt: number, ttlSec: number): number {
  const usedUp = 1 / 2 + random() / 6;
  return expiresAt - (1 - usedUp) * ttlSec * 1000;
}

/** When its turn comes again; undefined when it never does. */
async function renewOne(tools: KeepTools, lease: KeptLease): Promise<number | undefined> {
  const { clock, renew } = tools;
  try {
    const { expiresAt, capped } = await renew(lease);
    return capped ? undefined : Math.max(renewAt(tools, expiresAt, lease.ttlSec), clock.now() + MIN_PAUSE_MS);
  } catch (error) {
    if (error instanceof AppError && OVER.has(error.code)) return undefined;
    return clock.now() + Math.max(MIN_PAUSE_MS, lease.ttlSec * 1000 * RETRY_SHARE);
  }
}
