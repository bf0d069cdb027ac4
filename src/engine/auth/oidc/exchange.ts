// The judgement before an exchange: is this token the issuer's, is it for this identity, and has it been here before.
import type { Store } from '../../storage/store.ts';
import type { OidcFailure } from './failure.ts';
import type { OidcIdentity } from './identity.ts';
import type { Issuers } from './issuers.ts';
import { type Claims, findMismatch } from './match.ts';
import { verifyToken } from './token.ts';

/** What the exchange hands to `noteOidcToken`, in the transaction that issues the new token. */
export type SeenToken = { readonly digest: string; readonly expiresAt: number };

export type Judgement =
  | { readonly isAccepted: true; readonly claims: Claims; readonly seen: SeenToken }
  | { readonly isAccepted: false; readonly failure: OidcFailure };

/**
 * Judges `token` for `identity` at `now` (epoch milliseconds). Replay is not judged here: that is a write, see
 * `noteOidcToken`. Answer a refusal with `oidcRefused()` and audit `failureDetail(failure)`.
 * @throws AppError ERR_UNAVAILABLE when the issuer's keys cannot be had
 */
export async function judgeToken(
  issuers: Issuers,
  identity: OidcIdentity,
  token: string,
  now: number,
): Promise<Judgement> {
  const verification = await verifyToken(issuers, identity.discoveryUrl, token, now);
  if ('failure' in verification) return { isAccepted: false, failure: verification.failure };
  const { issuer, claims, digest, expiresAt } = verification.token;
  const failure = findMismatch(identity, issuer, claims);
  return failure ? { isAccepted: false, failure } : { isAccepted: true, claims, seen: { digest, expiresAt } };
}

/**
 * Remembers an accepted token until it ends. A token that was here before is audited; it is accepted all the same,
 * because Terraform exchanges one several times, unless the identity is `singleUse` (design.md §5).
 * @returns whether it may be exchanged
 */
export async function noteToken(
  store: Pick<Store, 'write'>,
  identity: OidcIdentity,
  seen: SeenToken,
  act: { readonly principalId: string; readonly now: number; readonly requestId?: string; readonly ip?: string },
): Promise<boolean> {
  const { isAccepted } = await store.write.noteOidcToken({
    ...act,
    ...seen,
    identityId: identity.id,
    singleUse: identity.singleUse,
  });
  return isAccepted;
}
