// An issuer's published keys: which of them may verify what, each bound to one algorithm.
import { type CryptoKey, importJWK, type JWK } from 'jose';

export const ALGORITHMS = ['RS256', 'ES256', 'EdDSA'] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

export type VerificationKey = {
  readonly kid: string | undefined;
  readonly algorithm: Algorithm;
  readonly key: CryptoKey;
};

const MAX_KEYS = 100;
const MAX_KID = 256;
/** RSA moduli from 2048 to 8192 bits: the lower for safety, the upper because verifying costs time. */
const MIN_MODULUS = 256;
const MAX_MODULUS = 1024;

/** Whether `text` is an algorithm that a token may be signed with. `none` and every HS* are not. */
export function isAlgorithm(text: unknown): text is Algorithm {
  return ALGORITHMS.some((known) => known === text);
}

/**
 * The usable public keys of a JWKS document; keys of other kinds are passed over, and so is anything broken.
 * @returns undefined when the document is no JWKS
 */
export async function readKeys(document: unknown): Promise<VerificationKey[] | undefined> {
  const keys: unknown =
    typeof document === 'object' && document !== null ? (document as { keys?: unknown }).keys : null;
  if (!Array.isArray(keys)) return undefined;
  const read = await Promise.all(keys.slice(0, MAX_KEYS).map(readKey));
  return read.filter((key) => key !== undefined);
}

/**
 * The one key for a token. Without a `kid` there must be exactly one of the algorithm, and two keys under one `kid` are
 * none: a guess between keys is a guess about who signed.
 */
export function pickKey(
  keys: readonly VerificationKey[],
  wanted: { readonly kid: string | undefined; readonly algorithm: Algorithm },
): VerificationKey | undefined {
  const fitting = keys.filter(
    ({ kid, algorithm }) => algorithm === wanted.algorithm && (wanted.kid === undefined || kid === wanted.kid),
  );
  return fitting.length === 1 ? fitting[0] : undefined;
}

async function readKey(candidate: unknown): Promise<VerificationKey | undefined> {
  if (typeof candidate !== 'object' || candidate === null) return undefined;
  const jwk = candidate as JWK;
  const found = publicPart(jwk);
  if (!found || !isForVerifying(jwk, found.algorithm)) return undefined;
  if (jwk.kid !== undefined && (typeof jwk.kid !== 'string' || jwk.kid.length > MAX_KID)) return undefined;
  try {
    const key = await importJWK(found.jwk, found.algorithm);
    return key instanceof Uint8Array ? undefined : { kid: jwk.kid, algorithm: found.algorithm, key };
  } catch {
    // One broken key must not take the issuer's other keys with it.
    return undefined;
  }
}

/** Only the public members, so that an `oct` key or a private one is never imported as what it is. */
function publicPart(jwk: JWK): { algorithm: Algorithm; jwk: JWK } | undefined {
  const { kty, crv, n = '', e = '', x = '', y = '' } = jwk;
  if (kty === 'RSA' && typeof n === 'string' && typeof e === 'string') {
    const size = Buffer.from(n, 'base64url').length;
    const isSized = size >= MIN_MODULUS && size <= MAX_MODULUS && e.length <= 8;
    return isSized ? { algorithm: 'RS256', jwk: { kty, n, e } } : undefined;
  }
  if (kty === 'EC' && crv === 'P-256') return { algorithm: 'ES256', jwk: { kty, crv, x, y } };
  if (kty === 'OKP' && crv === 'Ed25519') return { algorithm: 'EdDSA', jwk: { kty, crv, x } };
  return undefined;
}

function isForVerifying({ alg, use, key_ops: operations }: JWK, algorithm: Algorithm): boolean {
  const isNamed = alg === undefined || alg === algorithm || (algorithm === 'EdDSA' && alg === 'Ed25519');
  const isForSignatures = use === undefined || use === 'sig';
  return isNamed && isForSignatures && (operations === undefined || operations.includes('verify'));
}
