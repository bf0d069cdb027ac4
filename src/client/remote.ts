// What only the command line asks of a secrets service: its tokens, and the leases of an engine one by one.
import { object, list, optionalText, word } from '#contract/doppler/decode.js';
import { bare, target, withJson } from '#contract/doppler/wire.js';
import { Sensitive } from '#core/sensitive.js';
import { Asking, type AskingOptions } from './asking.ts';
import type { Scope } from './client.ts';

const TOKENS = '/configs/config/tokens';
const LEASES = '/configs/config/dynamic_secrets/dynamic_secret/leases';

export type TokenLine = {
  readonly slug: string;
  readonly name: string;
  readonly access: string;
  readonly expiresAt: string;
};
export type LeaseLine = { readonly id: string; readonly state: string; readonly expiresAt: string };

export type StuckLine = LeaseLine & { readonly dynamic: string; readonly externalRef: string; readonly error: string };

/** Every method rejects with AppError and nothing else. */
export class Management {
  readonly #asking: Asking;

  constructor(options: AskingOptions) {
    this.#asking = new Asking(options);
  }

  async listTokens(scope: Scope): Promise<TokenLine[]> {
    const body = await this.#asking.ask(bare('GET', target(TOKENS, scope)), 'list the service tokens');
    return list(object(body, 'the body')['tokens'], 'tokens').map((one) => tokenLine(one));
  }

  /** Not repeated after a doubt: a second token would be one that nobody knows of. */
  async createToken(
    scope: Scope,
    wanted: { name: string; access: string; expiresAt: string | undefined },
  ): Promise<TokenLine & { key: Sensitive }> {
    const { name, access, expiresAt } = wanted;
    const body = { ...scope, name, access, ...(expiresAt === undefined ? {} : { expire_at: expiresAt }) };
    const answer = await this.#asking.ask(withJson('POST', target(TOKENS, {}), body), 'create a service token', false);
    const token = object(object(answer, 'the body')['token'], 'token');
    return { ...tokenLine(token), key: new Sensitive(word(token['key'], 'token.key')) };
  }

  async revokeToken(scope: Scope, slug: string): Promise<void> {
    const at = target(`${TOKENS}/token`, { ...scope, slug });
    await this.#asking.ask(withJson('DELETE', at, { ...scope, slug }), 'revoke the service token');
  }

  /** Engine only. */
  async listLeases(scope: Scope, dynamic: string): Promise<LeaseLine[]> {
    const body = await this.#asking.ask(
      bare('GET', target(LEASES, { ...scope, dynamic_secret: dynamic })),
      'list the leases',
    );
    return list(object(body, 'the body')['leases'], 'leases').map(leaseLine);
  }

  /** Engine only: leases of every project whose revocation fails. */
  async listStuckLeases(): Promise<StuckLine[]> {
    const body = await this.#asking.ask(bare('GET', target('/leases/stuck', {})), 'list the leases that do not end');
    return list(object(body, 'the body')['leases'], 'leases').map(stuckLine);
  }

  /** Engine only: gives the lease up. Answers the name of its credential at the target, which may live on. */
  async forceCloseLease(id: string): Promise<StuckLine> {
    const request = withJson('POST', target('/leases/lease/force_close', {}), { slug: id });
    return stuckLine(object(await this.#asking.ask(request, 'close the lease', false), 'the body')['lease']);
  }

  /** Engine only. Answers when the lease ends now. */
  async renewLease(scope: Scope, lease: { dynamic: string; id: string; ttlSec: number }): Promise<string> {
    const fields = { ...scope, dynamic_secret: lease.dynamic, slug: lease.id, ttl_sec: lease.ttlSec };
    const body = await this.#asking.ask(withJson('PUT', target(`${LEASES}/lease`, {}), fields), 'renew the lease');
    return word(object(body, 'the body')['expires_at'], 'expires_at');
  }
}

function leaseLine(value: unknown): LeaseLine {
  const lease = object(value, 'a lease');
  return {
    id: word(lease['id'], 'id'),
    state: word(lease['state'], 'state'),
    expiresAt: optionalText(lease['expires_at'], 'expires_at') ?? '',
  };
}

function stuckLine(value: unknown): StuckLine {
  const lease = object(value, 'a lease');
  return {
    ...leaseLine(value),
    dynamic: `${word(lease['project'], 'project')}/${word(lease['config'], 'config')}/${word(lease['dynamic_secret'], 'dynamic_secret')}`,
    externalRef: word(lease['external_ref'], 'external_ref'),
    error: optionalText(lease['error'], 'error') ?? '',
  };
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
