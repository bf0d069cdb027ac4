// An OIDC identity: whose tokens a service account accepts, and the rules that keep that from meaning "anybody's".
import { AppError } from '#core/errors.js';
import { isAnchored } from './claim-pattern.ts';
import { discoveryBase } from './discovery-url.ts';
import { isGithubIssuer, namesOneRepository } from './github.ts';

export type ClaimsType = 'exact' | 'wildcard';

/** contracts/doppler.md 1.7. Every claim listed must have one of its values; `aud` and `sub` are always listed. */
export type OidcIdentity = {
  /** UUID: clients refuse to send anything else (1.3). */
  readonly id: string;
  readonly name: string;
  /** The issuer, or its discovery document. */
  readonly discoveryUrl: string;
  readonly claimsType: ClaimsType;
  readonly claims: Readonly<Record<string, readonly string[]>>;
  /** Lifetime of the token that is issued in exchange, in seconds. */
  readonly ttlSec: number;
  /** Engine extension: a token is exchanged once, whatever its `jti`. */
  readonly singleUse: boolean;
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const CLAIM_NAME = /^[\x21-\x7e]{1,128}$/;
const PRINTABLE = /^[^\u0000-\u001f\u007f-\u009f]+$/;
/** Different in every token: a rule on one of them is a mistake. */
const PER_TOKEN = new Set(['exp', 'iat', 'nbf', 'jti']);
const NEVER_WILDCARD = new Set(['aud', 'iss']);
const MAX_CLAIMS = 50;
const MAX_VALUES = 100;
const MAX_VALUE = 1024;
const MIN_TTL_SEC = 60;
const MAX_TTL_SEC = 24 * 3600;

/** Whether `text` has the form of an identity's id. */
export function isIdentityId(text: unknown): text is string {
  return typeof text === 'string' && UUID.test(text);
}

/**
 * The identity, frozen, once it breaks no rule.
 * @throws AppError ERR_REQUEST_INVALID whose details name every problem at once
 */
export function validIdentity(identity: OidcIdentity): OidcIdentity {
  const problems = [...plainProblems(identity), ...claimsProblems(identity), ...subjectProblems(identity)];
  if (problems.length > 0) {
    throw new AppError('ERR_REQUEST_INVALID', 'The OIDC identity is not valid:', { details: problems });
  }
  const claims = Object.entries(identity.claims).map(([name, values]) => [name, Object.freeze([...values])] as const);
  return Object.freeze({ ...identity, claims: Object.freeze(Object.fromEntries(claims)) });
}

function plainProblems({ id, name, discoveryUrl, claimsType, ttlSec }: OidcIdentity): string[] {
  const problems: string[] = [];
  if (!isIdentityId(id)) problems.push('The id is not a UUID.');
  if (!PRINTABLE.test(name) || name.length > 100) problems.push('The name must have 1 to 100 printable characters.');
  if (discoveryBase(discoveryUrl) === undefined) {
    problems.push('discovery_url must be an https address without user, query and fragment.');
  }
  if (claimsType !== 'exact' && claimsType !== 'wildcard') problems.push('claims_type must be exact or wildcard.');
  if (!Number.isInteger(ttlSec) || ttlSec < MIN_TTL_SEC || ttlSec > MAX_TTL_SEC) {
    problems.push(`ttl_seconds must be a whole number from ${MIN_TTL_SEC} to ${MAX_TTL_SEC}.`);
  }
  return problems;
}

function claimsProblems({ claims, claimsType, discoveryUrl }: OidcIdentity): string[] {
  const problems = ['aud', 'sub'].filter((name) => !Object.hasOwn(claims, name)).map((name) => `${name} is required.`);
  const entries = Object.entries(claims);
  if (entries.length > MAX_CLAIMS) return [...problems, `There are more than ${MAX_CLAIMS} claims.`];
  const base = discoveryBase(discoveryUrl);
  for (const [name, values] of entries) {
    const shown = CLAIM_NAME.test(name) ? name : 'A claim name that is not 1 to 128 visible characters';
    if (shown !== name) problems.push(`${shown} is not allowed.`);
    if (PER_TOKEN.has(name)) problems.push(`${name} differs in every token and cannot be a rule.`);
    if (values.length === 0 || values.length > MAX_VALUES) problems.push(`${shown} needs 1 to ${MAX_VALUES} values.`);
    const isBad = (value: string) => !PRINTABLE.test(value) || value.length > MAX_VALUE;
    if (values.some(isBad)) problems.push(`${shown} has a value that is not 1 to ${MAX_VALUE} printable characters.`);
    if (!values.some((value) => value.includes('*'))) continue;
    if (NEVER_WILDCARD.has(name)) problems.push(`${name} must be written out: it never takes a wildcard.`);
    else if (claimsType === 'exact') problems.push(`${name} has a '*' although claims_type is exact.`);
  }
  const issuers = Object.hasOwn(claims, 'iss') ? (claims['iss'] ?? []) : [];
  if (base !== undefined && issuers.some((value) => value !== base && value !== `${base}/`)) {
    problems.push('iss is not the issuer of discovery_url; leave it out, it is always compared.');
  }
  return problems;
}

/** "`sub` literal through owner/repo" (design.md §5): a wildcard before that would trust other people's repositories. */
function subjectProblems({ claims, discoveryUrl }: OidcIdentity): string[] {
  const base = discoveryBase(discoveryUrl);
  const isGithub = base !== undefined && isGithubIssuer(base);
  const subjects = Object.hasOwn(claims, 'sub') ? (claims['sub'] ?? []) : [];
  const isLoose = (sub: string) => !isAnchored(sub) || (isGithub && sub.includes('*') && !namesOneRepository(sub));
  if (!subjects.some(isLoose)) return [];
  return [
    isGithub
      ? "sub must be literal through repo:OWNER/REPO: (or repo:OWNER@ID/REPO@ID:) before its first '*'."
      : "sub must be literal through its first two segments before its first '*'.",
  ];
}
