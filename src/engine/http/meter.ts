// Rate limits at the edge: what a request counts as, whether it may pass, and what the headers of its answer say.
import type { Clock } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import type { Verdict } from '../limits/gcra.ts';
import type { RequestClass } from '../limits/plan.ts';
import type { RateLimiter } from '../limits/rate-limiter.ts';
import type { Answer } from './answer.ts';
import type { Route } from './route.ts';

const TRUE = /^(?:true|1)$/i;

/** The class of a request. A read that also leases is a mint; so is what is asked without a token, a login above all. */
export function classOf({ method, action }: Pick<Route, 'method' | 'action'>, query: URLSearchParams): RequestClass {
  if (action === 'leases.issue' || action === 'open') return 'mint';
  if (method !== 'GET') return 'write';
  if (action !== 'secrets.list' && action !== 'secrets.values') return 'read';
  return query.getAll('include_dynamic_secrets').some((one) => TRUE.test(one)) ? 'mint' : 'secretRead';
}

/** The counters as one request meets them. Every method throws ERR_RATE_LIMITED when the request may not pass. */
export class Meter {
  readonly #limiter: RateLimiter;
  readonly #clock: Clock;
  readonly #address: string;
  #verdict: Verdict | undefined;

  constructor(limiter: RateLimiter, clock: Clock, address: string) {
    this.#limiter = limiter;
    this.#clock = clock;
    this.#address = address;
  }

  /** Before anything is known of the caller; counts nothing. */
  peek(kind: RequestClass): void {
    this.#pass(this.#limiter.beforeAuthentication(this.#address, kind, this.#clock.now()));
  }

  /** Says how the address stands, and neither counts nor refuses. */
  tell(kind: RequestClass): void {
    this.#verdict = this.#limiter.beforeAuthentication(this.#address, kind, this.#clock.now());
  }

  /** Counts a request on its address alone. */
  takeAddress(kind: RequestClass): void {
    this.#pass(this.#limiter.failedAuthentication(this.#address, kind, this.#clock.now()));
  }

  /** Counts a request of a known caller on its address and on its token. */
  take(tokenId: string, kind: RequestClass): void {
    this.#pass(this.#limiter.take({ address: this.#address, tokenId }, kind, this.#clock.now()));
  }

  /** The headers of docs/doppler-api-reference.txt; none under a plan without limits. */
  headers(): Answer['headers'] {
    const verdict = this.#verdict;
    if (!verdict) return [];
    return [
      ['x-ratelimit-limit', String(verdict.limit)],
      ['x-ratelimit-remaining', String(verdict.remaining)],
      ['x-ratelimit-reset', String(verdict.resetSec)],
    ];
  }

  #pass(verdict: Verdict | undefined): void {
    this.#verdict = verdict;
    if (!verdict || verdict.isAllowed) return;
    throw new AppError('ERR_RATE_LIMITED', 'Too many requests.', {
      retryAfterSec: verdict.retryAfterSec ?? 1,
      hint: 'Wait as long as retry-after says.',
    });
  }
}
