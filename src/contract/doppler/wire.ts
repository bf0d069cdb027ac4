// What every Doppler v3 request is made of: method, path, query, headers, body; and the header words that our engine adds.
import { Sensitive } from '#core/sensitive.js';

/** A request below `/v3` of some host; `authorized` says whether the caller's token goes with it. */
export type WireRequest = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path and query, percent-encoded. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | Sensitive>>;
  readonly body?: string;
  readonly authorized: boolean;
};

/** Where secrets live; both may be left out with a service token (contracts/doppler.md 1.2). */
export type ConfigScope = { readonly project?: string; readonly config?: string };

/** On every answer of our engine: `<version>; <capability>, <capability>`. */
export const ENGINE_HEADER = 'secrets-engine';
/** k2 of a lease handle, on minting requests. */
export const LEASE_SET_HEADER = 'x-secrets-lease-set';
/** k1 or k0 of a lease handle, instead of Authorization. */
export const LEASE_HANDLE_HEADER = 'x-secrets-lease-handle';
/** The same key with the same body means the same lease. */
export const IDEMPOTENCY_HEADER = 'idempotency-key';

export type EngineInfo = { readonly version: string; readonly capabilities: readonly string[] };

/** The engine's header taken apart; undefined when the answer is not from an engine. */
export function readEngineHeader(text: string | undefined): EngineInfo | undefined {
  if (text === undefined || !/^[\x20-\x7e]{1,500}$/.test(text)) return undefined;
  const [version = '', capabilities = ''] = text.split(';', 2);
  if (version.trim() === '') return undefined;
  const words = capabilities.split(/[,\s]+/).filter((word) => word !== '');
  return { version: version.trim(), capabilities: words };
}

export type AuthForm = 'bearer' | 'basic';

/** The Authorization header in either form that the service accepts (contracts/doppler.md 1.1). */
export function authorization(token: Sensitive, form: AuthForm): Sensitive {
  const text = token.reveal();
  return new Sensitive(form === 'bearer' ? `Bearer ${text}` : `Basic ${Buffer.from(`${text}:`).toString('base64')}`);
}

/** `path` with the entries of `query` that have a value. */
export function target(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const pairs = Object.entries(query).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${encodeURIComponent(value)}`],
  );
  return pairs.length === 0 ? `/v3${path}` : `/v3${path}?${pairs.join('&')}`;
}

/** A request without a body. */
export function bare(method: WireRequest['method'], at: string): WireRequest {
  return { method, target: at, headers: {}, authorized: true };
}

/** A request with a JSON body. */
export function withJson(method: WireRequest['method'], at: string, body: object): WireRequest {
  const headers = { 'content-type': 'application/json' };
  return { method, target: at, headers, body: JSON.stringify(body), authorized: true };
}
