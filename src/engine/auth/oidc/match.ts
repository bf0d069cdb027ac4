// Whether the claims of a verified token are what an identity asks for, and if not, which claim is to blame.
import { fitsPattern } from './claim-pattern.ts';
import type { OidcFailure } from './failure.ts';
import { isGithubIssuer, isStrangersEvent, withoutIds } from './github.ts';
import type { OidcIdentity } from './identity.ts';

export type Claims = Readonly<Record<string, unknown>>;

/** Compared to the letter whatever the identity's claims type. */
const ALWAYS_EXACT = new Set(['aud', 'iss']);

/**
 * Every configured claim must have one of its values (contracts/doppler.md 1.3), and for GitHub the run must not be one
 * that a stranger caused, unless `event_name` is configured (design.md §5).
 * @param issuer the verified `iss`
 * @returns the first failure, or undefined when all fits
 */
export function findMismatch(identity: OidcIdentity, issuer: string, claims: Claims): OidcFailure | undefined {
  for (const [claim, wanted] of Object.entries(identity.claims)) {
    const given = Object.hasOwn(claims, claim) ? texts(claims[claim]) : [];
    if (given.length === 0) return { reason: 'claim_missing', claim };
    const isExact = identity.claimsType === 'exact' || ALWAYS_EXACT.has(claim);
    const fits = isExact ? (rule: string, value: string) => rule === value : fitsPattern;
    if (given.some((value) => wanted.some((rule) => fits(rule, value)))) continue;
    if (claim === 'sub' && given.some((value) => wanted.some((rule) => fits(withoutIds(rule), withoutIds(value))))) {
      return { reason: 'subject_form', claim };
    }
    return { reason: 'claim_mismatch', claim };
  }
  return isGithubIssuer(issuer) ? findStrangersEvent(identity, claims) : undefined;
}

function findStrangersEvent({ claims: rules }: OidcIdentity, claims: Claims): OidcFailure | undefined {
  const claim = 'event_name';
  if (Object.hasOwn(rules, claim)) return undefined;
  const event = Object.hasOwn(claims, claim) ? claims[claim] : undefined;
  // GitHub always sends it; without it nobody can say that the run is not a stranger's.
  if (typeof event !== 'string') return { reason: 'claim_missing', claim };
  return isStrangersEvent(event) ? { reason: 'event_refused', claim } : undefined;
}

/** The values of a claim as texts; a list gives each of its own, and whatever has no one text gives none. */
function texts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => (Array.isArray(item) ? [] : texts(item)));
  if (typeof value === 'string') return [value];
  if (typeof value === 'boolean' || Number.isSafeInteger(value)) return [String(value)];
  return [];
}
