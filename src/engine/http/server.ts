// The listener: a node:http server with limits on every wait, that answers in the dialect even what never was a request.
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Clock } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import type { Log } from '../log.ts';
import type { Handle } from './answer.ts';
import { answerNode } from './node.ts';
import { redirectTo } from './redirect.ts';
import { refuseExpectation, StrayBytes } from './stray.ts';
import { reloadTls, type TlsFiles, tlsOptions } from './tls.ts';

const LIMITS = {
  headersTimeout: 10_000,
  /** A lease may take 10 s to revoke; a slow body is cut earlier (http/body.ts). */
  requestTimeout: 30_000,
  keepAliveTimeout: 10_000,
  maxHeaderSize: 16 * 1024,
  connectionsCheckingInterval: 2_000,
  /** A header that came twice is seen to have come twice: a second Authorization makes both worthless. */
  joinDuplicateHeaders: true,
};
/**
 * How long a connection may stand still: a client that does not read holds its answer, values and all, in our memory.
 * Longer than the slowest answer takes, and than the pause between two events of a watch.
 */
const IDLE_MS = 60_000;
const HANDSHAKE_MS = 10_000;
/** Longer than the slowest answer, which waits 10 s for a revoke. */
const STOP_MS = 15_000;
/** How long a request that has not fully arrived may still arrive; nothing has been done for it yet. */
const STOP_HALF_MS = 1_000;

export type Listener = {
  /** `http://host:port` or `https://…`, with the port that was found for 0. */
  url: string;
  /** The port that answers plain HTTP with a redirect, if one was asked for. */
  redirectPort: number | undefined;
  /** Takes no more requests, waits for those under way, then cuts what is left. */
  close(): Promise<void>;
};

export type Address = { host: string; port: number };
export type Listening = Address & {
  tls?: TlsFiles | undefined;
  /** Where plain HTTP is answered with a redirect. */
  redirect?: Address | undefined;
  clock: Clock;
  log: Log;
  /** How long a connection may stand still, and a handshake take, where not as long as usual. */
  waits?: { idleMs: number; handshakeMs: number };
};

/** @throws AppError ERR_CONFIG_INVALID when the address cannot be had, or the certificate not be used */
export async function listen(handle: Handle, listening: Listening): Promise<Listener> {
  const { host, port, tls, redirect, waits } = listening;
  const arriving = new Set<IncomingMessage>();
  const stray = new StrayBytes();
  const onRequest: RequestListener = (request, response) => {
    arriving.add(request);
    response.once('close', () => arriving.delete(request));
    stray.arrive(request, response, (exchange) => void answerNode(handle, exchange));
  };
  const stopped = new AbortController();
  const server = tls ? openTls(onRequest, { ...listening, tls }, stopped.signal) : createServer(LIMITS, onRequest);
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => stray.refuse(error, socket));
  server.on('checkExpectation', refuseExpectation);
  server.setTimeout(waits?.idleMs ?? IDLE_MS);
  await bind(server, host, port);
  const at = server.address() as AddressInfo;
  const plain = redirect && createServer(LIMITS, redirectTo(at.port));
  plain?.setTimeout(IDLE_MS);
  if (plain) await bind(plain, redirect.host, redirect.port);
  const shown = host.includes(':') ? `[${host}]` : host;
  return {
    url: `${tls ? 'https' : 'http'}://${shown}:${at.port}`,
    redirectPort: (plain?.address() as AddressInfo | undefined)?.port,
    close: async () => {
      stopped.abort();
      plain?.close();
      plain?.closeAllConnections();
      await close(server, arriving);
    },
  };
}

function openTls(onRequest: RequestListener, listening: Listening & { tls: TlsFiles }, signal: AbortSignal): TlsServer {
  const { tls: files, clock, log, waits } = listening;
  const handshakeTimeout = waits?.handshakeMs ?? HANDSHAKE_MS;
  const server = createTlsServer({ ...LIMITS, handshakeTimeout, ...tlsOptions(files) }, onRequest);
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  void reloadTls({ files, clock, log, apply: (options) => server.setSecureContext(options) }, signal);
  return server;
}

function bind(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EADDRINUSE' ? 'is taken' : 'cannot be used';
      const hint = 'Stop what uses it, or name another --listen; port 0 takes a free one.';
      reject(new AppError('ERR_CONFIG_INVALID', `The address ${host}:${port} ${why}.`, { hint, cause }));
    });
    server.listen(port, host, resolve);
  });
}

function close(server: Server, arriving: ReadonlySet<IncomingMessage>): Promise<void> {
  return new Promise((resolve) => {
    const half = setTimeout(() => {
      for (const request of arriving) if (!request.complete) request.destroy();
    }, STOP_HALF_MS);
    const all = setTimeout(() => server.closeAllConnections(), STOP_MS);
    server.close(() => {
      clearTimeout(half);
      clearTimeout(all);
      resolve();
    });
    server.closeIdleConnections();
  });
}
