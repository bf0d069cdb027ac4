// Store operations of custom roles, of the workplace and of projects.
import { AppError } from '#core/errors.js';
import type { AuditEvent } from '../audit-event.ts';
import { all, one, type ReadOperation, run, type WriteOperation } from '../operation.ts';

type RoleKey = { scope: 'workplace' | 'project'; identifier: string };
/** `permissions`: a JSON list. */
export type RoleRow = RoleKey & { name: string; permissions: string; created_at: number };

const listRoles: ReadOperation<{ scope: string }, RoleRow[]> = function* ({ scope }) {
  return yield* all<RoleRow>('select * from roles where scope = $1 order by identifier', scope);
};

const findRole: ReadOperation<RoleKey, RoleRow | undefined> = function* ({ scope, identifier }) {
  return yield* one<RoleRow>('select * from roles where scope = $1 and identifier = $2', scope, identifier);
};

type Written = { role: RoleRow; event: AuditEvent };

/** @throws AppError ERR_CONFLICT */
const createRole: WriteOperation<Written, void> = function* (context, { role, event }) {
  if (yield* findRole(role)) throw new AppError('ERR_CONFLICT', 'There is a role of this name already.');
  yield* run(
    'insert into roles(scope, identifier, name, permissions, created_at) values($1,$2,$3,$4,$5)',
    role.scope,
    role.identifier,
    role.name,
    role.permissions,
    role.created_at,
  );
  yield* context.audit(event);
};

const updateRole: WriteOperation<Written, void> = function* (context, { role, event }) {
  yield* run(
    'update roles set name = $3, permissions = $4 where scope = $1 and identifier = $2',
    role.scope,
    role.identifier,
    role.name,
    role.permissions,
  );
  yield* context.audit(event);
};

const USES = {
  workplace: `select 1 as used from accounts where role = $1
    union all select 1 from people_groups where workplace_role = $1`,
  project: `select 1 as used from project_members where role = $1
    union all select 1 from people_groups where default_project_role = $1`,
} as const;

/** @throws AppError ERR_CONFLICT while somebody has it, who would else lose what he has without a word */
const deleteRole: WriteOperation<RoleKey & { event: AuditEvent }, void> = function* (context, args) {
  const { scope, identifier, event } = args;
  if (yield* one(USES[scope], identifier)) throw new AppError('ERR_CONFLICT', 'The role is in use.');
  yield* run('delete from roles where scope = $1 and identifier = $2', scope, identifier);
  yield* context.audit(event);
};

export const roleReads = { listRoles, findRole };
export const roleWrites = { createRole, updateRole, deleteRole };
