// One managing call: sent, repeated where that is safe, and every answer outside 200–299 turned into an error.
import { tokenKind } from '#contract/doppler/actor.js';
import { readProblem } from '#contract/doppler/problem.js';
import { ENGINE_HEADER, type WireRequest, authorization, readEngineHeader } from '#contract/doppler/wire.js';
import type { Clock } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import { Http, type HttpRequest, didNothing, mayPass } from './http.ts';
import type { ManagementOptions } from './management.ts';
import { failureError, readJson, statusError, withDetail } from './problem.ts';
import type { Outcome, Send, SendAnswer } from './send.ts';

export type CallOptions = ManagementOptions & {
  readonly send: Send;
  readonly clock: Clock;
  /** 0 ≤ random() < 1 */
  readonly random: () => number;
};

/** How a request is repeated: `again` may be freely; `once` only while it certainly did nothing. */
export type Manner = 'again' | 'once';

export class ManagementCalls {
  readonly #options: CallOptions;
  readonly #tokenKind: string;
  readonly #redact: (text: string) => string;
  #isEngine: boolean | undefined;

  constructor(options: CallOptions) {
    this.#options = options;
    const token = options.token.reveal();
    this.#tokenKind = tokenKind(token);
    this.#redact = (text) => text.replaceAll(token, '[token]').replace(/\bdp\.[a-z]+\.[A-Za-z0-9._-]+/g, '[token]');
  }

  /** Whether the far side is an engine of ours; undefined until it has answered. */
  get isEngine(): boolean | undefined {
    return this.#isEngine;
  }

  get clock(): Clock {
    return this.#options.clock;
  }

  /**
   * The JSON of the answer, undefined where it has no body.
   * @param doing completes "may not …"
   * @throws AppError ERR_NOT_FOUND only when the far side itself says so, not when a proxy or a wrong address does
   */
  async ask(request: WireRequest, doing: string, manner: Manner = 'again', signal?: AbortSignal): Promise<unknown> {
    const repeat = (outcome: Outcome) => manner === 'again' || didNothing(outcome);
    const { outcome, host } = await this.exchange(
      (_, outcome) => (!outcome || repeat(outcome) ? request : undefined),
      signal,
    );
    try {
      const answer = this.#expect(outcome, doing, host);
      return answer.text === '' ? undefined : readJson(answer, host);
    } catch (error) {
      if (manner === 'again' || !mayHaveDone(outcome) || !(error instanceof AppError)) throw error;
      throw withDetail(error, 'It may have been done all the same: look, and import what is there.');
    }
  }

  /** As `ask` for what changes nothing. */
  get(request: WireRequest, doing: string, signal: AbortSignal | undefined): Promise<unknown> {
    return this.ask(request, doing, 'again', signal);
  }

  /** Sends what `build` makes for each attempt, until it makes nothing more. */
  async exchange(
    build: (attempt: number, before?: Outcome) => WireRequest | undefined,
    signal?: AbortSignal,
  ): Promise<{ outcome: Outcome; host: string }> {
    const { apiUrl, maxRetries, ...options } = this.#options;
    const http = new Http({ ...options, baseUrl: apiUrl, signal });
    let attempt = 0;
    const first = build(attempt);
    if (!first) throw new AppError('ERR_INTERNAL', 'There is nothing to send.');
    const outcome = await http.exchange(this.#outgoing(first), (seen) => {
      attempt += 1;
      const following = mayPass(seen) && attempt <= maxRetries ? build(attempt, seen) : undefined;
      return following && this.#outgoing(following);
    });
    if ('answer' in outcome) this.#learn(outcome.answer);
    return { outcome, host: http.host };
  }

  /** What stands in between answers without the header too: only an answer of the API itself says that it is none. */
  #learn(answer: SendAnswer): void {
    if (readEngineHeader(answer.headers[ENGINE_HEADER])) this.#isEngine = true;
    else if (answer.status < 300) this.#isEngine ??= false;
  }

  #outgoing({ authorized, ...rest }: WireRequest): HttpRequest {
    return authorized
      ? { ...rest, headers: { ...rest.headers, authorization: authorization(this.#options.token, 'bearer') } }
      : rest;
  }

  /** The answer, if it is one of 200–299. */
  expect({ outcome, host }: { outcome: Outcome; host: string }, doing: string): unknown {
    return readJson(this.#expect(outcome, doing, host), host);
  }

  #expect(outcome: Outcome, doing: string, host: string): SendAnswer {
    if ('failure' in outcome) throw failureError(outcome.failure, host);
    const { answer } = outcome;
    if (answer.status >= 200 && answer.status < 300) return answer;
    const asked = { host, doing, tokenKind: this.#tokenKind, now: this.#options.clock.now(), redact: this.#redact };
    if (answer.status === 404 && !isOurs(answer)) {
      throw new AppError('ERR_CONTRACT', `${host} answered 404 as if it were not the API.`, {
        hint: 'Check the address, and what stands between it and this machine.',
      });
    }
    throw statusError(answer, asked);
  }
}

function mayHaveDone(outcome: Outcome): boolean {
  return 'failure' in outcome ? outcome.failure.mayHaveArrived : outcome.answer.status >= 500;
}

function isOurs(answer: SendAnswer): boolean {
  try {
    return readProblem(JSON.parse(answer.text)) !== undefined;
  } catch {
    return false;
  }
}
