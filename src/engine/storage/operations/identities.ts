// Store operations of OIDC identities, and of the exchange that gives one of their tokens for an issuer's.
import { AppError } from '#core/errors.js';
import type { AuditEvent } from '../audit-event.ts';
import { all, one, type ReadOperation, run, type WriteOperation } from '../operation.ts';
import { requireAccount } from './accounts.ts';
import { jtiWrites, type SeenOidcToken } from './jti.ts';
import { insertToken, type NewToken } from './tokens.ts';

/** `claims`: a JSON object of lists. */
export type IdentityRow = {
  id: string;
  principal_id: string;
  name: string;
  discovery_url: string;
  claims_type: string;
  claims: string;
  ttl_sec: number;
  single_use: number;
  created_at: number;
  last_seen_at: number | null;
};

const findIdentity: ReadOperation<{ id: string }, IdentityRow | undefined> = function* ({ id }) {
  return yield* one<IdentityRow>(
    `select i.* from identities i join principals p on p.id = i.principal_id
     where i.id = $1 and p.deleted_at is null`,
    id,
  );
};

type Page = { principalId: string; limit: number; offset: number };
const listIdentities: ReadOperation<Page, IdentityRow[]> = function* ({ principalId, limit, offset }) {
  return yield* all<IdentityRow>(
    'select * from identities where principal_id = $1 order by created_at, id limit $2 offset $3',
    principalId,
    limit,
    offset,
  );
};

type Written = { identity: IdentityRow; event: AuditEvent };

const createIdentity: WriteOperation<Written, void> = function* (context, { identity, event }) {
  yield* requireAccount(identity.principal_id);
  yield* run(
    `insert into identities(id, principal_id, name, discovery_url, claims_type, claims, ttl_sec, single_use, created_at)
     values($1,$2,$3,$4,$5,$6,$7,$8,$9)`,
    identity.id,
    identity.principal_id,
    identity.name,
    identity.discovery_url,
    identity.claims_type,
    identity.claims,
    identity.ttl_sec,
    identity.single_use,
    identity.created_at,
  );
  yield* context.audit(event);
};

/** Tokens that the old rules let in go on until they expire. */
const updateIdentity: WriteOperation<Written, void> = function* (context, { identity, event }) {
  yield* run(
    `update identities set name = $2, discovery_url = $3, claims_type = $4, claims = $5, ttl_sec = $6, single_use = $7
     where id = $1`,
    identity.id,
    identity.name,
    identity.discovery_url,
    identity.claims_type,
    identity.claims,
    identity.ttl_sec,
    identity.single_use,
  );
  yield* context.audit(event);
};

type DeleteArgs = { id: string; at: number; event: AuditEvent };

/** With the tokens that were given for it; leases are the account's and stay. */
const deleteIdentity: WriteOperation<DeleteArgs, void> = function* (context, { id, at, event }) {
  yield* run('update tokens set revoked_at = $2 where identity_id = $1 and revoked_at is null', id, at);
  yield* run('delete from identities where id = $1', id);
  yield* context.audit(event);
};

type Exchange = { seen: SeenOidcToken; token: NewToken; event: AuditEvent };

/**
 * Remembers the issuer's token and writes ours, in one transaction. False: the identity takes a token once, and this one
 * was here before; the audit row of that is kept.
 * @throws AppError ERR_UNAUTHENTICATED where the identity has gone meanwhile
 */
const exchangeToken: WriteOperation<Exchange, boolean> = function* (context, { seen, token, event }) {
  const identity = yield* findIdentity({ id: seen.identityId });
  if (!identity) throw new AppError('ERR_UNAUTHENTICATED', 'The OIDC token was not accepted for this identity.');
  const { isAccepted } = yield* jtiWrites.noteOidcToken(context, seen);
  if (!isAccepted) return false;
  yield* insertToken(token, identity.id);
  yield* run('update identities set last_seen_at = $2 where id = $1', identity.id, seen.now);
  yield* context.audit(event);
  return true;
};

export const identityReads = { findIdentity, listIdentities };
export const identityWrites = { createIdentity, updateIdentity, deleteIdentity, exchangeToken };
