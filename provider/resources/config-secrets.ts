// The secrets of the configs that one run touches: one list per config, values compared and changed many at a time.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Clock } from '#core/clock.js';
import { AppError, asAppError } from '#core/errors.js';
import type { Sensitive } from '#core/sensitive.js';
import type { ConfigPlace, ManagementClient, SecretChange, SecretDeletion, SecretMeta } from '#client/management.js';
import { Coalescing } from './coalescing.ts';

export type Metadata = ReadonlyMap<string, SecretMeta>;
/** How work reaches the far side, by permission to read or to write. */
export type Asking = <T>(work: (engine: ManagementClient) => Promise<T>) => Promise<T>;
type Change = SecretChange | SecretDeletion;
type Value = { name: string; value: Sensitive };

/** The engine compares no more at once; change sets of that size stay far below its limits too. */
const AT_ONCE = 100;

export class ConfigSecrets {
  readonly #read: Asking;
  readonly #write: Asking;
  readonly #lists = new Map<string, Promise<Metadata>>();
  readonly #compares: Coalescing<Value, boolean | undefined>;
  readonly #changes: Coalescing<Change, SecretMeta | AppError | undefined>;

  constructor({ read, write, clock }: { read: Asking; write: Asking; clock: Clock }) {
    this.#read = read;
    this.#write = write;
    this.#compares = new Coalescing({ clock, most: AT_ONCE, run: (key, values) => this.#compareAll(key, values) });
    this.#changes = new Coalescing({ clock, most: AT_ONCE, run: (key, changes) => this.#changeAll(key, changes) });
  }

  /** What the config holds: one request for all who ask, and another one after a change. */
  metadata(place: ConfigPlace, signal?: AbortSignal): Promise<Metadata> {
    const key = keyOf(place);
    const asked = this.#lists.get(key) ?? this.#read((engine) => engine.secretMetadata(place, signal));
    this.#lists.set(key, asked);
    asked.catch(() => this.#lists.delete(key));
    return asked;
  }

  /** Whether `value` is the stored one; undefined where that cannot be found out. A secret that is not there is unequal. */
  isStored(place: ConfigPlace, name: string, value: Sensitive): Promise<boolean | undefined> {
    return this.#compares.add(keyOf(place), { name, value });
  }

  /**
   * Applied together with other changes of the config, all or none.
   * @returns what the config holds under the name now
   * @throws AppError that is about this change
   */
  async change(place: ConfigPlace, change: Change): Promise<SecretMeta | undefined> {
    const changed = await this.#changes.add(keyOf(place), change);
    if (changed instanceof AppError) throw changed;
    return changed;
  }

  async #compareAll(key: string, values: readonly Value[]): Promise<(boolean | undefined)[]> {
    const place = placeOf(key);
    const wanted = new Map(values.map(({ name, value }) => [name, value]));
    const found = await this.#read((engine) => engine.compareSecrets(place, wanted)).catch(advised);
    if (found) return values.map(({ name }) => found.get(name)?.equal ?? false);
    const listed = await this.metadata(place);
    return values.map(({ name, value }) => {
      const secret = listed.get(name);
      if (!secret) return false;
      return secret.raw === undefined ? undefined : isSame(secret.raw, value);
    });
  }

  /** The list that tells the new versions is asked for once, and before anybody goes on: then all go on together. */
  async #changeAll(key: string, changes: readonly Change[]): Promise<(SecretMeta | AppError | undefined)[]> {
    const failures = new Map<Change, AppError>();
    for (const set of sets(changes)) await this.#applySet(placeOf(key), set, failures);
    this.#lists.delete(key);
    const isTold = changes.some((change) => !('isDeletion' in change) && !failures.has(change));
    const found: Metadata = isTold ? await this.metadata(placeOf(key)).catch(() => new Map()) : new Map();
    return changes.map((change) => failures.get(change) ?? found.get(change.name));
  }

  /** One refused change refuses the whole set: then each is tried alone, so that only the guilty one fails. */
  async #applySet(place: ConfigPlace, set: readonly Change[], failures: Map<Change, AppError>): Promise<void> {
    try {
      await this.#write((engine) => engine.changeSecrets(place, set));
    } catch (error) {
      const failure = asAppError(error);
      if (set.length > 1 && failure.code === 'ERR_REQUEST_INVALID') {
        for (const change of set) await this.#applySet(place, [change], failures);
      } else for (const change of set) failures.set(change, failure);
    }
  }
}

/** Sets in which no name stands twice: what two changes of one name would make of it depends on their order. */
function sets(changes: readonly Change[]): Change[][] {
  const all: Change[][] = [];
  const taken: Set<string>[] = [];
  for (const change of changes) {
    const names = [change.name, ...('from' in change && change.from !== undefined ? [change.from] : [])];
    const last = taken.findLastIndex((held) => names.some((name) => held.has(name)));
    const at = last + 1;
    (all[at] ??= []).push(change);
    taken[at] = new Set([...(taken[at] ?? []), ...names]);
  }
  return all;
}

function advised(error: unknown): never {
  const failure = asAppError(error);
  if (failure.code !== 'ERR_RATE_LIMITED') throw failure;
  throw new AppError('ERR_RATE_LIMITED', 'The engine compares no more values for now.', {
    hint: 'Set value_wo_version, and change it with the value: then nothing has to be compared.',
  });
}

/** Over digests, so that the time it takes says nothing of the values. */
function isSame(one: Sensitive, other: Sensitive): boolean {
  const digest = (value: Sensitive) => createHash('sha256').update(value.reveal()).digest();
  return timingSafeEqual(digest(one), digest(other));
}

/** No name of a project or config holds a slash. */
function keyOf({ project, config }: ConfigPlace): string {
  return `${project}/${config}`;
}

function placeOf(key: string): ConfigPlace {
  const [project = '', config = ''] = key.split('/');
  return { project, config };
}
