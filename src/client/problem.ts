// Answers that are not what was asked for, and none at all, as errors that a user can act on; nothing of the far side is shown raw.
import { readProblem } from '#contract/doppler/problem.js';
import { AppError, type ErrorCode, oneLine } from '#core/errors.js';
import { retryAfterSec } from './http.ts';
import type { SendAnswer, SendFailure } from './send.ts';

export { isOk, readJson } from './answer.ts';

/** For whom and about what an answer is explained. */
export type Asked = {
  readonly host: string;
  /** Completes "may not …": `read the secrets of app/dev`. */
  readonly doing: string;
  readonly tokenKind: string;
  readonly now: number;
  /** Takes the token out of a text of the far side. */
  readonly redact: (text: string) => string;
  /** What an error body says; without it the Doppler dialect's way. */
  readonly read?: (body: unknown) => { readonly messages: readonly string[] } | undefined;
};

type Told = { readonly code: ErrorCode; readonly text: (asked: Asked) => string; readonly hint: string };

const TOLD: Readonly<Record<number, Told>> = {
  400: told('ERR_REQUEST_INVALID', ({ host, doing }) => `${host} refused to ${doing}`, ''),
  401: told(
    'ERR_UNAUTHENTICATED',
    ({ host, tokenKind }) => `${host} did not accept the ${tokenKind}`,
    'Check that it has not expired or been deleted, and that api-url is the API it was made for.',
  ),
  403: told(
    'ERR_ACCESS_DENIED',
    ({ tokenKind, doing }) => `The ${tokenKind} may not ${doing}`,
    'Grant it access, or use a token that has it.',
  ),
  404: told(
    'ERR_NOT_FOUND',
    ({ host, doing }) => `${host} could not ${doing}: there is no such thing`,
    'Check the names and api-url, and that the token may see them: what it may not see looks as if it were not there.',
  ),
  409: told('ERR_CONFLICT', ({ host, doing }) => `${host} could not ${doing} in the present state`, ''),
  410: told('ERR_LEASE_EXPIRED', ({ host, doing }) => `${host} could not ${doing}: it has ended`, ''),
  422: told('ERR_REQUEST_INVALID', ({ host, doing }) => `${host} refused to ${doing}`, ''),
  429: told(
    'ERR_RATE_LIMITED',
    ({ host }) => `${host} turns requests away: too many of them`,
    'Try again later, or read fewer configs at once.',
  ),
};
const REDIRECT = told(
  'ERR_CONTRACT',
  ({ host }) => `${host} answered with a redirect, which is not followed with a token`,
  'Set api-url to the address that it leads to.',
);
const OUTAGE = told('ERR_UNAVAILABLE', ({ host, doing }) => `${host} failed to ${doing}`, 'Try again later.');
const ODD = told('ERR_CONTRACT', ({ host }) => `${host} gave an answer that this API does not have`, 'Check api-url.');

function told(code: ErrorCode, text: Told['text'], hint: string): Told {
  return { code, text, hint };
}

/** The error for an answer outside 200–299. */
export function statusError(answer: SendAnswer, asked: Asked): AppError {
  const { status } = answer;
  const found =
    TOLD[status] ?? (status >= 500 || status === 408 ? OUTAGE : status >= 300 && status < 400 ? REDIRECT : ODD);
  const said = messagesOf(answer, asked.read).map((text) => oneLine(asked.redact(text), 200));
  const seconds = retryAfterSec(answer, asked.now);
  const waiting = status === 429 && seconds ? [`It asks to wait ${Math.ceil(seconds)} s.`] : [];
  const words = said.slice(0, 3).map((text) => text.replace(/[.\s]+$/, ''));
  return new AppError(found.code, `${found.text(asked)} (${[status, words.join('. ')].filter(Boolean).join(': ')}).`, {
    details: waiting,
    ...(found.hint === '' ? {} : { hint: found.hint }),
    ...(seconds === undefined ? {} : { retryAfterSec: seconds }),
  });
}

const FAILURES: Record<SendFailure['kind'], readonly [code: AppError['code'], text: string, hint: string]> = {
  dns: ['ERR_UNAVAILABLE', 'could not be found by name', 'Check api-url and the name resolution of this runner.'],
  connect: ['ERR_UNAVAILABLE', 'could not be connected to', 'Check api-url and that this runner may reach it.'],
  proxy: [
    'ERR_UNAVAILABLE',
    'could not be reached through the proxy',
    'Check the proxy input or HTTPS_PROXY, and NO_PROXY.',
  ],
  tls: [
    'ERR_UNAVAILABLE',
    'has a certificate that this runner does not trust',
    'Check api-url; an authority of your own goes into ca-certificate.',
  ],
  'client-certificate': [
    'ERR_UNAUTHENTICATED',
    'wants a client certificate, or another than it got',
    'Set client-certificate and client-key to a pair that it accepts.',
  ],
  timeout: [
    'ERR_TIMEOUT',
    'did not answer in time',
    'Try again. A step waits as long as its timeout input says, post at most 25 s.',
  ],
  cut: ['ERR_UNAVAILABLE', 'cut the connection before it had answered', 'Try again.'],
  aborted: ['ERR_TIMEOUT', 'was being waited for when this job was cancelled', ''],
  'too-large': ['ERR_CONTRACT', 'sent more than any answer of this API holds', 'Check api-url.'],
  'not-utf8': [
    'ERR_CONTRACT',
    'sent an answer that is not UTF-8',
    'Check api-url, and what stands between it and this runner.',
  ],
  'not-allowed': [
    'ERR_CONFIG_INVALID',
    'may not be spoken to without TLS',
    'Use an https address; http is for loopback only.',
  ],
};

/** What a code alone tells: trying again would not help. */
const KNOWN: Readonly<Record<string, (typeof FAILURES)[SendFailure['kind']]>> = {
  ERR_SSL_WRONG_VERSION_NUMBER: [
    'ERR_UNAVAILABLE',
    'does not speak TLS at this port',
    'Check scheme and port of api-url.',
  ],
  NOT_HTTP: ['ERR_UNAVAILABLE', 'does not speak HTTP at this port', 'Check scheme and port of api-url.'],
};

/** The error for a request that got no answer. */
export function failureError(failure: SendFailure, host: string): AppError {
  const [code, text, hint] = KNOWN[failure.code] ?? FAILURES[failure.kind];
  return new AppError(code, `${host} ${text} (${failure.code}).`, { hint });
}

/** `error` with a further sentence. */
export function withDetail(error: AppError, detail: string): AppError {
  return new AppError(error.code, error.message, {
    details: [...error.details, detail],
    cause: error.cause,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    ...(error.retryAfterSec === undefined ? {} : { retryAfterSec: error.retryAfterSec }),
  });
}

function messagesOf(answer: SendAnswer, read = readProblem as NonNullable<Asked['read']>): readonly string[] {
  try {
    return read(JSON.parse(answer.text))?.messages ?? [];
  } catch {
    return [];
  }
}
