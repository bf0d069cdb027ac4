// The misbehaving server does each of its faults as named, and the proxy of faults touches only what its rules name.
import { request } from 'node:http';
import {
  type Answer,
  type FarSide,
  faultProxy,
  html,
  json,
  redirect,
  type Rule,
  splitUtf8,
  startFarSide,
  tooManyRequests,
  unavailable,
} from './far-side.ts';

const open: FarSide[] = [];

async function farSide(rules: readonly Rule[]): Promise<FarSide> {
  const side = await startFarSide(rules);
  open.push(side);
  return side;
}

async function before(target: FarSide, rules: readonly Rule[]): Promise<FarSide> {
  const side = await faultProxy(target.url, rules);
  open.push(side);
  return side;
}

afterEach(async () => {
  for (const side of open.splice(0).reverse()) await side.close();
});

type Got = { status?: number; headers: Record<string, unknown>; chunks: Buffer[]; failure?: string };

/** A bare client that notes how far it got. */
function ask(
  url: string,
  options: { method?: string; body?: string; headers?: Record<string, string>; timeoutMs?: number } = {},
): Promise<Got & { body: string }> {
  return new Promise((resolve) => {
    const got: Got = { headers: {}, chunks: [] };
    const end = (failure?: string): void =>
      resolve({ ...got, ...(failure === undefined ? {} : { failure }), body: String(Buffer.concat(got.chunks)) });
    const { method = 'GET', headers = {} } = options;
    const outgoing = request(url, { method, headers, agent: false }, (incoming) => {
      Object.assign(got, { status: incoming.statusCode, headers: incoming.headers });
      incoming.on('data', (chunk: Buffer) => got.chunks.push(chunk));
      incoming.on('end', () => end());
      incoming.on('error', (error: NodeJS.ErrnoException) => end(error.code));
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => end(error.code));
    if (options.timeoutMs !== undefined)
      setTimeout(() => outgoing.destroy(Object.assign(new Error(), { code: 'TIMED_OUT' })), options.timeoutMs);
    outgoing.end(options.body);
  });
}

const once = async (answer: Answer, timeoutMs?: number) =>
  ask((await farSide([{ answer }])).url, { ...(timeoutMs && { timeoutMs }) });

test('proper answers', async () => {
  expect(await once(tooManyRequests('7'))).toMatchObject({ status: 429, headers: { 'retry-after': '7' } });
  expect(await once(unavailable())).toMatchObject({ status: 503, body: 'unavailable' });
  expect(await once(html())).toMatchObject({ status: 200, body: expect.stringMatching(/^<!doctype/) });
  expect(await once(redirect('http://127.0.0.1:1/x', 307))).toMatchObject({
    status: 307,
    headers: { location: 'http://127.0.0.1:1/x' },
  });
});

test('cuts before and within the body', async () => {
  expect(await once({ kind: 'cut' })).toMatchObject({ failure: 'ECONNRESET', body: '' });
  expect(await once({ kind: 'cut', afterBytes: 4, body: '{"a":1}' })).toMatchObject({
    status: 200,
    failure: 'ECONNRESET',
    body: '{"a"',
  });
});

test('never answers', async () => {
  const got = await once({ kind: 'silent' }, 100);
  expect([got.status, got.failure]).toEqual([undefined, 'TIMED_OUT']);
});

test('drips: what a deadline leaves is only a part', async () => {
  const got = await once({ kind: 'drip', body: 'x'.repeat(100), everyMs: 20, chunkBytes: 1 }, 150);
  expect(got.failure).toBe('TIMED_OUT');
  expect(got.body).toMatch(/^x{1,20}$/);
});

test('lies about the length, both ways', async () => {
  expect(await once({ kind: 'lie', contentLength: 50, body: '{}' })).toMatchObject({
    failure: 'ECONNRESET',
    body: '{}',
  });
  expect(await once({ kind: 'lie', contentLength: 2, body: '{}{"more":1}' })).toMatchObject({
    failure: expect.stringMatching(/^HPE_/),
  });
});

test('splits every multi-byte character over chunks', async () => {
  const got = await once(splitUtf8('{"é":"🙂"}'));
  expect(got.body).toBe('{"é":"🙂"}');
  expect(got.chunks.length).toBeGreaterThan(8);
});

test('sends a huge body, and stops when nobody reads it', async () => {
  const got = await once({ kind: 'huge', bytes: 5_000_001 });
  expect(got.chunks.reduce((sum, chunk) => sum + chunk.length, 0)).toBe(5_000_001);
  const side = await farSide([{ answer: { kind: 'huge', bytes: 1e12 } }]);
  expect((await ask(side.url, { timeoutMs: 50 })).failure).toBe('TIMED_OUT');
});

test('records what it was asked and answers 404 where no rule is', async () => {
  const side = await farSide([{ method: 'POST', path: '/a', answer: ({ body }) => json(201, { got: body }) }]);
  expect(await ask(`${side.url}/a?x=1`, { method: 'POST', body: 'hé', headers: { 'X-Own': 'y' } })).toMatchObject({
    status: 201,
    body: '{"got":"hé"}',
  });
  expect((await ask(`${side.url}/a`)).status).toBe(404);
  expect(side.requests).toMatchObject([
    { method: 'POST', path: '/a?x=1', headers: { 'x-own': 'y' }, body: 'hé' },
    { method: 'GET', path: '/a', body: '' },
  ]);
});

test('the first rule that takes a request decides; nth counts what the rule itself matches', async () => {
  const side = await farSide([
    { path: /^\/v3\//, nth: [2], answer: unavailable() },
    { path: '/v3/x', answer: ({ path }) => (path.includes('?') ? { kind: 'pass' } : json(200, 'x')) },
    { answer: json(200, 'rest') },
  ]);
  const paths = ['/v3/x', '/v3/x', '/v3/x', '/v3/x?q=1', '/other'];
  const bodies: string[] = [];
  for (const path of paths) bodies.push((await ask(side.url + path)).body);
  expect(bodies).toEqual(['"x"', 'unavailable', '"x"', '"rest"', '"rest"']);
});

test('whenAsked resolves at the nth match, also for what came before', async () => {
  const side = await farSide([]);
  const second = side.whenAsked({ path: '/b' }, 2);
  const order: string[] = [];
  void second.then(() => order.push('second'));
  for (const path of ['/b', '/a', '/b']) {
    await ask(side.url + path);
    order.push(path);
  }
  expect((await second).path).toBe('/b');
  expect(order).toEqual(['/b', '/a', 'second', '/b']);
  expect((await side.whenAsked({ path: '/a' })).path).toBe('/a');
});

describe('in front of a real server', () => {
  const real = () =>
    farSide([
      {
        answer: ({ method, path, body, headers }) =>
          json(200, { method, path, body, own: headers['x-own'] }, { 'x-answer': 'kept' }),
      },
    ]);

  test('forwards method, path, headers and body, and the answer as it came', async () => {
    const proxy = await before(await real(), []);
    const got = await ask(`${proxy.url}/p?q=a%20b`, { method: 'PUT', body: 'é', headers: { 'x-own': '1' } });
    expect(got).toMatchObject({ status: 200, headers: { 'x-answer': 'kept' } });
    expect(JSON.parse(got.body)).toEqual({ method: 'PUT', path: '/p?q=a%20b', body: 'é', own: '1' });
  });

  test('answers itself, loses, and leaves alone what no rule names', async () => {
    const target = await real();
    const proxy = await before(target, [
      { path: '/x', nth: 1, answer: unavailable() },
      { path: '/x', nth: 2, answer: { kind: 'lost' } },
    ]);
    expect((await ask(`${proxy.url}/x`)).status).toBe(503);
    expect(target.requests).toHaveLength(0);
    expect((await ask(`${proxy.url}/x`)).failure).toBe('ECONNRESET');
    expect(target.requests).toHaveLength(1);
    expect((await ask(`${proxy.url}/x`)).status).toBe(200);
    expect(target.requests).toHaveLength(2);
  });

  test('holds an answer whose effect is done', async () => {
    const target = await real();
    let release: (value?: unknown) => void = () => {};
    const until = new Promise((resolve) => (release = resolve));
    const proxy = await before(target, [{ answer: { kind: 'hold', until } }]);
    let isAnswered = false;
    const answer = ask(proxy.url).then((got) => {
      isAnswered = true;
      return got.status;
    });
    await target.whenAsked({});
    await ask(target.url);
    expect(isAnswered).toBe(false);
    release();
    expect(await answer).toBe(200);
  });

  test('a target that is gone shows as a cut', async () => {
    const target = await real();
    const proxy = await before(target, []);
    await target.close();
    open.splice(open.indexOf(target), 1);
    expect((await ask(proxy.url)).failure).toBe('ECONNRESET');
  });
});
