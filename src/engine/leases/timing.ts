// Bounds on waiting: a signal that aborts at a deadline, and a wait that gives up, both on the clock port.
import type { Clock } from '#core/clock.js';

/** How long the target may take to make one credential. */
export const CREATE_DEADLINE_MS = 20_000;
/** After this (and the kind's settle time) a `pending` row may be rolled back by anybody (leases.md C2). */
export const PENDING_MS = 60_000;
/** How long the target may take to end one. */
export const REVOKE_DEADLINE_MS = 30_000;
/** How long whoever claimed a lease is left alone with it (leases.md C3). */
export const CLAIM_MS = 2 * REVOKE_DEADLINE_MS;
/** How long a caller waits for leases to end before it is told that they will. */
export const REVOKE_WAIT_MS = 10_000;
/** leases.md C3. */
export const SWEEP_MS = 5000;

/** Why a timer is let go; without a reason each abort makes an error with a stack, at the cost of a whole transaction. */
const OVER = 'over';

/** Runs `work` with a signal that aborts after `ms`. It is `work` that must then settle. */
export async function withDeadline<Result>(
  clock: Clock,
  ms: number,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const deadline = new AbortController();
  const done = new AbortController();
  const timer = clock.sleep(ms, done.signal).then(() => {
    if (!done.signal.aborted) deadline.abort();
  });
  try {
    return await work(deadline.signal);
  } finally {
    done.abort(OVER);
    await timer;
  }
}

/** Waits for `work`, at most `ms`. Never rejects. */
export async function waitAtMost(clock: Clock, ms: number, work: Promise<unknown>): Promise<void> {
  const done = new AbortController();
  const finished = work.then(
    () => undefined,
    () => undefined,
  );
  await Promise.race([finished, clock.sleep(ms, done.signal)]);
  done.abort(OVER);
}
