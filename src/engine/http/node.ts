// Between node:http and the application: a request read from its connection, and its answer written there, each once.
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { TLSSocket } from 'node:tls';
import { type Handle, type Reply, withType } from './answer.ts';
import { httpProblem } from './problem.ts';
import { urlOf } from './target.ts';

export type Exchange = {
  request: IncomingMessage;
  response: ServerResponse;
  /** The body of a request that framed none. */
  unframed: Buffer | undefined;
};

/** How long, and how far, a body that nobody wants is read on: to close at once would take the answer from its sender. */
const DRAIN_MS = 500;
const MAX_DRAIN_BYTES = 64 * 1024 * 1024;
/** Statuses without a body and without a length of one. */
const EMPTY = [204, 304];

/** Never rejects. A request whose address cannot be read is refused before the application hears of it. */
export async function answerNode(handle: Handle, exchange: Exchange): Promise<void> {
  const { request, response } = exchange;
  response.once('close', () => drain(request));
  try {
    const reply = await replyTo(handle, exchange);
    if (reply.stream) await pour(response, reply, reply.stream);
    else send(response, reply);
  } catch {
    // The connection broke while it was written to: there is nobody left to tell.
    response.destroy();
  }
}

function replyTo(handle: Handle, { request, unframed }: Exchange): Reply | Promise<Reply> {
  const { method = '', url: target = '', headers, socket } = request;
  const url = urlOf({ target, host: headers.host ?? '', scheme: socket instanceof TLSSocket ? 'https' : 'http' });
  if (!url) return withType(httpProblem('unreadable'));
  return handle({
    method,
    url,
    header: (name) => {
      const value = headers[name];
      return Array.isArray(value) ? value.join(', ') : value;
    },
    body: method === 'GET' || method === 'HEAD' ? undefined : chunksOf(request, unframed),
    peer: socket.remoteAddress ?? '',
  });
}

async function* chunksOf(request: IncomingMessage, unframed: Buffer | undefined): AsyncGenerator<Uint8Array> {
  if (unframed) return yield unframed;
  if (request.complete && request.readableAborted) {
    // Its sender said everything and left: what it said lies there, though the stream counts as broken.
    const rest = request.read() as Buffer | null;
    if (rest) yield rest;
    return;
  }
  yield* request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
}

/** Headers and body in one piece. */
function send(response: ServerResponse, { status, headers, text }: Reply): void {
  const length = text === undefined ? 0 : Buffer.byteLength(text);
  response.writeHead(status, EMPTY.includes(status) ? headers : [...headers, ['content-length', String(length)]]);
  response.end(text);
}

/** Headers at once, then what the source makes, no faster than it is taken. */
async function pour(response: ServerResponse, { status, headers }: Reply, source: ReadableStream<Uint8Array>) {
  const reader = source.getReader();
  const gone = new AbortController();
  const leave = () => {
    gone.abort();
    reader.cancel().catch(() => undefined);
  };
  if (response.closed) return leave();
  response.once('close', leave);
  response.writeHead(status, headers).flushHeaders();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return void response.end();
    if (!response.write(value)) await once(response, 'drain', { signal: gone.signal });
  }
}

/** What is left of a request when its answer is over; the connection may then serve the next. */
function drain(request: IncomingMessage): void {
  if (request.readableEnded || request.destroyed) return;
  let left = MAX_DRAIN_BYTES;
  const end = () => request.socket.destroySoon();
  const timer = setTimeout(end, DRAIN_MS);
  const stop = () => clearTimeout(timer);
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) end();
  });
  request.once('end', stop).once('close', stop).once('error', stop);
  request.resume();
}
