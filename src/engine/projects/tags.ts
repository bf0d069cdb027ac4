// Tags: names with a colour by which a workplace sorts its projects.
import type { Clock } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import { type Caller, done } from '../auth/caller.ts';
import type { Places } from '../auth/places.ts';
import type { TagRow } from '../storage/operations/tags.ts';
import type { Store } from '../storage/store.ts';

export type TagView = { slug: string; name: string; color: string; createdAt: number };

/** One to 32 characters that print, none of them at an end a space. */
const NAME = /^(?!\s)[^\p{C}]{1,32}(?<!\s)$/u;
const SLUG = /^[a-z0-9_]{1,32}$/;

export class Tags {
  readonly #parts: { store: Store; clock: Clock; places: Places };

  constructor(parts: { store: Store; clock: Clock; places: Places }) {
    this.#parts = parts;
  }

  /** By name. */
  async list(): Promise<TagView[]> {
    return (await this.#parts.store.read.listTags({})).map(view);
  }

  /** @throws AppError ERR_NOT_FOUND */
  async get(slug: string): Promise<TagView> {
    return view(await this.#row(slug));
  }

  /**
   * Without a slug it is the name in lower case, each run of other characters an underscore.
   * @throws AppError ERR_REQUEST_INVALID for a name or slug that is none, or taken, and for one tag too many
   */
  async create(caller: Caller, wanted: { name: string; color: string; slug?: string | undefined }): Promise<TagView> {
    const { name, color } = wanted;
    checkName(name);
    const slug = wanted.slug ?? name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');
    if (!SLUG.test(slug) || (wanted.slug === undefined && slug === '_')) {
      throw new AppError('ERR_REQUEST_INVALID', "A tag's slug has 1 to 32 lower-case letters, digits and underscores.");
    }
    const at = this.#parts.clock.now();
    const tag: TagRow = { slug, name, name_key: keyOf(name), color, created_at: at };
    await this.#parts.store.write.createTag({ tag, event: done(caller, at, 'tags.create', `tag:${slug}`) });
    return view(tag);
  }

  /** The slug stays. @throws AppError ERR_NOT_FOUND, ERR_REQUEST_INVALID */
  async update(
    caller: Caller,
    slug: string,
    wanted: { name?: string | undefined; color?: string | undefined },
  ): Promise<TagView> {
    const old = await this.#row(slug);
    const { name = old.name, color = old.color } = wanted;
    checkName(name);
    const event = done(caller, this.#parts.clock.now(), 'tags.update', `tag:${slug}`);
    await this.#parts.store.write.updateTag({ slug, name, name_key: keyOf(name), color, event });
    return view({ ...old, name, color });
  }

  /** @throws AppError ERR_NOT_FOUND, ERR_REQUEST_INVALID while a project wears it */
  async remove(caller: Caller, slug: string): Promise<void> {
    const event = done(caller, this.#parts.clock.now(), 'tags.delete', `tag:${slug.slice(0, 64)}`);
    await this.#parts.store.write.deleteTag({ slug, event });
  }

  async ofProject(project: string): Promise<TagView[]> {
    const { id: projectId } = await this.#parts.places.project(project);
    return (await this.#parts.store.read.listProjectTags({ projectId })).map(view);
  }

  /** @throws AppError ERR_NOT_FOUND, ERR_CONFLICT where the project wears it already */
  async assign(caller: Caller, project: string, slug: string): Promise<TagView> {
    const { id: projectId } = await this.#parts.places.project(project);
    const at = this.#parts.clock.now();
    const event = done(caller, at, 'tags.assign', `project:${projectId}`, { tag: slug.slice(0, 64) });
    await this.#parts.store.write.assignTag({ projectId, slug, at, event });
    return this.get(slug);
  }

  /** @throws AppError ERR_NOT_FOUND, ERR_REQUEST_INVALID where the project does not wear it */
  async unassign(caller: Caller, project: string, slug: string): Promise<void> {
    const { id: projectId } = await this.#parts.places.project(project);
    const at = this.#parts.clock.now();
    const event = done(caller, at, 'tags.unassign', `project:${projectId}`, { tag: slug.slice(0, 64) });
    await this.#parts.store.write.unassignTag({ projectId, slug, event });
  }

  async #row(slug: string): Promise<TagRow> {
    const row = await this.#parts.store.read.findTag({ slug });
    if (!row) throw new AppError('ERR_NOT_FOUND', 'Tag does not exist');
    return row;
  }
}

function checkName(name: string): void {
  if (!NAME.test(name)) throw new AppError('ERR_REQUEST_INVALID', "A tag's name has 1 to 32 printable characters.");
}

/** Names that differ in the case of letters only are one. */
function keyOf(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

function view({ slug, name, color, created_at: createdAt }: TagRow): TagView {
  return { slug, name, color, createdAt };
}
