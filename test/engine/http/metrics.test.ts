// /metrics over real sockets: who gets it, what it tells, and that no name of what is stored is in it.
import { nodeClock } from '#client/node-clock.js';
import type { Handle } from '#engine/http/answer.js';
import { metricsHandle } from '#engine/http/metrics.js';
import { type Listener, listen } from '#engine/http/server.js';
import type { Minting } from '#engine/minting.js';
import { startTestEngine, type TestEngine } from '../../support/engine.ts';
import { AWAY } from '../../support/leasing/fake-integration.ts';
import { realMinting } from '../../support/phase/minting.ts';

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

describe('with leases', () => {
  const LEASES = '/configs/config/dynamic_secrets/dynamic_secret/leases';
  const real = realMinting();
  let minting: Minting;
  let leasing: TestEngine;
  let token: string;
  beforeAll(async () => {
    leasing = await startTestEngine({ minting: async (base) => (minting = await real.minting(base)) });
    const place = { project: 'app', config: 'dev' };
    const integration = { type: 'postgres', name: 'pg', data: {}, allowed: ['app/dev'] };
    expect((await leasing.send(leasing.admin, 'POST /integrations', { body: integration })).status).toBe(200);
    const body = { ...place, name: 'DB', kind: 'postgres', integration: 'pg', parameters: {} };
    const made = await leasing.send(leasing.admin, 'POST /configs/config/dynamic_secrets', { body });
    expect(made.status).toBe(200);
    token = await leasing.token('dev');
  });
  afterAll(() => leasing.close());

  const issue = () => leasing.send(token, `POST ${LEASES}`, { body: { dynamic_secret: 'DB', ttl_sec: 900 } });
  const revoke = (id: unknown) =>
    leasing.send(token, `DELETE ${LEASES}/lease?project=app&config=dev&dynamic_secret=DB&slug=${String(id)}`);
  /** Of leases and credentials, without those that are 0. */
  const figures = async () => {
    const text = await leasing.engine.renderMetrics();
    return text.split('\n').filter((line) => /^secrets_(?!http|engine|sweep)\S+ (?!0$)/.test(line));
  };

  test('it tells how issuing and ending went, what lives, what is due, what fails, and what targets have or lack', async () => {
    const [ended, stubborn] = [(await issue()).body['id'], (await issue()).body['id']];
    await Promise.all([issue(), issue()]);
    real.target.failure = { call: 'create', error: AWAY };
    expect((await issue()).status).toBeGreaterThanOrEqual(500);
    real.target.failure = undefined;
    await real.settle();
    expect((await revoke(ended)).status).toBe(200);
    expect(await figures()).toEqual([
      'secrets_leases_issued_total{kind="postgres",outcome="failed"} 1',
      'secrets_leases_issued_total{kind="postgres",outcome="ok"} 4',
      'secrets_lease_revocations_total{kind="postgres",outcome="ok"} 2',
      'secrets_leases_live{kind="postgres"} 3',
    ]);
    real.target.failure = { call: 'revoke', error: AWAY };
    for (let n = 0; n < 5; n += 1) expect((await revoke(stubborn)).status).toBe(202);
    real.target.credentials.clear();
    real.target.credentials.add('lease-00000000-0000-4000-8000-000000000000');
    await minting.reconcile();
    leasing.advance(60_000);
    expect(await figures()).toEqual([
      'secrets_leases_issued_total{kind="postgres",outcome="failed"} 1',
      'secrets_leases_issued_total{kind="postgres",outcome="ok"} 4',
      'secrets_lease_revocations_total{kind="postgres",outcome="failed"} 5',
      'secrets_lease_revocations_total{kind="postgres",outcome="ok"} 2',
      'secrets_leases_live{kind="postgres"} 3',
      'secrets_leases_failing{kind="postgres",state="revoke_failed"} 1',
      'secrets_credentials_unknown 1',
      'secrets_credentials_missing 2',
      'secrets_leases_due 1',
      'secrets_integrations_down 1',
    ]);
    // A wall clock that is set back hides nothing that waits.
    leasing.advance(-3_600_000);
    expect(await figures()).toContain('secrets_leases_due 1');
  });
});
