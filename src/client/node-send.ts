// Send over node:https (node:http for loopback): one keep-alive agent, whole bodies, no redirects, TLS always verified.
import type { ClientRequest, IncomingMessage } from 'node:http';
import * as https from 'node:https';
import type { Socket } from 'node:net';
import { Sensitive } from '#core/sensitive.js';
import { codeOf, Exchange, failureKindOf } from './exchange.ts';
import { DIRECT, mayCarryTokens, type Network, proxyFor } from './network.ts';
import type { Send, SendRequest } from './send.ts';

const MAX_BYTES = 16 * 1024 * 1024;

/** A Send with connections of its own. */
export function nodeSend({ maxBytes = MAX_BYTES }: { maxBytes?: number } = {}): Send {
  const ways = new Map<Network, Send>();
  return (request) => {
    const network = request.network ?? DIRECT;
    const way = ways.get(network) ?? sendOver(network, maxBytes);
    ways.set(network, way);
    return way(request);
  };
}

function sendOver(network: Network, maxBytes: number): Send {
  const open = opener(network);
  let proxied: Promise<Send> | undefined;
  return async (request) => {
    const url = new URL(request.url);
    if (!mayCarryTokens(url, network)) {
      return { failure: { kind: 'not-allowed', mayHaveArrived: false, code: 'HTTP_NOT_LOOPBACK' } };
    }
    const proxy = proxyFor(url, network);
    if (proxy) {
      // A chunk of its own: few jobs stand behind a proxy, and undici is several times all of this.
      proxied ??= import('./proxy-send.ts').then(({ proxySend }) => proxySend({ proxy, network, maxBytes }));
      return (await proxied)(request);
    }
    const opened = await open(url);
    return new Promise((resolve) => carry(new Exchange({ request, maxBytes, resolve }), request, url, opened));
  };
}

type Open = (url: URL, method: string) => ClientRequest;

/** Agents are made when needed: importing node:http by name reads all its exports and loads the whole of undici. */
function opener(network: Network): (url: URL) => Open | Promise<Open> {
  let plain: Promise<Open> | undefined;
  let tls: Open | Promise<Open> | undefined;
  return (url) => (url.protocol === 'https:' ? (tls ??= openTls(network)) : (plain ??= openPlain()));
}

function openTls(network: Network): Open | Promise<Open> {
  const opening = (options: https.AgentOptions): Open => {
    const agent = new https.Agent({ keepAlive: true, ...options });
    return (url, method) => https.request(url, { method, agent, rejectUnauthorized: true });
  };
  if (network.ca === undefined && network.client === undefined) return opening({});
  return import('./trust.ts').then(({ secureContextOf }) => opening({ secureContext: secureContextOf(network) }));
}

async function openPlain(): Promise<Open> {
  const { Agent, request } = await import('node:http');
  const agent = new Agent({ keepAlive: true });
  return (url, method) => request(url, { method, agent });
}

function carry(exchange: Exchange, request: SendRequest, url: URL, open: Open): void {
  let outgoing: ClientRequest | undefined;
  if (!exchange.start(() => outgoing?.destroy())) return;
  outgoing = open(url, request.method);
  const connected = url.protocol === 'https:' ? 'secureConnect' : 'connect';
  outgoing.on('socket', (socket: Socket) => {
    if (outgoing.reusedSocket) exchange.connected();
    else socket.once(connected, () => exchange.connected());
  });
  outgoing.on('error', (error: NodeJS.ErrnoException) => {
    const code = codeOf(error);
    exchange.fail(failureKindOf(code, exchange.isConnected), code);
  });
  outgoing.on('response', (answer) => receive(exchange, answer));
  write(outgoing, request);
}

/** Tokens go in by setHeader only: NODE_DEBUG prints the options of a request, headers included. */
function write(outgoing: ClientRequest, { headers, body }: SendRequest): void {
  for (const [name, value] of Object.entries(headers)) {
    outgoing.setHeader(name, value instanceof Sensitive ? value.reveal() : value);
  }
  if (body !== undefined) outgoing.setHeader('content-length', Buffer.byteLength(body));
  outgoing.end(body);
}

function receive(exchange: Exchange, answer: IncomingMessage): void {
  exchange.alive();
  answer.on('data', (chunk: Buffer) => exchange.data(chunk));
  answer.on('error', (error: NodeJS.ErrnoException) => exchange.fail('cut', codeOf(error)));
  answer.on('close', () => exchange.fail('cut', 'CLOSED_EARLY'));
  answer.on('end', () => {
    if (!answer.complete) exchange.fail('cut', 'CLOSED_EARLY');
    else exchange.end(answer.statusCode ?? 0, answer.headers);
  });
}
