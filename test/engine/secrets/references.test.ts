// References across configs: followed only along edges that their writer was allowed to make, and text for ever otherwise.
import { startTestEngine, type TestEngine } from '../../support/engine.ts';

let engine: TestEngine;
let stg: string;
let prd: string;
let dev: string;
beforeAll(async () => {
  engine = await startTestEngine();
  dev = await engine.token('dev', 'read/write');
  stg = await engine.token('stg', 'read/write');
  prd = await engine.token('prd', 'read/write');
  await engine.send(prd, 'POST /configs/config/secrets', {
    body: { change_requests: [{ name: 'DB', value: 'postgres', visibility: 'restricted' }] },
  });
});
afterAll(() => engine.close());

type Value = Record<string, unknown>;
const at = (config: string) => `project=app&config=${config}`;
const admin = (request: string, body?: unknown) =>
  engine.send(engine.admin, request, body === undefined ? {} : { body });
const write = (token: string, config: string, secrets: Record<string, string | null>) =>
  engine.send(token, `POST /configs/config/secrets?${at(config)}`, { body: { secrets } });
const get = async (token: string, name: string) =>
  (await engine.send(token, `GET /configs/config/secret?name=${name}`)).body['value'] as Value;

test('the text of who may not read the target stays text, also when who may comes along later', async () => {
  await write(dev, 'dev', { PLAIN: 'x-${prd.DB}' });
  expect(await get(dev, 'PLAIN')).toMatchObject({ computed: 'x-${prd.DB}', computedVisibility: 'masked' });
  await admin(`POST /configs/config/secrets?${at('dev')}`, {
    change_requests: [{ name: 'PLAIN', value: null, visibility: 'unmasked' }],
  });
  expect((await get(dev, 'PLAIN'))['computed']).toBe('x-${prd.DB}');
});

test('who may read the target makes an edge, by either name, and its strictness comes along', async () => {
  await write(engine.admin, 'dev', { SHORT: '${prd.DB}!', LONG: '${app.prd.DB}?', MANAGED: '${prd.DOPPLER_CONFIG}' });
  expect(await get(dev, 'SHORT')).toMatchObject({ computed: 'postgres!', computedVisibility: 'restricted' });
  expect(await get(dev, 'LONG')).toMatchObject({ computed: 'postgres?', rawVisibility: 'masked' });
  expect((await get(dev, 'MANAGED'))['computed']).toBe('prd');
});

test('an edge knows its target by id: renaming follows, and a newcomer of the old name gets nothing', async () => {
  await admin('POST /environments', { project: 'app', name: 'Old', slug: 'old' });
  const old = await engine.token('old', 'read/write');
  await write(old, 'old', { KEY: 'from-old' });
  await write(engine.admin, 'dev', { FOLLOWS: '${old.KEY}' });
  await admin('PUT /environments/environment', { project: 'app', environment: 'old', slug: 'fresh' });
  await admin('POST /environments', { project: 'app', name: 'Old', slug: 'old' });
  await write(engine.admin, 'old', { KEY: 'impostor' });
  expect((await get(dev, 'FOLLOWS'))['computed']).toBe('from-old');
});

test('clone, promote and rollback carry an edge only for who may follow it, and never add one', async () => {
  await admin('POST /configs', { project: 'app', environment: 'stg', name: 'stg_a' });
  const branch = await engine.token('stg_a', 'read/write');
  await write(branch, 'stg_a', { TEXT: '${prd.DB}' });
  await write(engine.admin, 'stg_a', { EDGE: '${prd.DB}' });
  expect((await admin(`POST /configs/config/clone?${at('stg_a')}`, { name: 'stg_b' })).status).toBe(200);
  const clone = await engine.token('stg_b', 'read/write');
  expect((await get(clone, 'TEXT'))['computed']).toBe('${prd.DB}');
  expect((await get(clone, 'EDGE'))['computed']).toBe('postgres');
  const promote = (name: string) => ({ name, value: null, shouldPromote: true });
  const promoted = await admin(`POST /configs/config/secrets?${at('stg_a')}`, {
    change_requests: [promote('TEXT'), promote('EDGE')],
  });
  expect(promoted.status).toBe(200);
  expect((await get(stg, 'TEXT'))['computed']).toBe('${prd.DB}');
  expect((await get(stg, 'EDGE'))['computed']).toBe('postgres');
  await write(clone, 'stg_b', { EDGE: 'gone', TEXT: 'gone' });
  const [log] = (await engine.send(clone, 'GET /configs/config/logs')).body['logs'] as { id: string }[];
  expect((await engine.send(clone, `POST /configs/config/logs/log/rollback?log=${log?.id}`)).status).toBe(200);
  expect((await get(clone, 'EDGE'))['computed']).toBe('${prd.DB}');
  expect((await get(clone, 'TEXT'))['raw']).toBe('${prd.DB}');
});

test('a text that is given again is a new text: who may not follow it takes its edge away', async () => {
  await write(engine.admin, 'dev', { AGAIN: '${prd.DB}' });
  expect((await get(dev, 'AGAIN'))['computed']).toBe('postgres');
  await write(dev, 'dev', { AGAIN: '${prd.DB}' });
  expect((await get(dev, 'AGAIN'))['computed']).toBe('${prd.DB}');
});

test('a target lists what points at it, and ends it in every version', async () => {
  await admin('POST /environments', { project: 'app', name: 'Target', slug: 'target' });
  const target = await engine.token('target', 'read/write');
  await write(target, 'target', { SHARED: 'mine' });
  await write(engine.admin, 'dev', { PULLS: '${target.SHARED}-1' });
  await write(engine.admin, 'dev', { PULLS: '${target.SHARED}-2' });
  const { references } = (await engine.send(target, 'GET /configs/config/references')).body as {
    references: { slug: string }[];
  };
  expect(references).toEqual([
    expect.objectContaining({ name: 'SHARED', source: { project: 'app', config: 'dev', secret: 'PULLS' } }),
  ]);
  const slug = references[0]?.slug;
  expect((await engine.send(dev, `DELETE /configs/config/references?slug=${slug}`)).status).toBe(404);
  expect((await engine.send(target, `DELETE /configs/config/references?slug=${slug}`)).status).toBe(200);
  expect((await get(dev, 'PULLS'))['computed']).toBe('${target.SHARED}-2');
  const [log] = (await engine.send(dev, 'GET /configs/config/logs')).body['logs'] as { id: string }[];
  await admin(`POST /configs/config/logs/log/rollback?${at('dev')}&log=${log?.id}`);
  expect((await get(dev, 'PULLS'))['computed']).toBe('${target.SHARED}-1');
});

test('circles across configs end where they close', async () => {
  await write(engine.admin, 'stg', { LOOP: 's${dev.LOOP}' });
  await write(engine.admin, 'dev', { LOOP: 'd${stg.LOOP}' });
  expect((await get(dev, 'LOOP'))['computed']).toBe('ds${dev.LOOP}');
  expect((await get(stg, 'LOOP'))['computed']).toBe('sd${stg.LOOP}');
});

test('what is inherited appears with its computed values, and only from inheritable configs', async () => {
  await admin('POST /projects', { name: 'shared' });
  const source = { project: 'shared', config: 'prd' };
  await admin('POST /configs/config/secrets', { ...source, secrets: { BASE: 'b', URL: '${BASE}/x', DB: 'theirs' } });
  const inherits = (list: unknown[]) =>
    admin('POST /configs/config/inherits', { project: 'app', config: 'prd', inherits: list });
  expect((await inherits([source])).status).toBe(400);
  expect((await admin('POST /configs/config/inheritable', { ...source, inheritable: true })).status).toBe(200);
  const set = await inherits([source]);
  expect(set.body['config']).toMatchObject({ inherits: [source], inheriting: true });
  expect(await get(prd, 'URL')).toMatchObject({ raw: '${BASE}/x', computed: 'b/x' });
  expect((await get(prd, 'DB'))['computed']).toBe('postgres');
  await write(prd, 'prd', { BASE: 'own' });
  expect((await get(prd, 'URL'))['computed']).toBe('b/x');
  const shown = await admin('GET /configs/config?project=shared&config=prd');
  expect((shown.body['config'] as Value)['inheritedBy']).toEqual([{ project: 'app', config: 'prd' }]);
  expect((await admin('POST /configs/config/inheritable', { ...source, inheritable: false })).status).toBe(400);
  expect(
    (await admin('POST /configs/config/inherits', { ...source, inherits: [{ project: 'app', config: 'prd' }] })).status,
  ).toBe(400);
  expect((await admin('POST /configs/config/inherits', { ...source, inherits: [] })).status).toBe(200);
  expect((await inherits([])).status).toBe(200);
  expect((await get(prd, 'URL'))['raw']).toBeNull();
});
