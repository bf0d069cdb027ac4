// Verifies an OIDC token: bounded size, an allowed algorithm, a key of the issuer, the signature, and its times.
import { createHash } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import type { OidcFailure } from './failure.ts';
import type { Issuers } from './issuers.ts';
import { isAlgorithm, type VerificationKey } from './keys.ts';
import type { Claims } from './match.ts';

/** Seconds that the issuer's clock and ours may differ. */
export const SKEW_SEC = 60;
/** Longest validity left: job tokens live minutes to hours, and a reused `jti` is remembered until its token's end. */
const MAX_VALIDITY_SEC = 24 * 3600;
const MAX_TOKEN = 16 * 1024;
const MAX_KID = 256;
const MAX_JTI = 1024;
const COMPACT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

export type VerifiedToken = {
  readonly issuer: string;
  readonly claims: Claims;
  /** Digest that tells this token from every other of its issuer. */
  readonly digest: string;
  /** Epoch milliseconds after which the token is refused whoever asks, skew included. */
  readonly expiresAt: number;
};

export type Verification = { readonly token: VerifiedToken } | { readonly failure: OidcFailure };

const refused = (reason: OidcFailure['reason'], claim?: string): Verification => ({
  failure: claim === undefined ? { reason } : { reason, claim },
});

/**
 * Checks `token` against the keys of the issuer at `discoveryUrl`, at `now` (epoch milliseconds). What its claims say is
 * not judged here, but for the times and `iss`.
 * @throws AppError ERR_UNAVAILABLE when the issuer's keys cannot be had
 */
export async function verifyToken(
  issuers: Issuers,
  discoveryUrl: string,
  token: string,
  now: number,
): Promise<Verification> {
  if (token.length > MAX_TOKEN) return refused('too_large');
  const header = readHeader(token);
  if (!header) return refused('malformed');
  if (!isAlgorithm(header.alg)) return refused('algorithm');
  const found = await issuers.findKey(discoveryUrl, { kid: header.kid, algorithm: header.alg });
  if (!found) return refused('unknown_key');
  return verifySigned(token, found, now);
}

/** Who a token says it is of, believed by nobody yet: it only tells which identities are worth judging it for. */
export function claimedIssuer(token: string): string | undefined {
  if (token.length > MAX_TOKEN || !COMPACT.test(token)) return undefined;
  try {
    const { iss } = decodeJwt(token) as { iss?: unknown };
    return typeof iss === 'string' ? iss : undefined;
  } catch {
    return undefined;
  }
}

function readHeader(token: string): { alg: unknown; kid: string | undefined } | undefined {
  if (!COMPACT.test(token)) return undefined;
  try {
    const { alg, kid } = decodeProtectedHeader(token) as { alg?: unknown; kid?: unknown };
    if (kid !== undefined && (typeof kid !== 'string' || kid.length > MAX_KID)) return undefined;
    return { alg, kid };
  } catch {
    return undefined;
  }
}

async function verifySigned(
  token: string,
  { issuer, key }: { issuer: string; key: VerificationKey },
  now: number,
): Promise<Verification> {
  let claims: Claims;
  try {
    const { payload } = await jwtVerify(token, key.key, {
      algorithms: [key.algorithm],
      issuer,
      clockTolerance: SKEW_SEC,
      currentDate: new Date(now),
      requiredClaims: ['exp', 'iat', 'sub', 'aud'],
    });
    claims = payload;
  } catch (error) {
    return { failure: failureOf(error) };
  }
  const { exp, iat, jti } = claims;
  const nowSec = now / 1000;
  if (typeof iat !== 'number' || iat > nowSec + SKEW_SEC) return refused('claim_mismatch', 'iat');
  if (typeof exp !== 'number' || exp > nowSec + MAX_VALIDITY_SEC) return refused('claim_mismatch', 'exp');
  if (jti !== undefined && (typeof jti !== 'string' || jti === '' || jti.length > MAX_JTI)) {
    return refused('claim_mismatch', 'jti');
  }
  const expiresAt = Math.ceil(exp * 1000) + SKEW_SEC * 1000;
  return { token: { issuer, claims, digest: digestOf(token, issuer, jti), expiresAt } };
}

/** Of `jti`, or without one of the signed part: an ECDSA signature can be rewritten, what it signs cannot. */
function digestOf(token: string, issuer: string, jti: string | undefined): string {
  const identity = jti === undefined ? ['signed', token.slice(0, token.lastIndexOf('.'))] : ['jti', jti];
  return createHash('sha256')
    .update(JSON.stringify([issuer, ...identity]))
    .digest('base64url');
}

function failureOf(error: unknown): OidcFailure {
  if (error instanceof errors.JWTExpired) return { reason: 'claim_mismatch', claim: 'exp' };
  if (error instanceof errors.JWTClaimValidationFailed) {
    return { reason: error.reason === 'missing' ? 'claim_missing' : 'claim_mismatch', claim: error.claim };
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) return { reason: 'signature' };
  if (error instanceof errors.JOSEAlgNotAllowed) return { reason: 'algorithm' };
  return { reason: 'malformed' };
}
