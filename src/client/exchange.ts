// One request on its way, whatever carries it: its time limits, its bytes, and exactly one outcome.
import { isUtf8 } from 'node:buffer';
import type { FailureKind, Outcome, SendRequest } from './send.ts';

/** What an exchange is made of. */
export type ExchangeParts = {
  readonly request: SendRequest;
  readonly maxBytes: number;
  readonly resolve: (outcome: Outcome) => void;
};

/** Settles once; what the connection does afterwards is its own affair. */
export class Exchange {
  readonly #parts: ExchangeParts;
  /** Grows by doubling: a body in many small parts must not cost many times its size. */
  #body: Buffer = Buffer.alloc(0);
  #size = 0;
  #connected = false;
  #settled = false;
  #stop: () => void = () => {};
  #total: NodeJS.Timeout | undefined;
  #waiting: NodeJS.Timeout | undefined;

  constructor(parts: ExchangeParts) {
    this.#parts = parts;
  }

  /** Starts the clocks; `stop` ends the connection when the exchange fails. False when it was called off before. */
  start(stop: () => void): boolean {
    const { signal, totalMs, connectMs } = this.#parts.request;
    this.#stop = stop;
    if (signal?.aborted) this.fail('aborted', 'ABORT');
    if (this.#settled) return false;
    signal?.addEventListener('abort', this.#onAbort, { once: true });
    this.#total = setTimeout(() => this.fail('timeout', 'TOTAL_TIMEOUT'), totalMs);
    this.#waiting = setTimeout(() => this.fail('timeout', 'CONNECT_TIMEOUT'), connectMs);
    return true;
  }

  /** Whether anything may have reached the far side. */
  get isConnected(): boolean {
    return this.#connected;
  }

  /** The connection stands, TLS included: from here on every sign of life starts the idle limit again. */
  connected(): void {
    this.#connected = true;
    this.alive();
  }

  alive(): void {
    clearTimeout(this.#waiting);
    if (this.#settled) return;
    this.#waiting = setTimeout(() => this.fail('timeout', 'IDLE_TIMEOUT'), this.#parts.request.idleMs);
  }

  data(chunk: Buffer): void {
    if (this.#settled) return;
    this.alive();
    const size = this.#size + chunk.length;
    if (size > this.#parts.maxBytes) return this.fail('too-large', 'BODY_TOO_LARGE');
    if (size > this.#body.length) this.#body = grown(this.#body.subarray(0, this.#size), size);
    this.#body.set(chunk, this.#size);
    this.#size = size;
  }

  /** The whole body is here. */
  end(status: number, headers: Readonly<Record<string, string | readonly string[] | undefined>>): void {
    const bytes = this.#body.subarray(0, this.#size);
    if (!isUtf8(bytes)) return this.fail('not-utf8', 'NOT_UTF8');
    return this.#settle({ answer: { status, headers: flat(headers), text: bytes.toString('utf8') } });
  }

  fail(kind: FailureKind, code: string): void {
    if (this.#settled) return;
    this.#settle({ failure: { kind, mayHaveArrived: this.#connected, code } });
    this.#stop();
  }

  readonly #onAbort = () => this.fail('aborted', 'ABORT');

  #settle(outcome: Outcome): void {
    if (this.#settled) return;
    this.#settled = true;
    clearTimeout(this.#total);
    clearTimeout(this.#waiting);
    this.#parts.request.signal?.removeEventListener('abort', this.#onAbort);
    this.#parts.resolve(outcome);
  }
}

function grown(body: Buffer, size: number): Buffer {
  const room = Buffer.allocUnsafe(body.length === 0 ? size : 2 * size);
  room.set(body);
  return room;
}

const DNS_CODES = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME']);

/** What an error of the system means, given how far the connection was. */
export function failureKindOf(code: string, connected: boolean): FailureKind {
  if (DNS_CODES.has(code)) return 'dns';
  // What the far side says of a certificate is about ours; with TLS 1.3 it says so after the connection stands.
  if (/_ALERT_(?:.*CERTIFICATE|UNKNOWN_CA)/.test(code)) return 'client-certificate';
  if (connected) return 'cut';
  // A handshake that breaks off (ERR_SSL_…) says nothing of the certificate, and the next one may go well.
  return /CERT|ISSUER|SIGNATURE|SELF_SIGNED|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH/.test(code) ? 'tls' : 'connect';
}

/** Happy eyeballs wrap the codes of all attempts in an AggregateError that may have none itself. */
export function codeOf(error: NodeJS.ErrnoException & { errors?: readonly NodeJS.ErrnoException[] }): string {
  return error.code ?? error.errors?.[0]?.code ?? 'UNKNOWN';
}

function flat(headers: Readonly<Record<string, string | readonly string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === 'string' ? value : value.join(', ')]],
    ),
  );
}
