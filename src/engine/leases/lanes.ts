// Lanes: work of one key runs at most so many at a time, so that one slow target does not hold up the others.

/** Runs work in order of arrival, `width` of its key at a time. */
export class Lanes {
  readonly #width: (key: string) => number;
  readonly #running = new Map<string, number>();
  readonly #waiting = new Map<string, (() => void)[]>();

  constructor(width: number | ((key: string) => number)) {
    this.#width = typeof width === 'number' ? () => width : width;
  }

  async run<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    await this.#enter(key);
    try {
      return await work();
    } finally {
      this.#leave(key);
    }
  }

  #enter(key: string): Promise<void> | undefined {
    const running = this.#running.get(key) ?? 0;
    if (running < this.#width(key)) {
      this.#running.set(key, running + 1);
      return undefined;
    }
    return new Promise((resolve) => {
      const queue = this.#waiting.get(key) ?? [];
      queue.push(resolve);
      this.#waiting.set(key, queue);
    });
  }

  /** The place goes to the next in line without being given up, or to nobody. */
  #leave(key: string): void {
    const next = this.#waiting.get(key)?.shift();
    if (next) return next();
    this.#waiting.delete(key);
    const running = (this.#running.get(key) ?? 1) - 1;
    if (running > 0) this.#running.set(key, running);
    else this.#running.delete(key);
  }
}
