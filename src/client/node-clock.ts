// Clock over the machine's own time; a roof constructs it and passes it down.
import { hrtime } from 'node:process';
import type { Clock } from '#core/clock.js';

/** The machine's clock. A sleep keeps the process alive; abort it to let go. */
export const nodeClock: Clock = {
  now: () => Date.now(),
  // `performance` would load a dozen modules of Node for it.
  monotonic: () => Number(hrtime.bigint()) / 1e6,
  sleep(ms, signal) {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal?.addEventListener('abort', done, { once: true });
    });
  },
};
