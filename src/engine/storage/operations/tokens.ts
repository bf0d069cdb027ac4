// Store operations of tokens and of the principals behind them; tokens are known by their keyed hash alone.
import { AppError } from '#core/errors.js';
import type { AuditEvent } from '../audit-event.ts';
import { all, one, type ReadOperation, run, type Steps, type WriteOperation } from '../operation.ts';
import { checkCount, type CountLimit } from './configs.ts';
import { LIVE } from './lease-rows.ts';

export type TokenRow = {
  id: string;
  kind: string;
  hash: string;
  preview: string;
  principal_id: string;
  name: string;
  project_id: string | null;
  config_id: string | null;
  access: string;
  created_at: number;
  expires_at: number | null;
  last_used_at: number | null;
  revoked_at: number | null;
  /** The identity that it was exchanged for. */
  identity_id: string | null;
};

/** A token with the account behind it and the config it is bound to. */
export type TokenSighting = TokenRow & {
  builtin: number;
  principal_deleted_at: number | null;
  project: string | null;
  config: string | null;
  root_config_id: string | null;
  environment_id: string | null;
  environment: string | null;
  /** CIDR blocks joined by commas; null where every address is trusted. */
  trusted_ips: string | null;
};

const findToken: ReadOperation<{ hash: string }, TokenSighting | undefined> = function* ({ hash }) {
  return yield* one<TokenSighting>(
    `select t.*, a.builtin, a.deleted_at as principal_deleted_at, p.name as project, c.name as config,
       c.root_config_id, c.environment_id, e.slug as environment,
       (select string_agg(i.cidr, ',' order by i.cidr) from trusted_ips i where i.config_id = t.config_id) as trusted_ips
     from tokens t join principals a on a.id = t.principal_id
     left join projects p on p.id = t.project_id left join configs c on c.id = t.config_id
     left join environments e on e.id = c.environment_id where t.hash = $1`,
    hash,
  );
};

const listConfigTokens: ReadOperation<{ configId: string }, TokenRow[]> = function* ({ configId }) {
  return yield* all<TokenRow>(
    'select * from tokens where config_id = $1 and revoked_at is null order by created_at, id',
    configId,
  );
};

export type NewToken = Omit<TokenRow, 'last_used_at' | 'revoked_at' | 'identity_id'>;
type CreateToken = {
  token: NewToken;
  principal: { kind: 'service_token' | 'service_account'; name: string; builtin: boolean };
  limit?: CountLimit;
  event: AuditEvent;
};

/** The row of a token whose principal exists. */
export function* insertToken(token: NewToken, identityId: string | null = null): Steps<void> {
  yield* run(
    `insert into tokens(id, kind, hash, preview, principal_id, name, project_id, config_id, access, created_at,
       expires_at, identity_id) values($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)`,
    token.id,
    token.kind,
    token.hash,
    token.preview,
    token.principal_id,
    token.name,
    token.project_id,
    token.config_id,
    token.access,
    token.created_at,
    token.expires_at,
    identityId,
  );
}

/**
 * Writes a token and, unless it exists, the account it stands for.
 * @throws AppError ERR_REQUEST_INVALID when a token with this hash exists or existed, or when there are too many
 */
const createToken: WriteOperation<CreateToken, void> = function* (context, { token, principal, limit, event }) {
  if (yield* one('select id from tokens where hash = $1', token.hash)) {
    throw new AppError('ERR_REQUEST_INVALID', 'The key of the token is in use, or was once.');
  }
  yield* checkCount(
    limit,
    'select count(*) as count from tokens where config_id = $1 and revoked_at is null',
    token.config_id ?? '',
  );
  yield* run(
    `insert into principals(id, kind, name, builtin, created_at) values($1,$2,$3,$4,$5) on conflict (id) do nothing`,
    token.principal_id,
    principal.kind,
    principal.name,
    principal.builtin ? 1 : 0,
    token.created_at,
  );
  yield* insertToken(token);
  yield* context.audit(event);
};

type RevokeArgs = { configId: string; id: string; at: number; event: AuditEvent };

/** Ends a config's token for good; ending an ended one is the same answer. @throws AppError ERR_NOT_FOUND */
const revokeConfigToken: WriteOperation<RevokeArgs, void> = function* (context, { configId, id, at, event }) {
  const token = yield* one<TokenRow>('select * from tokens where id = $1 and config_id = $2', id, configId);
  if (!token) throw new AppError('ERR_NOT_FOUND', 'Could not find requested service token');
  yield* run('update tokens set revoked_at = $2 where id = $1 and revoked_at is null', id, at);
  yield* run('update principals set deleted_at = $2 where id = $1 and deleted_at is null', token.principal_id, at);
  // Due at once in this very transaction: should we die before they are ended, the next sweep ends them.
  yield* run(`update leases set next_action_at = $2 where token_id = $1 and state = 'active' and ${LIVE}`, id, at);
  yield* context.audit(event);
};

/** Ends every token of an account. */
const revokePrincipalTokens: WriteOperation<{ principalId: string; at: number; event: AuditEvent }, void> = function* (
  context,
  { principalId, at, event },
) {
  yield* run('update tokens set revoked_at = $2 where principal_id = $1 and revoked_at is null', principalId, at);
  yield* context.audit(event);
};

/** When a token was last used; kept to the latest. */
const noteTokenSeen: WriteOperation<{ id: string; at: number }, void> = function* (_, { id, at }) {
  yield* run(
    'update tokens set last_used_at = $2 where id = $1 and (last_used_at is null or last_used_at < $2)',
    id,
    at,
  );
};

export const tokenReads = { findToken, listConfigTokens };
export const tokenWrites = { createToken, revokeConfigToken, revokePrincipalTokens, noteTokenSeen };
