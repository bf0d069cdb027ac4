// One config being changed in memory: what becomes of each secret, and whether the limits still hold.
import { randomUUID } from 'node:crypto';
import { AppError } from '#core/errors.js';
import type { Sensitive } from '#core/sensitive.js';
import type { Visibility } from '#core/visibility.js';
import type { StoredSecret, StoredSecrets } from './snapshot.ts';

/** contracts/doppler.md 2.16. */
export const LIMITS = { valueBytes: 50 * 1024, secrets: 1200, configBytes: 500 * 1024 } as const;

/** The version that a value was copied from; its references go along with it, and none is added. */
export type Origin = { secretId: string; version: number; dialect: string };
/** A value to be written; without an origin it is a text that its writer has just given. */
export type NewValue = { text: Sensitive; origin?: Origin | undefined };

export type DraftSecret = {
  readonly id: string;
  /** What is stored of it now; undefined for a new one. */
  readonly stored: StoredSecret | undefined;
  name: string;
  visibility: Visibility;
  valueType: string;
  size: number;
  isProtected: boolean;
  /** The new value; undefined keeps the stored one. */
  value: NewValue | undefined;
};

export type Change = {
  value: (NewValue & { size: number }) | undefined;
  visibility: Visibility;
  valueType: string;
  isProtected: boolean;
};

export class Draft {
  readonly configId: string;
  readonly #secrets: Map<string, DraftSecret>;
  readonly #touched = new Set<DraftSecret>();
  readonly #deleted: StoredSecret[] = [];

  constructor(configId: string, stored: StoredSecrets) {
    this.configId = configId;
    this.#secrets = new Map([...stored].map(([name, secret]) => [name, draft(secret)]));
  }

  get(name: string): DraftSecret | undefined {
    return this.#secrets.get(name);
  }

  /** Sets or adds; an added one needs a value. */
  put(name: string, { value, visibility, valueType, isProtected }: Change): void {
    const secret = this.#secrets.get(name) ?? fresh(name);
    secret.visibility = visibility;
    secret.valueType = valueType;
    secret.isProtected = isProtected;
    if (value) {
      secret.value = { text: value.text, origin: value.origin };
      secret.size = value.size;
    }
    this.#secrets.set(name, secret);
    this.#touched.add(secret);
  }

  rename(from: string, to: string): void {
    const secret = this.#secrets.get(from);
    if (!secret) return;
    this.#secrets.delete(from);
    secret.name = to;
    this.#secrets.set(to, secret);
    this.#touched.add(secret);
  }

  remove(name: string): void {
    const secret = this.#secrets.get(name);
    if (!secret) return;
    this.#secrets.delete(name);
    this.#touched.delete(secret);
    if (secret.stored) this.#deleted.push(secret.stored);
  }

  get isTouched(): boolean {
    return this.#touched.size > 0 || this.#deleted.length > 0;
  }

  get touched(): readonly DraftSecret[] {
    return [...this.#touched];
  }

  get deleted(): readonly StoredSecret[] {
    return this.#deleted;
  }

  /** @throws AppError ERR_REQUEST_INVALID when the config, `below` included, would be over its limits */
  checkLimits(below?: Draft): void {
    const all = new Map([...(below?.sizes() ?? []), ...this.sizes()]);
    let bytes = 0;
    for (const size of all.values()) bytes += size;
    if (all.size > LIMITS.secrets) {
      throw new AppError('ERR_REQUEST_INVALID', `A config holds at most ${LIMITS.secrets} secrets.`);
    }
    if (bytes > LIMITS.configBytes) {
      throw new AppError('ERR_REQUEST_INVALID', `A config holds at most ${LIMITS.configBytes / 1024} KiB of values.`);
    }
  }

  sizes(): Map<string, number> {
    return new Map([...this.#secrets].map(([name, { size }]) => [name, size]));
  }
}

function draft(stored: StoredSecret): DraftSecret {
  const { id, name, visibility, valueType, isProtected, size } = stored;
  return { id, stored, name, visibility, valueType, isProtected, size, value: undefined };
}

function fresh(name: string): DraftSecret {
  const id = randomUUID();
  const unset = { visibility: 'masked', valueType: 'string', isProtected: false } as const;
  return { id, stored: undefined, name, ...unset, size: 0, value: undefined };
}
