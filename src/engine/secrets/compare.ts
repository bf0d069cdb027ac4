// Whether values are the stored ones, for who may write them: in constant time, audited, and few wrong guesses an hour.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { AppError } from '#core/errors.js';
import type { Sensitive } from '#core/sensitive.js';
import type { Caller } from '../auth/caller.ts';
import type { Place } from '../auth/places.ts';
import { audit, type SecretParts, snapshotOf } from './parts.ts';

const MAX_VALUES = 100;
/** Unequal answers, per secret and principal. */
const MAX_UNEQUAL = 20;
const WINDOW_MS = 3_600_000;
/** Bounds the memory; past it the oldest counter goes, which takes as many secrets as guesses. */
const MAX_COUNTERS = 100_000;

/** `version` is null where there is no such secret. */
export type Comparison = { equal: boolean; version: number | null };

export class Comparing {
  readonly #parts: SecretParts;
  readonly #key = randomBytes(32);
  /** Moments of the unequal answers, by secret and principal. */
  readonly #unequal = new Map<string, number[]>();

  constructor(parts: SecretParts) {
    this.#parts = parts;
  }

  /**
   * The config's own stored values, references not resolved.
   * @throws AppError ERR_REQUEST_INVALID for more than 100, ERR_RATE_LIMITED
   */
  async compare(
    caller: Caller,
    place: Place,
    values: ReadonlyMap<string, Sensitive>,
  ): Promise<ReadonlyMap<string, Comparison>> {
    if (values.size > MAX_VALUES) {
      throw new AppError('ERR_REQUEST_INVALID', `At most ${MAX_VALUES} values are compared at once.`);
    }
    // What the config has from its root or from others is not the caller's to write, and so not to guess at either.
    const { own } = await snapshotOf(this.#parts, place);
    const found = [...values].map(([name, value]) => ({ name, value, secret: own.get(name) }));
    // Counted by what is stored and not by where: a copy of a secret is no fresh start.
    const keys = new Map(found.map(({ name, secret }) => [name, secret && this.#counter(secret.open(), caller)]));
    this.#refuseGuessing([...keys.values()].flatMap((key) => key ?? []));
    const results = new Map<string, Comparison>();
    for (const { name, value, secret } of found) {
      const equal = secret !== undefined && this.#isSame(secret.open(), value);
      const key = keys.get(name);
      if (key && !equal) this.#remember(key);
      results.set(name, { equal, version: secret?.version ?? null });
    }
    const equal = [...results.values()].filter((one) => one.equal).length;
    await audit(this.#parts, caller, { action: 'secrets.compare', place, detail: { count: results.size, equal } });
    return results;
  }

  /** Over keyed digests, so that neither content nor length shows in the time it takes. */
  #isSame(stored: Sensitive, given: Sensitive): boolean {
    return timingSafeEqual(this.#digest(stored), this.#digest(given));
  }

  #digest(value: Sensitive): Buffer {
    return createHmac('sha256', this.#key).update(value.reveal()).digest();
  }

  #counter(stored: Sensitive, { principalId }: Caller): string {
    return `${this.#digest(stored).toString('base64url')} ${principalId}`;
  }

  #refuseGuessing(keys: readonly string[]): void {
    const now = this.#parts.clock.now();
    for (const key of keys) {
      const recent = (this.#unequal.get(key) ?? []).filter((at) => at > now - WINDOW_MS);
      if (recent.length < MAX_UNEQUAL) continue;
      const retryAfterSec = Math.max(1, Math.ceil(((recent[0] ?? now) + WINDOW_MS - now) / 1000));
      throw new AppError('ERR_RATE_LIMITED', 'A secret was compared with too many wrong values.', { retryAfterSec });
    }
  }

  #remember(key: string): void {
    const now = this.#parts.clock.now();
    const recent = (this.#unequal.get(key) ?? []).filter((at) => at > now - WINDOW_MS);
    this.#unequal.delete(key);
    if (this.#unequal.size >= MAX_COUNTERS) this.#unequal.delete(this.#unequal.keys().next().value ?? '');
    this.#unequal.set(key, [...recent, now]);
  }
}
