// A length of time as a value of its own, so that seconds and minutes cannot be mixed up.
import { formatTtl, parseTtl } from '#core/ttl.js';

/** How long a lease or a token lives: whole seconds, at least one, at most a year. */
export class Ttl {
  /** @throws AppError ERR_REQUEST_INVALID when it is not a whole number of seconds within a year */
  static seconds(amount: number): Ttl {
    return new Ttl(parseTtl(String(amount)));
  }

  /** @throws AppError as `seconds` */
  static minutes(amount: number): Ttl {
    return Ttl.seconds(amount * 60);
  }

  /** @throws AppError as `seconds` */
  static hours(amount: number): Ttl {
    return Ttl.seconds(amount * 3600);
  }

  /**
   * Reads `30s`, `15m`, `1h30m` or `900` (seconds).
   * @throws AppError ERR_REQUEST_INVALID when the text is anything else
   */
  static parse(text: string): Ttl {
    return new Ttl(parseTtl(text));
  }

  readonly #seconds: number;

  private constructor(seconds: number) {
    this.#seconds = seconds;
  }

  toSeconds(): number {
    return this.#seconds;
  }

  /** As the provider and the action read it, such as `1h30m`. */
  toString(): string {
    return formatTtl(this.#seconds);
  }

  isLongerThan(other: Ttl): boolean {
    return this.#seconds > other.#seconds;
  }
}
