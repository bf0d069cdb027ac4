// Send over connections of our own, TLS always verified: whole bodies, no redirects, HTTP/1.1.
import buffer from 'node:buffer';
import { AppError, oneLine } from '#core/errors.js';
import { Sensitive } from '#core/sensitive.js';
import { AnswerParser } from './answer-parser.ts';
import { Connections, type Socket } from './connections.ts';
import { codeOf, Exchange, failureKindOf } from './exchange.ts';
import { DIRECT, mayCarryTokens, type Network, proxyFor } from './network.ts';
import type { Send, SendRequest } from './send.ts';

const MAX_BYTES = 16 * 1024 * 1024;

/** A Send with connections of its own. */
export function nodeSend({ maxBytes = MAX_BYTES }: { maxBytes?: number } = {}): Send {
  // With NODE_DEBUG=stream Node prints the first bytes of every answer, before any mask.
  buffer.INSPECT_MAX_BYTES = 0;
  const ways = new Map<Network, Send>();
  return (request) => {
    const network = request.network ?? DIRECT;
    const way = ways.get(network) ?? sendOver(network, maxBytes);
    ways.set(network, way);
    return way(request);
  };
}

function sendOver(network: Network, maxBytes: number): Send {
  let connections: Connections | Promise<Connections> | undefined;
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
    const { method } = request;
    const message = { method, url, bytes: bytesOf(request, url) };
    connections ??= connectionsOf(network);
    const opened = await connections;
    return new Promise((resolve) => carry(new Exchange({ request, maxBytes, resolve }), message, opened));
  };
}

function connectionsOf(network: Network): Connections | Promise<Connections> {
  if (network.ca === undefined && network.client === undefined) return new Connections(undefined);
  return import('./trust.ts').then(({ secureContextOf }) => new Connections(secureContextOf(network)));
}

type Message = { readonly method: string; readonly url: URL; readonly bytes: Buffer };

function carry(exchange: Exchange, { method, url, bytes }: Message, connections: Connections): void {
  let socket: Socket | undefined;
  if (!exchange.start(() => socket?.destroy())) return;
  const kept = connections.takeIdle(url);
  socket = kept ?? connections.open(url);
  const stop = listen(exchange, socket, method, (keepMs) => {
    stop();
    // An answer may come before the whole request has left.
    const isAtRest = !socket.destroyed && socket.writableLength === 0;
    connections.release(url, socket, isAtRest ? keepMs : 0);
  });
  const stands = () => {
    exchange.connected();
    socket.write(bytes);
  };
  if (kept) stands();
  else socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', stands);
}

/** Brings what the connection says to the exchange; the returned function ends that. */
function listen(exchange: Exchange, socket: Socket, method: string, over: (keepMs: number) => void): () => void {
  let answer: { status: number; headers: Readonly<Record<string, string>> } = { status: 0, headers: {} };
  const parser = new AnswerParser(method, {
    head: (status, headers) => {
      answer = { status, headers };
    },
    data: (part) => exchange.data(part),
    end: (keepMs) => {
      // First, since it may end the connection, and one that is ending carries nothing more.
      exchange.end(answer.status, answer.headers);
      over(keepMs);
    },
  });
  const attempt = (read: () => void) => {
    try {
      read();
    } catch (error) {
      exchange.fail('cut', codeOf(error as NodeJS.ErrnoException));
    }
  };
  const ended = () => attempt(() => parser.close());
  const listeners = {
    data: (part: Buffer) => {
      exchange.alive();
      attempt(() => parser.push(part));
    },
    error: (error: NodeJS.ErrnoException) => {
      const code = codeOf(error);
      exchange.fail(failureKindOf(code, exchange.isConnected), code);
    },
    end: ended,
    close: ended,
  };
  for (const [event, listener] of Object.entries(listeners)) socket.on(event, listener);
  return () => {
    for (const [event, listener] of Object.entries(listeners)) socket.off(event, listener);
  };
}

/**
 * A request as it goes over the wire. One write: in TLS it is one record.
 * @throws AppError ERR_REQUEST_INVALID when a header holds what would end it
 */
function bytesOf({ method, headers, body }: SendRequest, url: URL): Buffer {
  const lines = [`${method} ${url.pathname}${url.search} HTTP/1.1`, `host: ${url.host}`, 'connection: keep-alive'];
  for (const [name, given] of Object.entries(headers)) {
    const value = given instanceof Sensitive ? given.reveal() : given;
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
      throw new AppError('ERR_REQUEST_INVALID', `The header ${oneLine(name, 100)} holds what HTTP cannot carry.`);
    }
    lines.push(`${name}: ${value}`);
  }
  const isCounted = body !== undefined || /^P(?:OST|UT|ATCH)$/.test(method);
  if (isCounted) lines.push(`content-length: ${Buffer.byteLength(body ?? '')}`);
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  return body === undefined ? head : Buffer.concat([head, Buffer.from(body)]);
}
