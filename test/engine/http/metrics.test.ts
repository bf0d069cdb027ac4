// /metrics over real sockets: who gets it, what it tells, and that no name of what is stored is in it.
import { nodeClock } from '#client/node-clock.js';
import type { Handle } from '#engine/http/answer.js';
import { metricsHandle } from '#engine/http/metrics.js';
import { type Listener, listen } from '#engine/http/server.js';
import { startTestEngine, type TestEngine } from '../../support/engine.ts';

let engine: TestEngine;
const listeners: Listener[] = [];
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(async () => {
  await Promise.all(listeners.map((one) => one.close()));
  await engine.close();
});

async function serve(handle: Handle): Promise<string> {
  const listener = await listen(handle, { host: '127.0.0.1', port: 0, clock: nodeClock, log: () => undefined });
  listeners.push(listener);
  return listener.url;
}

test('this machine gets it: requests by address pattern, leases by kind, and nothing by name', async () => {
  const url = await serve(engine.engine.handle);
  const token = await engine.token('dev', 'read/write');
  await engine.send(token, 'POST /configs/config/secrets', { body: { secrets: { PLANTED_NAME: 'planted-value' } } });
  const answer = await fetch(`${url}/metrics`);
  const text = await answer.text();
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringContaining('version=0.0.4')]);
  expect(text).toContain(
    'secrets_http_requests_total{method="POST",route="/v3/configs/config/secrets",status="200"} 1',
  );
  for (const name of ['leases_live', 'leases_failing', 'leases_due', 'sweep_lag_seconds', 'integrations_down']) {
    expect(text).toContain(`# TYPE secrets_${name} gauge`);
  }
  expect(text).toMatch(/^secrets_sweep_lag_seconds 0$/m);
  expect(text).not.toMatch(/PLANTED|planted|\bapp\b|\bdev\b/);
  for (const line of text.trim().split('\n')) {
    expect(line).toMatch(/^(?:# (?:HELP|TYPE) \w+ .+|\w+(?:\{(?:\w+="[^"\\]*",?)*\})? [0-9.e+-]+)$/);
  }
});

test('nobody else does: not another address, and nobody behind a proxy, whose address is everyone\u2019s', async () => {
  const ask = (one: TestEngine, remoteAddress: string) =>
    one.fetch(new Request('http://engine.test/metrics'), { incoming: { socket: { remoteAddress } } });
  expect((await ask(engine, '127.0.0.1')).status).toBe(200);
  expect((await ask(engine, '::ffff:127.0.0.1')).status).toBe(200);
  expect((await ask(engine, '192.0.2.7')).status).toBe(404);
  const proxied = await startTestEngine({ proxies: ['127.0.0.0/8'] });
  expect((await ask(proxied, '127.0.0.1')).status).toBe(404);
  await proxied.close();
});

test('its own address serves it and nothing else', async () => {
  const url = await serve(metricsHandle(engine.engine.renderMetrics));
  expect((await fetch(`${url}/metrics`)).status).toBe(200);
  expect((await fetch(`${url}/v3/projects`)).status).toBe(404);
  expect((await fetch(`${url}/metrics`, { method: 'POST' })).status).toBe(404);
});
