// What a failure of AWS means: one printable line, and through its code whether to try again.
import { AppError, type ErrorCode } from '#core/errors.js';
import { AwsError, type CallName, isThrottled } from './calls.ts';

type Meaning = { code: ErrorCode; says: string; hint: string };

const RETRY = 'We retry.';
const KEYS = "Check the integration's keys and the clock of the engine.";
const keys = (says: string): Meaning => ({ code: 'ERR_INTEGRATION_FAILED', says, hint: KEYS });
const settings = (says: string, hint: string): Meaning => ({ code: 'ERR_INTEGRATION_FAILED', says, hint });
const later = (says: string): Meaning => ({ code: 'ERR_UNAVAILABLE', says, hint: RETRY });

/** IAM and STS APIs, "Common Errors" and the errors of each call; without a trailing `Exception`. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  InvalidClientTokenId: keys('does not know the access key of the integration'),
  UnrecognizedClient: keys('does not know the access key of the integration'),
  SignatureDoesNotMatch: keys('does not accept the signature of the integration'),
  IncompleteSignature: keys('does not accept the signature of the integration'),
  RequestExpired: later('found the request too old'),
  ExpiredToken: keys('finds the session of the integration expired'),
  LimitExceeded: {
    code: 'ERR_RATE_LIMITED',
    says: 'has reached a quota of the account',
    hint: 'Raise the quota, or end leases that are not needed.',
  },
  DeleteConflict: later('has something hanging on the user still'),
  ConcurrentModification: later('is changing the same thing for somebody else'),
  EntityTemporarilyUnmodifiable: later('does not let it be changed at this moment'),
  NoSuchEntity: settings(
    'has no policy, group or role of a name that the dynamic secret gives',
    'Check the parameters of the dynamic secret.',
  ),
  MalformedPolicyDocument: settings('cannot read the policy', 'Correct the policy of the dynamic secret.'),
  PackedPolicyTooLarge: settings('finds policies and tags of the session too large', 'Make them shorter.'),
  RegionDisabled: settings('does not serve STS in that region for this account', 'Activate the region.'),
  EntityAlreadyExists: {
    code: 'ERR_CONFLICT',
    says: 'has a user of that name which is not of this lease',
    hint: 'Nothing was changed. Issue again.',
  },
};

const DENIED = /^(AccessDenied|UnauthorizedOperation|NotAuthorized)/;

/**
 * `error` as an AppError whose text holds no value: AWS's own words may quote what was sent and stay in `cause`. Its
 * code carries the verdict (integration.ts `classify`).
 */
export function awsFault(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (!(error instanceof AwsError))
    return new AppError('ERR_INTERNAL', 'An AWS call could not be made.', { cause: error });
  if (error.cause instanceof AppError) return error.cause;
  const { code, says, hint } = meaningOf(error);
  return new AppError(code, `AWS ${says} (${error.call}).`, { hint, cause: error });
}

function meaningOf(error: AwsError): Meaning {
  const { code, status, sent, call } = error;
  const known = MEANINGS[code.replace(/Exception$/, '')];
  if (known) return known;
  if (isThrottled(error)) {
    return { code: 'ERR_RATE_LIMITED', says: 'asks us to slow down', hint: 'Try again in a moment.' };
  }
  if (DENIED.test(code)) return denied(call);
  if (status >= 500) return later(`could not do it now (${status})`);
  if (status >= 400) return settings(`refused the request (${printable(code)})`, 'Check integration and parameters.');
  if (!sent)
    return { code: 'ERR_UNAVAILABLE', says: 'cannot be reached', hint: 'Check the endpoints and the network.' };
  return { code: 'ERR_TIMEOUT', says: 'did not say whether it was done', hint: RETRY };
}

/** STS says the same whether the caller may not assume the role or the role does not trust the caller. */
function denied(call: CallName): Meaning {
  if (call !== 'sts:AssumeRole')
    return settings('does not allow it', `Allow ${call} to the identity of the integration.`);
  return settings(
    'does not let the integration assume the role',
    'Allow it sts:AssumeRole (sts:TagSession and sts:SetSourceIdentity where used), and name it in the trust policy of the role.',
  );
}

function printable(code: string): string {
  return /^[A-Za-z.]{1,60}$/.test(code) ? code : 'unknown';
}
