// The listener over TLS: versions, certificates that change under it, bad ones that do not, and the way from plain HTTP.
import { once } from 'node:events';
import { copyFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { connect } from 'node:tls';
import { readEngineConfig } from '#engine/config.js';
import { listen, type Listener } from '#engine/http/server.js';
import { testCertificate } from '../../support/certificate.ts';
import { openSocket } from '../../support/raw-http.ts';

const first = testCertificate('first');
const second = testCertificate('second');
const withTls = first && second ? test : test.failing;
const events: string[] = [];
const wakers: (() => void)[] = [];
/** Looks at the files when it is told to. */
const clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (_ms: number, signal?: AbortSignal) =>
    new Promise<void>((wake) => {
      wakers.push(wake);
      signal?.addEventListener('abort', () => wake());
    }),
};

let listener: Listener;
beforeAll(async () => {
  if (!first) return;
  const log = (_level: string, event: string) => void events.push(event);
  const redirect = { host: '127.0.0.1', port: 0 };
  const hello = async () => ({ status: 200, headers: [], text: 'hello' });
  listener = await listen(hello, { host: '127.0.0.1', port: 0, tls: first, redirect, clock, log });
});
afterAll(() => listener?.close());

const port = () => Number(new URL(listener.url).port);

/** The common name that the listener shows to a new connection. */
function shown(options: object = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port: port(), host: '127.0.0.1', rejectUnauthorized: false, ...options }, () => {
      resolve(String(socket.getPeerCertificate().subject.CN));
      socket.end();
    });
    socket.on('error', reject);
  });
}

async function look(): Promise<void> {
  for (const wake of wakers.splice(0)) wake();
  await new Promise((done) => setTimeout(done, 50));
}

withTls('speaks TLS 1.2 and later, and nothing older', async () => {
  expect(listener.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  expect(await shown({ ca: first?.pem, rejectUnauthorized: true, servername: 'localhost' })).toBe('first');
  const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' };
  await expect(shown(old)).rejects.toThrow();
});

withTls('a bad new certificate keeps the old one, and a good one takes over', async () => {
  if (!first || !second) throw new Error('openssl is missing');
  copyFileSync(second.cert, first.cert);
  await look();
  expect([await shown(), events.at(-1)]).toEqual(['first', 'tls not reloaded, the old certificate stays']);
  copyFileSync(second.key, first.key);
  await look();
  expect([await shown(), events.at(-1)]).toEqual(['second', 'tls reloaded']);
  writeFileSync(first.cert, 'not a certificate');
  await look();
  expect([await shown(), events.at(-1)]).toEqual(['second', 'tls not reloaded, the old certificate stays']);
});

withTls('plain HTTP is sent to the same address under https', async () => {
  const answer = await new Promise<{ status: number | undefined; to: string | undefined }>((resolve, reject) => {
    const sent = get({
      port: listener.redirectPort,
      host: '127.0.0.1',
      path: '/v3/me?a=b',
      headers: { host: 'secrets.example:80' },
    });
    sent.on('response', (got) => resolve({ status: got.statusCode, to: got.headers.location })).on('error', reject);
  });
  expect(answer).toEqual({ status: 308, to: `https://secrets.example:${port()}/v3/me?a=b` });
});

const waits = { idleMs: 200, handshakeMs: 200 };
const log = () => undefined;

withTls('a handshake that does not go on is given up', async () => {
  if (!second) throw new Error('openssl is missing');
  const answer = async () => ({ status: 200, headers: [], text: 'hello' });
  const slow = await listen(answer, { host: '127.0.0.1', port: 0, tls: second, clock, log, waits });
  const socket = openSocket(slow.url);
  socket.on('error', () => undefined).on('end', () => socket.destroy());
  await once(socket.resume(), 'close');
  await slow.close();
});

test('who does not read his answer is let go, and the memory that it lies in with him', async () => {
  const gone = Promise.withResolvers<void>();
  const answer = async () => {
    const stream = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(1024 * 1024)),
      cancel: () => gone.resolve(),
    });
    return { status: 200, headers: [], text: undefined, stream };
  };
  const listening = await listen(answer, { host: '127.0.0.1', port: 0, clock, log, waits });
  const socket = openSocket(listening.url).pause();
  socket.on('error', () => undefined).write('GET / HTTP/1.1\r\nhost: engine\r\n\r\n');
  await gone.promise;
  socket.destroy();
  await listening.close();
});

const config = (flags: Record<string, string | string[]>) => () =>
  readEngineConfig({ data: '/d', ...flags }, { SECRETS_PLAN: 'team' });

test.each([
  [{ listen: '0.0.0.0:1' }, /not a loopback address/],
  [{ listen: '0.0.0.0:1', 'tls-cert': 'a' }, /belong together/],
  [{ 'redirect-http': '127.0.0.1:1' }, /needs --tls-cert/],
  [{ 'behind-proxy': ['10.0.0.0/33'] }, /not a CIDR block/],
])('%j is no way to listen', (flags, message) => {
  expect(config(flags)).toThrow(expect.objectContaining({ line: expect.stringMatching(message) }));
});

test.each([
  [{ listen: '0.0.0.0:1', 'tls-cert': 'a', 'tls-key': 'b' }, { tls: { cert: 'a', key: 'b' } }],
  [
    { listen: '0.0.0.0:1', 'behind-proxy': ['10.0.0.0/8'] },
    { proxies: ['10.0.0.0/8'], plan: 'team' },
  ],
])('%j is one', (flags, wanted) => {
  expect(config(flags)()).toMatchObject(wanted);
});
