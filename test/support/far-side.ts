// An HTTP server that misbehaves as a test tells it, alone or in front of a real one, and records what it was asked.
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as httpRequest,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer, request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { type Answer, send } from './http-answers.ts';

export * from './http-answers.ts';

export type RecordedRequest = {
  method: string;
  /** With its query. */
  path: string;
  /** Names in lower case, repeated ones joined as Node does. */
  headers: IncomingHttpHeaders;
  body: string;
};

/** Only behind faultProxy: the request is forwarded, its answer dropped with the connection ("effect done, answer lost"). */
type Lost = { kind: 'lost' };
/** Only behind faultProxy: forwarded, its answer delivered when the promise settles. */
type Hold = { kind: 'hold'; until: Promise<unknown> };
/** Falls through to the next rule. */
type Pass = { kind: 'pass' };

export type Fault = Answer | Lost | Hold | Pass;

/** What to do with some requests; the first rule that takes a request decides. */
export type Rule = {
  method?: string;
  /** A text is the path without its query, an expression is tried on path and query. */
  path?: string | RegExp;
  /** Only the nth request that this rule matches, from 1; or several of them. All when absent. */
  nth?: number | readonly number[];
  answer: Fault | ((request: RecordedRequest) => Fault);
};

export type FarSide = {
  /** `http://127.0.0.1:port`, or https with a certificate. */
  url: string;
  port: number;
  /** Every request whose body has arrived, in that order. */
  requests: readonly RecordedRequest[];
  /** Resolves when the nth request that matches has arrived; a trigger for cancellation. */
  whenAsked(match: Pick<Rule, 'method' | 'path'>, nth?: number): Promise<RecordedRequest>;
  /** Drops every connection and stops. */
  close(): Promise<void>;
};

/** PEM texts; the caller makes them, for there is no certificate writer here. */
export type ServerCertificate = {
  key: string;
  cert: string;
  /** Who must vouch for whoever connects; nobody needs to when absent. */
  clientCa?: string;
};

const HOST = '127.0.0.1';

/** A server with these rules alone; what no rule takes gets 404. */
export async function startFarSide(rules: readonly Rule[], tls?: ServerCertificate): Promise<FarSide> {
  return listen(rules, tls, (request, response) => {
    const body = `no rule for ${request.method} ${request.path}`;
    return send(response, { kind: 'answer', status: 404, headers: { 'content-type': 'text/plain' }, body });
  });
}

/**
 * A proxy in front of the server at `target`; what no rule takes is forwarded as it came. `ca` is the certificate to
 * believe when the target is https.
 */
export async function faultProxy(
  target: string,
  rules: readonly Rule[],
  options: { tls?: ServerCertificate; ca?: string } = {},
): Promise<FarSide> {
  return listen(rules, options.tls, async (request, response, fault) => {
    const answer = await forward(new URL(request.path, target), request, options.ca);
    if (fault?.kind === 'lost') {
      response.socket?.resetAndDestroy();
      return;
    }
    if (fault?.kind === 'hold') await fault.until.then(noop, noop);
    if (answer === undefined) response.socket?.resetAndDestroy();
    else response.writeHead(answer.status, answer.headers).end(answer.body);
  });
}

type Otherwise = (request: RecordedRequest, response: ServerResponse, fault: Lost | Hold | undefined) => Promise<void>;

async function listen(
  rules: readonly Rule[],
  tls: ServerCertificate | undefined,
  otherwise: Otherwise,
): Promise<FarSide> {
  const requests: RecordedRequest[] = [];
  const decide = decider(rules);
  let arrived: () => void = noop;
  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await record(incoming);
    requests.push(request);
    const fault = decide(request);
    arrived();
    if (fault === undefined || fault.kind === 'lost' || fault.kind === 'hold')
      await otherwise(request, response, fault);
    else await send(response, fault);
  };
  const listener = (incoming: IncomingMessage, response: ServerResponse): void => {
    // A client that hangs up in the middle is part of the game; it never got an answer.
    handle(incoming, response).catch(() => response.socket?.destroy());
  };
  const { clientCa, ...own } = tls ?? {};
  const mutual = clientCa === undefined ? {} : { ca: clientCa, requestCert: true, rejectUnauthorized: true };
  const server: Server = tls ? createTlsServer({ ...own, ...mutual }, listener) : createServer(listener);
  server.keepAliveTimeout = 60_000;
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, HOST, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `${tls ? 'https' : 'http'}://${HOST}:${address.port}`,
    port: address.port,
    requests,
    whenAsked: (match, nth = 1) =>
      new Promise((resolve) => {
        const before = arrived;
        const look = (): void => {
          const found = requests.filter((request) => matches(match, request))[nth - 1];
          if (found) resolve(found);
        };
        arrived = () => {
          before();
          look();
        };
        look();
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Not closeAllConnections: it misses those that have not sent a request or finished a handshake.
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Counts per rule, so that `nth` means the nth request that this very rule matches. */
function decider(rules: readonly Rule[]): (request: RecordedRequest) => Exclude<Fault, Pass> | undefined {
  const counts = new Map<Rule, number>();
  return (request) => {
    let decided: Exclude<Fault, Pass> | undefined;
    for (const rule of rules) {
      if (!matches(rule, request)) continue;
      const count = (counts.get(rule) ?? 0) + 1;
      counts.set(rule, count);
      if (decided !== undefined || (rule.nth !== undefined && ![rule.nth].flat().includes(count))) continue;
      const fault = typeof rule.answer === 'function' ? rule.answer(request) : rule.answer;
      if (fault.kind !== 'pass') decided = fault;
    }
    return decided;
  };
}

function matches({ method, path }: Pick<Rule, 'method' | 'path'>, request: RecordedRequest): boolean {
  if (method !== undefined && method !== request.method) return false;
  if (path === undefined) return true;
  return typeof path === 'string' ? request.path.split('?')[0] === path : request.path.search(path) >= 0;
}

async function record(incoming: IncomingMessage): Promise<RecordedRequest> {
  const { method = '', url = '', headers } = incoming;
  return { method, path: url, headers, body: String(await collect(incoming)) };
}

type Forwarded = { status: number; headers: string[]; body: Buffer };

/** Undefined when the target gave no whole answer. */
async function forward(url: URL, request: RecordedRequest, ca: string | undefined): Promise<Forwarded | undefined> {
  const { method, headers, body } = request;
  const start = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve) => {
    const outgoing = start(url, { method, headers, agent: false, ...(ca === undefined ? {} : { ca }) }, (incoming) => {
      collect(incoming).then(
        (bytes) => resolve({ status: incoming.statusCode ?? 502, headers: incoming.rawHeaders, body: bytes }),
        () => resolve(undefined),
      );
    });
    outgoing.on('error', () => resolve(undefined)).end(body);
  });
}

async function collect(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function noop(): void {}
