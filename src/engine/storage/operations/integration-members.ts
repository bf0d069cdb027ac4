// Store operations of an integration's members: users, groups and service accounts with a role in it.
import { AppError } from '#core/errors.js';
import type { AuditEvent } from '../audit-event.ts';
import { all, one, type ReadOperation, run, type WriteOperation } from '../operation.ts';
import { type MemberType, requireMember } from './members.ts';

type Key = { integration_id: string; type: MemberType; member_id: string };
export type IntegrationMemberRow = Key & { role: string; created_at: number };
type Written = { member: IntegrationMemberRow; event: AuditEvent };

type Page = { integrationId: string; limit: number; offset: number };
const listIntegrationMembers: ReadOperation<Page, IntegrationMemberRow[]> = function* (args) {
  return yield* all<IntegrationMemberRow>(
    `select * from integration_members where integration_id = $1
     order by created_at, type, member_id limit $2 offset $3`,
    args.integrationId,
    args.limit,
    args.offset,
  );
};

const findIntegrationMember: ReadOperation<Key, IntegrationMemberRow | undefined> = function* (key) {
  return yield* one<IntegrationMemberRow>(
    'select * from integration_members where integration_id = $1 and type = $2 and member_id = $3',
    key.integration_id,
    key.type,
    key.member_id,
  );
};

/** @throws AppError ERR_NOT_FOUND without the integration or the member, ERR_CONFLICT where it is one already */
const addIntegrationMember: WriteOperation<Written, void> = function* (context, { member, event }) {
  const { integration_id: id, type, member_id, role, created_at } = member;
  if (!(yield* one('select id from integrations where id = $1 and deleted_at is null', id))) {
    throw new AppError('ERR_NOT_FOUND', 'Could not find requested integration');
  }
  yield* requireMember(type, member_id);
  if (yield* findIntegrationMember(member)) {
    throw new AppError('ERR_CONFLICT', 'It is a member of the integration already.');
  }
  yield* run(
    'insert into integration_members(integration_id, type, member_id, role, created_at) values($1,$2,$3,$4,$5)',
    id,
    type,
    member_id,
    role,
    created_at,
  );
  yield* context.audit(event);
};

/** @throws AppError ERR_NOT_FOUND */
const updateIntegrationMember: WriteOperation<Written, void> = function* (context, { member, event }) {
  const changed = yield* one(
    `update integration_members set role = $4 where integration_id = $1 and type = $2 and member_id = $3
     returning role`,
    member.integration_id,
    member.type,
    member.member_id,
    member.role,
  );
  if (!changed) throw new AppError('ERR_NOT_FOUND', 'Could not find requested member');
  yield* context.audit(event);
};

/** @throws AppError ERR_NOT_FOUND */
const removeIntegrationMember: WriteOperation<{ member: Key; event: AuditEvent }, void> = function* (context, args) {
  const { integration_id, type, member_id } = args.member;
  const gone = yield* one(
    'delete from integration_members where integration_id = $1 and type = $2 and member_id = $3 returning role',
    integration_id,
    type,
    member_id,
  );
  if (!gone) throw new AppError('ERR_NOT_FOUND', 'Could not find requested member');
  yield* context.audit(args.event);
};

type ExternalId = { principalId: string; type: string; externalId: string; at: number; event: AuditEvent };

/** The one that the next integration of the type takes; an earlier one that is not taken yet is forgotten. */
const putExternalId: WriteOperation<ExternalId, void> = function* (context, args) {
  yield* run(
    `insert into pending_external_ids(principal_id, type, external_id, created_at) values($1,$2,$3,$4)
     on conflict (principal_id, type) do update set external_id = excluded.external_id,
     created_at = excluded.created_at`,
    args.principalId,
    args.type,
    args.externalId,
    args.at,
  );
  yield* context.audit(args.event);
};

type Pending = { principalId: string; type: string };
const findExternalId: ReadOperation<Pending, { external_id: string } | undefined> = function* (args) {
  return yield* one<{ external_id: string }>(
    'select external_id from pending_external_ids where principal_id = $1 and type = $2',
    args.principalId,
    args.type,
  );
};

export const integrationMemberReads = { listIntegrationMembers, findIntegrationMember, findExternalId };
export const integrationMemberWrites = {
  addIntegrationMember,
  updateIntegrationMember,
  removeIntegrationMember,
  putExternalId,
};
