// Webhooks: kept without ever being told again, sent signed and at least once, and never sent for what did not happen.
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { createEgress } from '#engine/egress.js';
import { signature } from '#engine/webhooks/delivery.js';
import { createPost } from '#engine/webhooks/post.js';
import { auditRows } from '../../support/audit.ts';
import { testCertificate } from '../../support/certificate.ts';
import { startTestEngine, type TestEngine } from '../../support/engine.ts';

type Sent = { url: string; headers: Readonly<Record<string, string>>; body: string };
let engine: TestEngine;
let sent: Sent[];
let answer: () => number;
beforeEach(async () => {
  sent = [];
  answer = () => 200;
  engine = await startTestEngine({
    post: async (url, headers, body) => {
      sent.push({ url, headers, body });
      return answer();
    },
  });
});
afterEach(() => engine.close());

const URL_ = 'https://hooks.example.com/a';
async function hook(more: object = {}): Promise<Record<string, unknown>> {
  const body = { project: 'app', url: URL_, enableConfigs: ['dev'], ...more };
  return (await engine.send(engine.admin, 'POST /webhooks', { body })).body['webhook'] as Record<string, unknown>;
}
const write = (config: string, value = 'v') =>
  engine.send(engine.admin, 'POST /configs/config/secrets', {
    body: { project: 'app', config, secrets: { A: value } },
  });
/** Lets time pass, and what comes of it happen. */
async function pass(ms: number): Promise<void> {
  for (let turns = 0; turns < 4; turns++) {
    engine.advance(turns === 0 ? ms : 2_000);
    await new Promise((done) => setTimeout(done, 40));
  }
}

test('what is secret is taken and never told again; everything else is as terraform reads it', async () => {
  const made = await hook({
    name: 'ci',
    secret: 's3',
    authentication: { type: 'Basic', username: 'u', password: 'p4' },
  });
  const shown = { name: 'ci', url: URL_, enabled: true, enabledConfigs: ['dev'], hasSecret: true };
  expect(made).toMatchObject({ ...shown, authentication: { type: 'Basic', username: 'u', hasPassword: true } });
  const one = `/webhooks/webhook/${String(made['id'])}`;
  const send = async (request: string, body?: object) =>
    (await engine.send(engine.admin, request, body ? { body: { project: 'app', ...body } } : {})).text;
  const texts = [
    await send('GET /webhooks?project=app'),
    await send(`GET ${one}?project=app`),
    await send(`PATCH ${one}`, { enableConfigs: ['stg'], disableConfigs: ['dev'], name: 'cd' }),
    await send(`POST ${one}/disable`, {}),
  ];
  expect(texts.join()).not.toMatch(/s3|p4/);
  expect(texts.at(-1)).toMatch(/"enabled":false.*"enabledConfigs":\["stg"\]/);
  expect(await send(`DELETE ${one}`, {})).toBe('{"success":true}');
  expect(JSON.parse(await send('GET /webhooks?project=app'))).toMatchObject({ webhooks: [] });
});

test.each([
  [{ url: 'http://hooks.example.com' }],
  [{ url: 'https://u:p@hooks.example.com' }],
  [{ payload: '{' }],
  [{ authentication: { type: 'Bearer' } }],
  [{ enableConfigs: ['none'] }],
])('%j is refused', async (more) => {
  expect(await hook(more)).toBeUndefined();
});

test('a change is sent once, signed over its very bytes, to receivers of that config only', async () => {
  await hook({ secret: 'key', authentication: { type: 'Bearer', token: 'abc' } });
  await hook({ enableConfigs: ['stg'] });
  await write('dev');
  await pass(2_000);
  expect(sent).toHaveLength(1);
  const [{ headers, body } = { headers: {}, body: '' }] = sent as unknown as { headers: object; body: string }[];
  expect(headers).toMatchObject({ 'x-doppler-signature': signature('key', body), authorization: 'Bearer abc' });
  expect(JSON.parse(body)).toMatchObject({
    type: 'config.secrets.update',
    config: { name: 'dev', environment: 'dev', project: 'app' },
    project: { id: 'app', name: 'app' },
    workplace: { id: 'engine' },
  });
  expect(body).not.toContain('"v"');
  await pass(10_000);
  expect(sent).toHaveLength(1);
});

test('a change that failed is not sent, and a payload of one\u2019s own is sent as it is', async () => {
  await hook({ payload: '{"text":"hello"}' });
  const bad = { project: 'app', config: 'dev', secrets: { 'not a name': 'x' } };
  await engine.send(engine.admin, 'POST /configs/config/secrets', { body: bad });
  await pass(2_000);
  expect(sent).toEqual([]);
  await write('dev');
  await pass(2_000);
  expect(sent.map(({ body }) => body)).toEqual(['{"text":"hello"}']);
  expect(sent[0]?.headers['x-doppler-signature']).toBeUndefined();
});

test('a receiver that fails is asked again five times with growing pauses, then given up in the audit log', async () => {
  answer = () => 503;
  await hook();
  await write('dev');
  await pass(2_000);
  expect(sent).toHaveLength(1);
  for (const [tries, pause] of [10_000, 60_000, 300_000, 1_800_000, 7_200_000].entries()) {
    await pass(pause);
    expect(sent).toHaveLength(tries + 2);
  }
  await pass(20_000_000);
  expect(sent).toHaveLength(6);
  const rows = await auditRows(engine.store);
  expect(rows.map(({ action }) => action)).toContain('webhooks.give_up');
}, 30_000);

test('the sender pins the address, checks the name of the certificate, follows nowhere and goes nowhere private', async () => {
  const certificate = testCertificate();
  if (!certificate) return;
  const { cert, key, pem } = certificate;
  const server = createServer({ cert: readFileSync(cert), key: readFileSync(key) }, (request, response) => {
    if (request.url === '/moved') response.writeHead(302, { location: '/' });
    response.end('ok');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const clock = { now: () => 0, monotonic: () => 0, sleep: () => new Promise<void>(() => undefined) };
  const lookup = async () => [{ address: '127.0.0.1' }];
  const egress = (outgoing: string[]) => createEgress({ clock, lookup, allow: { outgoing, integration: [] } });
  const post = createPost(egress(['localhost', 'other.example']), pem);
  expect(await post(`https://localhost:${port}/`, {}, '{}')).toBe(200);
  expect(await post(`https://localhost:${port}/moved`, {}, '{}')).toBe(302);
  await expect(post(`https://other.example:${port}/`, {}, '{}')).rejects.toMatchObject({
    code: 'ERR_TLS_CERT_ALTNAME_INVALID',
  });
  await expect(createPost(egress([]), pem)(`https://localhost:${port}/`, {}, '')).rejects.toMatchObject({
    code: 'ERR_UNAVAILABLE',
  });
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

test('what was given for one receiver is not told to another host', async () => {
  const made = await hook({ secret: 's3', authentication: { type: 'Bearer', token: 't5' } });
  const at = `PATCH /webhooks/webhook/${String(made['id'])}`;
  const move = (more: object) =>
    engine.send(engine.admin, at, { body: { project: 'app', url: 'https://other.example.com/', ...more } });
  expect((await move({})).status).toBe(400);
  expect((await move({ secret: 'mine' })).status).toBe(400);
  expect((await move({ url: 'https://hooks.example.com/b' })).status).toBe(200);
  expect((await move({ secret: 'mine', authentication: { type: 'Bearer', token: 'own' } })).status).toBe(200);
});
