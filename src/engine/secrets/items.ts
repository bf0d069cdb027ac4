// Secrets as Phase's clients know them: by id, folder and tag; read, added, edited and removed in whole batches.
import { AppError } from '#core/errors.js';
import type { Sensitive } from '#core/sensitive.js';
import type { Visibility } from '#core/visibility.js';
import type { Caller } from '../auth/caller.ts';
import { may } from '../auth/permissions.ts';
import type { Place } from '../auth/places.ts';
import type { SecretChanges } from './changes.ts';
import { type SecretView, viewSecrets } from './computed.ts';
import {
  type ItemEdit,
  type ItemPlan,
  type NewItem,
  planEdits,
  planNew,
  planRemoval,
  type Setting,
} from './item-plan.ts';
import { audit, type SecretParts, sightOf, snapshotOf } from './parts.ts';
import { foundAt, type Snapshot, type StoredSecret } from './snapshot.ts';

export type Override = { id: string; value: Sensitive; isActive: boolean; createdAt: number; updatedAt: number };

/** `value` is null where the reader may not have it: an item that he has just written, and nothing else. */
export type Item = {
  id: string;
  name: string;
  path: string;
  value: Sensitive | null;
  /** Of what is shown: of the resolved value the strictest along its references. */
  visibility: Visibility;
  note: string;
  tags: readonly string[];
  /** The reader's own; nobody else sees it. */
  override: Override | null;
  version: number;
  createdAt: number;
  updatedAt: number;
};

export type ItemQuery = {
  /** Undefined: the whole environment; a folder is not what lies below it. */
  path?: string | undefined;
  /** Undefined: any name. Who names a secret is told where he may not read it. */
  isNamed?: ((name: string) => boolean) | undefined;
  /** Secrets with one of them; none given: all. */
  tags?: readonly string[] | undefined;
  /** Texts of this dialect as they were written: the reader resolves their references himself. */
  isRaw?: boolean | undefined;
};

export class Items {
  readonly #parts: SecretParts;
  readonly #changes: SecretChanges;

  constructor(parts: SecretParts, changes: SecretChanges) {
    this.#parts = parts;
    this.#changes = changes;
  }

  /**
   * Sorted by folder and name; what the caller may not have is left out, unless it was asked for by its name.
   * @throws AppError ERR_ACCESS_DENIED, audited, for a restricted secret that a user's token names
   */
  async read(caller: Caller, place: Place, query: ItemQuery): Promise<Item[]> {
    const snapshot = await snapshotOf(this.#parts, place);
    // A set: thousands of tags may be asked for, of thousands of secrets.
    const wanted = { ...query, tags: new Set(query.tags) };
    const keys = keysOf(snapshot).filter((key) => isWanted(foundAt(snapshot.scope, key)?.secret, wanted));
    const all = await this.#show(caller, snapshot, keys, query.isRaw ?? false);
    const shown = all.filter(({ value }) => value !== null);
    const isRefused = query.isNamed !== undefined && shown.length < all.length;
    const detail = { count: shown.length, values: !isRefused };
    await audit(this.#parts, caller, { action: 'secrets.list', place, detail, outcome: isRefused ? 'denied' : 'ok' });
    if (!isRefused) return shown;
    throw new AppError('ERR_ACCESS_DENIED', 'This secret is restricted, and a token of a user may not read it.', {
      hint: 'Use a service account.',
    });
  }

  /** @returns what was added, in the order of the request. @throws AppError as `planNew` */
  add(caller: Caller, place: Place, items: readonly NewItem[], leased: readonly string[]): Promise<Item[]> {
    const setting = settingOf(caller, place, leased);
    return this.#change(caller, place, (snapshot) => planNew(snapshot, items, setting));
  }

  /** @returns what was changed, in the order of the request. @throws AppError as `planEdits` */
  edit(caller: Caller, place: Place, edits: readonly ItemEdit[], leased: readonly string[]): Promise<Item[]> {
    const setting = settingOf(caller, place, leased);
    return this.#change(caller, place, (snapshot) => planEdits(snapshot, edits, setting));
  }

  /** @returns how many are gone. @throws AppError ERR_NOT_FOUND where one is not there, unless `isLenient` */
  async remove(caller: Caller, place: Place, ids: readonly string[], isLenient = false): Promise<number> {
    let removed = 0;
    await this.#changes.apply(caller, place, (snapshot) => {
      const plan = planRemoval(snapshot, ids, isLenient);
      removed = plan.ids.length;
      return plan;
    });
    return removed;
  }

  async #change(caller: Caller, place: Place, plan: (snapshot: Snapshot) => ItemPlan): Promise<Item[]> {
    let ids: readonly string[] = [];
    await this.#changes.apply(caller, place, (snapshot) => {
      const planned = plan(snapshot);
      ({ ids } = planned);
      return planned;
    });
    const snapshot = await snapshotOf(this.#parts, place);
    const byId = new Map(keysOf(snapshot).map((key) => [foundAt(snapshot.scope, key)?.secret.id, key]));
    const keys = ids.flatMap((id) => byId.get(id) ?? []);
    const items = await this.#show(caller, snapshot, keys, false);
    const detail = { count: items.length, values: items.some(({ value }) => value !== null) };
    await audit(this.#parts, caller, { action: 'secrets.list', place, detail });
    return items;
  }

  async #show(caller: Caller, snapshot: Snapshot, keys: readonly string[], isRaw: boolean): Promise<Item[]> {
    const overrides = await this.#overrides(caller, snapshot.place);
    return viewSecrets(snapshot, keys, sightOf(caller, snapshot.place)).flatMap((view) => {
      const secret = foundAt(snapshot.scope, view.name)?.secret;
      if (!secret) return [];
      const { id, name, path, tags, createdAt, updatedAt } = secret;
      const version = secret.version + secret.edits;
      const override = overrides.get(id) ?? null;
      const shown = isRaw && secret.dialect === 'phase' ? rawOf(view) : computedOf(view);
      return [{ ...shown, id, name, path, tags, override, version, createdAt, updatedAt, note: view.note }];
    });
  }

  async #overrides({ isUser, principalId }: Caller, { configId }: Place): Promise<Map<string, Override>> {
    const { store, sealing } = this.#parts;
    const rows = isUser ? await store.read.listOverrides({ configId, principalId }) : [];
    return new Map(
      rows.map((row) => {
        const { id, secret_id, active, created_at: createdAt, updated_at: updatedAt } = row;
        return [secret_id, { id, value: sealing.openOverride(row), isActive: active !== 0, createdAt, updatedAt }];
      }),
    );
  }
}

const rawOf = ({ raw, rawVisibility }: SecretView) => ({ value: raw, visibility: rawVisibility });
const computedOf = ({ computed, computedVisibility }: SecretView) => ({
  value: computed,
  visibility: computedVisibility,
});

/** What lies in no folder, inherited secrets among it, then the config's own folders. */
function keysOf(snapshot: Snapshot): string[] {
  return [...snapshot.names(false), ...[...snapshot.folders.keys()].sort()];
}

type Wanted = Pick<ItemQuery, 'path' | 'isNamed'> & { tags: ReadonlySet<string> };

function isWanted(secret: StoredSecret | undefined, { path, isNamed, tags }: Wanted): boolean {
  if (!secret) return false;
  if (path !== undefined && secret.path !== path) return false;
  if (isNamed && !isNamed(secret.name)) return false;
  return tags.size === 0 || secret.tags.some((tag) => tags.has(tag));
}

function settingOf(caller: Caller, place: Place, leased: readonly string[]): Setting {
  const mayNote = may(caller, 'secrets.notes', { projectId: place.projectId });
  return { leased: new Set(leased), isUser: caller.isUser, mayNote };
}
