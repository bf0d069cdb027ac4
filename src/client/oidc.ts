// Signing in without a stored secret: the runner's ID token for a short-lived token of the service, and the end of that.
import * as doppler from '#contract/doppler/sign-in.js';
import { AppError } from '#core/errors.js';
import { Sensitive } from '#core/sensitive.js';
import { Http, type HttpOptions, type HttpRequest, mayPass } from './http.ts';
import { DIRECT } from './network.ts';
import { type Asked, failureError, isOk, readJson, statusError } from './problem.ts';
import type { Outcome, SendAnswer } from './send.ts';
import type { FarSide, SignInDialect } from './sign-in-dialect.ts';

/** GitHub's are under 2 KiB; headers of proxies end at 8. */
const MAX_ID_TOKEN = 8 * 1024;

/** Where the runner gives ID tokens to a job with `id-token: write`. */
export type TokenService = { readonly url: string; readonly requestToken: Sensitive };

export type SignInOptions = FarSide & {
  readonly service: TokenService;
  readonly identity: string;
  /** undefined for the issuer's own default. */
  readonly audience: string | undefined;
  /** Called with each token of either kind before it is used. */
  readonly onToken: (token: Sensitive) => void;
};

/** Claims of an ID token, as far as they are texts. */
export type Claims = Readonly<Record<string, string>>;

/** The exchange was refused: with the claims that the service saw, for whoever sets up the trust. */
export class SignInRefused extends AppError {
  readonly claims: Claims;

  constructor(error: AppError, claims: Claims) {
    super(error.code, error.message, {
      details: error.details,
      hint: 'Compare its claims with what the identity allows.',
    });
    this.claims = claims;
  }
}

/**
 * A token of the service for this job. Every try of the exchange takes a fresh ID token: one that arrived and was lost
 * on the way back may be refused the second time.
 * @throws SignInRefused on 401 and 403, AppError otherwise
 */
export async function signInByOidc(options: SignInOptions): Promise<Sensitive> {
  const { apiUrl, identity, onToken } = options;
  const dialect = await dialectOf(options);
  const api = new Http({ ...options, baseUrl: dialect.base(apiUrl) });
  let idToken: Sensitive | undefined;
  const build = async (): Promise<HttpRequest> => {
    idToken = await fetchIdToken(options);
    onToken(idToken);
    const { authorized: _, ...request } = dialect.exchangeRequest(identity, idToken);
    return request;
  };
  const outcome = await api.exchange(await build(), (last) => (mayPass(last) ? build : undefined));
  try {
    const doing = `exchange the ID token of this job for identity ${identity}`;
    const asked = { host: api.host, doing, tokenKind: 'ID token of this job', clock: options.clock };
    const { readProblem: read } = dialect;
    const answer = expect(outcome, { ...asked, ...(read ? { read } : {}) });
    const [token, ...others] = dialect.readExchange(readJson(answer, api.host));
    for (const one of [token, ...others]) onToken(one);
    return token;
  } catch (error) {
    if (!(error instanceof AppError) || !idToken) throw error;
    const hint = 'answer' in outcome ? dialect.hint(outcome.answer.status) : undefined;
    if (hint) throw new AppError(error.code, error.message, { details: error.details, hint });
    if (!isRefusal(outcome)) throw error;
    throw new SignInRefused(error, claimsOf(idToken));
  }
}

/** Ends a token. @throws AppError when it may still be good */
export async function endToken(options: FarSide, token: Sensitive) {
  const dialect = await dialectOf(options);
  const http = new Http({ ...options, baseUrl: dialect.base(options.apiUrl) });
  const asked = { host: http.host, doing: 'end the token of this job', tokenKind: 'token of this job' };
  const { readProblem: read } = dialect;
  expect(await http.safe(dialect.endRequest(token)), { ...asked, ...(read ? { read } : {}), clock: options.clock });
}

const DOPPLER: SignInDialect = {
  base: (apiUrl) => apiUrl,
  exchangeRequest: doppler.exchangeRequest,
  readExchange: (body) => [doppler.readExchange(body)],
  endRequest: (token) => {
    const { authorized: _, ...request } = doppler.endTokenRequest(token);
    return request;
  },
  hint: () => undefined,
};

async function dialectOf({ backend }: FarSide): Promise<SignInDialect> {
  return backend === 'phase' ? (await import('./phase-sign-in.ts')).PHASE : DOPPLER;
}

async function fetchIdToken(options: SignInOptions): Promise<Sensitive> {
  const { service, audience, network = DIRECT, clock } = options;
  const url = new URL(service.url);
  if (audience !== undefined) url.searchParams.set('audience', audience);
  // Our own certificate and leave to go without TLS are for the API alone.
  const way = { ...network, client: undefined, allowInsecureHttp: false };
  const http = new Http({ ...options, baseUrl: url.origin, network: way });
  const authorization = new Sensitive(`Bearer ${service.requestToken.reveal()}`);
  const request = { method: 'GET', target: url.pathname + url.search, headers: { authorization } };
  const asked = { host: http.host, doing: 'ask for an ID token', tokenKind: "runner's token for this job", clock };
  const answer = expect(await http.safe(request), asked);
  const body = readJson(answer, http.host);
  const value = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)['value'] : undefined;
  if (typeof value === 'string' && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(value) && value.length <= MAX_ID_TOKEN) {
    return new Sensitive(value);
  }
  throw new AppError('ERR_CONTRACT', `${http.host} gave no ID token.`, { hint: 'Try again.' });
}

type Asking = Pick<Asked, 'host' | 'doing' | 'tokenKind' | 'read'> & { clock: HttpOptions['clock'] };

function expect(outcome: Outcome, { clock, ...asked }: Asking): SendAnswer {
  if ('failure' in outcome) throw failureError(outcome.failure, asked.host);
  if (isOk(outcome.answer)) return outcome.answer;
  const redact = (text: string) =>
    text.replace(/\b(?:(?:dp\.[a-z]+|ey[\w-]+)\.[\w.-]+|pss_[\w:]+|[\da-fA-F]{64}\b)/g, '[token]');
  throw statusError(outcome.answer, { ...asked, now: clock.now(), redact });
}

function isRefusal(outcome: Outcome): boolean {
  return 'answer' in outcome && [401, 403].includes(outcome.answer.status);
}

/** Unverified: only for showing. An ID token that cannot be read has none. */
function claimsOf(idToken: Sensitive): Claims {
  try {
    const part = idToken.reveal().split('.')[1] ?? '';
    const claims: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    const texts = Object.entries(claims as Record<string, unknown>).filter(([, value]) => typeof value === 'string');
    return Object.fromEntries(texts) as Claims;
  } catch {
    return {};
  }
}
