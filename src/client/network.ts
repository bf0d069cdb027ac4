// How connections leave this machine: through which proxy, whom TLS believes, and with which certificate of our own.
import { isLoopbackHost } from '#core/address.js';
import type { Sensitive } from '#core/sensitive.js';

/** Read once, when a process starts: nothing that a later step sets changes where a token goes. */
export type Network = {
  /** Address of the proxy, with user and password if it wants them. */
  readonly proxy: Sensitive | undefined;
  /** NO_PROXY: hosts, domains and `host:port` between commas or blanks that are reached without it; `*` for all. */
  readonly noProxy: string;
  /** Certificates (PEM) to believe beside the usual ones. */
  readonly ca: string | undefined;
  /** What we show to a server that asks who we are. */
  readonly client: { readonly certificate: string; readonly key: Sensitive } | undefined;
  /** Whether http is allowed beyond loopback. */
  readonly allowInsecureHttp: boolean;
};

/** Straight out, believing whom Node believes. */
export const DIRECT: Network = {
  proxy: undefined,
  noProxy: '',
  ca: undefined,
  client: undefined,
  allowInsecureHttp: false,
};

/** Whether a token may be sent there at all. */
export function mayCarryTokens(url: URL, { allowInsecureHttp }: Pick<Network, 'allowInsecureHttp'>): boolean {
  if (url.protocol === 'https:') return true;
  return url.protocol === 'http:' && (allowInsecureHttp || isLoopbackHost(url.hostname));
}

/** The proxy for this address; undefined to go straight. This very machine is never behind one. */
export function proxyFor(url: URL, { proxy, noProxy }: Network): Sensitive | undefined {
  if (!proxy || isLoopbackHost(url.hostname) || isExempt(url, noProxy)) return undefined;
  return proxy;
}

/** As curl reads NO_PROXY: an entry is a host and all below it, with or without a dot in front; a port must match. */
function isExempt(url: URL, noProxy: string): boolean {
  const host = url.hostname.toLowerCase();
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => {
      if (entry === '*') return true;
      const [, name = '', wanted] = /^\*?\.?((?:\[[^\]]*\]|[^:\s]*))(?::(\d+))?$/.exec(entry) ?? [];
      if (name === '' || (wanted !== undefined && wanted !== port)) return false;
      return host === name || host.endsWith(`.${name}`);
    });
}

/** A `%` that begins no code stands for itself. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
