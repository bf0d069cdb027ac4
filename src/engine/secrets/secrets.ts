// Secrets of a config read: listed, got, named, downloaded; with an audit row before the answer and a tag for the next.
import { AppError } from '#core/errors.js';
import type { Sensitive } from '#core/sensitive.js';
import type { Visibility } from '#core/visibility.js';
import type { Caller } from '../auth/caller.ts';
import type { Place } from '../auth/places.ts';
import { type SecretView, type Selection, type Sight, selectNames, viewSecrets } from './computed.ts';
import { audit, sightOf, type SecretParts, snapshotOf } from './parts.ts';
import type { Snapshot } from './snapshot.ts';

/** How a caller asks again: the question as text, and whether it holds the answer of a tag already. */
export type Tagging = { variant: string; holds(etag: string): boolean };

/** `value` is absent where the caller holds it already; then nothing was opened and nothing is audited. */
export type Tagged<Value> = { etag: string; value?: Value };

/** A secret without its values. */
export type SecretMeta = {
  name: string;
  version: number;
  visibility: Visibility;
  valueType: string;
  note: string;
  isProtected: boolean;
  /** Whether the config itself holds it, and not its root or a config that it inherits. */
  isOwn: boolean;
};

export class Secrets {
  readonly #parts: SecretParts;

  constructor(parts: SecretParts) {
    this.#parts = parts;
  }

  /** With values where the caller may have them, else with nulls. */
  async list(
    caller: Caller,
    place: Place,
    selection: Selection & { rawOnly?: boolean | undefined },
    tagging: Tagging = UNTAGGED,
  ): Promise<Tagged<SecretView[]>> {
    const snapshot = await snapshotOf(this.#parts, place);
    const sight = sightOf(caller, place);
    const etag = this.#etag(snapshot, { caller, sight, tagging });
    if (tagging.holds(etag)) return { etag };
    const secrets = viewSecrets(snapshot, selectNames(snapshot, selection), sight);
    const detail = { count: secrets.length, values: sight.values };
    await audit(this.#parts, caller, { action: 'secrets.list', place, detail });
    return { etag, value: selection.rawOnly ? secrets.map((one) => ({ ...one, computed: null })) : secrets };
  }

  /** `secret` is undefined where there is none of this name. */
  async get(
    caller: Caller,
    place: Place,
    name: string,
    tagging: Tagging = UNTAGGED,
  ): Promise<Tagged<{ secret: SecretView | undefined }>> {
    const snapshot = await snapshotOf(this.#parts, place);
    const sight = sightOf(caller, place);
    const etag = this.#etag(snapshot, { caller, sight, tagging });
    if (tagging.holds(etag)) return { etag };
    const names = selectNames(snapshot, { names: [name], includeManaged: true });
    const [secret] = viewSecrets(snapshot, names, sight);
    const id = snapshot.scope.secrets.get(name)?.secret.id ?? null;
    const detail = { secret: id, values: sight.values && secret !== undefined };
    await audit(this.#parts, caller, { action: 'secrets.get', place, detail });
    return { etag, value: { secret } };
  }

  /** Names alone; no value is opened. */
  async names(place: Place, selection: Selection): Promise<readonly string[]> {
    return selectNames(await snapshotOf(this.#parts, place), selection);
  }

  /** What is known of the secrets without opening one; managed names are not among them. */
  async metadata(place: Place, selection: Omit<Selection, 'includeManaged'>): Promise<SecretMeta[]> {
    const snapshot = await snapshotOf(this.#parts, place);
    return selectNames(snapshot, { ...selection, includeManaged: false }).flatMap((name) => {
      const secret = snapshot.scope.secrets.get(name)?.secret;
      if (!secret) return [];
      const { version, visibility, valueType, isProtected } = secret;
      const isOwn = secret.configId === place.configId;
      return [{ name, version, visibility, valueType, isProtected, isOwn, note: snapshot.note(name) }];
    });
  }

  /**
   * Computed values, sorted by name.
   * @throws AppError ERR_ACCESS_DENIED, audited, for a user's token when a selected value is restricted
   */
  async download(
    caller: Caller,
    place: Place,
    selection: Selection,
    tagging: Tagging = UNTAGGED,
  ): Promise<Tagged<Map<string, Sensitive>>> {
    const snapshot = await snapshotOf(this.#parts, place);
    const sight = sightOf(caller, place);
    const etag = this.#etag(snapshot, { caller, sight, tagging });
    if (tagging.holds(etag)) return { etag };
    const secrets = viewSecrets(snapshot, selectNames(snapshot, selection), sight);
    const isRefused = secrets.some(({ computed }) => computed === null);
    const detail = { count: secrets.length, values: !isRefused };
    const outcome = isRefused ? 'denied' : 'ok';
    await audit(this.#parts, caller, { action: 'secrets.download', place, detail, outcome });
    if (isRefused) {
      throw new AppError(
        'ERR_ACCESS_DENIED',
        'This config has restricted secrets, which this token may not download.',
        {
          hint: 'Use a service token of the config, or name the secrets that you need.',
        },
      );
    }
    return { etag, value: new Map(secrets.flatMap(({ name, computed }) => (computed ? [[name, computed]] : []))) };
  }

  /** Of what is asked, of everything that it is answered from, and of what kind of caller is shown. */
  #etag(snapshot: Snapshot, { caller, sight, tagging }: { caller: Caller; sight: Sight; tagging: Tagging }): string {
    const who = [caller.kind, sight.values, sight.restricted];
    return this.#parts.sealing.etag(JSON.stringify([snapshot.fingerprint, who, tagging.variant]));
  }
}

const UNTAGGED: Tagging = { variant: '', holds: () => false };
