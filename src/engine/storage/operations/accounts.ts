// Store operations of accounts: the users and service accounts of the workplace, and their end.
import { AppError } from '#core/errors.js';
import type { AuditEvent } from '../audit-event.ts';
import { checkCount, type CountLimit } from './configs.ts';
import { LIVE } from './lease-rows.ts';
import { all, one, type ReadOperation, run, type Steps, type WriteOperation } from '../operation.ts';

export type AccountKind = 'user' | 'service_account';

/** `role` or `permissions` (a JSON list), never both. */
export type AccountRow = {
  id: string;
  kind: AccountKind;
  name: string;
  email: string | null;
  role: string | null;
  permissions: string | null;
  created_at: number;
};

const SELECT = `select p.id, p.kind, p.name, a.email, a.role, a.permissions, p.created_at
  from accounts a join principals p on p.id = a.principal_id where p.deleted_at is null and p.kind = $1`;

const findAccount: ReadOperation<{ kind: AccountKind; id: string }, AccountRow | undefined> = function* ({ kind, id }) {
  return yield* one<AccountRow>(`${SELECT} and p.id = $2`, kind, id);
};

const findUserByEmail: ReadOperation<{ email: string }, AccountRow | undefined> = function* ({ email }) {
  return yield* one<AccountRow>(`${SELECT} and a.email = $2`, 'user', email);
};

type ListArgs = { kind: AccountKind; limit: number; offset: number };
const listAccounts: ReadOperation<ListArgs, AccountRow[]> = function* ({ kind, limit, offset }) {
  return yield* all<AccountRow>(`${SELECT} order by p.created_at, p.id limit $2 offset $3`, kind, limit, offset);
};

type CreateArgs = { account: AccountRow; limit?: CountLimit; event: AuditEvent };

/** @throws AppError ERR_CONFLICT for an email that is taken, ERR_REQUEST_INVALID when there are too many */
const createAccount: WriteOperation<CreateArgs, void> = function* (context, { account, limit, event }) {
  if (account.email !== null && (yield* one('select 1 as found from accounts where email = $1', account.email))) {
    throw new AppError('ERR_CONFLICT', 'There is a user with this email already.');
  }
  yield* checkCount(limit, `select count(*) as count from (${SELECT}) as live`, account.kind);
  yield* run(
    'insert into principals(id, kind, name, builtin, created_at) values($1,$2,$3,0,$4)',
    account.id,
    account.kind,
    account.name,
    account.created_at,
  );
  yield* run(
    'insert into accounts(principal_id, email, role, permissions) values($1,$2,$3,$4)',
    account.id,
    account.email,
    account.role,
    account.permissions,
  );
  yield* context.audit(event);
};

/** Fails where the account has gone meanwhile. @throws AppError ERR_NOT_FOUND */
export function* requireAccount(id: string): Steps<void> {
  const found = yield* one(
    `select p.id from principals p join accounts a on a.principal_id = p.id where p.id = $1 and p.deleted_at is null`,
    id,
  );
  if (!found) throw new AppError('ERR_NOT_FOUND', 'Could not find requested account');
}

type UpdateArgs = Pick<AccountRow, 'id' | 'name' | 'role' | 'permissions'> & { event: AuditEvent };
const updateAccount: WriteOperation<UpdateArgs, void> = function* (context, { id, name, role, permissions, event }) {
  yield* requireAccount(id);
  yield* run('update principals set name = $2 where id = $1', id, name);
  yield* run('update accounts set role = $2, permissions = $3 where principal_id = $1', id, role, permissions);
  yield* context.audit(event);
};

/**
 * Ends an account with its tokens, identities, memberships and leases; its row stays, for the audit log speaks of it.
 * @throws AppError ERR_NOT_FOUND
 */
const removeAccount: WriteOperation<{ id: string; at: number; event: AuditEvent }, void> = function* (context, args) {
  const { id, at, event } = args;
  yield* requireAccount(id);
  yield* run('update principals set deleted_at = $2 where id = $1', id, at);
  yield* run('update tokens set revoked_at = $2 where principal_id = $1 and revoked_at is null', id, at);
  yield* run('delete from cli_logins where approved_by = $1', id);
  yield* run('delete from identities where principal_id = $1', id);
  yield* run('delete from people_group_members where principal_id = $1', id);
  yield* run('delete from project_members where member_id = $1', id);
  yield* run('delete from integration_members where member_id = $1', id);
  yield* run('delete from pending_external_ids where principal_id = $1', id);
  yield* run('delete from secret_overrides where principal_id = $1', id);
  yield* run('delete from accounts where principal_id = $1', id);
  // Due at once in this very transaction: should we die before they are ended, the next sweep ends them.
  yield* run(`update leases set next_action_at = $2 where owner = $1 and state = 'active' and ${LIVE}`, id, at);
  yield* context.audit(event);
};

export const accountReads = { findAccount, findUserByEmail, listAccounts };
export const accountWrites = { createAccount, updateAccount, removeAccount };
