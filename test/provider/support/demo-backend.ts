// The far side of the demo provider: secrets and leases in memory behind HTTP, with faults on request.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type DemoSecret = {
  id: string;
  project: string;
  name: string;
  value: string;
  version: number;
  [field: string]: unknown;
};
export type DemoLease = { id: string; set: string; openedAt: number; renewals: number; revokedAt: number | undefined };

/** A running backend. `fault` is asked first for each request and may answer with a status instead. */
export class DemoBackend {
  readonly secrets = new Map<string, DemoSecret>();
  readonly leases: DemoLease[] = [];
  readonly requests: string[] = [];
  fault: (request: string, body: Record<string, unknown>) => number | undefined | Promise<number | undefined> = () =>
    undefined;
  url = '';
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  #next = 1;

  static async start(): Promise<DemoBackend> {
    const backend = new DemoBackend();
    await new Promise<void>((done) => backend.#server.listen(0, '127.0.0.1', done));
    backend.url = `http://127.0.0.1:${(backend.#server.address() as AddressInfo).port}`;
    return backend;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  reset(): void {
    this.secrets.clear();
    this.leases.length = 0;
    this.requests.length = 0;
    this.fault = () => undefined;
  }

  get living(): DemoLease[] {
    return this.leases.filter(({ revokedAt }) => revokedAt === undefined);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = (parts.length > 0 ? JSON.parse(Buffer.concat(parts).toString()) : {}) as Record<string, unknown>;
    const line = `${request.method} ${request.url}`;
    this.requests.push(line);
    const status = await this.fault(line, body);
    const reply = status === undefined ? this.#route(line, body) : { status, body: { error: 'fault' } };
    response.writeHead(reply.status, { 'content-type': 'application/json' }).end(JSON.stringify(reply.body));
  }

  #route(line: string, body: Record<string, unknown>): { status: number; body: unknown } {
    const [, method = '', kind = '', id = ''] = /^(\S+) \/(\w+)\/?([^/]*)/.exec(line) ?? [];
    if (kind === 'leases') return this.#lease(method, id, body);
    if (kind === 'sets') return this.#endSet(id);
    const held = this.secrets.get(decodeURIComponent(id));
    if (method === 'POST' && kind === 'secrets') return this.#create(body);
    if (method === 'GET' && id === '') return { status: 200, body: [...this.secrets.values()] };
    if (!held) return { status: 404, body: { error: 'no such secret' } };
    if (kind === 'compare')
      return { status: 200, body: { equal: held.value === body['value'], version: held.version } };
    if (method === 'DELETE') this.secrets.delete(held.id);
    if (method === 'PUT') {
      const isNew = body['value'] !== undefined && body['value'] !== held.value;
      Object.assign(held, body, { version: held.version + (isNew ? 1 : 0) });
    }
    return { status: 200, body: held };
  }

  #create(body: Record<string, unknown>): { status: number; body: unknown } {
    const id = `s${this.#next++}`;
    const secret = { value: 'generated', ...body, id, version: 1 } as unknown as DemoSecret;
    this.secrets.set(id, secret);
    return { status: 201, body: secret };
  }

  #lease(method: string, id: string, body: Record<string, unknown>): { status: number; body: unknown } {
    const lease = this.leases.find((one) => one.id === id);
    if (method === 'POST' && id === '') {
      const made = {
        id: `l${this.#next++}`,
        set: String(body['set'] ?? ''),
        openedAt: Date.now(),
        renewals: 0,
        revokedAt: undefined,
      };
      this.leases.push(made);
      return { status: 201, body: { id: made.id, username: `user-${made.id}`, password: `pw-${made.id}-hunter2` } };
    }
    if (!lease || lease.revokedAt !== undefined) return { status: 404, body: { error: 'no such lease' } };
    if (method === 'PUT') lease.renewals += 1;
    if (method === 'DELETE') lease.revokedAt = Date.now();
    return { status: 200, body: {} };
  }

  #endSet(set: string): { status: number; body: unknown } {
    for (const lease of this.leases) if (lease.set === set) lease.revokedAt ??= Date.now();
    return { status: 200, body: {} };
  }
}
