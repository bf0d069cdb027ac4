// Rate limits as a client meets them: headers on every answer, 429 with retry-after, and a way out for lease handles.
import { newLeaseHandle } from '#core/lease-handle.js';
import { startTestEngine, type TestEngine } from '../../support/engine.ts';

let engine: TestEngine;
beforeEach(async () => {
  engine = await startTestEngine({ plan: 'developer', proxies: ['127.0.0.1/32'] });
});
afterEach(() => engine.close());

const limits = ({ headers }: { headers: Headers }) =>
  ['limit', 'remaining', 'reset'].map((name) => headers.get(`x-ratelimit-${name}`));

test('every answer says what it counted as: reads, secret reads, writes, mints', async () => {
  const token = await engine.token('dev');
  const seen = async (request: string, by: string | undefined = token) => limits(await engine.send(by, request))[0];
  expect(await seen('GET /me')).toBe('240');
  expect(await seen('GET /configs/config/secrets')).toBe('120');
  expect(await seen('GET /configs/config/secrets?include_dynamic_secrets=true')).toBe('60');
  expect(await seen('DELETE /configs/config/secret?name=A', engine.admin)).toBe('60');
  expect(await seen('GET /nowhere')).toBe('240');
  expect(await seen('GET /healthz', '')).toBe('240');
  const [limit, remaining, reset] = limits(await engine.send(token, 'GET /me'));
  expect([limit, Number(remaining) < 240, Number(reset) > engine.now() / 1000]).toEqual(['240', true, true]);
});

test('past the limit the answer is 429 with retry-after in the dialect, and waiting that long helps', async () => {
  const token = await engine.token('dev');
  for (let n = 0; n < 120; n++) await engine.send(token, 'GET /configs/config/secrets/names');
  const refused = await engine.send(token, 'GET /configs/config/secrets/names');
  expect([refused.status, refused.body['success']]).toEqual([429, false]);
  expect([limits(refused)[1], refused.headers.get('retry-after')]).toEqual(['0', '1']);
  expect((await engine.send(token, 'GET /me')).status).toBe(200);
  engine.advance(1000);
  expect((await engine.send(token, 'GET /configs/config/secrets/names')).status).toBe(200);
});

test('guessing tokens uses up the address, also for who has a good one there', async () => {
  const token = await engine.token('dev');
  for (let n = 0; n < 240; n++) await engine.send('dp.st.dev.nothing', 'GET /me');
  expect((await engine.send(token, 'GET /me')).status).toBe(429);
});

test('a lease handle is not starved by anything else that the address sends', async () => {
  for (let n = 0; n < 300; n++) {
    await engine.send(undefined, 'DELETE /configs/config/secret?name=A');
    await engine.send(undefined, 'GET /nowhere');
  }
  const handle = newLeaseHandle().revokeKey.reveal();
  const answer = await engine.send(undefined, 'DELETE /leases', { headers: { 'x-secrets-lease-handle': handle } });
  expect([answer.status, limits(answer)[0]]).toEqual([200, '600']);
});

test('only a believed proxy says where a request came from, and only its last hop counts', async () => {
  const from = async (peer: string, forwarded: string) => {
    const request = new Request('http://engine/v3/nowhere', { headers: { 'x-forwarded-for': forwarded } });
    const answer = await engine.fetch(request, { incoming: { socket: { remoteAddress: peer } } });
    return Number(answer.headers.get('x-ratelimit-remaining'));
  };
  expect(await from('127.0.0.1', '192.0.2.7, 198.51.100.1')).toBe(239);
  expect(await from('::ffff:127.0.0.1', '192.0.2.8, 198.51.100.1')).toBe(238);
  expect(await from('127.0.0.1', '198.51.100.1, 192.0.2.7')).toBe(239);
  expect(await from('203.0.113.5', '198.51.100.1')).toBe(239);
  expect(await from('203.0.113.5', '192.0.2.1')).toBe(238);
  expect(await from('127.0.0.1', 'not an address')).toBe(239);
});
