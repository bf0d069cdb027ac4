// Store operations of the tokens of accounts, and of the workplace's own SCIM and audit tokens.
import { AppError } from '#core/errors.js';
import type { AuditEvent } from '../audit-event.ts';
import { all, one, type ReadOperation, run, type WriteOperation } from '../operation.ts';
import { requireAccount } from './accounts.ts';
import { insertToken, type NewToken, type TokenRow } from './tokens.ts';

const listPrincipalTokens: ReadOperation<{ principalId: string; kind: string }, TokenRow[]> = function* (args) {
  return yield* all<TokenRow>(
    'select * from tokens where principal_id = $1 and kind = $2 and revoked_at is null order by created_at, id',
    args.principalId,
    args.kind,
  );
};

const listTokensOfKind: ReadOperation<{ kind: string }, TokenRow[]> = function* ({ kind }) {
  return yield* all<TokenRow>(
    'select * from tokens where kind = $1 and revoked_at is null order by created_at, id',
    kind,
  );
};

const findTokenById: ReadOperation<{ id: string }, TokenRow | undefined> = function* ({ id }) {
  return yield* one<TokenRow>('select * from tokens where id = $1', id);
};

/** @throws AppError ERR_NOT_FOUND where the account has gone meanwhile */
const addAccountToken: WriteOperation<{ token: NewToken; event: AuditEvent }, void> = function* (context, args) {
  yield* requireAccount(args.token.principal_id);
  yield* insertToken(args.token);
  yield* context.audit(args.event);
};

type RevokeArgs = { id: string; at: number; event: AuditEvent };

/** Ends a token and no lease: those are its account's. False: it had ended before. */
const revokeToken: WriteOperation<RevokeArgs, boolean> = function* (context, { id, at, event }) {
  const ended = yield* one(
    'update tokens set revoked_at = $2 where id = $1 and revoked_at is null returning id',
    id,
    at,
  );
  if (!ended) return false;
  yield* context.audit(event);
  return true;
};

type RollArgs = { oldId: string; token: NewToken; at: number; event: AuditEvent };

/** A new token in the place of an old one. @throws AppError ERR_UNAUTHENTICATED where the old one has ended */
const rollToken: WriteOperation<RollArgs, void> = function* (context, { oldId, token, at, event }) {
  const ended = yield* one(
    'update tokens set revoked_at = $2 where id = $1 and revoked_at is null returning id',
    oldId,
    at,
  );
  if (!ended) throw new AppError('ERR_UNAUTHENTICATED', 'Invalid Auth token');
  yield* requireAccount(token.principal_id);
  yield* insertToken(token);
  // What the old token leased, the new one may renew and revoke.
  yield* run('update leases set token_id = $2 where token_id = $1', oldId, token.id);
  yield* context.audit(event);
};

export const accountTokenReads = { listPrincipalTokens, listTokensOfKind, findTokenById };
export const accountTokenWrites = { addAccountToken, revokeToken, rollToken };
