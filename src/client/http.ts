// The one place that sends: time limits, retries with full jitter, Retry-After, and a deadline over all of it.
import { ENGINE_HEADER } from '#contract/doppler/wire.js';
import type { Clock } from '#core/clock.js';
import type { Sensitive } from '#core/sensitive.js';
import type { Network } from './network.ts';
import type { Outcome, Send, SendAnswer, SendFailure } from './send.ts';

const CONNECT_MS = 10_000;
const IDLE_MS = 20_000;
const MAX_ATTEMPTS = 5;
const BACKOFF_BASE_MS = 250;
const BACKOFF_CAP_MS = 5_000;
const RETRY_AFTER_CAP_SEC = 60;

export type HttpRequest = {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | Sensitive>>;
  readonly body?: string;
};

/** What sending takes of a machine; only a roof has it. */
export type Wire = {
  readonly send: Send;
  readonly clock: Clock;
  /** 0 ≤ random() < 1 */
  readonly random: () => number;
};

export type HttpOptions = Wire & {
  /** Origin, and path prefix if any, without a final slash. */
  readonly baseUrl: string;
  /** For everything this client will ever do, from now on. */
  readonly budgetMs: number;
  readonly network?: Network | undefined;
  readonly signal?: AbortSignal | undefined;
};

/** What to send after `outcome`, or undefined to leave it at that. A function is called when its turn has come. */
export type Next = (outcome: Outcome) => HttpRequest | (() => Promise<HttpRequest>) | undefined;

export class Http {
  readonly #options: HttpOptions;
  readonly #deadline: number;
  readonly host: string;

  constructor(options: HttpOptions) {
    this.#options = options;
    this.#deadline = options.clock.monotonic() + options.budgetMs;
    this.host = new URL(options.baseUrl).host;
  }

  /** Sends a request that may be repeated freely. */
  async safe(request: HttpRequest): Promise<Outcome> {
    return this.exchange(request, (outcome) => (mayPass(outcome) ? request : undefined));
  }

  /**
   * Sends `request`, then what `next` says, until it says no more, attempts run out, or the deadline is too near.
   * `next` sees every outcome, the last one too.
   */
  async exchange(request: HttpRequest, next: Next, signal = this.#options.signal): Promise<Outcome> {
    let current = request;
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await this.#once(current, signal);
      const following = next(outcome);
      if (!following || attempt >= MAX_ATTEMPTS) return outcome;
      if (!(await this.#hasWaited(outcome, attempt, signal))) return outcome;
      current = typeof following === 'function' ? await following() : following;
    }
  }

  /** False where the deadline is too near, or the wait was called off. */
  async #hasWaited(outcome: Outcome, attempt: number, signal: AbortSignal | undefined): Promise<boolean> {
    const waitMs = this.#waitMs(outcome, attempt);
    if (waitMs >= this.#leftMs()) return false;
    await this.#options.clock.sleep(waitMs, signal);
    return !signal?.aborted;
  }

  async #once(request: HttpRequest, signal: AbortSignal | undefined): Promise<Outcome> {
    const { send, baseUrl, network } = this.#options;
    const totalMs = Math.floor(this.#leftMs());
    if (totalMs < 1) return { failure: { kind: 'timeout', mayHaveArrived: false, code: 'DEADLINE' } };
    return send({
      method: request.method,
      url: baseUrl + request.target,
      headers: { accept: 'application/json', 'user-agent': 'secrets-action/1.0.0', ...request.headers },
      ...(request.body === undefined ? {} : { body: request.body }),
      connectMs: CONNECT_MS,
      idleMs: IDLE_MS,
      totalMs,
      network,
      signal,
    });
  }

  #leftMs(): number {
    return this.#deadline - this.#options.clock.monotonic();
  }

  /** Full jitter, after what the far side asked for: whoever is turned away with others must not return with them. */
  #waitMs(outcome: Outcome, attempt: number): number {
    const jitter = this.#options.random() * Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** attempt);
    const asked = 'answer' in outcome ? retryAfterSec(outcome.answer, this.#options.clock.now()) : undefined;
    return jitter + (asked ?? 0) * 1000;
  }
}

const PASSING: ReadonlySet<SendFailure['kind']> = new Set(['dns', 'connect', 'proxy', 'timeout', 'cut']);

/** Whether the same request may fare better a little later. */
export function mayPass(outcome: Outcome): boolean {
  if ('failure' in outcome) return PASSING.has(outcome.failure.kind);
  const { status } = outcome.answer;
  // Our engine's 502 is a verdict on what it was given, a login or a host: every further try would go the same way.
  if (status === 502 && isOfEngine(outcome.answer)) return false;
  // 408: a far side that grew tired of an idle connection, just as the request came (RFC 9110, 15.5.9).
  return status === 408 || status === 429 || status >= 500;
}

/** Whether our engine itself gave this answer: no cloud says so, and no proxy that answers in its place. */
export function isOfEngine({ headers }: SendAnswer): boolean {
  return headers[ENGINE_HEADER] !== undefined;
}

/** Whether the request certainly did nothing: it never left, or was turned away for its rate. */
export function didNothing(outcome: Outcome): boolean {
  return 'failure' in outcome ? !outcome.failure.mayHaveArrived : outcome.answer.status === 429;
}

/** Retry-After in seconds, given as seconds or as a date (RFC 9110 10.2.3); at most a minute is believed. */
export function retryAfterSec(answer: SendAnswer, now: number): number | undefined {
  const text = answer.headers['retry-after']?.trim() ?? '';
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : (Date.parse(text) - now) / 1000;
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), RETRY_AFTER_CAP_SEC) : undefined;
}
