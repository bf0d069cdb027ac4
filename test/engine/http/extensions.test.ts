// With `extensions: off` the engine is what the clouds are: none of our routes, none of our headers, ours not heard.
import { newLeaseHandle } from '#core/lease-handle.js';
import { isExtension } from '#engine/http/extensions.js';
import { startTestEngine, type TestEngine } from '../../support/engine.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine({ extensions: 'off' });
});
afterAll(() => engine.close());

test('none of our routes is there, and all of Doppler\u2019s are', async () => {
  const status = async ({ method, path }: { method: string; path: string }) => {
    const answer = await engine.send(undefined, `${method} ${path.replace(/^\/v3/, '')}`);
    return { at: `${method} ${path}`, gone: answer.status === 404 || answer.status === 405 };
  };
  for (const route of engine.engine.routes) {
    expect(await status(route)).toEqual({ at: `${route.method} ${route.path}`, gone: isExtension(route) });
  }
  expect(engine.engine.routes.filter(isExtension).length).toBeGreaterThan(7);
});

test('no header of ours is on any answer', async () => {
  const answers = await Promise.all(
    ['GET /me', 'GET /nowhere', 'GET /projects'].map((request) => engine.send(engine.admin, request)),
  );
  for (const { headers } of answers)
    expect([...headers.keys()].filter((name) => /^(x-)?secrets-/.test(name))).toEqual([]);
});

test('a lease handle opens nothing, and two requests with one Idempotency-Key are two', async () => {
  const headers = { 'x-secrets-lease-handle': newLeaseHandle().revokeKey.reveal() };
  const renew = 'PUT /configs/config/dynamic_secrets/dynamic_secret/leases/lease';
  expect((await engine.send(undefined, renew, { headers })).status).toBe(405);
  expect((await engine.send(undefined, 'DELETE /leases', { headers })).status).toBe(404);
});
