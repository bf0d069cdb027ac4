// Bytes on a connection that are no request: refused in the dialect, or taken for the body that a DELETE did not frame.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { problemBody } from '#contract/doppler/problem.js';
import type { Exchange } from './node.ts';
import { HTTP_PROBLEMS } from './problem.ts';

/** As node:http gives it: the packet, and how much of it was understood. */
type ParseError = NodeJS.ErrnoException & { rawPacket?: Buffer; bytesParsed?: number };

const MAX_UNFRAMED_BYTES = 64 * 1024;

const RAW_STATUS: Record<string, string> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** Knows which exchange is under way on each connection. */
export class StrayBytes {
  readonly #last = new WeakMap<Socket, Exchange>();

  /** `serve` runs at once, or once the rest of the packet has been seen when that may be the request's own body. */
  arrive(request: IncomingMessage, response: ServerResponse, serve: (exchange: Exchange) => void): void {
    const { socket } = request;
    const exchange: Exchange = { request, response, unframed: undefined };
    this.#last.set(socket, exchange);
    response.once('close', () => {
      if (this.#last.get(socket) === exchange) this.#last.delete(socket);
    });
    if (mayBeUnframed(request)) setImmediate(serve, exchange);
    else serve(exchange);
  }

  /** An answer that is under way is the last of its connection; where there is none, the bytes are refused. */
  refuse(error: ParseError, socket: Socket): void {
    const exchange = this.#last.get(socket);
    if (!exchange?.request.complete) return refuseRaw(error, socket);
    exchange.response.shouldKeepAlive = false;
    const body = unframedBody(error);
    if (body && mayBeUnframed(exchange.request)) exchange.unframed = body;
  }
}

/**
 * Doppler's node SDK writes the body of a DELETE without a length, since node:http frames none for that method. Such
 * bytes begin no request either ("{" is in no method), so to read them as the body can put nobody's request into another.
 */
function mayBeUnframed({ method, headers }: IncomingMessage): boolean {
  return (
    method === 'DELETE' &&
    headers['content-length'] === undefined &&
    headers['transfer-encoding'] === undefined &&
    (headers['content-type'] ?? '').startsWith('application/json')
  );
}

function unframedBody({ code, rawPacket, bytesParsed }: ParseError): Buffer | undefined {
  if (code !== 'HPE_INVALID_METHOD' || !rawPacket || bytesParsed === undefined) return undefined;
  const rest = rawPacket.subarray(bytesParsed);
  return rest[0] === 0x7b && rest.length <= MAX_UNFRAMED_BYTES ? rest : undefined;
}

/** What node:http would answer in plain text: the header Expect asks for something that nobody here has. */
export function refuseExpectation(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(417, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify(problemBody([HTTP_PROBLEMS.badExpectation.message])));
}

/** There is no response object, only the socket. */
function refuseRaw({ code = '' }: ParseError, socket: Socket): void {
  if (!socket.writable) return void socket.destroy();
  const status = RAW_STATUS[code] ?? '400 Bad Request';
  const text = JSON.stringify(problemBody([HTTP_PROBLEMS.unreadable.message]));
  const head = `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\nconnection: close`;
  socket.end(`HTTP/1.1 ${status}\r\n${head}\r\n\r\n${text}`);
}
