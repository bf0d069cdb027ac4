// What only the command line asks of a secrets service: its tokens, and the leases of an engine one by one.
import { object, list, optionalText, word } from '#contract/doppler/decode.js';
import { authorization, target, withJson, bare, type WireRequest } from '#contract/doppler/wire.js';
import { AppError } from '#core/errors.js';
import { Sensitive } from '#core/sensitive.js';
import type { Scope } from './client.ts';
import { Http, type HttpOptions, failureError } from './http.ts';
import { readJson, statusError } from './problem.ts';

const TOKENS = '/configs/config/tokens';
const LEASES = '/configs/config/dynamic_secrets/dynamic_secret/leases';

export type TokenLine = {
  readonly slug: string;
  readonly name: string;
  readonly access: string;
  readonly expiresAt: string;
};
export type LeaseLine = { readonly id: string; readonly state: string; readonly expiresAt: string };

/** Every method rejects with AppError and nothing else. */
export class Management {
  readonly #http: Http;
  readonly #options: HttpOptions & { readonly token: Sensitive };

  constructor(options: HttpOptions & { readonly token: Sensitive }) {
    this.#http = new Http(options);
    this.#options = options;
  }

  async listTokens(scope: Scope): Promise<TokenLine[]> {
    const body = await this.#ask(bare('GET', target(TOKENS, scope)), 'list the service tokens');
    return list(object(body, 'the body')['tokens'], 'tokens').map((one) => tokenLine(one));
  }

  /** Not repeated after a doubt: a second token would be one that nobody knows of. */
  async createToken(
    scope: Scope,
    wanted: { name: string; access: string; expiresAt: string | undefined },
  ): Promise<TokenLine & { key: Sensitive }> {
    const { name, access, expiresAt } = wanted;
    const body = { ...scope, name, access, ...(expiresAt === undefined ? {} : { expire_at: expiresAt }) };
    const answer = await this.#ask(withJson('POST', target(TOKENS, {}), body), 'create a service token', false);
    const token = object(object(answer, 'the body')['token'], 'token');
    return { ...tokenLine(token), key: new Sensitive(word(token['key'], 'token.key')) };
  }

  async revokeToken(scope: Scope, slug: string): Promise<void> {
    const at = target(`${TOKENS}/token`, { ...scope, slug });
    await this.#ask(withJson('DELETE', at, { ...scope, slug }), 'revoke the service token');
  }

  /** Engine only. */
  async listLeases(scope: Scope, dynamic: string): Promise<LeaseLine[]> {
    const body = await this.#ask(bare('GET', target(LEASES, { ...scope, dynamic_secret: dynamic })), 'list the leases');
    return list(object(body, 'the body')['leases'], 'leases').map((one) => {
      const lease = object(one, 'a lease');
      return {
        id: word(lease['id'], 'id'),
        state: word(lease['state'], 'state'),
        expiresAt: optionalText(lease['expires_at'], 'expires_at') ?? '',
      };
    });
  }

  /** Engine only. Answers when the lease ends now. */
  async renewLease(scope: Scope, lease: { dynamic: string; id: string; ttlSec: number }): Promise<string> {
    const fields = { ...scope, dynamic_secret: lease.dynamic, slug: lease.id, ttl_sec: lease.ttlSec };
    const body = await this.#ask(withJson('PUT', target(`${LEASES}/lease`, {}), fields), 'renew the lease');
    return word(object(body, 'the body')['expires_at'], 'expires_at');
  }

  async #ask(request: WireRequest, doing: string, mayRepeat = true): Promise<unknown> {
    const { token, clock } = this.#options;
    const headers = { ...request.headers, authorization: authorization(token, 'bearer') };
    const outgoing = { ...request, headers };
    const outcome = mayRepeat ? await this.#http.safe(outgoing) : await this.#http.exchange(outgoing, () => undefined);
    const { host } = this.#http;
    if ('failure' in outcome) throw failureError(outcome.failure, host);
    const { answer } = outcome;
    if (answer.status >= 200 && answer.status < 300) return readJson(answer, host);
    const redact = (text: string) => text.replace(/\bdp\.[a-z]+\.[A-Za-z0-9._-]+/g, '[token]');
    throw statusError(answer, { host, doing, tokenKind: 'token', now: clock.now(), redact });
  }
}

function tokenLine(value: unknown): TokenLine {
  const token = object(value, 'a token');
  return {
    slug: word(token['slug'], 'slug'),
    name: word(token['name'], 'name'),
    access: optionalText(token['access'], 'access') ?? '',
    expiresAt: optionalText(token['expires_at'], 'expires_at') ?? '',
  };
}

/** For a command line that ended before it could ask. */
export function noToken(): AppError {
  return new AppError('ERR_CONFIG_INVALID', 'There is no token to ask with.', {
    hint: 'Set SECRETS_TOKEN, or name a file with --token-file.',
  });
}
