// Leases on Phase's side of the engine: through the client as a job uses it, and route by route.
import { newLeaseHandle } from '#core/lease-handle.js';
import { type PhaseEngine, startPhaseEngine } from '../../../support/phase/engine.ts';

let engine: PhaseEngine;
let at: string;
beforeAll(async () => {
  engine = await startPhaseEngine();
  at = `app_id=${engine.app}&env=development`;
  for (const name of ['DB', 'OTHER']) {
    const body = { project: 'app', config: 'dev', name, kind: 'postgres', integration: 'pg' };
    expect((await engine.send(engine.admin, 'POST /configs/config/dynamic_secrets', { body })).status).toBe(200);
  }
});
afterAll(() => engine.close());
beforeEach(() => {
  engine.minting.failing.clear();
  engine.minting.slow = false;
  engine.minting.held.clear();
});

const LEASES = '/v1/secrets/dynamic/leases/';
const scope = () => ({ project: engine.app, environment: 'Development' });
const live = () => [...engine.minting.held.values()].filter(({ state }) => state === 'active').length;
type Dynamic = Record<string, unknown> & {
  id: string;
  name: string;
  lease: { id: string; credentials: object[] } | null;
};
const dynamics = async (query: string) =>
  (await engine.ask(`GET /v1/secrets/dynamic/?${at}${query}`)).body as Dynamic[];
const idOf = async (name: string) => (await dynamics(`&name=${name}`))[0]?.id ?? '';
const leased = async () => (await dynamics(`&id=${await idOf('DB')}&lease=true&ttl=900`))[0]?.lease?.id ?? '';

test('our own client lists, leases, lists leases and revokes, twice', async () => {
  const client = engine.client();
  expect((await client.fetchSecrets(scope(), [])).engine?.capabilities).toContain('phase');
  expect(await client.listDynamicSecrets(scope())).toEqual(['DB', 'OTHER']);
  const ids: string[] = [];
  const onIssued = ({ id }: { id: string }) => void ids.push(id);
  const { id, fields } = await client.issueLease({ scope: scope(), dynamic: 'DB', ttlSec: 900, onIssued });
  expect([ids, fields.get('DB_PASSWORD')?.reveal()]).toEqual([[id], 'leased-DB_PASSWORD']);
  expect((await client.listLeases(scope(), 'DB')).map((lease) => [lease.id, lease.status])).toEqual([[id, 'active']]);
  const ref = { ...scope(), dynamic: 'DB', id };
  await client.revokeLease(ref);
  await client.revokeLease(ref);
  expect((await client.listLeases(scope(), 'DB')).map(({ status }) => status)).toEqual(['revoked']);
});

test('a handle ends a set that was leased in this dialect', async () => {
  const client = engine.client();
  const { setId, renewKey } = newLeaseHandle();
  await client.issueLease({ scope: scope(), dynamic: 'DB', ttlSec: 900, setId, onIssued: () => undefined });
  expect([...engine.minting.held.values()].map((lease) => lease.setId)).toEqual([setId]);
  expect((await client.revokeSet(renewKey)).left).toBe(0);
});

test('a repeated minting request names the earlier lease, unless it is to be replaced', async () => {
  const id = await idOf('DB');
  const headers = { 'idempotency-key': 'job.1' };
  const ask = (more = '') => engine.ask(`GET /v1/secrets/dynamic/?${at}&id=${id}&lease=true${more}`, { headers });
  expect((await ask()).status).toBe(200);
  expect([(await ask()).status, (await ask('&replace=true')).status]).toEqual([409, 200]);
});

test('a dynamic secret shows its terms and its names, and no lease unless one is asked for', async () => {
  const [db] = await dynamics('&name=DB');
  expect(db).toMatchObject({
    ...{ name: 'DB', type: 'dynamic', path: '/', provider: 'postgres', lease: null, deletedAt: null },
    ...{ defaultTtl: '00:30:00', maxTtl: '01:00:00' },
  });
  expect(db?.['keyMap']).toEqual(
    expect.arrayContaining([
      { id: 'username', keyName: 'DB_USERNAME', keyDigest: expect.any(String), masked: false },
      { id: 'password', keyName: 'DB_PASSWORD', keyDigest: expect.stringMatching(/^[0-9a-f]{64}$/), masked: true },
    ]),
  );
  expect(live()).toBe(0);
});

test.each(['lease=true', 'lease=0', 'lease=', 'Lease=TRUE'.toLowerCase()])('%s leases', async (said) => {
  const { body, headers } = await engine.ask(`GET /v1/secrets/dynamic/?${at}&name=DB&${said}`);
  const lease = (body as Dynamic[])[0]?.lease;
  expect(lease).toMatchObject({ name: 'DB', status: 'active', renewedAt: null, revokedAt: null, deletedAt: null });
  expect(lease).toMatchObject({ owner: { type: 'service_account', data: { name: 'test' } } });
  expect(lease?.credentials).toContainEqual({ key: 'DB_PASSWORD', value: 'leased-DB_PASSWORD' });
  expect(headers.get('cache-control')).toBe('no-store');
});

test.each(['ttl=600', 'lease_ttl=600', 'leaseTtl=600', 'leaseTTL=600'])(
  '%s is taken as the time on both addresses',
  async (ttl) => {
    const [own] = await dynamics(`&name=DB&lease=true&${ttl}`);
    expect(own?.lease).toMatchObject({ ttl: '00:10:00' });
    const all = (await engine.ask(`GET /v1/secrets/?${at}&includeDynamic=1&lease=true&${ttl}`)).body as Dynamic[];
    expect(all.map(({ lease }) => (lease as { ttl?: string } | null)?.ttl)).toEqual(['00:10:00', '00:10:00']);
  },
);

test('secrets come with dynamic ones only when these are asked for, and with leases only when those are', async () => {
  const list = async (query: string) => (await engine.ask(`GET /v1/secrets/?${at}${query}`)).body as Dynamic[];
  expect(await list('&lease=true')).toEqual([]);
  expect((await list('&dynamic=true')).map(({ lease }) => lease)).toEqual([null, null]);
  expect(await list('&dynamic=false&lease=true')).toEqual([]);
  expect(live()).toBe(0);
});

test('when one lease of a request fails, the others are ended', async () => {
  engine.minting.failing.add('OTHER');
  const failed = await engine.ask(`GET /v1/secrets/?${at}&dynamic=true&lease=true`);
  expect([failed.status, failed.body]).toEqual([502, { error: 'The target refused.' }]);
  expect([engine.minting.held.size, live()]).toEqual([1, 0]);
});

test('leases come sealed to a client that decrypts', async () => {
  const [first] = (await engine.ask(`GET /v1/secrets/dynamic/?${at}`)).body as Dynamic[];
  const headers = { environment: String(first?.['environment']), dynamic: 'true', lease: 'true', 'lease-ttl': '600' };
  const { text, body } = await engine.ask('GET /service/secrets/', { headers });
  const [db] = body as { lease: { ttl: string; credentials: { key: string; value: string }[] } }[];
  expect(db?.lease.ttl).toBe('00:10:00');
  for (const { key, value } of db?.lease.credentials ?? []) expect([key, value]).toEqual([sealed, sealed]);
  expect(text).not.toMatch(/leased-|DB_PASSWORD/);
});
const sealed = expect.stringMatching(/^ph:v1:[0-9a-f]{64}:[A-Za-z0-9+/]+=*$/) as unknown;

test.each([
  ['an unknown name', `GET /v1/secrets/dynamic/?name=NONE`, 404, 'No dynamic secrets found'],
  ['an unknown path', `GET /v1/secrets/dynamic/?path=/api`, 404, 'No dynamic secrets found'],
  ['too long a time', `GET /v1/secrets/dynamic/?name=DB&lease=true&ttl=99999`, 400, 'The ttl is over'],
  ['a time that is no number', `GET /v1/secrets/dynamic/?name=DB&lease=true&ttl=1h`, 400, 'ttl'],
  ['leases of nothing', `GET ${LEASES}`, 400, 'secret_id'],
  ['leases of an unknown secret', `GET ${LEASES}?secret_id=nope`, 404, 'Secret not found'],
  ['a revoke of nothing', `DELETE ${LEASES}`, 400, 'lease_id'],
  ['a revoke of an unknown lease', `DELETE ${LEASES}?lease_id=nope`, 404, 'Lease not found'],
])('%s is refused', async (_, request, status, text) => {
  const [path = '', query = ''] = request.split('?');
  const refused = await engine.ask(`${path}?${at}&${query}`);
  expect([refused.status, refused.body]).toEqual([status, { error: expect.stringContaining(text) }]);
});

describe('one lease', () => {
  const revoke = (id: string, env = 'development', more = {}) =>
    engine.ask(`DELETE ${LEASES}?app_id=${engine.app}&env=${env}`, { body: { lease_id: id }, ...more });
  const renew = (id: string, ttl?: unknown) => engine.ask(`PUT ${LEASES}?${at}`, { body: { lease_id: id, ttl } });

  test('of another environment is neither seen nor touched', async () => {
    const id = await leased();
    const elsewhere = await revoke(id, 'production');
    expect([elsewhere.status, elsewhere.body, live()]).toEqual([404, { error: 'Lease not found' }, 1]);
  });

  test('is not ended by another token of the same account', async () => {
    const id = await leased();
    const path = `POST /v1/service-accounts/${engine.accountId}/tokens/`;
    const made = await engine.send(engine.admin, path, { body: { name: 'other job' } });
    const refused = await revoke(id, 'development', { token: String(made.body['token']) });
    expect([refused.status, refused.body, live()]).toEqual([403, { error: expect.any(String) }, 1]);
  });

  test('is revoked by body or query; again it was already; and what goes on is said to go on', async () => {
    const id = await leased();
    engine.minting.slow = true;
    expect((await revoke(id)).status).toBe(202);
    engine.minting.slow = false;
    expect((await revoke(id)).body).toEqual({ message: 'Lease revoked' });
    expect(await engine.ask(`DELETE ${LEASES}?${at}&lease_id=${id}`)).toMatchObject({
      status: 200,
      body: { message: 'Lease was already revoked' },
    });
  });

  test.each([0, -5, 1.5, '60', null])('is not renewed by %p', async (ttl) => {
    expect((await renew(await leased(), ttl)).status).toBe(400);
  });
});
