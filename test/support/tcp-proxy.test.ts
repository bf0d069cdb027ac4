// The proxy between a client and an echo server: what passes, what is held, what is lost.
import { once } from 'node:events';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';

let server: Server;
let proxy: TcpProxy;
let received: string[];
const sockets: Socket[] = [];
let far: Socket[];

beforeEach(async () => {
  received = [];
  far = [];
  server = createServer((socket) => {
    sockets.push(socket);
    far.push(socket);
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      received.push(String(chunk));
      socket.write(chunk);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  proxy = await startTcpProxy({
    host: '127.0.0.1',
    port: address === null || typeof address === 'string' ? 0 : address.port,
  });
});

afterEach(async () => {
  await proxy.close();
  for (const socket of sockets.splice(0)) socket.destroy();
  server.close();
});

class Client {
  text = '';
  end: 'open' | 'end' | 'reset' | 'refused' = 'open';
  readonly socket: Socket;

  constructor() {
    this.socket = createConnection({ host: proxy.host, port: proxy.port });
    sockets.push(this.socket);
    this.socket.setEncoding('utf8').on('data', (text: string) => (this.text += text));
    this.socket.on('end', () => (this.end = 'end'));
    this.socket.on(
      'error',
      (error: NodeJS.ErrnoException) => (this.end = error.code === 'ECONNREFUSED' ? 'refused' : 'reset'),
    );
  }

  /** Says it and waits for its echo. */
  async echo(text: string): Promise<void> {
    const want = this.text + text;
    this.socket.write(text);
    await until(() => this.text === want);
  }
}

async function until(condition: () => boolean): Promise<void> {
  for (const end = Date.now() + 5_000; !condition(); await sleep(2))
    if (Date.now() > end) throw new Error('never came');
}

test('passes both ways and counts turns and bytes over all connections', async () => {
  const [first, second] = [new Client(), new Client()];
  await first.echo('one');
  await second.echo('two!');
  await first.echo('three');
  expect(proxy.stats()).toEqual({ connections: 2, requestBytes: 12, answerBytes: 12, requests: 3, answers: 3 });
});

test('effect done, answer lost', async () => {
  const client = new Client();
  await client.echo('a');
  proxy.holdAnswers();
  client.socket.write('b');
  await proxy.whenHeld();
  expect(received).toEqual(['a', 'b']);
  proxy.cut();
  await until(() => client.end === 'reset');
  expect(client.text).toBe('a');
});

test('holds from the answer with a number on, so that a count of one run can be replayed point by point', async () => {
  const client = new Client();
  proxy.holdAnswers(3);
  await client.echo('a');
  await client.echo('b');
  client.socket.write('c');
  await proxy.whenHeld();
  expect([client.text, received.join('')]).toEqual(['ab', 'abc']);
  expect(proxy.stats().answers).toBe(3);
});

test('what was held arrives in order when it passes again, the end too', async () => {
  const client = new Client();
  await client.echo('a');
  proxy.holdAnswers();
  client.socket.write('b');
  await proxy.whenHeld();
  far[0]?.end('c');
  await sleep(30);
  expect([client.text, client.end]).toEqual(['a', 'open']);
  proxy.pass();
  await until(() => client.end === 'end');
  expect(client.text).toBe('abc');
});

test('held requests do not reach the server, and are lost by a cut', async () => {
  const client = new Client();
  await client.echo('a');
  proxy.holdRequests();
  client.socket.write('b');
  await proxy.whenHeld();
  await sleep(20);
  expect(received).toEqual(['a']);
  proxy.cut();
  proxy.pass();
  await until(() => client.end === 'reset');
  await new Client().echo('z');
  expect(received).toEqual(['a', 'z']);
});

test('held requests reach the server when they pass again', async () => {
  const client = new Client();
  proxy.holdRequests();
  client.socket.write('b');
  await proxy.whenHeld();
  proxy.pass();
  await until(() => client.text === 'b');
});

test('refuses new connections, keeps open ones, and accepts again on the same port', async () => {
  const open = new Client();
  await open.echo('a');
  await proxy.refuse();
  const late = new Client();
  await until(() => late.end === 'refused');
  await open.echo('b');
  await proxy.accept();
  await new Client().echo('c');
});

test('a client that goes takes its side of the server along, and a large answer comes whole', async () => {
  const client = new Client();
  const large = 'x'.repeat(3_000_000);
  await client.echo(large);
  client.socket.destroy();
  await until(() => far[0]?.destroyed === true || far[0]?.readableEnded === true);
});

test('closing it in the middle of a farewell leaves no open handle behind', async () => {
  const count = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
  const client = new Client();
  await client.echo('a');
  expect(count()).toBe(4);
  proxy.holdAnswers();
  client.socket.write('b');
  await proxy.whenHeld();
  far[0]?.end();
  await sleep(30);
  proxy.pass();
  proxy.cut();
  await proxy.close();
  for (const socket of sockets) socket.destroy();
  await until(() => count() === 0);
});

test('a target that is not there shows as a cut', async () => {
  const gone = await startTcpProxy({ host: '127.0.0.1', port: 1 });
  const socket = createConnection({ host: gone.host, port: gone.port });
  const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
  expect(error.code).toBe('ECONNRESET');
  await gone.close();
});
