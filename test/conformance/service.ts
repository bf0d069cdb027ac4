// The engine behind a listener on loopback, with people of every standing and an OIDC issuer, for clients that are replayed.
import { nodeClock } from '#client/node-clock.js';
import { listen } from '#engine/http/server.js';
import { type PeopleEngine, startPeopleEngine } from '../support/people.ts';
import { type RawAnswer, rawRequest } from '../support/raw-http.ts';
import type { Decoder } from './decode.ts';

export type Service = PeopleEngine & { url: string };

/** Project `app` has a dynamic secret `DB` in its config `dev`. */
export async function startService(): Promise<Service> {
  const engine = await startPeopleEngine();
  await engine.ok(engine.admin, 'POST /configs/config/dynamic_secrets', {
    ...{ project: 'app', config: 'dev', name: 'DB', kind: 'postgres', integration: 'pg' },
  });
  const address = { host: '127.0.0.1', port: 0, clock: nodeClock, log: () => undefined };
  const listener = await listen(engine.engine.handle, address);
  const close = async () => {
    engine.engine.endStreams();
    await listener.close();
    await engine.close();
  };
  return { ...engine, url: listener.url, close };
}

export const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
export const basic = (token: string) => ({ Authorization: `Basic ${Buffer.from(`${token}:`).toString('base64')}` });

/** What the Terraform provider sends with every request. */
export const TERRAFORM = {
  'User-Agent': 'terraform-provider-doppler/dev',
  'Content-Type': 'application/json',
  Accept: 'application/json',
};

/** A client's way to send: its headers on every request, its JSON, and its own way to take an answer apart. */
export class ReplayedClient {
  readonly #url: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(url: string, headers: Readonly<Record<string, string>>) {
    this.#url = url;
    this.#headers = headers;
  }

  /** `METHOD /path?query` as the client writes it. */
  send(request: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<RawAnswer> {
    const [method = '', target = ''] = request.split(/ (.*)/s);
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const all = { ...this.#headers, ...headers };
    return rawRequest(this.#url, { method, target, headers: all, ...(text === undefined ? {} : { body: text }) });
  }

  /** The answer, decoded; an error status is thrown with the words that the client would print. */
  async ask<Value>(decoder: Decoder<Value>, request: string, body?: unknown): Promise<Value> {
    const { status, headers, body: text } = await this.send(request, body);
    if (status >= 300) throw new Error(`${request}: ${status} ${errorText(headers, text)}`);
    return decoder(text === '' ? undefined : (JSON.parse(text) as unknown), request);
  }
}

/** As the Go clients do: `messages` count only when the type says JSON (contracts/doppler.md 2.1). */
export function errorText(headers: ReadonlyMap<string, string>, text: string): string {
  if (!headers.get('content-type')?.startsWith('application/json')) return '(no JSON)';
  return (JSON.parse(text) as { messages: string[] }).messages.join('\n');
}
