// Secrets over HTTP: what is written is what is read, by the rules of visibility, references and branches.
import { startTestEngine, type TestEngine } from '../../support/engine.ts';

let engine: TestEngine;
let writer: string;
beforeAll(async () => {
  engine = await startTestEngine();
  writer = await engine.token('dev', 'read/write');
});
afterAll(() => engine.close());

type Value = Record<string, unknown>;
const change = (token: string, change_requests: unknown[], where = {}) =>
  engine.send(token, 'POST /configs/config/secrets', { body: { ...where, change_requests } });
const set = (token: string, secrets: Record<string, string | null>) =>
  engine.send(token, 'POST /configs/config/secrets', { body: { secrets } });
const get = async (token: string, name: string) =>
  (await engine.send(token, `GET /configs/config/secret?name=${name}`)).body['value'] as Value;
const messages = (reply: { body: Value }) => (reply.body['messages'] as string[]).join(' ');

test('a value comes back byte for byte, in list, get and download', async () => {
  const value = 'line 1\nline "2" \\ ünïcödé \u{1F600}\u0001';
  expect((await set(writer, { BYTES: value })).status).toBe(200);
  expect(await get(writer, 'BYTES')).toMatchObject({ raw: value, computed: value, rawVisibility: 'masked', note: '' });
  const json = await engine.send(writer, 'GET /configs/config/secrets/download?secrets=BYTES');
  expect(json.body).toEqual({ BYTES: value });
  expect(json.headers.get('cache-control')).toBe('no-store');
  const env = await engine.send(writer, 'GET /configs/config/secrets/download?secrets=BYTES&format=env');
  expect(env.text).toBe(`BYTES="line 1\nline \\"2\\" \\\\ ünïcödé \u{1F600}\u0001"`);
});

test('a download is sorted, compact, and has the three managed names', async () => {
  const token = await engine.token('stg', 'read/write');
  await set(token, { FOO: 'bar' });
  const { text } = await engine.send(token, 'GET /configs/config/secrets/download');
  expect(text).toBe('{"DOPPLER_CONFIG":"stg","DOPPLER_ENVIRONMENT":"stg","DOPPLER_PROJECT":"app","FOO":"bar"}');
});

test('a missing secret is answered with 200 and nulls', async () => {
  expect(await get(writer, 'NOT_THERE')).toEqual({
    raw: null,
    computed: null,
    note: '',
    rawVisibility: null,
    computedVisibility: null,
    rawValueType: null,
    computedValueType: null,
  });
});

test('computed visibility is the strictest along the references, and other configs stay literal', async () => {
  await change(writer, [
    { name: 'INNER', value: 'deep', visibility: 'restricted' },
    { name: 'OUTER', value: 'a-${INNER}-${stg.FOO}-${NOBODY}', visibility: 'unmasked' },
  ]);
  expect(await get(writer, 'OUTER')).toMatchObject({
    raw: 'a-${INNER}-${stg.FOO}-${NOBODY}',
    computed: 'a-deep-${stg.FOO}-${NOBODY}',
    rawVisibility: 'unmasked',
    computedVisibility: 'restricted',
  });
});

test('a restricted secret is loosened only together with a new value', async () => {
  await change(writer, [{ name: 'CLOSED', value: 'v1', visibility: 'restricted' }]);
  const refused = await change(writer, [{ name: 'CLOSED', originalName: 'CLOSED', value: null, visibility: 'masked' }]);
  expect(refused.status).toBe(400);
  expect((await get(writer, 'CLOSED'))['rawVisibility']).toBe('restricted');
  expect((await change(writer, [{ name: 'CLOSED', value: 'v2', visibility: 'masked' }])).status).toBe(200);
  expect(await get(writer, 'CLOSED')).toMatchObject({ raw: 'v2', rawVisibility: 'masked' });
});

test('null keeps the value: visibility, type and name change without it', async () => {
  await change(writer, [{ name: 'KEPT', value: 'same' }]);
  await change(writer, [{ name: 'KEPT', value: null, visibility: 'unmasked', valueType: { type: 'json' } }]);
  await change(writer, [{ name: 'RENAMED', originalName: 'KEPT', value: null }]);
  expect(await get(writer, 'RENAMED')).toMatchObject({
    raw: 'same',
    rawVisibility: 'unmasked',
    rawValueType: { type: 'json' },
  });
  expect((await get(writer, 'KEPT'))['raw']).toBeNull();
});

test('names can be passed on within one request', async () => {
  await change(writer, [
    { name: 'SWAP_A', value: 'a' },
    { name: 'SWAP_B', value: 'b' },
  ]);
  const swapped = await change(writer, [
    { name: 'SWAP_C', originalName: 'SWAP_B', value: null },
    { name: 'SWAP_B', originalName: 'SWAP_A', value: null },
    { name: 'SWAP_A', originalName: 'SWAP_C', value: null },
  ]);
  expect(swapped.status).toBe(200);
  expect((await get(writer, 'SWAP_A'))['raw']).toBe('b');
  expect((await get(writer, 'SWAP_B'))['raw']).toBe('a');
});

test('terraform creates with originalName, and it and the CLI delete in their ways', async () => {
  await change(writer, [{ name: 'TF', originalName: 'TF', value: 'x', shouldDelete: false }]);
  expect((await get(writer, 'TF'))['raw']).toBe('x');
  await change(writer, [{ name: 'TF', originalName: 'TF', value: null, shouldDelete: true }]);
  expect((await get(writer, 'TF'))['raw']).toBeNull();
  await set(writer, { CLI: 'x' });
  await set(writer, { CLI: null });
  expect((await get(writer, 'CLI'))['raw']).toBeNull();
  await set(writer, { GONE: 'x' });
  expect((await engine.send(writer, 'DELETE /configs/config/secret?name=GONE')).status).toBe(204);
  expect((await get(writer, 'GONE'))['raw']).toBeNull();
});

test('a stale original is refused and nothing of its request is applied', async () => {
  await change(writer, [{ name: 'CAS', value: 'now' }]);
  for (const stale of [
    { originalValue: 'before' },
    { originalVisibility: 'restricted' },
    { originalValueType: { type: 'json' } },
  ]) {
    const refused = await change(writer, [
      { name: 'CAS_OTHER', value: 'x' },
      { name: 'CAS', value: 'next', ...stale },
    ]);
    expect(refused.status).toBe(400);
  }
  expect((await get(writer, 'CAS'))['raw']).toBe('now');
  expect((await get(writer, 'CAS_OTHER'))['raw']).toBeNull();
  expect((await change(writer, [{ name: 'CAS', originalValue: 'now', value: 'next' }])).status).toBe(200);
});

test('of many who swap the same value, exactly one wins', async () => {
  await change(writer, [{ name: 'RACE', value: 'start' }]);
  const replies = await Promise.all(
    Array.from({ length: 20 }, (_, n) => change(writer, [{ name: 'RACE', originalValue: 'start', value: `won ${n}` }])),
  );
  expect(replies.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 400)]);
});

test('a branch serves the root, overrides it, converges back and promotes only for who may', async () => {
  const branch = await engine.token('dev_personal', 'read/write');
  await change(writer, [{ name: 'SHARED', value: 'root', visibility: 'restricted' }]);
  expect((await get(branch, 'SHARED'))['raw']).toBe('root');
  expect((await change(branch, [{ name: 'SHARED', value: null, visibility: 'masked' }])).status).toBe(400);
  expect((await change(branch, [{ name: 'SHARED', shouldDelete: true }])).status).toBe(400);
  await set(branch, { SHARED: 'branch' });
  expect(await get(branch, 'SHARED')).toMatchObject({ raw: 'branch', rawVisibility: 'restricted' });
  expect((await get(writer, 'SHARED'))['raw']).toBe('root');
  await change(branch, [{ name: 'SHARED', shouldConverge: true }]);
  expect((await get(branch, 'SHARED'))['raw']).toBe('root');
  const promote = [{ name: 'SHARED', value: 'promoted', shouldPromote: true }];
  expect((await change(branch, promote)).status).toBe(403);
  expect((await change(engine.admin, promote, { project: 'app', config: 'dev_personal' })).status).toBe(200);
  expect((await get(writer, 'SHARED'))['raw']).toBe('promoted');
  expect((await change(engine.admin, promote, { project: 'app', config: 'dev' })).status).toBe(400);
});

test('names, values and configs have their limits', async () => {
  const token = await engine.token('prd', 'read/write');
  for (const name of ['lower', '1A', '', 'A-B', 'A'.repeat(201), 'DOPPLER_CONFIG', '__proto__']) {
    expect((await change(token, [{ name, value: 'x' }])).status).toBe(400);
  }
  expect((await set(token, { BIG: 'x'.repeat(50 * 1024) })).status).toBe(200);
  const tooBig = await set(token, { BIG: 'x'.repeat(50 * 1024 + 1) });
  expect([tooBig.status, messages(tooBig)]).toEqual([400, 'A value has at most 50 KiB.']);
  const many = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`BIG_${n}`, 'x'.repeat(50 * 1024)]));
  expect(messages(await set(token, many))).toBe('A config holds at most 500 KiB of values.');
  const count = Object.fromEntries(Array.from({ length: 1200 }, (_, n) => [`N${n}`, '']));
  expect(messages(await set(token, count))).toBe('A config holds at most 1200 secrets.');
  expect((await change(token, [{ name: 'LONE', value: '\ud800' }])).status).toBe(400);
  expect((await change(token, [{ name: 'NO_VALUE', value: null }])).status).toBe(400);
});

test('a filter, the managed names and the names list are honoured', async () => {
  const list = await engine.send(
    writer,
    'GET /configs/config/secrets?secrets=BYTES,NOBODY&include_managed_secrets=False',
  );
  expect(Object.keys(list.body['secrets'] as Value)).toEqual(['BYTES']);
  const names = await engine.send(writer, 'GET /configs/config/secrets/names?include_managed_secrets=false');
  expect(names.body['names']).toContain('BYTES');
  expect(names.body['names']).not.toContain('DOPPLER_CONFIG');
});

test('formats and transformers that are not there are refused by name', async () => {
  const xml = await engine.send(writer, 'GET /configs/config/secrets/download?format=xml');
  expect([xml.status, messages(xml)]).toEqual([400, expect.stringMatching(/json, dotnet-json, env, yaml/)]);
  expect((await engine.send(writer, 'GET /configs/config/secrets/download?name_transformer=loud')).status).toBe(400);
});

test('exactly one of the two ways to change is taken', async () => {
  expect((await engine.send(writer, 'POST /configs/config/secrets', { body: {} })).status).toBe(400);
  const both = { secrets: { A: 'x' }, change_requests: [] };
  expect((await engine.send(writer, 'POST /configs/config/secrets', { body: both })).status).toBe(400);
});

test('who may not read a value may not guess it by comparing either', async () => {
  await change(writer, [{ name: 'PIN', value: '0042', visibility: 'restricted' }]);
  const guess = (originalValue: string) =>
    change(engine.admin, [{ name: 'PIN', originalValue, visibility: 'restricted' }], { project: 'app', config: 'dev' });
  const replies = await Promise.all(['0041', '0042'].map(guess));
  expect(replies.map(({ status }) => status)).toEqual([403, 403]);
  expect(replies[0]?.body).toEqual(replies[1]?.body);
});

test('an answer cannot be made to explode by many values that refer to a large one', async () => {
  const { send } = engine;
  await send(engine.admin, 'POST /projects', { body: { name: 'bomb' } });
  const body = { project: 'bomb', config: 'dev', name: 'writer', access: 'read/write' };
  const made = await send(engine.admin, 'POST /configs/config/tokens', { body });
  const { key } = made.body['token'] as { key: string };
  const many = Array.from({ length: 1100 }, (_, at) => [`C${at}`, '${B}']);
  const secrets = { A: 'x'.repeat(50 * 1024), B: '${A}'.repeat(60), ...Object.fromEntries(many) };
  expect((await set(key, secrets)).status).toBe(200);
  const list = await send(key, 'GET /configs/config/secrets');
  expect([list.status, list.text.length < 32 * 1024 * 1024]).toEqual([200, true]);
  expect((await get(key, 'C1099'))['computed']).toHaveLength(60 * 50 * 1024);
});
