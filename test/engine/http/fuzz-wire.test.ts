// Every route over a real connection to an engine in its own process: bytes that no client library would send.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { compiledEnv } from '../../support/compiled.ts';
import { dialectMessages } from '../../support/fuzz/dialect.ts';
import { openSocket, type RawAnswer, rawExchange } from '../../support/raw-http.ts';

type Line = { url: string; admin: string; routes: { method: string; path: string; action: string }[] };

/** Generous: a leak of what is sent here would be several times as much. */
const GROWTH_BYTES = 256 * 1024 * 1024;
const MIB = 1024 * 1024;

let child: ChildProcess;
let target: Line;
const log: string[] = [];

beforeAll(async () => {
  const args = ['--conditions=secrets-action-source', '--disable-warning=ExperimentalWarning'];
  child = spawn(process.execPath, [...args, resolve('test/support/attacked-engine.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...compiledEnv() },
  });
  if (!child.stdout) throw new Error('the engine has no output');
  const lines = createInterface({ input: child.stdout });
  const up = new Promise<Line>((done, fail) => {
    lines.on('line', (line) => {
      log.push(line);
      if (line.startsWith('{"url"')) done(JSON.parse(line) as Line);
    });
    child.once('exit', (code) => fail(new Error(`the engine ended with ${code}: ${log.join('\n')}`)));
  });
  target = await up;
}, 60_000);
afterAll(async () => {
  if (child.exitCode !== null) return;
  const gone = once(child, 'exit');
  child.stdin?.end();
  await gone;
});

const authorization = () => `authorization: Bearer ${target.admin}`;
const close = 'connection: close';
const json = 'content-type: application/json';

/** Each route's own address; watching is for clients that stay. */
function addresses(): { method: string; path: string }[] {
  return target.routes
    .filter(({ path }) => !path.endsWith('/watch'))
    .map(({ method, path }) => ({ method, path: path.replace(/:\w+/g, 'x') }));
}

const writes = () => addresses().filter(({ method }) => method !== 'GET');

function head(method: string, path: string, ...lines: string[]): string {
  return [`${method} ${path} HTTP/1.1`, 'host: engine', authorization(), ...lines, '', ''].join('\r\n');
}

function expectGood(answers: readonly RawAnswer[], title: string): void {
  expect([title, answers.length > 0]).toEqual([title, true]);
  for (const { status, headers, body } of answers) {
    if (status < 400) continue;
    expect([title, status < 500 || status === 501]).toEqual([title, true]);
    expect(headers.get('content-type')).toBe('application/json');
    expect(dialectMessages(title, body).length).toBeGreaterThan(0);
  }
}

function residentBytes(): number {
  const kib = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
  return Number(kib) * 1024;
}

/** Runs them a few at a time, so that the test itself stays small. */
async function each<Item>(items: readonly Item[], work: (item: Item) => Promise<void>, abreast = 8): Promise<void> {
  const waiting = [...items];
  const line = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: abreast }, line));
}

const BYTES: readonly (readonly [what: string, lines: string[], body: string])[] = [
  ['a length that is none', ['content-length: abc', json], '{}'],
  ['two lengths', ['content-length: 2', 'content-length: 20', json], '{}'],
  ['a length and chunks', ['content-length: 2', 'transfer-encoding: chunked', json], '2\r\n{}\r\n0\r\n\r\n'],
  ['a chunk of no size', ['transfer-encoding: chunked', json], 'zz\r\n{}\r\n0\r\n\r\n'],
  ['a chunk that is longer than it says', ['transfer-encoding: chunked', json], '2\r\n{}xxxx\r\n0\r\n\r\n'],
  ['a coding nobody knows', ['transfer-encoding: gzip', json], '{}'],
  ['a header that is a line of another', ['x-a: 1\r\n b: 2', json], ''],
  ['a header with a bare line feed', ['x-a: 1\nx-b: 2', json], ''],
  ['a header with a NUL', ['x-a: 1\u0000', json], ''],
  ['a header without a name', [': x', json], ''],
  ['20 KiB of headers', [`x-a: ${'x'.repeat(20_000)}`, json], ''],
  ['2,000 headers', Array.from({ length: 2_000 }, (_, n) => `h${n}: x`), ''],
  ['an expectation', ['expect: something-else', 'content-length: 2', json], '{}'],
  ['an upgrade', ['upgrade: h2c', 'connection: upgrade', json], ''],
  ['a body after a request that has none', [json], 'x'.repeat(100)],
  ['an idempotency key with a line break', ['idempotency-key: a\r\nx: y', 'content-length: 2', json], '{}'],
];

test.each(BYTES)('%s hangs no route and gets the dialect', async (what, lines, body) => {
  await each(addresses(), async ({ method, path }) => {
    const answers = await rawExchange(target.url, [head(method, path, ...lines, close), body]);
    expectGood(answers, `${what}: ${method} ${path}`);
  });
});

test.each([
  '/v3/../../etc/passwd',
  '/v3/projects/../me',
  '/v3//me',
  '/v3/me/',
  '/v3/%2e%2e/%2e%2e/etc/passwd',
  '/v3/workplace/groups/group/..%2f..%2fme',
  '/v3/workplace/groups/group/%00',
  '/v3/workplace/groups/group/%ff',
  '/v3/workplace/groups/group/%zz',
  '/v3/workplace/roles/role/__proto__',
  `/v3/workplace/roles/role/${'x'.repeat(2_000)}`,
  '\\v3\\me',
  '*',
  'http://other.example/v3/me',
  'http://',
  '//',
  '/v3/me?a=%zz&%=1&&=&project[]=x',
  '/v3/me#fragment',
])('the path %p leads nowhere else', async (path) => {
  for (const method of ['GET', 'DELETE', 'OPTIONS', 'HEAD']) {
    const answers = await rawExchange(target.url, [head(method, path, close)]);
    expect(answers).toHaveLength(1);
    if (method !== 'HEAD') expectGood(answers, `${method} ${path}`);
    expect(answers[0]?.status).toBeLessThan(500);
    expect(answers[0]?.body).not.toContain('root:');
  }
});

test.each([
  '',
  '\r\n\r\n',
  'GET\r\n\r\n',
  'NOT A REQUEST\r\n\r\n',
  '\u0016\u0003\u0001\u0002\u0000',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
])('bytes that are no request (%p) are refused or let go', async (bytes) => {
  const answers = await rawExchange(target.url, [bytes], { halfClose: true });
  for (const { status } of answers) expect(status).toBe(400);
});

test('what is never finished is given up: a body on every route, a silent head and one that drips, all at once', async () => {
  const bodies = writes().map(async ({ method, path }) => {
    const start = head(method, path, json, 'content-length: 100');
    expectGood(await rawExchange(target.url, [start, '{"n']), `${method} ${path}`);
  });
  const silent = rawExchange(target.url, ['GET /v3/me HTTP/1.1\r\nhost: engine\r\nx-']);
  const socket = openSocket(target.url);
  socket.on('error', () => undefined).on('end', () => socket.destroy());
  socket.resume().write('GET /v3/me HTTP/1.1\r\nhost: engine\r\nx-');
  const drip = setInterval(() => socket.write('x'), 500);
  await once(socket, 'close');
  clearInterval(drip);
  expect((await silent).map(({ status }) => status)).toEqual([408]);
  await Promise.all(bodies);
});

test('a client that leaves in the middle takes nothing along', async () => {
  await each(writes(), async ({ method, path }) => {
    const start = head(method, path, json, 'content-length: 100');
    await rawExchange(target.url, [start, '{"name":'], { halfClose: true });
  });
});

test('a second request in one packet is answered after the first', async () => {
  const two = head('GET', '/v3/me') + head('GET', '/v3/nowhere', close);
  expect((await rawExchange(target.url, [two], { enough: 2 })).map(({ status }) => status)).toEqual([200, 404]);
});

test('memory stays bounded under bodies over the limit, deep ones, and many that are never finished', async () => {
  const before = residentBytes();
  const large = Buffer.alloc(2 * MIB, 'x');
  await each(writes(), async ({ method, path }) => {
    expectGood(
      await rawExchange(target.url, [head(method, path, json, `content-length: ${large.length}`), large]),
      path,
    );
    const chunk = `${large.length.toString(16)}\r\n`;
    const endless = [head(method, path, json, 'transfer-encoding: chunked'), chunk, large, '\r\n', chunk, large];
    expectGood(await rawExchange(target.url, endless), path);
  });
  const open = writes().flatMap(({ method, path }) =>
    Array.from({ length: 4 }, () => {
      const socket = openSocket(target.url);
      socket.on('error', () => undefined);
      socket.write(head(method, path, json, `content-length: ${MIB}`));
      return new Promise((done) => socket.write(Buffer.alloc(MIB / 2, 'x'), () => done(socket.destroy())));
    }),
  );
  await Promise.all(open);
  expect(residentBytes() - before).toBeLessThan(GROWTH_BYTES);
});

test('after all of that the engine serves as before and has seen nothing that it did not foresee', async () => {
  const [me] = await rawExchange(target.url, [head('GET', '/v3/me', close)]);
  expect([me?.status, child.exitCode]).toEqual([200, null]);
  expect(log.filter((line) => /"error"|answer failed/.test(line))).toEqual([]);
});
