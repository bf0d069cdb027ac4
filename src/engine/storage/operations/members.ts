// Store operations of a project's members: users, groups and service accounts with a role and their environments.
import { AppError } from '#core/errors.js';
import type { AuditEvent } from '../audit-event.ts';
import { all, one, type ReadOperation, run, type Steps, type WriteOperation } from '../operation.ts';

export type MemberType = 'workplace_user' | 'group' | 'service_account';
export type MemberKey = { project_id: string; type: MemberType; member_id: string };
/** `environments`: a JSON list of ids; null: all. */
export type MemberRow = MemberKey & { role: string; environments: string | null; created_at: number };

type Page = { projectId: string; limit: number; offset: number };
const listMembers: ReadOperation<Page, MemberRow[]> = function* ({ projectId, limit, offset }) {
  return yield* all<MemberRow>(
    'select * from project_members where project_id = $1 order by created_at, type, member_id limit $2 offset $3',
    projectId,
    limit,
    offset,
  );
};

const findMember: ReadOperation<MemberKey, MemberRow | undefined> = function* ({ project_id, type, member_id }) {
  return yield* one<MemberRow>(
    'select * from project_members where project_id = $1 and type = $2 and member_id = $3',
    project_id,
    type,
    member_id,
  );
};

/** The row alone, for whoever writes it with something else. */
export function* insertMember(member: MemberRow): Steps<void> {
  yield* run(
    'insert into project_members(project_id, type, member_id, role, environments, created_at) values($1,$2,$3,$4,$5,$6)',
    member.project_id,
    member.type,
    member.member_id,
    member.role,
    member.environments,
    member.created_at,
  );
}

const WHO: Readonly<Record<MemberType, string>> = {
  workplace_user: "select id from principals where id = $1 and kind = 'user' and deleted_at is null",
  service_account:
    "select id from principals where id = $1 and kind = 'service_account' and builtin = 0 and deleted_at is null",
  group: 'select id from people_groups where id = $1',
};

/** @throws AppError ERR_NOT_FOUND without such an account or group */
export function* requireMember(type: MemberType, id: string): Steps<void> {
  if (!(yield* one(WHO[type], id))) throw new AppError('ERR_NOT_FOUND', `Could not find requested ${type}`);
}

/** @throws AppError ERR_NOT_FOUND without the member, ERR_CONFLICT where it is one already */
const addMember: WriteOperation<{ member: MemberRow; event: AuditEvent }, void> = function* (context, args) {
  const { member, event } = args;
  yield* requireMember(member.type, member.member_id);
  if (yield* findMember(member)) throw new AppError('ERR_CONFLICT', 'It is a member of the project already.');
  yield* insertMember(member);
  yield* context.audit(event);
};

const updateMember: WriteOperation<{ member: MemberRow; event: AuditEvent }, void> = function* (context, args) {
  const { project_id, type, member_id, role, environments } = args.member;
  yield* run(
    `update project_members set role = $4, environments = $5
     where project_id = $1 and type = $2 and member_id = $3`,
    project_id,
    type,
    member_id,
    role,
    environments,
  );
  yield* context.audit(args.event);
};

/** @throws AppError ERR_NOT_FOUND */
const removeMember: WriteOperation<{ member: MemberKey; event: AuditEvent }, void> = function* (context, args) {
  const { project_id, type, member_id } = args.member;
  const gone = yield* one(
    'delete from project_members where project_id = $1 and type = $2 and member_id = $3 returning role',
    project_id,
    type,
    member_id,
  );
  if (!gone) throw new AppError('ERR_NOT_FOUND', 'Could not find requested member');
  yield* context.audit(args.event);
};

const listMemberships: ReadOperation<Pick<MemberKey, 'type' | 'member_id'>, MemberRow[]> = function* (args) {
  return yield* all<MemberRow>(
    'select * from project_members where type = $1 and member_id = $2 order by created_at, project_id',
    args.type,
    args.member_id,
  );
};

type Memberships = Pick<MemberKey, 'type' | 'member_id'> & { members: readonly MemberRow[]; event: AuditEvent };

/** Exactly these projects from now on. @throws AppError ERR_NOT_FOUND without the member */
const setMemberships: WriteOperation<Memberships, void> = function* (context, { type, member_id, members, event }) {
  yield* requireMember(type, member_id);
  yield* run('delete from project_members where type = $1 and member_id = $2', type, member_id);
  for (const member of members) yield* insertMember({ ...member, type, member_id });
  yield* context.audit(event);
};

export const memberReads = { listMembers, findMember, listMemberships };
export const memberWrites = { addMember, updateMember, removeMember, setMemberships };
