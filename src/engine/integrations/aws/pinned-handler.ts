// The HTTP of the AWS SDK: one request to the address that egress pinned, bounded in time and size, no redirect followed.
import { Agent as PlainAgent, request as plainRequest } from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { LookupFunction } from 'node:net';
import { AppError } from '#core/errors.js';
import type { Egress } from '../../egress.ts';

/** What the SDK hands to its transport (smithy's HttpRequest), as far as it is used. */
export type SdkRequest = {
  method: string;
  protocol: string;
  hostname: string;
  port?: number;
  path: string;
  query?: Readonly<Record<string, unknown>>;
  headers: Readonly<Record<string, string>>;
  body?: string | Uint8Array;
};
export type SdkResponse = { statusCode: number; headers: Record<string, string>; body: Uint8Array };

/** The line failed; `sent` says whether the request may have arrived. */
export class LineError extends Error {
  readonly sent: boolean;

  constructor(message: string, sent: boolean, cause?: unknown) {
    super(message, { cause });
    this.name = 'LineError';
    this.sent = sent;
  }
}

const IDLE_MS = 10_000;
const MAX_BYTES = 1024 * 1024;

export type HandlerOptions = {
  egress: Egress;
  signal: AbortSignal;
  /** Throws when nothing may be sent any more; asked right before each request. */
  gate: () => void;
};

/** In the shape that SDK clients take as `requestHandler`. */
export class PinnedHandler {
  readonly metadata = { handlerProtocol: 'http/1.1' };
  readonly #options: HandlerOptions;
  readonly #agents: (PlainAgent | TlsAgent)[] = [];
  readonly #agentOf = new Map<string, Promise<PlainAgent | TlsAgent>>();

  constructor(options: HandlerOptions) {
    this.#options = options;
  }

  async handle(asked: SdkRequest): Promise<{ response: SdkResponse }> {
    const { signal, gate } = this.#options;
    const agent = await this.#agent(asked);
    if (signal.aborted) throw new LineError('aborted', false);
    gate();
    return { response: await exchange(asked, agent, signal) };
  }

  /** SDK clients ask for these two; there is nothing to configure later. */
  updateHttpClientConfig(): void {}
  httpHandlerConfigs(): Record<string, never> {
    return {};
  }

  destroy(): void {
    for (const agent of this.#agents) agent.destroy();
  }

  #agent({ protocol, hostname }: SdkRequest): Promise<PlainAgent | TlsAgent> {
    const key = `${protocol}//${hostname}`;
    const made = this.#agentOf.get(key) ?? this.#pin(protocol, hostname);
    this.#agentOf.set(key, made);
    return made;
  }

  async #pin(protocol: string, hostname: string): Promise<PlainAgent | TlsAgent> {
    const host = hostname.replace(/^\[|\]$/g, '');
    const { address, loopback } = await this.#options.egress.resolve(host, 'integration');
    if (protocol !== 'https:' && !loopback) {
      throw new AppError('ERR_INTEGRATION_FAILED', `The AWS endpoint ${host} is not on loopback.`, {
        hint: 'Give its address with https.',
      });
    }
    const family = address.includes(':') ? 6 : 4;
    // The name stays for TLS and the Host header; only the address is fixed.
    const lookup: LookupFunction = (_host, options, done) => {
      if (options.all) done(null, [{ address, family }]);
      else done(null, address, family);
    };
    const agent =
      protocol === 'https:'
        ? new TlsAgent({ keepAlive: true, lookup, rejectUnauthorized: true })
        : new PlainAgent({ keepAlive: true, lookup });
    this.#agents.push(agent);
    return agent;
  }
}

function exchange(asked: SdkRequest, agent: PlainAgent | TlsAgent, signal: AbortSignal): Promise<SdkResponse> {
  const { protocol, hostname, port, path, method, headers, body } = asked;
  return new Promise((resolve, reject) => {
    let sent = false;
    const fail = (cause: unknown) =>
      reject(new LineError(cause instanceof Error ? cause.message : 'failed', sent, cause));
    const begin = protocol === 'https:' ? tlsRequest : plainRequest;
    const host = hostname.replace(/^\[|\]$/g, '');
    const target = { host, path: `${path}${queryText(asked.query)}`, method, headers, agent, signal, timeout: IDLE_MS };
    const outgoing = begin({ ...target, ...(port === undefined ? {} : { port }) }, (answer) => {
      read(answer).then(resolve, fail);
    });
    onceSending(outgoing, () => (sent = true));
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in time')));
    outgoing.on('error', fail);
    outgoing.end(body);
  });
}

/** From here on bytes may have left: with a fresh socket that is when it is connected, with a kept one at once. */
function onceSending(outgoing: ClientRequest, sending: () => void): void {
  outgoing.once('socket', (socket) => {
    if (!socket.connecting) sending();
    else socket.once('encrypted' in socket ? 'secureConnect' : 'connect', sending);
  });
}

async function read(answer: IncomingMessage): Promise<SdkResponse> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer) {
    size += (chunk as Buffer).length;
    if (size > MAX_BYTES) throw new Error('the answer is too large');
    chunks.push(chunk as Buffer);
  }
  const headers = Object.entries(answer.headers).map(([name, value]) => [name, [value].flat().join(', ')]);
  return {
    statusCode: answer.statusCode ?? 0,
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: Buffer.concat(chunks),
  };
}

function queryText(query: SdkRequest['query']): string {
  const pairs = Object.entries(query ?? {}).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`,
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}
