// A far side for faults: an HTTP server that answers from a list of rules and remembers what it was asked.
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Seen = {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: IncomingMessage['headers'];
  body: string;
};

export type Answer =
  | { status: number; body?: unknown; headers?: Record<string, string> }
  | ((request: Seen, response: ServerResponse) => void);

/** The answer for a request, given how often this method and path were asked before. */
export type Rule = (request: Seen, earlier: number) => Answer | undefined;

export class FakeApi {
  readonly seen: Seen[] = [];
  url = '';
  readonly #rule: Rule;
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  constructor(rule: Rule) {
    this.#rule = rule;
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** What was asked, as `METHOD /path`. */
  get asked(): string[] {
    return this.seen.map((one) => `${one.method} ${one.path}`);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', 'http://fake');
    const seen: Seen = {
      method: request.method ?? '',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
    };
    const earlier = this.seen.filter((one) => one.method === seen.method && one.path === seen.path).length;
    this.seen.push(seen);
    const answer = this.#rule(seen, earlier) ?? { status: 404, body: { messages: ['no rule'], success: false } };
    if (typeof answer === 'function') return answer(seen, response);
    const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? {});
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers }).end(text);
  }
}

export const LEASES = '/v3/configs/config/dynamic_secrets/dynamic_secret/leases';
export const SECRETS = '/v3/configs/config/secrets';
export const ENGINE = { 'secrets-engine': '1.0.0; leases, handles' };

/** One entry of a list answer. */
export function listed(value: string | null, visibility = 'masked'): object {
  const type = { type: 'string' };
  return {
    raw: value,
    computed: value,
    note: '',
    rawVisibility: visibility,
    computedVisibility: visibility,
    rawValueType: type,
    computedValueType: type,
  };
}

/** A list answer with the names that Doppler adds. */
export function listAnswer(values: Record<string, object>, headers: Record<string, string> = {}): Answer {
  const managed = {
    DOPPLER_PROJECT: listed('app', 'unmasked'),
    DOPPLER_CONFIG: listed('dev', 'unmasked'),
    DOPPLER_ENVIRONMENT: listed('dev', 'unmasked'),
  };
  return { status: 200, body: { secrets: { ...managed, ...values }, success: true }, headers };
}
