// Leases over HTTP: issue, repeat, renew and end, by token and by handle, and as part of a list or download.
import { newLeaseHandle, nextLink } from '#core/lease-handle.js';
import { startTestEngine, type TestEngine } from '../../support/engine.ts';

let engine: TestEngine;
let token: string;
beforeAll(async () => {
  engine = await startTestEngine();
  token = await engine.token('dev');
  for (const name of ['DB', 'OTHER']) {
    const body = { project: 'app', config: 'dev', name, kind: 'postgres', integration: 'pg' };
    expect((await engine.send(engine.admin, 'POST /configs/config/dynamic_secrets', { body })).status).toBe(200);
  }
});
afterAll(() => engine.close());
beforeEach(() => {
  engine.minting.failing.clear();
  engine.minting.slow = false;
});

const LEASES = '/configs/config/dynamic_secrets/dynamic_secret/leases';
const issue = (headers: Record<string, string> = {}, query = '') =>
  engine.send(token, `POST ${LEASES}${query}`, { body: { dynamic_secret: 'DB', ttl_sec: 60 }, headers });
const revoke = (id: unknown, by = token) =>
  engine.send(by, `DELETE ${LEASES}/lease?project=app&config=dev&dynamic_secret=DB&slug=${String(id)}`);
const live = () => [...engine.minting.held.values()].filter(({ state }) => state === 'active').length;

test('a lease is issued with its id, end and values, and not for a cache', async () => {
  const { status, body, headers } = await issue();
  expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
  expect(body).toMatchObject({ success: true, expires_at: '1970-01-01T00:01:00.000Z' });
  expect(body['value']).toMatchObject({ DB_USERNAME: 'leased-DB_USERNAME' });
  const list = await engine.send(token, `GET ${LEASES}?dynamic_secret=DB`);
  expect(list.text).toContain(String(body['id']));
  expect(list.text).not.toContain('leased-');
});

test('a lease is ended once; then it is gone, and an unknown one was never there', async () => {
  const { body } = await issue();
  expect((await revoke(body['id'])).status).toBe(200);
  expect((await revoke(body['id'])).status).toBe(410);
  expect((await revoke('00000000-0000-4000-8000-000000000000')).status).toBe(404);
});

test('a lease that is not ended yet is answered with 202', async () => {
  const { body } = await issue();
  engine.minting.slow = true;
  const { status, body: answer } = await revoke(body['id']);
  expect([status, answer['state']]).toEqual([202, 'revoking']);
});

test('another token does not end or renew it; the admin token ends it', async () => {
  const { body } = await issue();
  const other = await engine.token('dev', 'read/write');
  expect((await revoke(body['id'], other)).status).toBe(403);
  const renewal = { dynamic_secret: 'DB', slug: body['id'], ttl_sec: 120 };
  expect((await engine.send(other, `PUT ${LEASES}/lease`, { body: renewal })).status).toBe(403);
  expect((await engine.send(token, `PUT ${LEASES}/lease`, { body: renewal })).body).toMatchObject({
    expires_at: '1970-01-01T00:02:00.000Z',
    capped: false,
  });
  expect((await revoke(body['id'], engine.admin)).status).toBe(200);
});

test('a repeated idempotency key names the earlier lease, unless it is to be replaced', async () => {
  const headers = { 'idempotency-key': 'job-1' };
  const { body } = await issue(headers);
  const again = await issue(headers);
  expect(again.status).toBe(409);
  expect(String(again.body['messages'])).toContain(String(body['id']));
  expect((await issue(headers, '?replace=true')).status).toBe(200);
});

test.each(['renewKey', 'revokeKey'] as const)('the %s of a handle ends its set, without a token', async (which) => {
  const handle = newLeaseHandle();
  await issue({ 'x-secrets-lease-set': handle.setId });
  await issue({ 'x-secrets-lease-set': handle.setId });
  const headers = { 'x-secrets-lease-handle': handle[which].reveal() };
  engine.minting.slow = true;
  const first = await engine.send(undefined, 'DELETE /leases', { headers });
  expect([first.status, first.body]).toMatchObject([202, { success: true, revoked: 0, left: 2 }]);
  engine.minting.slow = false;
  const { status, body } = await engine.send(undefined, 'DELETE /leases', { headers });
  expect([status, body]).toMatchObject([200, { revoked: 2, left: 0 }]);
  expect((body['leases'] as unknown[])[0]).toMatchObject({
    id: expect.any(String),
    dynamic_secret: 'DB',
    project: 'app',
    config: 'dev',
    state: 'revoked',
    expires_at: expect.any(String),
  });
});

test('only the renewing link renews', async () => {
  const handle = newLeaseHandle();
  const { body } = await issue({ 'x-secrets-lease-set': handle.setId });
  const renew = (link: string) =>
    engine.send(undefined, `PUT ${LEASES}/lease`, {
      body: { slug: body['id'], ttl_sec: 90 },
      headers: { 'x-secrets-lease-handle': link },
    });
  expect((await renew(handle.renewKey.reveal())).status).toBe(200);
  expect((await renew(handle.revokeKey.reveal())).status).toBe(403);
  expect((await renew(nextLink(handle.setId))).status).toBe(403);
});

test('a handle opens nothing else', async () => {
  const headers = { 'x-secrets-lease-handle': newLeaseHandle().renewKey.reveal() };
  for (const { method, path, action } of engine.engine.routes) {
    if (action === 'open' || path === '/v3/leases' || (method === 'PUT' && path.endsWith('/lease'))) continue;
    expect((await engine.send(undefined, `${method} ${path.replace('/v3', '')}`, { headers })).status).toBe(401);
  }
  const unknown = await engine.send(undefined, 'DELETE /leases', { headers });
  expect([unknown.status, unknown.body]).toMatchObject([200, { leases: [], revoked: 0, left: 0 }]);
});

test.each(['', 'x', 'a b', 'x'.repeat(100)])('the handle or set %# is refused', async (text) => {
  const handle = await engine.send(undefined, 'DELETE /leases', { headers: { 'x-secrets-lease-handle': text } });
  expect(handle.status).toBe(400);
  expect((await issue({ 'x-secrets-lease-set': text })).status).toBe(400);
});

test('a download with dynamic secrets has their fields as names, and their ids in headers only', async () => {
  const before = live();
  const path = '/configs/config/secrets/download?include_dynamic_secrets=true&dynamic_secrets_ttl_sec=120';
  const { status, body, headers, text } = await engine.send(token, `GET ${path}`);
  expect(status).toBe(200);
  expect(body).toMatchObject({ DB_PASSWORD: 'leased-DB_PASSWORD', OTHER_URL: 'leased-OTHER_URL' });
  expect(Object.values(body).every((value) => typeof value === 'string')).toBe(true);
  const notes = headers.get('x-secrets-lease')?.split(', ') ?? [];
  expect(notes).toEqual([
    expect.stringMatching(/^DB; id=[0-9a-f-]{36}; expires=1970-01-01T00:02:00\.000Z$/),
    expect.stringMatching(/^OTHER; id=/),
  ]);
  for (const note of notes) expect(text).not.toContain(/id=([0-9a-f-]+)/.exec(note)?.[1]);
  expect([headers.get('etag'), headers.get('cache-control')]).toEqual([null, 'no-store']);
  expect(live()).toBe(before + 2);
});

test('a list has leased fields in its own shape, and a filter leases no more than it names', async () => {
  const before = live();
  const { body } = await engine.send(token, 'GET /configs/config/secrets?include_dynamic_secrets=true&secrets=DB_URL');
  expect((body['secrets'] as Record<string, unknown>)['DB_URL']).toMatchObject({
    raw: 'leased-DB_URL',
    computed: 'leased-DB_URL',
    computedVisibility: 'masked',
  });
  expect(live()).toBe(before + 1);
});

test('when one lease of a request fails the others are ended again', async () => {
  engine.minting.failing.add('OTHER');
  const before = live();
  const { status, text } = await engine.send(token, 'GET /configs/config/secrets?include_dynamic_secrets=true');
  expect(status).toBe(502);
  expect(text).not.toContain('leased-');
  expect(live()).toBe(before);
});

test('names are listed without leasing, and static answers lease nothing', async () => {
  const before = live();
  const { body } = await engine.send(token, 'GET /configs/config/secrets/names?include_dynamic_secrets=true');
  expect(body['names']).toEqual(expect.arrayContaining(['DB_HOST', 'OTHER_HOST']));
  await engine.send(token, 'GET /configs/config/secrets/download');
  await engine.send(token, 'GET /configs/config/secrets');
  expect((await engine.send(token, 'HEAD /configs/config/secrets?include_dynamic_secrets=true')).status).toBe(405);
  expect(live()).toBe(before);
});

test('a name with two sources is refused before anything is leased', async () => {
  const writer = await engine.token('dev', 'read/write');
  await engine.send(writer, 'POST /configs/config/secrets', { body: { secrets: { DB_HOST: 'static' } } });
  const before = live();
  const path = 'GET /configs/config/secrets/download?include_dynamic_secrets=true';
  expect((await engine.send(token, path)).status).toBe(409);
  expect(live()).toBe(before);
});
