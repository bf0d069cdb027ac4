// The machine's clock behind the Clock port.
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '#core/clock.js';

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  async sleep(ms, signal) {
    try {
      await wait(ms, undefined, signal ? { signal } : {});
    } catch {
      // Aborted: the port promises to resolve then.
    }
  },
};
