// A Phase server for the client's tests, written from contracts/phase.md: apps, secrets, dynamic secrets and leases in memory.
import { randomUUID } from 'node:crypto';
import { type Answer, FakeApi, type Rule, type Seen } from './fake-api.ts';

export const BEARER = 'b'.repeat(64);
export const TOKEN = `pss_service:v2:${BEARER}:${'1'.repeat(64)}:${'2'.repeat(64)}:${'3'.repeat(64)}`;
export const APP = '0d5b8e5e-6b1c-4f0e-9a55-1c2d3e4f5a6b';
export const OK = (body: unknown): Answer => ({ status: 200, body });
export const refused = (status: number, error: string): Answer => ({ status, body: { error } });

type Lease = { id: string; secret: string; status: string; createdAt: number; expiresAt: number; revokedAt?: number };
type Dynamic = { id: string; name: string; path: string; maxTtlSec: number; values: Record<string, string> };
type Static = { key: string; value: string; type?: string; path?: string; override?: object };

/** One app with one environment. `fault` answers first; what it leaves undefined is answered as Phase would. */
export class FakePhase {
  readonly secrets: Static[] = [];
  readonly dynamics: Dynamic[] = [];
  readonly leases: Lease[] = [];
  readonly api: FakeApi;
  now: () => number;
  encrypted = false;

  constructor(
    now: () => number,
    fault: (phase: FakePhase, ...asked: Parameters<Rule>) => Answer | undefined = () => undefined,
  ) {
    this.now = now;
    this.api = new FakeApi((request, earlier) => fault(this, request, earlier) ?? this.answer(request));
  }

  /** What can be leased; a second one of the same name lies at another path. */
  dynamic(name: string, values: Record<string, string>, path = '/'): Dynamic {
    const made = { id: randomUUID(), name, path, maxTtlSec: 86_400, values };
    this.dynamics.push(made);
    return made;
  }

  /** Makes a lease as the server does, whether or not anybody hears of it. */
  lease(secret: Dynamic, ttlSec: number): Lease {
    const createdAt = this.now();
    const lease = {
      id: randomUUID(),
      secret: secret.id,
      status: 'active',
      createdAt,
      expiresAt: createdAt + ttlSec * 1000,
    };
    this.leases.unshift(lease);
    return lease;
  }

  /** The answer of contracts/phase.md 1.2, 2 and 3. */
  answer(request: Seen): Answer {
    const path = request.path.replace(/^\/service/, '').replace(/^\/public/, '');
    if (!path.endsWith('/'))
      return { status: 404, body: '<html>Not Found</html>', headers: { 'content-type': 'text/html' } };
    if (request.headers.authorization !== `Bearer ServiceAccount ${BEARER}`)
      return refused(401, 'Token expired or deleted');
    const { query } = request;
    if (path === '/v1/secrets/dynamic/leases/') return this.#leases(request);
    if (query['app_id'] !== APP) return refused(404, `App with ID ${query['app_id']} not found`);
    if (query['env']?.toLowerCase() !== 'production')
      return refused(404, `Environment '${query['env']}' not found in App x`);
    if (this.encrypted) return refused(400, 'SSE is not enabled for this App');
    if (path === '/v1/secrets/') return OK(this.#statics(query));
    return path === '/v1/secrets/dynamic/' ? this.#dynamics(query) : { status: 404, body: '<html>' };
  }

  #statics({ path, key }: Seen['query']): object[] {
    const at = this.secrets.filter(
      (one) => (path === undefined || (one.path ?? '/') === path) && (!key || one.key === key.toUpperCase()),
    );
    return at.map((one) => ({
      id: randomUUID(),
      comment: '',
      tags: [],
      override: null,
      type: 'secret',
      path: '/',
      version: 1,
      ...one,
    }));
  }

  #dynamics(query: Seen['query']): Answer {
    const found = this.dynamics.filter(
      ({ id, name, path }) =>
        [query['id'] ?? id, query['name'] ?? name, query['path'] ?? path].join() === [id, name, path].join(),
    );
    if (found.length === 0) return refused(404, 'No dynamic secrets found');
    const leasing = query['lease'] !== undefined && query['lease'] !== 'false';
    const ttl = Number(query['ttl'] ?? 3600);
    if (leasing && ttl < 60) return refused(400, 'The TTL must be at least 60 seconds.');
    if (leasing && found.some(({ maxTtlSec }) => ttl > maxTtlSec))
      return refused(400, 'The specified TTL exceeds the maximum.');
    return OK(found.map((one) => ({ ...shown(one), lease: leasing ? this.#issued(one, ttl) : null })));
  }

  #issued(secret: Dynamic, ttlSec: number): object {
    const credentials = Object.entries(secret.values).map(([key, value]) => ({ key, value }));
    return { ...listed(this.lease(secret, ttlSec)), credentials };
  }

  #leases({ method, query, body }: Seen): Answer {
    if (method === 'GET') return OK(this.leases.filter((one) => one.secret === query['secret_id']).map(listed));
    const fields = body === '' ? query : { ...query, ...(JSON.parse(body) as Record<string, unknown>) };
    const lease = this.leases.find((one) => one.id === fields['lease_id'] && query['env'] === 'production');
    if (!lease) return refused(404, 'Lease not found');
    if (method === 'PUT') return this.#renew(lease, Number(fields['ttl']));
    if (lease.status !== 'active') return OK({ message: 'Lease was already revoked' });
    Object.assign(lease, { status: 'revoked', revokedAt: this.now() });
    return OK({ message: 'Lease revoked successfully' });
  }

  #renew(lease: Lease, ttlSec: number): Answer {
    if (lease.status !== 'active') return refused(400, 'This lease has expired and cannot be renewed');
    lease.expiresAt += ttlSec * 1000;
    const said = new Date(lease.expiresAt).toISOString().replace('T', ' ').replace('Z', '000+00:00');
    return OK({ message: `Lease renewed successfully. Updated expiry: ${said}` });
  }
}

const micros = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString().replace('Z', '123Z'));

function shown({ id, name, path }: Dynamic): object {
  return {
    id,
    name,
    type: 'dynamic',
    description: '',
    path,
    defaultTtl: '01:00:00',
    maxTtl: '1 00:00:00',
    provider: 'aws',
    keyMap: [],
  };
}

function listed({ id, secret, status, createdAt, expiresAt, revokedAt }: Lease): object {
  const times = {
    createdAt: micros(createdAt),
    renewedAt: null,
    expiresAt: micros(expiresAt),
    revokedAt: micros(revokedAt),
  };
  return { id, name: 'bot', secret, ttl: '01:00:00', status, owner: null, credentials: [], ...times, deletedAt: null };
}
