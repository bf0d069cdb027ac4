// The network adapter against a real server: bytes, limits, cuts, and what may have arrived.
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { type AddressInfo, type Socket, createServer } from 'node:net';
import { nodeSend } from '#client/node-send.js';
import type { SendRequest } from '#client/send.js';
import { Sensitive } from '#core/sensitive.js';
import { type Answer, FakeApi } from '../support/fake-api.ts';

let api: FakeApi;
let answer: Answer;
beforeAll(async () => {
  api = await new FakeApi(() => answer).start();
});
afterAll(() => api.stop());

const request = (more: Partial<SendRequest> = {}): SendRequest => ({
  method: 'GET',
  url: `${api.url}/v3/x`,
  headers: {},
  connectMs: 1000,
  idleMs: 1000,
  totalMs: 5000,
  ...more,
});

// Also after a failed expectation: an open server would keep the tests from ending.
const raws: (() => void)[] = [];
afterEach(() => {
  for (const stop of raws.splice(0)) stop();
});

/** A server that speaks in raw bytes. */
async function raw(onSocket: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    onSocket(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const stop = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  raws.push(stop);
  return { url, stop };
}

test('carries headers, secret ones too, and a body counted in bytes', async () => {
  answer = { status: 201, body: { a: 1 }, headers: { 'x-one': '1' } };
  const headers = { authorization: new Sensitive('Bearer t'), 'x-plain': 'p' };
  const outcome = await nodeSend()(request({ method: 'POST', headers, body: '{"é":1}' }));
  expect(outcome).toMatchObject({ answer: { status: 201, text: '{"a":1}', headers: { 'x-one': '1' } } });
  const seen = api.seen.at(-1);
  expect(seen).toMatchObject({ method: 'POST', body: '{"é":1}' });
  expect(seen?.headers).toMatchObject({ authorization: 'Bearer t', 'x-plain': 'p', 'content-length': '8' });
});

test('joins characters that were split over chunks', async () => {
  const bytes = Buffer.from('{"a":"naïve 🔑"}');
  const drip = async (response: ServerResponse) => {
    for (const byte of bytes) {
      response.write(Buffer.from([byte]));
      await new Promise(setImmediate);
    }
    response.end();
  };
  answer = (_, response) => void drip(response);
  expect(await nodeSend()(request())).toMatchObject({ answer: { text: '{"a":"naïve 🔑"}' } });
});

test('refuses bytes that are not UTF-8', async () => {
  answer = (_, response) => response.end(Buffer.from([0x22, 0xff, 0x22]));
  expect(await nodeSend()(request())).toMatchObject({ failure: { kind: 'not-utf8', mayHaveArrived: true } });
});

test('stops reading at the size limit', async () => {
  answer = (_, response) => response.end('x'.repeat(2000));
  expect(await nodeSend({ maxBytes: 1000 })(request())).toMatchObject({ failure: { kind: 'too-large' } });
});

test('follows no redirect', async () => {
  answer = { status: 302, headers: { location: `${api.url}/elsewhere` } };
  const before = api.seen.length;
  expect(await nodeSend()(request())).toMatchObject({ answer: { status: 302 } });
  expect(api.seen.length - before).toBe(1);
});

test('uses one connection for requests in a row', async () => {
  const ports = new Set<number | undefined>();
  answer = (_, response) => {
    ports.add(response.socket?.remotePort);
    response.end('{}');
  };
  const send = nodeSend();
  for (let count = 0; count < 3; count += 1) await send(request());
  expect(ports.size).toBe(1);
});

test('gives up on a server that accepts and never answers', async () => {
  const server = await raw(() => {});
  const outcome = await nodeSend()(request({ url: server.url, idleMs: 50 }));
  expect(outcome).toEqual({ failure: { kind: 'timeout', mayHaveArrived: true, code: 'IDLE_TIMEOUT' } });
  server.stop();
});

test('gives up on a handshake that is never finished, and knows that nothing was sent', async () => {
  const server = await raw(() => {});
  const outcome = await nodeSend()(request({ url: server.url.replace('http:', 'https:'), connectMs: 50 }));
  expect(outcome).toEqual({ failure: { kind: 'timeout', mayHaveArrived: false, code: 'CONNECT_TIMEOUT' } });
  server.stop();
});

test('gives up on a server that drips for ever', async () => {
  const server = await raw((socket) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n');
    const timer = setInterval(() => socket.write('x'), 20);
    socket.on('close', () => clearInterval(timer));
  });
  const outcome = await nodeSend()(request({ url: server.url, totalMs: 150 }));
  expect(outcome).toEqual({ failure: { kind: 'timeout', mayHaveArrived: true, code: 'TOTAL_TIMEOUT' } });
  server.stop();
});

test.each([
  ['before the answer', ''],
  ['inside the body', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"half":'],
  ['inside a chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n10\r\n{"ha'],
])('calls it cut when the connection ends %s', async (_, text) => {
  const server = await raw((socket) => {
    socket.once('data', () => socket.end(text));
  });
  expect(await nodeSend()(request({ url: server.url }))).toMatchObject({
    failure: { kind: 'cut', mayHaveArrived: true },
  });
  server.stop();
});

test('knows that a refused connection carried nothing', async () => {
  const server = await raw(() => {});
  server.stop();
  const outcome = await nodeSend()(request({ url: server.url }));
  expect(outcome).toEqual({ failure: { kind: 'connect', mayHaveArrived: false, code: 'ECONNREFUSED' } });
});

test('knows that a TLS failure carried nothing', async () => {
  const server = await raw((socket) => socket.end('not tls'));
  const outcome = await nodeSend()(request({ url: server.url.replace('http:', 'https:') }));
  expect(outcome).toMatchObject({ failure: { mayHaveArrived: false } });
  server.stop();
});

test('speaks http to loopback only', async () => {
  expect(await nodeSend()(request({ url: 'http://api.example/' }))).toMatchObject({ failure: { kind: 'not-allowed' } });
});

test('lets go at once when it is cancelled, before and while it waits', async () => {
  answer = () => {};
  const stop = new AbortController();
  const waiting = nodeSend()(request({ signal: stop.signal }));
  setTimeout(() => stop.abort(), 20);
  expect(await waiting).toMatchObject({ failure: { kind: 'aborted', mayHaveArrived: true } });
  expect(await nodeSend()(request({ signal: stop.signal }))).toMatchObject({
    failure: { kind: 'aborted', mayHaveArrived: false },
  });
});
