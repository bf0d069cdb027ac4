// Sets that were ended before their first lease arrived, so that a mint that is still on its way is refused.

const CAPACITY = 20_000;

/**
 * In memory and bounded: whoever makes up handles can fill it, but not a disk. The oldest go first; what they would
 * have refused then ends by its expiry.
 */
export class ClosedSets {
  readonly #ids = new Set<string>();
  readonly #capacity: number;

  constructor(capacity = CAPACITY) {
    this.#capacity = capacity;
  }

  add(id: string): void {
    this.#ids.delete(id);
    this.#ids.add(id);
    if (this.#ids.size <= this.#capacity) return;
    const [oldest] = this.#ids;
    if (oldest !== undefined) this.#ids.delete(oldest);
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }
}
