// A question of the command line to a secrets service: sent with the token, answered with JSON or one clear error.
import { authorization, type WireRequest } from '#contract/doppler/wire.js';
import { AppError } from '#core/errors.js';
import type { Sensitive } from '#core/sensitive.js';
import { Http, type HttpOptions } from './http.ts';
import { failureError, readJson, statusError } from './problem.ts';

export type AskingOptions = HttpOptions & { readonly token: Sensitive };

export class Asking {
  readonly #http: Http;
  readonly #options: AskingOptions;

  constructor(options: AskingOptions) {
    this.#http = new Http(options);
    this.#options = options;
  }

  /**
   * @param doing what it is for, to be read after "could not"
   * @param mayRepeat false where a second go would make a second thing that nobody knows of
   * @returns undefined where the answer has no body
   * @throws AppError and nothing else
   */
  async ask(request: WireRequest, doing: string, mayRepeat = true): Promise<unknown> {
    const { token, clock } = this.#options;
    const headers = { ...request.headers, authorization: authorization(token, 'bearer') };
    const outgoing = { ...request, headers };
    const outcome = mayRepeat ? await this.#http.safe(outgoing) : await this.#http.exchange(outgoing, () => undefined);
    const { host } = this.#http;
    if ('failure' in outcome) throw failureError(outcome.failure, host);
    const { answer } = outcome;
    if (answer.status === 204) return undefined;
    if (answer.status >= 200 && answer.status < 300) return readJson(answer, host);
    const redact = (text: string) => text.replace(/\bdp\.[a-z]+\.[A-Za-z0-9._-]+/g, '[token]');
    throw statusError(answer, { host, doing, tokenKind: 'token', now: clock.now(), redact });
  }
}

/** For a command line that ended before it could ask. */
export function noToken(): AppError {
  return new AppError('ERR_CONFIG_INVALID', 'There is no token to ask with.', {
    hint: 'Set SECRETS_TOKEN, or name a file with --token-file.',
  });
}
