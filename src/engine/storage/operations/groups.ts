// Store operations of groups and of who is in them.
import { AppError } from '#core/errors.js';
import type { AuditEvent } from '../audit-event.ts';
import { all, one, type ReadOperation, run, type Steps, type WriteOperation } from '../operation.ts';

export type GroupRow = {
  id: string;
  name: string;
  workplace_role: string;
  default_project_role: string | null;
  created_at: number;
};
type Key = { id: string };
type Page = { limit: number; offset: number };

const findGroup: ReadOperation<Key, GroupRow | undefined> = function* ({ id }) {
  return yield* one<GroupRow>('select * from people_groups where id = $1', id);
};

const listGroups: ReadOperation<Page & { name: string | null }, GroupRow[]> = function* ({ name, limit, offset }) {
  return yield* all<GroupRow>(
    `select * from people_groups where name = coalesce($1, name) order by name limit $2 offset $3`,
    name,
    limit,
    offset,
  );
};

const listGroupMembers: ReadOperation<Key & Page, { principal_id: string }[]> = function* ({ id, limit, offset }) {
  return yield* all<{ principal_id: string }>(
    'select principal_id from people_group_members where group_id = $1 order by principal_id limit $2 offset $3',
    id,
    limit,
    offset,
  );
};

const listGroupProjects: ReadOperation<Key, { project: string; role: string }[]> = function* ({ id }) {
  return yield* all<{ project: string; role: string }>(
    `select p.name as project, m.role from project_members m join projects p on p.id = m.project_id
     where m.type = 'group' and m.member_id = $1 order by p.name`,
    id,
  );
};

const isGroupMember: ReadOperation<Key & { principalId: string }, boolean> = function* ({ id, principalId }) {
  const found = yield* one(
    'select 1 as found from people_group_members where group_id = $1 and principal_id = $2',
    id,
    principalId,
  );
  return found !== undefined;
};

type Written = { group: GroupRow; event: AuditEvent };

function* refuseTakenName({ id, name }: GroupRow): Steps<void> {
  if (yield* one('select id from people_groups where name = $1 and id <> $2', name, id)) {
    throw new AppError('ERR_CONFLICT', 'There is a group of this name already.');
  }
}

const createGroup: WriteOperation<Written, void> = function* (context, { group, event }) {
  yield* refuseTakenName(group);
  yield* run(
    'insert into people_groups(id, name, workplace_role, default_project_role, created_at) values($1,$2,$3,$4,$5)',
    group.id,
    group.name,
    group.workplace_role,
    group.default_project_role,
    group.created_at,
  );
  yield* context.audit(event);
};

const updateGroup: WriteOperation<Written, void> = function* (context, { group, event }) {
  yield* refuseTakenName(group);
  yield* run(
    'update people_groups set name = $2, workplace_role = $3, default_project_role = $4 where id = $1',
    group.id,
    group.name,
    group.workplace_role,
    group.default_project_role,
  );
  yield* context.audit(event);
};

const deleteGroup: WriteOperation<Key & { event: AuditEvent }, void> = function* (context, { id, event }) {
  yield* run("delete from project_members where type = 'group' and member_id = $1", id);
  yield* run("delete from integration_members where type = 'group' and member_id = $1", id);
  yield* run('delete from people_groups where id = $1', id);
  yield* context.audit(event);
};

type MemberArgs = Key & { principalId: string; event: AuditEvent };

function* join(id: string, principalId: string): Steps<void> {
  const user = yield* one(
    "select id from principals where id = $1 and kind = 'user' and deleted_at is null",
    principalId,
  );
  if (!user) throw new AppError('ERR_NOT_FOUND', 'Could not find requested user');
  yield* run('insert into people_group_members(group_id, principal_id) values($1,$2)', id, principalId);
}

/** @throws AppError ERR_CONFLICT for who is in it already, ERR_NOT_FOUND */
const addGroupMember: WriteOperation<MemberArgs, void> = function* (context, { id, principalId, event }) {
  const sql = 'select 1 as found from people_group_members where group_id = $1 and principal_id = $2';
  if (yield* one(sql, id, principalId))
    throw new AppError('ERR_CONFLICT', 'The user is a member of the group already.');
  yield* join(id, principalId);
  yield* context.audit(event);
};

/** @throws AppError ERR_NOT_FOUND */
const removeGroupMember: WriteOperation<MemberArgs, void> = function* (context, { id, principalId, event }) {
  const gone = yield* one(
    'delete from people_group_members where group_id = $1 and principal_id = $2 returning group_id',
    id,
    principalId,
  );
  if (!gone) throw new AppError('ERR_NOT_FOUND', 'The user is not a member of the group.');
  yield* context.audit(event);
};

type SetArgs = Key & { principalIds: readonly string[]; event: AuditEvent };
const setGroupMembers: WriteOperation<SetArgs, void> = function* (context, { id, principalIds, event }) {
  yield* run('delete from people_group_members where group_id = $1', id);
  for (const principalId of new Set(principalIds)) yield* join(id, principalId);
  yield* context.audit(event);
};

export const groupReads = { findGroup, listGroups, listGroupMembers, listGroupProjects, isGroupMember };
export const groupWrites = {
  createGroup,
  updateGroup,
  deleteGroup,
  addGroupMember,
  removeGroupMember,
  setGroupMembers,
};
