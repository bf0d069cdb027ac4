// A clock that only moves when it is told to, or when everybody sleeps.
import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '#core/clock.js';

export class FakeClock implements Clock {
  #now = Date.parse('2026-01-01T00:00:00Z');
  readonly #sleepers = new Map<() => void, number>();

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.resolve();
    return new Promise((done) => {
      const wake = () => {
        this.#sleepers.delete(wake);
        done();
      };
      this.#sleepers.set(wake, this.#now + ms);
      signal?.addEventListener('abort', wake, { once: true });
    });
  }

  advance(ms: number): void {
    this.#now += ms;
    for (const [wake, at] of [...this.#sleepers].sort((a, b) => a[1] - b[1])) if (at <= this.#now) wake();
  }

  /** Moves to the next sleeper whenever nothing else can happen, until `work` is done. */
  async runUntil<T>(work: Promise<T>): Promise<T> {
    let done = false;
    const finished = work.finally(() => (done = true));
    for (let turns = 0; !done && turns < 10_000; turns++) {
      for (let n = 0; n < 20 && !done; n++) await turn();
      const next = Math.min(...this.#sleepers.values());
      if (!done && Number.isFinite(next)) this.advance(Math.max(0, next - this.#now));
    }
    return finished;
  }
}
