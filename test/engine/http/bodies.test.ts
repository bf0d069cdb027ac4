// What is not a good request gets the dialect's error body and never an echo of values; fuzz.test.ts attacks every route.
import { readBody } from '#engine/http/body.js';
import { startTestEngine, type TestEngine } from '../../support/engine.ts';

let engine: TestEngine;
let writer: string;
beforeAll(async () => {
  engine = await startTestEngine();
  writer = await engine.token('dev', 'read/write');
});
afterAll(() => engine.close());

const PATH = '/configs/config/secrets';
const refusal = { messages: expect.any(Array), success: false };

test.each([
  ['not JSON', 'planted-value{', 'application/json', 400],
  ['a list', '["planted-value"]', 'application/json', 400],
  ['a text', '"planted-value"', 'application/json', 400],
  ['null', 'null', 'application/json', 400],
  ['too deep', '['.repeat(10_000) + ']'.repeat(10_000), 'application/json', 400],
  ['too deep below a field', `{"secrets":${'{"A":'.repeat(40)}1${'}'.repeat(40)}}`, 'application/json', 400],
  ['not UTF-8 text', '\u0000', 'application/json', 400],
  ['a form', 'secrets=planted-value', 'application/x-www-form-urlencoded', 415],
  ['too large', JSON.stringify({ secrets: { A: 'x'.repeat(1024 * 1024) } }), 'application/json', 413],
  ['a value where a map belongs', '{"secrets":"planted-value"}', 'application/json', 400],
  ['a value as a name', '{"secrets":{"planted-value":"x"}}', 'application/json', 400],
  ['a value as a key with a wrong value', '{"secrets":{"planted-value":5}}', 'application/json', 400],
])('a body that is %s is refused', async (_what, raw, type, status) => {
  const reply = await engine.send(writer, `POST ${PATH}`, { raw, headers: { 'content-type': type } });
  expect([reply.status, reply.body]).toEqual([status, refusal]);
  expect(reply.text).not.toContain('planted-value');
  expect(reply.headers.get('content-type')).toBe('application/json');
});

test('an endless body without a length is cut at the limit', async () => {
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 65_536;
      controller.enqueue(new Uint8Array(65_536).fill(32));
    },
  });
  const headers = { authorization: `Bearer ${writer}`, 'content-type': 'application/json' };
  const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
  const reply = await engine.engine.fetch(new Request(`http://engine/v3${PATH}`, init));
  expect([reply.status, sent < 2 * 1024 * 1024]).toEqual([413, true]);
});

test('a body in pieces of a byte is read, and one of too many pieces is refused before it is all there', async () => {
  let pieces = 0;
  const send = async (length: number) => {
    pieces = 0;
    const text = Buffer.from(`{"a":"${'x'.repeat(length - 8)}"}`);
    const body = (async function* () {
      for (let at = 0; at < text.length; at++, pieces++) yield text.subarray(at, at + 1);
    })();
    const clock = { now: () => 0, monotonic: () => 0, sleep: () => new Promise<void>(() => undefined) };
    return readBody({ method: 'POST', url: new URL('http://engine/'), header: () => undefined, body, peer: '' }, clock);
  };
  expect(await send(50_000)).toEqual({ fields: { a: 'x'.repeat(49_992) } });
  expect(await send(1_000_000)).toEqual({ problem: 'tooLarge' });
  expect(pieces).toBeLessThan(200_000);
});

test('a body that does not come is given up', async () => {
  const asked = Promise.withResolvers<void>();
  const body = new ReadableStream<Uint8Array>({ pull: () => asked.resolve() }, { highWaterMark: 0 });
  const headers = { authorization: `Bearer ${writer}`, 'content-type': 'application/json' };
  const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
  const reply = engine.engine.fetch(new Request(`http://engine/v3${PATH}`, init));
  await asked.promise;
  engine.advance(10_000);
  const { status, headers: answered } = await reply;
  expect([status, answered.get('connection')]).toEqual([408, 'close']);
});

test('an answer that HTTP cannot carry is a 500 of the dialect', async () => {
  const original = engine.minting.integrations.listDynamicSecrets;
  const place = { project: 'app', config: 'dev', name: 'ODD', kind: 'postgres', integration: 'pg' };
  await engine.send(engine.admin, 'POST /configs/config/dynamic_secrets', { body: place });
  engine.minting.integrations.listDynamicSecrets = async (configId) =>
    (await original(configId)).map((one) => ({ ...one, name: 'ODD\r\nx: y' }));
  const reply = await engine.send(writer, 'GET /configs/config/secrets?include_dynamic_secrets=true');
  expect([reply.status, reply.body, reply.headers.get('x')]).toEqual([500, refusal, null]);
  engine.minting.integrations.listDynamicSecrets = original;
});

test.each([
  ['GET /nothing', 404],
  ['GET /v3', 404],
  ['PATCH /projects', 405],
  ['OPTIONS /projects', 405],
  ['GET /projects/', 404],
  ['GET /%zz', 404],
  ['GET /../../etc/passwd', 404],
])('%s is answered in the dialect', async (request, status) => {
  const reply = await engine.send(writer, request);
  expect([reply.status, reply.body]).toEqual([status, refusal]);
  if (status === 405) expect(reply.headers.get('allow')).toBe('GET, POST');
});

test('duplicate and unknown fields harm nothing; the body is heard before the query', async () => {
  const raw = '{"secrets":{"A":"1"},"secrets":{"A":"2"},"unknown":{"x":1},"__proto__":{"config":"prd"},"project":""}';
  expect((await engine.send(writer, `POST ${PATH}?project=app&config=dev`, { raw })).status).toBe(200);
  const { body } = await engine.send(writer, 'GET /configs/config/secrets/download?secrets=A&secrets=B');
  expect(body).toEqual({});
  expect((await engine.send(writer, 'GET /configs/config/secrets/download?secrets=A')).body).toEqual({ A: '2' });
});

test('an empty word of a query was not said', async () => {
  const list = 'GET /configs?project=app&environment=&page=&per_page=';
  expect((await engine.send(engine.admin, list)).body).toMatchObject({ page: 1, configs: expect.any(Array) });
  const read = 'GET /configs/config/secrets?project=&config=&include_dynamic_secrets=&secrets=';
  expect((await engine.send(writer, read)).status).toBe(200);
  expect((await engine.send(writer, 'GET /configs/config/secret?name=')).status).toBe(400);
});

test.each([9e15, 8.64e12 + 1, 253402300800, '+275760-09-13T00:00:00.000Z'])(
  'an expiry that is no date of ours (%p) is refused and breaks no list',
  async (expire_at) => {
    const body = { project: 'app', config: 'prd', name: 'far', expire_at };
    const made = await engine.send(engine.admin, 'POST /configs/config/tokens', { body });
    expect([made.status, made.body]).toEqual([400, refusal]);
    expect((await engine.send(engine.admin, 'GET /configs/config/tokens?project=app&config=prd')).status).toBe(200);
  },
);

test('liveness needs no token, readiness follows start and stop', async () => {
  expect((await engine.send(undefined, 'GET /healthz')).body).toEqual({ status: 'ok' });
  expect((await engine.send(undefined, 'GET /readyz')).status).toBe(200);
  await engine.engine.stop();
  const stopped = await engine.send(undefined, 'GET /readyz');
  expect([stopped.status, stopped.body]).toEqual([503, refusal]);
  await engine.engine.start();
});
