// Send over node:https (node:http for loopback): one keep-alive agent, whole bodies, no redirects, TLS always verified.
import { isUtf8 } from 'node:buffer';
import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http';
import * as https from 'node:https';
import type { Socket } from 'node:net';
import { isLoopbackHost } from '#core/address.js';
import { Sensitive } from '#core/sensitive.js';
import type { FailureKind, Outcome, Send, SendFailure, SendRequest } from './send.ts';

const MAX_BYTES = 16 * 1024 * 1024;

/** A Send with connections of its own. */
export function nodeSend(limits: { maxBytes?: number } = {}): Send {
  const agent = new https.Agent({ keepAlive: true });
  const tls: Open = (url, method) => https.request(url, { method, agent, rejectUnauthorized: true });
  let plain: Promise<Open> | undefined;
  return async (request) => {
    const url = new URL(request.url);
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopbackHost(url.hostname))) {
      return { failure: { kind: 'not-allowed', mayHaveArrived: false, code: 'HTTP_NOT_LOOPBACK' } };
    }
    const open = url.protocol === 'https:' ? tls : await (plain ??= openPlain());
    return new Promise((resolve) => new Exchange(request, limits.maxBytes ?? MAX_BYTES, resolve).start(url, open));
  };
}

type Open = (url: URL, method: string) => ClientRequest;

/** Loaded when needed: importing node:http by name reads all its exports and loads the whole of undici with them. */
async function openPlain(): Promise<Open> {
  const { Agent, request } = await import('node:http');
  const agent = new Agent({ keepAlive: true });
  return (url, method) => request(url, { method, agent });
}

/** One request on its way; settles exactly once, whatever the socket does afterwards. */
class Exchange {
  readonly #request: SendRequest;
  readonly #maxBytes: number;
  readonly #resolve: (outcome: Outcome) => void;
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #chunks: Buffer[] = [];
  #size = 0;
  #connected = false;
  #settled = false;
  #outgoing: ClientRequest | undefined;

  constructor(request: SendRequest, maxBytes: number, resolve: (outcome: Outcome) => void) {
    this.#request = request;
    this.#maxBytes = maxBytes;
    this.#resolve = resolve;
  }

  start(url: URL, open: Open): void {
    const { method, signal, totalMs } = this.#request;
    if (signal?.aborted) return this.#fail('aborted', 'ABORT');
    const outgoing = open(url, method);
    this.#outgoing = outgoing;
    signal?.addEventListener('abort', this.#onAbort, { once: true });
    this.#timers.push(setTimeout(() => this.#fail('timeout', 'TOTAL_TIMEOUT'), totalMs));
    outgoing.on('socket', (socket) => this.#watchConnect(socket, url.protocol === 'https:'));
    outgoing.on('error', (error: NodeJS.ErrnoException) => this.#fail(kindOf(error, this.#connected), codeOf(error)));
    outgoing.on('response', (answer) => this.#receive(answer));
    this.#write(outgoing);
  }

  /** Tokens go in by setHeader only: NODE_DEBUG prints the options of a request, headers included. */
  #write(outgoing: ClientRequest): void {
    const { headers, body } = this.#request;
    for (const [name, value] of Object.entries(headers)) {
      outgoing.setHeader(name, value instanceof Sensitive ? value.reveal() : value);
    }
    if (body !== undefined) outgoing.setHeader('content-length', Buffer.byteLength(body));
    outgoing.end(body);
  }

  #watchConnect(socket: Socket, tls: boolean): void {
    const connected = () => {
      this.#connected = true;
      clearTimeout(connecting);
      this.#outgoing?.setTimeout(this.#request.idleMs, () => this.#fail('timeout', 'IDLE_TIMEOUT'));
    };
    const connecting = setTimeout(() => this.#fail('timeout', 'CONNECT_TIMEOUT'), this.#request.connectMs);
    this.#timers.push(connecting);
    if (this.#outgoing?.reusedSocket) connected();
    else socket.once(tls ? 'secureConnect' : 'connect', connected);
  }

  #receive(answer: IncomingMessage): void {
    answer.on('data', (chunk: Buffer) => {
      this.#size += chunk.length;
      if (this.#size > this.#maxBytes) this.#fail('too-large', 'BODY_TOO_LARGE');
      else this.#chunks.push(chunk);
    });
    answer.on('error', (error: NodeJS.ErrnoException) => this.#fail('cut', codeOf(error)));
    answer.on('close', () => this.#fail('cut', 'CLOSED_EARLY'));
    answer.on('end', () => {
      if (!answer.complete) return this.#fail('cut', 'CLOSED_EARLY');
      const bytes = Buffer.concat(this.#chunks);
      if (!isUtf8(bytes)) return this.#fail('not-utf8', 'NOT_UTF8');
      const status = answer.statusCode ?? 0;
      return this.#settle({ answer: { status, headers: flat(answer.headers), text: bytes.toString('utf8') } });
    });
  }

  readonly #onAbort = () => this.#fail('aborted', 'ABORT');

  /** After settling it does nothing: the socket of a finished exchange belongs to the agent. */
  #fail(kind: FailureKind, code: string): void {
    if (this.#settled) return;
    const failure: SendFailure = { kind, mayHaveArrived: this.#connected, code };
    this.#settle({ failure });
    this.#outgoing?.destroy();
  }

  #settle(outcome: Outcome): void {
    this.#settled = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#request.signal?.removeEventListener('abort', this.#onAbort);
    this.#resolve(outcome);
  }
}

const DNS_CODES = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME']);

function kindOf(error: NodeJS.ErrnoException, connected: boolean): FailureKind {
  const code = codeOf(error);
  if (DNS_CODES.has(code)) return 'dns';
  if (connected) return 'cut';
  return /CERT|SSL|TLS|ISSUER|SIGNATURE|SELF_SIGNED/.test(code) ? 'tls' : 'connect';
}

/** Happy eyeballs wrap the codes of all attempts in an AggregateError that may have none itself. */
function codeOf(error: NodeJS.ErrnoException & { errors?: readonly NodeJS.ErrnoException[] }): string {
  return error.code ?? error.errors?.[0]?.code ?? 'UNKNOWN';
}

function flat(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}
