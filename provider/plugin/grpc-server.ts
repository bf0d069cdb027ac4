// A unary gRPC server over node:http2 that knows nothing of what the messages mean.
import { once } from 'node:events';
import {
  createSecureServer,
  createServer,
  type Http2Server,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import { AppError, asAppError } from '#core/errors.js';
import type { Certificate } from './certificate.ts';
import { encodeMessage, frame, FrameGatherer, STATUS, statusOf } from './grpc-frame.ts';

/** Answers one call. `signal` aborts when the caller resets the stream or its connection is lost. */
export type Handler = (request: Buffer, signal: AbortSignal) => Promise<Uint8Array>;
/** Handlers by path, `/package.Service/Method`. */
export type Handlers = ReadonlyMap<string, Handler>;
/** The same while some of them are still being loaded. */
export type Finding = { get: (path: string) => Handler | undefined | Promise<Handler | undefined> };

export type GrpcOptions = {
  handlers: Finding;
  /** Our certificate and the only client certificate that may talk to us; plaintext when absent. */
  tls?: { own: Certificate; client: string } | undefined;
  /** Told about every failure, for the log. */
  onFailure?: (path: string, error: AppError) => void;
};

export type GrpcServer = {
  http: Http2Server;
  openSessions: () => number;
  /** Resolves when no handler is at work. */
  settled: () => Promise<void>;
  close: () => Promise<void>;
};

const SETTINGS = { initialWindowSize: 1 << 24, maxConcurrentStreams: 1 << 20 };
const GRPC = 'application/grpc';
const UNKNOWN_METHOD = 'This plugin does not offer that method.';

/** A server that does not listen yet. Nobody without the client's key can finish its handshake. */
export function newGrpcServer(options: GrpcOptions): GrpcServer {
  const sessions = new Set<ServerHttp2Session>();
  const http = options.tls ? secure(options.tls) : createServer({ settings: SETTINGS });
  http.on('session', (session: ServerHttp2Session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
    session.on('error', () => session.destroy());
    session.setLocalWindowSize(1 << 26);
  });
  // A failed TLS handshake, a wrong client certificate among them, ends that socket and nothing else.
  http.on('sessionError', () => undefined);
  const working = new Set<Promise<void>>();
  http.on('stream', (stream: ServerHttp2Stream, headers) => {
    const work = answer(stream, String(headers[':path']), options).finally(() => working.delete(work));
    working.add(work);
  });
  return {
    http,
    openSessions: () => sessions.size,
    settled: async () => void (await Promise.allSettled(working)),
    close: () => close(http, sessions),
  };
}

function secure({ own, client }: { own: Certificate; client: string }): Http2Server {
  return createSecureServer({
    key: own.keyPem,
    cert: own.certPem,
    ca: [client],
    requestCert: true,
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    settings: SETTINGS,
  });
}

/** A server that was handed its connections does not know of them, so that the sessions are waited for themselves. */
async function close(http: Http2Server, sessions: ReadonlySet<ServerHttp2Session>): Promise<void> {
  const closed = new Promise<void>((done) => http.close(() => done()));
  const gone = [...sessions].map((session) => once(session, 'close'));
  for (const session of sessions) session.close();
  await Promise.all([closed, ...gone]);
}

async function answer(stream: ServerHttp2Stream, path: string, options: GrpcOptions): Promise<void> {
  stream.on('error', () => undefined);
  const found = options.handlers.get(path);
  // At once and without the body: the broker's stream never half-closes (terraform.md A2).
  if (!found) return refuse(stream, STATUS.unimplemented, UNKNOWN_METHOD);
  const aborted = new AbortController();
  let done = false;
  stream.once('close', () => {
    if (!done) aborted.abort();
  });
  try {
    const handler = await found;
    if (!handler) return refuse(stream, STATUS.unimplemented, UNKNOWN_METHOD);
    const reply = await handler(await readMessage(stream), aborted.signal);
    done = true;
    respond(stream, reply);
  } catch (error) {
    done = true;
    const failure = asAppError(error);
    options.onFailure?.(path, failure);
    refuse(stream, aborted.signal.aborted ? STATUS.cancelled : statusOf(failure.code), failure.message);
  }
}

async function readMessage(stream: ServerHttp2Stream): Promise<Buffer> {
  const gathered = new FrameGatherer();
  try {
    for await (const piece of stream) gathered.add(piece as Buffer);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('ERR_CONTRACT', 'The request was cut off.', { cause: error });
  }
  return gathered.message();
}

function respond(stream: ServerHttp2Stream, reply: Uint8Array): void {
  if (stream.destroyed || stream.headersSent) return;
  stream.respond({ ':status': 200, 'content-type': GRPC }, { waitForTrailers: true });
  stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': String(STATUS.ok) }));
  stream.end(frame(reply));
}

/** Trailers only: the status travels in the single header block. */
function refuse(stream: ServerHttp2Stream, status: number, text: string): void {
  if (stream.destroyed || stream.headersSent) return;
  const headers = {
    ':status': 200,
    'content-type': GRPC,
    'grpc-status': String(status),
    'grpc-message': encodeMessage(text),
  };
  stream.respond(headers, { endStream: true });
}
