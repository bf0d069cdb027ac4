// The door between node:http and the application, over real connections: what is read, what is written, what is thrown away.
import { once } from 'node:events';
import { nodeClock } from '#client/node-clock.js';
import type { Handle } from '#engine/http/answer.js';
import { listen, type Listener } from '#engine/http/server.js';
import { startTestEngine, type TestEngine } from '../../support/engine.ts';
import { openSocket, rawExchange } from '../../support/raw-http.ts';

let engine: TestEngine;
let listener: Listener;
let writer: string;
/** Who waits for the next answer. */
const answering: (() => void)[] = [];
beforeAll(async () => {
  engine = await startTestEngine();
  writer = await engine.token('dev', 'read/write');
  const handle: Handle = (request) =>
    engine.engine.handle(request).finally(() => {
      for (const done of answering.splice(0)) done();
    });
  listener = await listen(handle, { host: '127.0.0.1', port: 0, clock: nodeClock, log: () => undefined });
});
afterAll(async () => {
  await listener.close();
  await engine.close();
});

const SECRETS = '/v3/configs/config/secrets';
const head = (method: string, path: string, ...lines: string[]) =>
  [`${method} ${path} HTTP/1.1`, 'host: engine', `authorization: Bearer ${writer}`, ...lines, '', ''].join('\r\n');
const post = (body: string) =>
  head('POST', SECRETS, 'content-type: application/json', `content-length: ${Buffer.byteLength(body)}`) + body;
const setting = (name: string, value: string) => post(JSON.stringify({ secrets: { [name]: value } }));
const valueOf = async (name: string) =>
  (await engine.send(writer, `GET /configs/config/secrets/download?secrets=${name}`)).body;

test('an answer has its length, and the connection serves the next request', async () => {
  const answers = await rawExchange(listener.url, [head('GET', '/v3/me') + head('GET', '/v3/nothing')], { enough: 2 });
  expect(answers.map(({ status }) => status)).toEqual([200, 404]);
  for (const { headers, body } of answers) {
    expect([headers.get('content-length'), headers.get('content-type')]).toEqual([
      String(Buffer.byteLength(body)),
      'application/json',
    ]);
    expect(headers.has('transfer-encoding')).toBe(false);
  }
});

test('an answer without a body says so in the way of its status', async () => {
  const { headers } = await engine.send(writer, `GET ${SECRETS.slice(3)}/download`);
  const [held] = await rawExchange(listener.url, [
    head('GET', `${SECRETS}/download`, `if-none-match: ${headers.get('etag')}`),
  ]);
  expect([held?.status, held?.body, held?.headers.has('content-length')]).toEqual([304, '', false]);
  const [asked] = await rawExchange(listener.url, [head('HEAD', '/v3/me')]);
  expect([asked?.status, asked?.body, asked?.headers.get('allow')]).toEqual([405, '', 'GET']);
});

test.each([
  ['two tokens', [`authorization: Bearer ${'x'.repeat(40)}`], 401],
  ['the same token twice', ['authorization: Bearer {}'], 401],
  ['two hosts', ['host: other'], 400],
])('%s in one request are no request of anybody', async (_what, lines, status) => {
  const sent = lines.map((line) => line.replace('{}', writer));
  const [answer] = await rawExchange(listener.url, [head('GET', '/v3/me', ...sent)]);
  expect([answer?.status, JSON.parse(answer?.body ?? '')]).toEqual([
    status,
    { messages: [expect.any(String)], success: false },
  ]);
});

test('a request without a host is refused in the dialect where HTTP/1.0 lets it through', async () => {
  const [answer] = await rawExchange(listener.url, [`GET /v3/me HTTP/1.0\r\nauthorization: Bearer ${writer}\r\n\r\n`]);
  expect([answer?.status, JSON.parse(answer?.body ?? '').success]).toEqual([400, false]);
});

test('an address in bytes that are not escaped is refused with what to do about it', async () => {
  const [answer] = await rawExchange(listener.url, [Buffer.from(head('GET', '/v3/configs?project=größe'))]);
  const { messages } = JSON.parse(answer?.body ?? '') as { messages: string[] };
  expect([answer?.status, messages[0]]).toEqual([400, expect.stringContaining('percent-encoded')]);
});

test('a body that was sent whole is heard though its sender has left', async () => {
  const answered = new Promise<void>((done) => answering.push(done));
  const socket = openSocket(listener.url);
  await once(socket, 'connect');
  socket.end(setting('LEFT', 'heard'));
  await once(socket.resume(), 'close');
  await answered;
  expect(await valueOf('LEFT')).toEqual({ LEFT: 'heard' });
});

test('the rest of a body that is refused is thrown away, and the connection lives on', async () => {
  const refused = post(JSON.stringify({ secrets: { BIG: 'x'.repeat(2 * 1024 * 1024) } }));
  const answers = await rawExchange(listener.url, [refused, setting('AFTER', 'it')], { enough: 2 });
  expect(answers.map(({ status }) => status)).toEqual([413, 200]);
  expect(await valueOf('AFTER')).toEqual({ AFTER: 'it' });
});

test('one who goes on sending what nobody wants is cut off', async () => {
  const socket = openSocket(listener.url);
  const ended = once(socket.resume(), 'end');
  socket.on('error', () => undefined);
  socket.write(head('POST', SECRETS, 'content-type: application/json', 'content-length: 900000000'));
  await ended;
  socket.destroy();
  expect(socket.bytesRead).toBeGreaterThan(0);
});
