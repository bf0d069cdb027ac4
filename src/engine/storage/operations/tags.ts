// Store operations of tags: those of the workplace, and which projects wear them.
import { AppError } from '#core/errors.js';
import type { AuditEvent } from '../audit-event.ts';
import { all, one, type ReadOperation, run, type Steps, type WriteOperation } from '../operation.ts';

/** `name_key` is the name in lower case: two names that differ in nothing else are one. */
export type TagRow = { slug: string; name: string; name_key: string; color: string; created_at: number };
type Slug = { slug: string };
type ProjectTag = { projectId: string; slug: string };

/** Of a workplace; a project, which wears each once, can have no more. */
const MAX_TAGS = 100;

const listTags: ReadOperation<Record<string, never>, TagRow[]> = function* () {
  return yield* all<TagRow>('select * from tags order by name_key, slug');
};

const findTag: ReadOperation<Slug, TagRow | undefined> = function* ({ slug }) {
  return yield* one<TagRow>('select * from tags where slug = $1', slug);
};

const listProjectTags: ReadOperation<{ projectId: string }, TagRow[]> = function* ({ projectId }) {
  return yield* all<TagRow>(
    `select t.* from tags t join project_tags p on p.tag = t.slug where p.project_id = $1
     order by t.name_key, t.slug`,
    projectId,
  );
};

function* refuseTakenName({ slug, name_key }: Pick<TagRow, 'slug' | 'name_key'>): Steps<void> {
  if (yield* one('select slug from tags where name_key = $1 and slug <> $2', name_key, slug)) {
    throw new AppError('ERR_REQUEST_INVALID', 'A tag with this name already exists.');
  }
}

function* requireTag(slug: string): Steps<TagRow> {
  const tag = yield* findTag({ slug });
  if (!tag) throw new AppError('ERR_NOT_FOUND', 'Tag does not exist');
  return tag;
}

const createTag: WriteOperation<{ tag: TagRow; event: AuditEvent }, void> = function* (context, { tag, event }) {
  yield* refuseTakenName(tag);
  if (yield* findTag(tag)) throw new AppError('ERR_REQUEST_INVALID', 'A tag with this slug already exists.');
  const found = yield* one<{ count: number }>('select count(*) as count from tags');
  if (Number(found?.count ?? 0) >= MAX_TAGS) {
    throw new AppError('ERR_REQUEST_INVALID', `Your workplace has reached its limit of ${MAX_TAGS} tags.`);
  }
  yield* run(
    'insert into tags(slug, name, name_key, color, created_at) values($1,$2,$3,$4,$5)',
    tag.slug,
    tag.name,
    tag.name_key,
    tag.color,
    tag.created_at,
  );
  yield* context.audit(event);
};

type TagUpdate = Omit<TagRow, 'created_at'> & { event: AuditEvent };
const updateTag: WriteOperation<TagUpdate, void> = function* (context, { slug, name, name_key, color, event }) {
  yield* requireTag(slug);
  yield* refuseTakenName({ slug, name_key });
  yield* run('update tags set name = $2, name_key = $3, color = $4 where slug = $1', slug, name, name_key, color);
  yield* context.audit(event);
};

/** @throws AppError ERR_NOT_FOUND, ERR_REQUEST_INVALID while a project wears it */
const deleteTag: WriteOperation<Slug & { event: AuditEvent }, void> = function* (context, { slug, event }) {
  yield* requireTag(slug);
  if (yield* one('select tag from project_tags where tag = $1 limit 1', slug)) {
    throw new AppError(
      'ERR_REQUEST_INVALID',
      'This tag cannot be deleted because it is assigned to one or more projects.',
    );
  }
  yield* run('delete from tags where slug = $1', slug);
  yield* context.audit(event);
};

function isWorn({ projectId, slug }: ProjectTag): Steps<{ tag: string } | undefined> {
  return one<{ tag: string }>('select tag from project_tags where project_id = $1 and tag = $2', projectId, slug);
}

/** @throws AppError ERR_NOT_FOUND, ERR_CONFLICT where the project wears it already */
const assignTag: WriteOperation<ProjectTag & { at: number; event: AuditEvent }, void> = function* (context, args) {
  const { projectId, slug, at, event } = args;
  yield* requireTag(slug);
  if (yield* isWorn(args)) throw new AppError('ERR_CONFLICT', 'This tag is already assigned to this project.');
  yield* run('insert into project_tags(project_id, tag, created_at) values($1,$2,$3)', projectId, slug, at);
  yield* context.audit(event);
};

/** @throws AppError ERR_NOT_FOUND, ERR_REQUEST_INVALID where the project does not wear it */
const unassignTag: WriteOperation<ProjectTag & { event: AuditEvent }, void> = function* (context, args) {
  yield* requireTag(args.slug);
  if (!(yield* isWorn(args))) {
    throw new AppError('ERR_REQUEST_INVALID', 'This tag is not assigned to this project.');
  }
  yield* run('delete from project_tags where project_id = $1 and tag = $2', args.projectId, args.slug);
  yield* context.audit(args.event);
};

export const tagReads = { listTags, findTag, listProjectTags };
export const tagWrites = { createTag, updateTag, deleteTag, assignTag, unassignTag };
