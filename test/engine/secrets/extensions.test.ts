// Tags, watches and the engine's own ways with secrets: metadata, comparison, generated values, caller-made keys.
import { auditRows } from '../../support/audit.ts';
import { startTestEngine, type TestEngine } from '../../support/engine.ts';

let engine: TestEngine;
let writer: string;
beforeEach(async () => {
  engine = await startTestEngine();
  writer = await engine.token('dev', 'read/write');
  await change([{ name: 'KEY', value: 'value', visibility: 'restricted' }]);
});
afterEach(() => engine.close());

type Value = Record<string, unknown>;
const change = (change_requests: unknown[], token = writer) =>
  engine.send(token, 'POST /configs/config/secrets', { body: { change_requests } });
const audited = async (action: string) => {
  const rows = await auditRows(engine.store);
  return rows.filter((row) => row.action === action).length;
};

test.each([
  ['secrets.list', 'GET /configs/config/secrets?a=b'],
  ['secrets.get', 'GET /configs/config/secret?name=KEY'],
  ['secrets.download', 'GET /configs/config/secrets/download?format=env'],
])('%s has a tag; who holds it gets 304 without a body and without an access event', async (action, request) => {
  const first = await engine.send(writer, request);
  const etag = first.headers.get('etag') ?? '';
  expect(etag).toMatch(/^"[\w-]{32}"$/);
  const before = await audited(action);
  const again = await engine.send(writer, request, { headers: { 'if-none-match': `"x", W/${etag}` } });
  expect([again.status, again.text, again.headers.get('etag'), again.headers.get('cache-control')]).toEqual([
    304,
    '',
    etag,
    'no-store',
  ]);
  expect(await audited(action)).toBe(before);
  expect((await engine.send('garbage', request, { headers: { 'if-none-match': etag } })).status).toBe(401);
  const reader = await engine.token('stg');
  expect((await engine.send(reader, request, { headers: { 'if-none-match': etag } })).status).toBe(200);
  await change([{ name: 'OTHER', value: 'x' }]);
  expect((await engine.send(writer, request, { headers: { 'if-none-match': etag } })).status).toBe(200);
});

test('the tag changes with a config that is only referred to, with notes, and with the question', async () => {
  const stg = await engine.token('stg', 'read/write');
  await change([{ name: 'X', value: '1' }], stg);
  await engine.send(engine.admin, 'POST /configs/config/secrets?project=app&config=dev', {
    body: { secrets: { REF: '${stg.X}' } },
  });
  const etag = async (more = '') =>
    (await engine.send(writer, `GET /configs/config/secrets/download${more}`)).headers.get('etag');
  const tags = [await etag(), await etag('?format=yaml'), await etag('?secrets=KEY')];
  await change([{ name: 'X', value: '2' }], stg);
  tags.push(await etag());
  await engine.send(writer, 'POST /projects/project/note?project=app', { body: { secret: 'KEY', note: 'n' } });
  tags.push(await etag());
  expect(new Set(tags).size).toBe(5);
});

test('an answer with a lease has no tag and is never 304', async () => {
  await engine.minting.integrations.createDynamicSecret(
    { configId: await configId(), project: 'app', config: 'dev', name: 'DB', kind: 'postgres', integration: 'pg' },
    { actor: 'test' },
  );
  const plain = await engine.send(writer, 'GET /configs/config/secrets/download');
  const etag = plain.headers.get('etag') ?? '';
  const headers = { 'if-none-match': etag };
  const leased = await engine.send(writer, 'GET /configs/config/secrets/download?include_dynamic_secrets=true', {
    headers,
  });
  expect([leased.status, leased.headers.get('etag')]).toEqual([200, null]);
  expect(leased.headers.get('x-secrets-lease')).toMatch(/^DB; id=/);
});

async function configId(): Promise<string> {
  const { body } = await engine.send(writer, 'GET /configs/config');
  return (body['config'] as { slug: string }).slug;
}

async function watch(token = writer) {
  const request = new Request('http://engine/v3/configs/config/secrets/watch', {
    headers: { authorization: `Bearer ${token}` },
  });
  const response = await engine.fetch(request);
  const reader = response.body?.getReader();
  const next = async () => {
    const chunk = await reader?.read();
    return chunk?.done === false ? Buffer.from(chunk.value).toString() : undefined;
  };
  return { response, next, leave: () => reader?.cancel() };
}
const event = (type: string) => `event: message\ndata: {"type":"${type}"}\n\n`;
/** Lets the engine come to rest before the clock moves. */
const rest = () => new Promise((resolve) => setTimeout(resolve, 20));

test('a watch says connected, tells of changes, pings in between, and ends with its token', async () => {
  const { response, next } = await watch();
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  expect(await next()).toBe(event('connected'));
  const update = next();
  await change([{ name: 'KEY', value: 'next' }]);
  expect(await update).toBe(event('secrets.update'));
  const ping = next();
  await rest();
  engine.advance(21_000);
  expect(await ping).toBe(event('ping'));
  const end = next();
  await rest();
  await engine.send(engine.admin, 'DELETE /configs/config/tokens/token?project=app&config=dev', {
    body: { token: writer },
  });
  engine.advance(21_000);
  expect(await end).toBeUndefined();
});

test('watches of a token are bounded, free again when left, and end with the engine', async () => {
  const open = await Promise.all(Array.from({ length: 10 }, () => watch()));
  expect((await watch()).response.status).toBe(429);
  for (const one of open) expect(await one.next()).toBe(event('connected'));
  await open[0]?.leave();
  await rest();
  const late = await watch();
  expect(late.response.status).toBe(200);
  await late.next();
  const end = late.next();
  await rest();
  engine.engine.endStreams();
  expect(await end).toBeUndefined();
});

test('metadata names versions and visibilities without opening a value or telling one', async () => {
  await change([{ name: 'KEY', value: 'again' }]);
  const { body, text } = await engine.send(engine.admin, 'GET /configs/config/secrets/metadata?project=app&config=dev');
  expect((body['secrets'] as Value)['KEY']).toEqual({
    version: 2,
    visibility: 'restricted',
    valueType: { type: 'string' },
    note: '',
    deletion_protection: false,
    inherited: false,
  });
  expect(text).not.toContain('again');
});

test('a comparison tells equal from unequal, and stops guessing at 20 unequal ones an hour', async () => {
  const compare = (values: Value) => engine.send(writer, 'POST /configs/config/secrets/compare', { body: { values } });
  expect((await compare({ KEY: 'value', NONE: 'x' })).body).toEqual({
    KEY: { equal: true, version: 1 },
    NONE: { equal: false, version: null },
  });
  for (let n = 0; n < 20; n++)
    expect((await compare({ KEY: `guess ${n}` })).body).toMatchObject({ KEY: { equal: false } });
  const refused = await compare({ KEY: 'value' });
  expect([refused.status, Number(refused.headers.get('retry-after')) > 3000]).toEqual([429, true]);
  engine.advance(3_600_001);
  expect((await compare({ KEY: 'value' })).body).toMatchObject({ KEY: { equal: true } });
  expect((await compare(Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`N${n}`, 'x'])))).status).toBe(400);
  expect(await audited('secrets.compare')).toBe(22);
});

test('what a branch has from its root cannot be guessed at through the branch', async () => {
  const branch = await engine.token('dev_personal', 'read/write');
  const reply = await engine.send(branch, 'POST /configs/config/secrets/compare', {
    body: { values: { KEY: 'value' } },
  });
  expect(reply.body).toEqual({ KEY: { equal: false, version: null } });
});

test('a value is generated in the asked length from the asked letters, evenly', async () => {
  const get = async (name: string) =>
    ((await engine.send(writer, `GET /configs/config/secret?name=${name}`)).body['value'] as Value)['raw'] as string;
  const made = await change([
    { name: 'GEN', generate: { length: 40 } },
    { name: 'ABC', generate: { length: 4000, charset: 'abc' } },
  ]);
  expect(made.status).toBe(200);
  expect(await get('GEN')).toMatch(/^[A-Za-z0-9]{40}$/);
  const counts = ['a', 'b', 'c'].map(async (letter) => (await get('ABC')).split(letter).length - 1);
  for (const count of await Promise.all(counts)) expect(Math.abs(count - 4000 / 3)).toBeLessThan(200);
  for (const generate of [{ length: 0 }, { length: 5000 }, { length: 5, charset: 'aa' }, { length: 5, charset: 'a' }]) {
    expect((await change([{ name: 'BAD', generate }])).status).toBe(400);
  }
  expect((await change([{ name: 'BAD', value: 'x', generate: { length: 5 } }])).status).toBe(400);
});

test('a service token may come with the key of its maker, once', async () => {
  const key = `dp.st.dev.${'k'.repeat(43)}`;
  const create = (given: string) =>
    engine.send(engine.admin, 'POST /configs/config/tokens', {
      body: { project: 'app', config: 'dev', name: 'mine', key: given },
    });
  expect((await create(key)).body['token']).toMatchObject({ key });
  expect((await engine.send(key, 'GET /me')).status).toBe(200);
  const again = await create(key);
  expect([again.status, again.text.includes(key)]).toEqual([400, false]);
  for (const bad of ['short', `dp.sa.${'k'.repeat(43)}`, `dp.st.${'k'.repeat(20)}`])
    expect((await create(bad)).status).toBe(400);
});
