// One config being changed in memory: what becomes of each secret, and whether the limits still hold.
import { randomUUID } from 'node:crypto';
import { AppError } from '#core/errors.js';
import type { Sensitive } from '#core/sensitive.js';
import type { Visibility } from '#core/visibility.js';
import { ROOT_PATH, spotOf } from '#core/folder.js';
import type { StoredSecret, StoredSecrets } from './snapshot.ts';

/** All of an environment together: what one answer is made of stays within bounds. */
const FOLDERS = { folderSecrets: 5000, folderBytes: 2 * 1024 * 1024 };
/** contracts/doppler.md 2.16. */
export const LIMITS = { valueBytes: 50 * 1024, secrets: 1200, configBytes: 500 * 1024, ...FOLDERS } as const;

/** The version that a value was copied from; its references go along with it, and none is added. */
export type Origin = { secretId: string; version: number; dialect: string };
/** A value to be written; without an origin it is a text that its writer has just given, in his dialect. */
export type NewValue = { text: Sensitive; origin?: Origin | undefined; dialect?: 'phase' | undefined };

/** The dialect that its references are written in. */
export function dialectOf({ origin, dialect }: NewValue): string {
  return origin?.dialect ?? dialect ?? 'doppler';
}
/** What its writer, a user, puts over a secret for himself. */
export type OwnOverride = { value: Sensitive; isActive: boolean };

export type DraftSecret = {
  readonly id: string;
  /** What is stored of it now; undefined for a new one. */
  readonly stored: StoredSecret | undefined;
  path: string;
  name: string;
  visibility: Visibility;
  valueType: string;
  size: number;
  isProtected: boolean;
  /** The new value; undefined keeps the stored one. */
  value: NewValue | undefined;
  more: More;
};

/** What only Phase's clients change; undefined keeps it. `isEdit`: the change counts, whatever it changes. */
export type More = {
  tags?: readonly string[] | undefined;
  override?: OwnOverride | undefined;
  isEdit?: boolean | undefined;
};

export type Change = {
  value: (NewValue & { size: number }) | undefined;
  visibility: Visibility;
  valueType: string;
  isProtected: boolean;
  more?: More | undefined;
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
  put(key: string, { value, visibility, valueType, isProtected, more = {} }: Change): DraftSecret {
    const secret = this.#secrets.get(key) ?? fresh(key);
    secret.more = more;
    secret.visibility = visibility;
    secret.valueType = valueType;
    secret.isProtected = isProtected;
    if (value) {
      secret.value = { text: value.text, origin: value.origin, dialect: value.dialect };
      secret.size = value.size;
    }
    this.#secrets.set(key, secret);
    this.#touched.add(secret);
    return secret;
  }

  rename(from: string, to: string): void {
    const secret = this.#secrets.get(from);
    if (!secret) return;
    this.#secrets.delete(from);
    Object.assign(secret, spotOf(to));
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

  /** Every secret that there will be. */
  get all(): readonly DraftSecret[] {
    return [...this.#secrets.values()];
  }

  get deleted(): readonly StoredSecret[] {
    return this.#deleted;
  }

  /** @throws AppError ERR_REQUEST_INVALID when the config, `below` included, would be over its limits */
  checkLimits(below?: Draft): void {
    check('A config holds', new Map([...(below?.sizes() ?? []), ...this.sizes()]), LIMITS.secrets, LIMITS.configBytes);
  }

  /** @throws AppError ERR_REQUEST_INVALID when the folders hold more than they may */
  checkFolders(): void {
    const inFolders = new Map(this.#sizesWhere((path) => path !== ROOT_PATH));
    check('The folders of an environment hold', inFolders, LIMITS.folderSecrets, LIMITS.folderBytes);
  }

  /** Of what lies in no folder. */
  sizes(): Map<string, number> {
    return new Map(this.#sizesWhere((path) => path === ROOT_PATH));
  }

  #sizesWhere(isWanted: (path: string) => boolean): [string, number][] {
    return [...this.#secrets].flatMap(([key, { path, size }]) => (isWanted(path) ? [[key, size]] : []));
  }
}

function draft(stored: StoredSecret): DraftSecret {
  const { id, path, name, visibility, valueType, isProtected, size } = stored;
  return { id, stored, path, name, visibility, valueType, isProtected, size, value: undefined, more: {} };
}

function check(what: string, sizes: ReadonlyMap<string, number>, most: number, mostBytes: number): void {
  let bytes = 0;
  for (const size of sizes.values()) bytes += size;
  if (sizes.size > most) throw new AppError('ERR_REQUEST_INVALID', `${what} at most ${most} secrets.`);
  if (bytes > mostBytes) {
    throw new AppError('ERR_REQUEST_INVALID', `${what} at most ${mostBytes / 1024} KiB of values.`);
  }
}

function fresh(key: string): DraftSecret {
  const id = randomUUID();
  const unset = { visibility: 'masked', valueType: 'string', isProtected: false } as const;
  return { id, stored: undefined, ...spotOf(key), ...unset, size: 0, value: undefined, more: {} };
}
