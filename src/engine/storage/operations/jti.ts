// Store operations of OIDC replay: which tokens have been exchanged, remembered until they end.
import { all, one, type ReadOperation, type WriteOperation } from '../operation.ts';

export type SeenOidcToken = {
  /** Digest of issuer and `jti`; the token itself is never stored. */
  digest: string;
  identityId: string;
  principalId: string;
  /** Epoch milliseconds; the row may be purged after it. */
  expiresAt: number;
  now: number;
  singleUse: boolean;
  requestId?: string;
  ip?: string;
};

/**
 * Counts one exchange of a token. The second and every later one is audited, accepted or refused; the refusal is an
 * answer and not an error, so that its audit row is kept. Yield it inside the operation that issues the new token.
 */
export const noteOidcToken: WriteOperation<SeenOidcToken, { uses: number; isAccepted: boolean }> = function* (
  context,
  args,
) {
  const row = yield* one<{ uses: number }>(
    `insert into oidc_jtis(digest, identity_id, first_at, expires_at, uses) values($1,$2,$3,$4,1)
     on conflict (digest) do update set uses = oidc_jtis.uses + 1 returning uses`,
    args.digest,
    args.identityId,
    args.now,
    args.expiresAt,
  );
  const uses = Number(row?.uses ?? 1);
  if (uses === 1) return { uses, isAccepted: true };
  yield* context.audit({
    at: args.now,
    actor: `principal:${args.principalId}`,
    action: 'identity.token_reused',
    target: `identity:${args.identityId}`,
    outcome: args.singleUse ? 'denied' : 'ok',
    detail: { uses, single_use: args.singleUse },
    ...(args.requestId === undefined ? {} : { requestId: args.requestId }),
    ...(args.ip === undefined ? {} : { ip: args.ip }),
  });
  return { uses, isAccepted: !args.singleUse };
};

/** Forgets up to `limit` tokens that ended before `before` (retention). */
const purgeOidcTokens: WriteOperation<{ before: number; limit: number }, number> = function* (_, { before, limit }) {
  const gone = yield* all(
    `delete from oidc_jtis where digest in
       (select digest from oidc_jtis where expires_at < $1 order by expires_at limit $2) returning digest`,
    before,
    limit,
  );
  return gone.length;
};

const countOidcTokens: ReadOperation<Record<string, never>, number> = function* () {
  const row = yield* one<{ rows: number }>('select count(*) as rows from oidc_jtis');
  return Number(row?.rows ?? 0);
};

export const jtiReads = { countOidcTokens };
export const jtiWrites = { noteOidcToken, purgeOidcTokens };
