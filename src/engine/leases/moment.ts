// The engine's idea of now: it never goes back, and it goes on by the monotonic clock while the wall clock is behind.
import type { Clock } from '#core/clock.js';

/**
 * The later of the wall clock and what has been: `last` (persisted by an earlier process) plus the time that has passed
 * since. A wall clock that is set back therefore never delays an expiry (design.md §5, Clock).
 */
export function steadyNow(clock: Pick<Clock, 'now' | 'monotonic'>, last = 0): () => number {
  let anchor = { at: last, monotonic: clock.monotonic() };
  return () => {
    const wall = clock.now();
    const monotonic = clock.monotonic();
    const steady = anchor.at + Math.max(0, monotonic - anchor.monotonic);
    if (wall >= steady) anchor = { at: wall, monotonic };
    return Math.floor(Math.max(wall, steady));
  };
}
