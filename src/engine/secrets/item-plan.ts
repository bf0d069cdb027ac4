// What Phase's clients make of an environment's secrets, each known by its id: pure, a whole batch or nothing of it.
import { AppError } from '#core/errors.js';
import { isFolderPath, keyAt, ROOT_PATH, type Spot } from '#core/folder.js';
import type { Sensitive } from '#core/sensitive.js';
import type { Visibility } from '#core/visibility.js';
import { Draft, type DraftSecret, type More, type OwnOverride } from './draft.ts';
import { checkNote } from './notes.ts';
import { checkForm, type Plan, type Refuse } from './plan.ts';
import type { Snapshot } from './snapshot.ts';

/** contracts/phase.md 2.3; `name` is upper case and `path` normal by now. */
export type NewItem = {
  name: string;
  value: Sensitive;
  path: string;
  visibility: Visibility;
  comment?: string | undefined;
  tags?: readonly string[] | undefined;
  override?: OwnOverride | undefined;
};
/** contracts/phase.md 2.4: what is absent stays. */
export type ItemEdit = { id: string } & { [Field in keyof NewItem]?: NewItem[Field] | undefined };

/** What a plan must know of the caller and of the environment beside its secrets. */
export type Setting = {
  /** Names that leases of the environment's dynamic secrets have. */
  leased: ReadonlySet<string>;
  /** Whether an override is kept: for users alone (contracts/phase.md 2.3). */
  isUser: boolean;
  mayNote: boolean;
};

/** `ids`: of what was asked for, in that order. */
export type ItemPlan = Plan & { ids: readonly string[] };

/** @throws AppError ERR_REQUEST_INVALID, ERR_CONFLICT, ERR_ACCESS_DENIED */
export function planNew(snapshot: Snapshot, items: readonly NewItem[], setting: Setting): ItemPlan {
  const planning = new Planning(snapshot, setting, items.length);
  return planning.done(
    items.map((item, index) => {
      const { name, value, visibility, comment = '', tags, override } = item;
      const key = planning.freeKey(index, item);
      const change = { value: planning.text(index, name, value), visibility, valueType: 'string', isProtected: false };
      const { id } = planning.draft.put(key, { ...change, more: planning.more({ tags, override }) });
      // No comment is no wish: the name may have a note from elsewhere in the project.
      if (comment !== '') planning.comment(key, comment);
      return id;
    }),
  );
}

/** @throws AppError as `planNew`, and ERR_NOT_FOUND */
export function planEdits(snapshot: Snapshot, edits: readonly ItemEdit[], setting: Setting): ItemPlan {
  const planning = new Planning(snapshot, setting, edits.length);
  const ids = edits.map(({ id }) => id);
  if (new Set(ids).size < ids.length) throw new AppError('ERR_REQUEST_INVALID', 'A secret is named twice.');
  const found = new Map(planning.draft.all.map((secret) => [secret.id, secret]));
  for (const [index, edit] of edits.entries()) {
    const secret = found.get(edit.id);
    if (!secret) throw new AppError('ERR_NOT_FOUND', `Secret not found: ${edit.id}`);
    applyEdit(planning, index, { secret, edit });
  }
  return planning.done(ids);
}

function applyEdit(planning: Planning, index: number, { secret, edit }: { secret: DraftSecret; edit: ItemEdit }): void {
  const { comment, tags, override } = edit;
  const isSealed = secret.visibility === 'restricted';
  if (isSealed && edit.visibility !== undefined && edit.visibility !== 'restricted') {
    planning.refuse(index)('The type of a sealed secret stays what it is.');
  }
  const from = keyAt(secret);
  const to = { path: edit.path ?? secret.path, name: edit.name ?? secret.name };
  if (keyAt(to) !== from) planning.draft.rename(from, planning.freeKey(index, to));
  // Phase keeps the value of a sealed secret, whatever is sent (contracts/phase.md 2.4).
  const value = isSealed || !edit.value ? undefined : planning.text(index, to.name, edit.value);
  const visibility = edit.visibility ?? secret.visibility;
  const { valueType, isProtected } = secret;
  const more = { ...planning.more({ tags, override }), isEdit: true };
  planning.draft.put(keyAt(to), { value, visibility, valueType, isProtected, more });
  if (comment !== undefined) planning.comment(keyAt(to), comment);
  else if (keyAt(to) !== from) planning.carryComment(from, keyAt(to));
}

/** @throws AppError ERR_NOT_FOUND, naming the ids that there are not; ERR_REQUEST_INVALID for a protected secret */
export function planRemoval(snapshot: Snapshot, ids: readonly string[], isLenient: boolean): ItemPlan {
  const draft = wholeDraft(snapshot);
  const found = new Map(draft.all.map((secret) => [secret.id, secret]));
  const missing = ids.filter((id) => !found.has(id));
  if (missing.length > 0 && !isLenient) {
    throw new AppError('ERR_NOT_FOUND', `Secrets not found: ${missing.slice(0, MAX_NAMED).join(', ')}`);
  }
  const gone = [...new Set(ids)].flatMap((id) => found.get(id) ?? []);
  for (const secret of gone) {
    if (secret.isProtected) throw new AppError('ERR_REQUEST_INVALID', 'A secret is protected from deletion.');
    draft.remove(keyAt(secret));
  }
  return { own: draft, root: nothing(snapshot), ids: gone.map(({ id }) => id) };
}

const MAX_NAMED = 20;

class Planning {
  readonly draft: Draft;
  readonly #snapshot: Snapshot;
  readonly #setting: Setting;
  readonly #notes = new Map<string, string>();
  readonly #count: number;

  constructor(snapshot: Snapshot, setting: Setting, count: number) {
    this.draft = wholeDraft(snapshot);
    this.#snapshot = snapshot;
    this.#setting = setting;
    this.#count = count;
  }

  refuse(index: number): Refuse {
    return (why) => {
      throw new AppError('ERR_REQUEST_INVALID', `${this.#count > 1 ? `Secret ${index + 1}: ` : ''}${why}`);
    };
  }

  /** Where nothing lies yet and no lease will. */
  freeKey(index: number, spot: Spot): string {
    const refuse = this.refuse(index);
    checkForm({ name: spot.name }, refuse);
    if (!isFolderPath(spot.path)) refuse('There can be no folder of this path.');
    if (spot.path !== ROOT_PATH && this.#snapshot.place.rootConfigId !== null) {
      refuse('A branch config has no folders; they belong to its root config.');
    }
    const key = keyAt(spot);
    const isLeased = spot.path === ROOT_PATH && this.#setting.leased.has(spot.name);
    if (this.draft.get(key) || isLeased) throw new AppError('ERR_CONFLICT', 'Duplicate secret found');
    return key;
  }

  text(index: number, name: string, text: Sensitive) {
    checkForm({ name, value: text }, this.refuse(index));
    return { text, size: Buffer.byteLength(text.reveal()), dialect: 'phase' as const };
  }

  more({ tags, override }: Pick<NewItem, 'tags' | 'override'>): More {
    return { tags: tags && [...new Set(tags)].sort(), override: this.#setting.isUser ? override : undefined };
  }

  /** Comments are notes, which belong to the project and have a permission of their own. */
  comment(key: string, comment: string): void {
    checkNote(comment);
    if (comment === this.#snapshot.note(key)) return;
    if (this.#setting.mayNote) this.#notes.set(key, comment);
    // SDKs send an empty one with every update that says nothing of it.
    else if (comment !== '') throw new AppError('ERR_ACCESS_DENIED', 'This token may not write comments here.');
  }

  carryComment(from: string, to: string): void {
    const note = this.#snapshot.note(from);
    if (note !== '' && this.#setting.mayNote && this.#snapshot.note(to) === '') this.#notes.set(to, note);
  }

  done(ids: readonly string[]): ItemPlan {
    this.draft.checkLimits();
    this.draft.checkFolders();
    return { own: this.draft, root: nothing(this.#snapshot), notes: this.#notes, ids };
  }
}

function wholeDraft({ place, own, folders }: Snapshot): Draft {
  return new Draft(place.configId, new Map([...own, ...folders]));
}

/** A change by id touches the config itself alone. */
function nothing({ place }: Snapshot): Draft {
  return new Draft(place.rootConfigId ?? '', new Map());
}
