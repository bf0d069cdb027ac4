// Asking Phase: the token in its header, errors in its words, and nothing of a token in any of them.
import { readProblem } from '#contract/phase/problem.js';
import { type PhaseToken, authorization, readToken, tokenKind, withoutTokens } from '#contract/phase/token.js';
import type { WireRequest } from '#contract/phase/wire.js';
import { AppError } from '#core/errors.js';
import type { Sensitive } from '#core/sensitive.js';
import { Http, type HttpOptions, type HttpRequest } from './http.ts';
import { type Minting, sendMinting } from './minting.ts';
import { restBase } from './phase-address.ts';
import { failureError, readJson, statusError, withDetail } from './problem.ts';
import type { Outcome, SendAnswer } from './send.ts';

export type PhaseOptions = HttpOptions & { readonly token?: Sensitive | undefined };

export class PhaseHttp {
  readonly #http: Http;
  readonly #options: PhaseOptions;
  readonly #token: PhaseToken | undefined;
  readonly tokenKind: string;

  constructor(options: PhaseOptions) {
    this.#options = options;
    this.#http = new Http({ ...options, baseUrl: restBase(options.baseUrl) });
    this.#token = options.token && readToken(options.token.reveal());
    this.tokenKind = this.#token ? tokenKind(this.#token.type) : 'Phase token';
  }

  /** Sends what may be repeated freely, and reads the answer. */
  async ask(request: WireRequest, doing: string): Promise<unknown> {
    return this.json(this.expect(await this.try(request), doing));
  }

  /** Sends what may be repeated freely. */
  async try(request: WireRequest): Promise<Outcome> {
    return this.#http.safe(this.#outgoing(request));
  }

  async mint(minting: Omit<Minting, 'build'> & { build: (replace: boolean) => WireRequest }) {
    const build = (replace: boolean) => this.#outgoing(minting.build(replace));
    return sendMinting(this.#http, { ...minting, build });
  }

  /** @throws AppError for everything but success */
  expect(outcome: Outcome, doing: string): SendAnswer {
    const { host } = this.#http;
    if ('failure' in outcome) throw failureError(outcome.failure, host);
    const { answer } = outcome;
    if (answer.status >= 200 && answer.status < 300) return answer;
    const { tokenKind: kind } = this;
    const now = this.#options.clock.now();
    const asked = { host, doing, tokenKind: kind, now, redact: withoutTokens, read: readProblem };
    const error = statusError(answer, asked);
    // The only refusal that a user cannot understand from its own words: nothing is wrong with token or names.
    if (answer.status !== 400 || !/\bSSE\b/.test(error.message)) throw error;
    throw withDetail(
      error,
      "Turn on server-side encryption in the app's settings: this API cannot decrypt without it.",
    );
  }

  json(answer: SendAnswer): unknown {
    return readJson(answer, this.#http.host);
  }

  #outgoing({ authorized: _, ...rest }: WireRequest): HttpRequest {
    return { ...rest, headers: { ...rest.headers, authorization: this.#authorization() } };
  }

  #authorization(): Sensitive {
    if (this.#token) return authorization(this.#token);
    if (!this.#options.token) throw new AppError('ERR_UNAUTHENTICATED', 'There is no token to ask with.');
    throw new AppError('ERR_CONFIG_INVALID', 'The token is none of Phase, or not all of it.', {
      hint: 'Copy it again: pss_service:v2:…, pss_user:v1:…, or ServiceAccount and 64 hex digits.',
    });
  }
}
