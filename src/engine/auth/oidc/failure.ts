// Why an OIDC token was refused: told to the audit log in closed words, and to the caller in one sentence for all.
import { AppError } from '#core/errors.js';

export type FailureReason =
  | 'malformed'
  | 'too_large'
  | 'algorithm'
  | 'unknown_key'
  | 'signature'
  | 'claim_missing'
  | 'claim_mismatch'
  /** `sub` fits but for the ids of GitHub's immutable form. */
  | 'subject_form'
  | 'event_refused'
  /** Everything fits, and a longer life is asked for than the identity gives. */
  | 'ttl';

/** `claim` is a claim's name; no value of a token ever enters it. */
export type OidcFailure = { readonly reason: FailureReason; readonly claim?: string };

/** What the audit log keeps of it. */
export function failureDetail({ reason, claim }: OidcFailure): Readonly<Record<string, string>> {
  return claim === undefined ? { reason } : { reason, claim };
}

/** The one answer to every refused exchange, an unknown identity included: what failed is in the audit log. */
export function oidcRefused(): AppError {
  return new AppError('ERR_UNAUTHENTICATED', 'The OIDC token was not accepted for this identity.', {
    hint: "The engine's audit log says which claim failed.",
  });
}
