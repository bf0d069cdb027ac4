// Secrets that a client has sealed for their environment: opened, their digests checked, a whole batch or nothing of it.
import { setImmediate as turn } from 'node:timers/promises';
import { AppError } from '#core/errors.js';
import { ROOT_PATH } from '#core/folder.js';
import type { Sensitive } from '#core/sensitive.js';
import type { Visibility } from '#core/visibility.js';
import type { PhaseKeys } from './keys.ts';

type Override = { value: Sensitive; isActive: boolean };
type More = {
  keyDigest?: string | undefined;
  comment?: string | undefined;
  path?: string | undefined;
  tags?: readonly string[] | undefined;
  type?: Visibility | undefined;
  override?: Override | undefined;
};
/** As they come over the wire: `key`, `comment` and the values sealed. */
export type SealedAdded = More & { key: string; value: Sensitive };
export type SealedEdited = More & { id: string; key?: string | undefined; value?: Sensitive | undefined };

/** @throws AppError ERR_REQUEST_INVALID for what does not open, or a digest of another name */
export async function openAdded(keys: PhaseKeys, environmentId: string, sealed: readonly SealedAdded[]) {
  const opener = new Opener(keys, environmentId);
  const items = [];
  for (const { key, value, path, type, ...more } of sealed) {
    const name = opener.name(key, more.keyDigest);
    const opened = { name, value: opener.value(value), ...opener.more(more) };
    items.push({ ...opened, path: path ?? ROOT_PATH, visibility: type ?? ('masked' as const) });
    await turn();
  }
  return items;
}

/** @throws AppError as `openAdded` */
export async function openEdited(keys: PhaseKeys, environmentId: string, sealed: readonly SealedEdited[]) {
  const opener = new Opener(keys, environmentId);
  const edits = [];
  for (const { id, key, value, path, type, ...more } of sealed) {
    const name = key === undefined ? undefined : opener.name(key, more.keyDigest);
    edits.push({ id, name, value: value && opener.value(value), path, visibility: type, ...opener.more(more) });
    // Each text costs a key exchange: others take their turn in between.
    await turn();
  }
  return edits;
}

class Opener {
  readonly #open: (sealed: string) => Sensitive;
  readonly #isDigest: (name: string, digest: string) => boolean;

  constructor(keys: PhaseKeys, environmentId: string) {
    this.#open = keys.openerForEnvironment(environmentId);
    this.#isDigest = (name, digest) => keys.isDigest(environmentId, name, digest);
  }

  name(sealed: string, digest: string | undefined): string {
    const name = this.#open(sealed).reveal();
    if (name === '') throw new AppError('ERR_REQUEST_INVALID', "Each secret requires a non-empty 'key'.");
    if (digest !== undefined && !this.#isDigest(name, digest)) {
      throw new AppError('ERR_REQUEST_INVALID', "A 'keyDigest' is not that of its key in this environment.");
    }
    return name.toUpperCase();
  }

  value(sealed: Sensitive): Sensitive {
    return this.#open(sealed.reveal());
  }

  more({ comment, tags, override }: More) {
    return {
      tags,
      comment: comment === undefined ? undefined : this.#open(comment).reveal(),
      override: override && { value: this.value(override.value), isActive: override.isActive },
    };
  }
}
