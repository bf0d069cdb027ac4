// One Doppler API v3 with one token: how its requests go out, and what becomes of their answers.
import { tokenKind } from '#contract/doppler/actor.js';
import { type AuthForm, authorization, type WireRequest } from '#contract/doppler/wire.js';
import { AppError } from '#core/errors.js';
import type { Sensitive } from '#core/sensitive.js';
import { isOk, readJson } from './answer.ts';
import type { Scope } from './client.ts';
import { Http, type HttpOptions, type HttpRequest } from './http.ts';
import type { Outcome, SendAnswer } from './send.ts';

export type DopplerOptions = HttpOptions & { readonly token?: Sensitive | undefined; readonly authForm?: AuthForm };

export class DopplerCalls {
  readonly tokenKind: string;
  readonly http: Http;
  readonly #options: DopplerOptions;
  readonly #authorization: Sensitive | undefined;

  constructor(options: DopplerOptions) {
    this.#options = options;
    this.http = new Http(options);
    const token = options.token?.reveal() ?? '';
    this.tokenKind = tokenKind(token);
    this.#authorization = options.token && authorization(options.token, options.authForm ?? 'bearer');
  }

  #redact(text: string): string {
    const token = this.#options.token?.reveal() ?? '';
    const known = token === '' ? text : text.replaceAll(token, '[token]');
    return known.replace(/\bdp\.[a-z]+\.[A-Za-z0-9._-]+/g, '[token]');
  }

  /** The answer to a request that may be repeated freely. @throws AppError when it is none of success */
  async ask(request: WireRequest, doing: string): Promise<SendAnswer> {
    return this.expect(await this.http.safe(this.outgoing(request)), doing);
  }

  outgoing(request: WireRequest): HttpRequest {
    const { authorized, ...rest } = request;
    if (!authorized) return rest;
    if (!this.#authorization) throw new AppError('ERR_UNAUTHENTICATED', 'There is no token to ask with.');
    return { ...rest, headers: { ...rest.headers, authorization: this.#authorization } };
  }

  async expect(outcome: Outcome, doing: string): Promise<SendAnswer> {
    if ('answer' in outcome && isOk(outcome.answer)) return outcome.answer;
    throw await this.#explained(outcome, doing);
  }

  /** Explaining takes more code than asking, and most outcomes need none. */
  async #explained(outcome: Outcome, doing: string): Promise<AppError> {
    const { failureError, statusError } = await import('./problem.ts');
    const { host } = this.http;
    if ('failure' in outcome) return failureError(outcome.failure, host);
    return statusError(outcome.answer, {
      ...{ host, doing, tokenKind: this.tokenKind, now: this.now },
      redact: (text) => this.#redact(text),
    });
  }

  json(answer: SendAnswer): unknown {
    return readJson(answer, this.http.host);
  }

  get now(): number {
    return this.#options.clock.now();
  }
}

/** A place in a sentence. */
export function named(scope: Scope): string {
  if (scope.project === undefined && scope.config === undefined) return "the token's own config";
  return `${scope.project ?? '(own project)'}/${scope.config ?? '(own config)'}`;
}
