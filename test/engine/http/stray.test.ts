// Bytes behind a request that are none, over plain HTTP and TLS: read as the body of a DELETE, or nothing at all.
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { nodeClock } from '#client/node-clock.js';
import { listen, type Listener } from '#engine/http/server.js';
import { testCertificate } from '../../support/certificate.ts';
import { startTestEngine, type TestEngine } from '../../support/engine.ts';
import { readAnswers } from '../../support/raw-http.ts';

const tls = testCertificate('stray');
const forms = tls ? (['http', 'https'] as const) : (['http'] as const);

let engine: TestEngine;
const listeners: Partial<Record<'http' | 'https', Listener>> = {};
beforeAll(async () => {
  engine = await startTestEngine();
  const at = { host: '127.0.0.1', port: 0, clock: nodeClock, log: () => undefined };
  listeners.http = await listen(engine.engine.handle, at);
  if (tls) listeners.https = await listen(engine.engine.handle, { ...at, tls });
});
afterAll(async () => {
  for (const listener of Object.values(listeners)) await listener.close();
  await engine.close();
});

function open(form: 'http' | 'https'): Socket {
  const to = { host: '127.0.0.1', port: Number(new URL(listeners[form]?.url ?? '').port) };
  return form === 'http' ? connectPlain(to) : connectTls({ ...to, ca: tls?.pem, servername: 'localhost' });
}

/** All that comes back until the server closes. */
async function exchange(form: 'http' | 'https', bytes: string): Promise<[number, string | undefined][]> {
  const socket = open(form);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk)).write(bytes);
  await new Promise((done, fail) => socket.once('close', done).once('error', fail));
  const { answers } = readAnswers(Buffer.concat(chunks));
  return answers.map(({ status, body }) => [status, (JSON.parse(body) as { messages?: string[] }).messages?.[0]]);
}

const request = (method: string, path: string, type = 'application/json') =>
  `${method} ${path} HTTP/1.1\r\nhost: engine\r\nauthorization: Bearer ${engine.admin}\r\ncontent-type: ${type}\r\n\r\n`;
const unheard = 'You must specify a project';
const target = '/v3/projects/project';

test.each(forms)('over %s the body of a DELETE without a length deletes what it names', async (form) => {
  await engine.send(engine.admin, 'POST /projects', {
    body: { name: `gone-${form}`, create_default_environments: false },
  });
  const body = JSON.stringify({ project: `gone-${form}` });
  expect(await exchange(form, request('DELETE', target) + body)).toEqual([[200, undefined]]);
  expect((await engine.send(engine.admin, `GET /projects/project?project=gone-${form}`)).status).toBe(404);
});

test.each(forms)('over %s the same bytes are the body of no other request, and take no answer away', async (form) => {
  const body = '{"project":"app"}';
  expect(await exchange(form, request('GET', target) + body)).toEqual([[400, unheard]]);
  expect(await exchange(form, request('DELETE', target, 'text/plain') + body)).toEqual([[400, unheard]]);
  expect(await exchange(form, `${request('DELETE', target)}["project","app"]`)).toEqual([[400, unheard]]);
  const two = request('DELETE', target) + request('GET', '/v3/me') + body;
  expect(await exchange(form, two)).toEqual([
    [400, unheard],
    [200, undefined],
  ]);
});

test('a body that is cut off, or goes on beyond its end, deletes nothing', async () => {
  const refused = [[400, expect.stringContaining('cannot be read')]];
  expect(await exchange('http', `${request('DELETE', target)}{"project":"ap`)).toEqual(refused);
  expect(await exchange('http', `${request('DELETE', target)}{"project":"app"}{"project":"app"}`)).toEqual(refused);
  expect(await exchange('http', `${request('DELETE', target)}{"project":"app"}GET / HTTP/1.1\r\n\r\n`)).toEqual(
    refused,
  );
  expect((await engine.send(engine.admin, 'GET /projects/project?project=app')).status).toBe(200);
});

test('bytes that begin no request at all are refused in the dialect', async () => {
  const [[status, message] = []] = await exchange('http', '{"project":"app"}\r\n\r\n');
  expect([status, message]).toEqual([400, expect.any(String)]);
});
