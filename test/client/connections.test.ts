// When a connection carries another request, and when a fresh one is opened; how a request looks on the wire.
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { nodeSend } from '#client/node-send.js';
import type { SendRequest } from '#client/send.js';
import { Sensitive } from '#core/sensitive.js';

let server: Server;
let url: string;
/** What each connection has said, in the order of the connections. */
let heard: string[];
let answer: (socket: Socket, nth: number) => void;
const sockets: Socket[] = [];
beforeEach(async () => {
  heard = [];
  server = createServer((socket) => {
    const nth = heard.push('') - 1;
    sockets.push(socket.on('error', () => {}));
    socket.on('data', (part) => {
      heard[nth] += part.toString('latin1');
      answer(socket, nth);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  answer = (socket) => socket.write(OK);
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  server.close();
});

const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}';
const request = (more: Partial<SendRequest> = {}): SendRequest => ({
  method: 'GET',
  url: `${url}/a/b?c=d%20e`,
  headers: {},
  connectMs: 1000,
  idleMs: 1000,
  totalMs: 5000,
  ...more,
});
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
/** How many requests each connection carried. */
const loads = () => heard.map((text) => text.split('HTTP/1.1\r\n').length - 1);

test('a request is one line, its headers and a counted body', async () => {
  const headers = { authorization: new Sensitive('Bearer t'), 'x-é': 'no' };
  await expect(nodeSend()(request({ headers }))).rejects.toThrow('The header x-é holds what HTTP cannot carry');
  await nodeSend()(request({ method: 'PATCH', headers: { authorization: headers.authorization }, body: '{"é":1}' }));
  expect(heard).toEqual([
    `PATCH /a/b?c=d%20e HTTP/1.1\r\nhost: ${url.slice(7)}\r\nconnection: keep-alive\r\nauthorization: Bearer t\r\ncontent-length: 8\r\n\r\n{"Ã©":1}`,
  ]);
});

test.each([
  ['GET', false],
  ['DELETE', false],
  ['POST', true],
  ['PUT', true],
])('a %s without a body says so only where one is expected', async (method, says) => {
  await nodeSend()(request({ method }));
  expect(heard[0]?.includes('content-length: 0\r\n')).toBe(says);
});

test.each(['a\r\nx-injected: 1', 'a\nb', 'a\0b', 'a\u2028b'])(
  'a header that would end itself is never sent',
  async (value) => {
    const send = nodeSend();
    const rejected = send(request({ headers: { 'x-a': new Sensitive(value) } }));
    await expect(rejected).rejects.toMatchObject({ code: 'ERR_REQUEST_INVALID' });
    await expect(rejected).rejects.not.toThrow(/injected/);
    expect(heard).toEqual([]);
  },
);

test('requests in a row share a connection, requests at once have one each, and both are used again', async () => {
  const send = nodeSend();
  await send(request());
  await send(request());
  expect(loads()).toEqual([2]);
  await Promise.all([send(request()), send(request())]);
  await Promise.all([send(request()), send(request())]);
  expect(loads()).toEqual([4, 2]);
});

test.each([
  ['says that it closes', 'HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}'],
  ['keeps for no time', 'HTTP/1.1 200 OK\r\nkeep-alive: timeout=1\r\ncontent-length: 2\r\n\r\n{}'],
  ['speaks HTTP/1.0', 'HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\n{}'],
  ['sends more than was asked for', `${OK}${OK}`],
])('a connection whose far side %s is not used again', async (_, text) => {
  answer = (socket) => socket.write(text);
  const send = nodeSend();
  expect(await send(request())).toMatchObject({ answer: { status: 200, text: '{}' } });
  expect(await send(request())).toMatchObject({ answer: { status: 200, text: '{}' } });
  expect(loads()).toEqual([1, 1]);
});

test.each([
  ['speaks unasked', (socket: Socket) => socket.write(OK)],
  ['hangs up', (socket: Socket) => socket.end()],
  ['resets it', (socket: Socket) => socket.resetAndDestroy()],
])('an idle connection whose far side %s is not used again', async (_, act) => {
  const send = nodeSend();
  await send(request());
  act(sockets[0] as Socket);
  await pause(50);
  expect(await send(request())).toMatchObject({ answer: { status: 200, text: '{}' } });
  expect(loads()).toEqual([1, 1]);
});

test('a connection is let go before the far side would hang up', async () => {
  answer = (socket) => socket.write('HTTP/1.1 200 OK\r\nkeep-alive: timeout=2\r\ncontent-length: 2\r\n\r\n{}');
  const send = nodeSend();
  await send(request());
  await pause(500);
  await send(request());
  await pause(1200);
  await send(request());
  expect(loads()).toEqual([2, 1]);
});

test('a failure takes its connection with it, and the next request gets a fresh one', async () => {
  const send = nodeSend();
  await send(request());
  answer = (socket, nth) => (nth === 0 ? undefined : socket.write(OK));
  expect(await send(request({ idleMs: 50 }))).toMatchObject({ failure: { kind: 'timeout', mayHaveArrived: true } });
  expect(await send(request())).toMatchObject({ answer: { status: 200 } });
  expect(loads()).toEqual([2, 1]);
  expect((sockets[0] as Socket).destroyed).toBe(true);
});

test('an answer that is not UTF-8 takes its connection with it, before the next request can have it', async () => {
  answer = (socket, nth) => socket.write(nth === 0 ? Buffer.from(OK.replace('{}', '\xff\xfe'), 'latin1') : OK);
  const send = nodeSend();
  expect(await send(request())).toMatchObject({ failure: { kind: 'not-utf8' } });
  expect(await send(request())).toMatchObject({ answer: { status: 200, text: '{}' } });
  expect(loads()).toEqual([1, 1]);
});

test('what is no HTTP is cut off at once', async () => {
  answer = (socket) => socket.write('220 mail.example ESMTP\r\n');
  expect(await nodeSend()(request())).toEqual({ failure: { kind: 'cut', mayHaveArrived: true, code: 'NOT_HTTP' } });
});

test('an answer that comes before its request has left is the answer', async () => {
  answer = (socket) => socket.end('HTTP/1.1 413 Too Large\r\ncontent-length: 2\r\n\r\n{}');
  const body = JSON.stringify('x'.repeat(8_000_000));
  const outcome = await nodeSend()(request({ method: 'POST', body }));
  expect(outcome).toMatchObject({ answer: { status: 413 } });
});
