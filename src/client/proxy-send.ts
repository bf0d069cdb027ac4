// Send through an HTTP proxy, over undici: a tunnel for every address, the same limits and outcomes as node-send.
import { type Dispatcher, ProxyAgent } from 'undici';
import { Sensitive } from '#core/sensitive.js';
import { codeOf, Exchange, failureKindOf } from './exchange.ts';
import { decoded, type Network } from './network.ts';
import type { Send, SendRequest } from './send.ts';
import { secureContextOf } from './trust.ts';

export type ProxySendOptions = { readonly proxy: Sensitive; readonly network: Network; readonly maxBytes: number };

/**
 * A Send whose tunnels are its own. An agent serves one request at a time: one that fails takes its connections with
 * it, and nothing else.
 */
export function proxySend({ proxy, network, maxBytes }: ProxySendOptions): Send {
  const secureContext = secureContextOf(network);
  const idle: ProxyAgent[] = [];
  return async (request) => {
    const agent = idle.pop() ?? openAgent(proxy, secureContext, request.connectMs);
    const outcome = await exchangeOver(agent, request, maxBytes);
    if ('answer' in outcome) idle.push(agent);
    else agent.destroy().catch(() => {});
    return outcome;
  };
}

function openAgent(proxy: Sensitive, secureContext: ReturnType<typeof secureContextOf>, timeout: number): ProxyAgent {
  const url = new URL(proxy.reveal());
  const credentials = [url.username, url.password].map(decoded).join(':');
  const token = credentials === ':' ? {} : { token: `Basic ${Buffer.from(credentials).toString('base64')}` };
  url.username = url.password = '';
  const tls = { secureContext, rejectUnauthorized: true, timeout };
  return new ProxyAgent({ uri: url.href, ...token, requestTls: tls, proxyTls: tls, connections: 1 });
}

function exchangeOver(agent: ProxyAgent, request: SendRequest, maxBytes: number) {
  return new Promise<Awaited<ReturnType<Send>>>((resolve) => {
    const exchange = new Exchange({ request, maxBytes, resolve });
    if (exchange.start(() => {})) agent.dispatch(dispatched(request), handlerOf(exchange));
  });
}

function dispatched({ method, url, headers, body }: SendRequest): Dispatcher.DispatchOptions {
  const { origin, pathname, search } = new URL(url);
  const open = Object.entries(headers).map(([name, value]) => [
    name,
    value instanceof Sensitive ? value.reveal() : value,
  ]);
  // Its own limits are off: the exchange has ours.
  const limits = { headersTimeout: 0, bodyTimeout: 0 };
  const path = pathname + search;
  return { ...limits, origin, path, method: method as Dispatcher.HttpMethod, headers: open.flat(), body: body ?? null };
}

function handlerOf(exchange: Exchange): Dispatcher.DispatchHandler {
  let head: { status: number; headers: Readonly<Record<string, string | string[] | undefined>> } | undefined;
  return {
    onRequestStart: () => exchange.connected(),
    onResponseStart: (_, status, headers) => {
      head = { status, headers };
      exchange.alive();
    },
    onResponseData: (_, chunk) => exchange.data(chunk),
    onResponseEnd: () => exchange.end(head?.status ?? 0, head?.headers ?? {}),
    onResponseError: (_, error) => {
      // The one way in which undici tells what the proxy said.
      const refused = /^Proxy response \((\d{3})\)/.exec(error.message)?.[1];
      const code = refused === undefined ? codeOf(error) : `HTTP_${refused}`;
      const kind = failureKindOf(code, exchange.isConnected);
      exchange.fail(kind === 'connect' || kind === 'dns' ? 'proxy' : kind, code);
    },
  };
}
