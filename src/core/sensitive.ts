// A box for a secret value that prints, logs and serializes as [sensitive]; only reveal() opens it.

const SHOWN = '[sensitive]';

/**
 * Holds one secret. Every accidental way out (string conversion, JSON, inspection, template literals) yields
 * `[sensitive]`. The files that may call `reveal()` are listed in test/architecture.test.ts.
 */
export class Sensitive<T = string> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  /** The value itself. Call it where the value leaves for its purpose, and nowhere else. */
  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return SHOWN;
  }

  toJSON(): string {
    return SHOWN;
  }

  [Symbol.toPrimitive](): string {
    return SHOWN;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return SHOWN;
  }
}

/** Boxes a value. */
export function sensitive<T>(value: T): Sensitive<T> {
  return new Sensitive(value);
}
