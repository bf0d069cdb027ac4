// Phase's side of the engine, written in clear: batches that are whole or nothing, in folders that Doppler never sees.
import { secretListShape } from '#contract/phase/shapes.js';
import { auditRows } from '../../../support/audit.ts';
import { type Asked, type PhaseEngine, restForm, startPhaseEngine } from '../../../support/phase/engine.ts';

let engine: PhaseEngine;
let at: string;
beforeAll(async () => {
  engine = await startPhaseEngine();
  at = `app_id=${engine.app}&env=development`;
  const dynamic = { project: 'app', config: 'dev', name: 'LEASED', kind: 'postgres', integration: 'pg' };
  expect((await engine.send(engine.admin, 'POST /configs/config/dynamic_secrets', { body: dynamic })).status).toBe(200);
});
afterAll(() => engine.close());

type Item = Record<string, unknown> & { id: string; key: string; value: string };
type More = Parameters<PhaseEngine['ask']>[1];
const ask = (method: string, body?: unknown, more: More = {}, query = '') =>
  engine.ask(`${method} /v1/secrets/?${at}${query}`, body === undefined ? more : { ...more, body });
const ok = ({ status, text, body }: Asked): Item[] => {
  expect([status, text]).toEqual([200, expect.any(String)]);
  return body as Item[];
};
const add = async (...secrets: object[]) => ok(await ask('POST', { secrets }));
const edit = async (...secrets: object[]) => ok(await ask('PUT', { secrets }));
const read = async (query = '', more: More = {}) => ok(await ask('GET', undefined, more, query));
const bearer = () => restForm(engine.tokens.account);
const refusal = ({ status, body }: Asked) => [status, (body as { error: string }).error];

describe('added', () => {
  test('a batch is answered with 200 and whole secrets, in its order and with upper-case keys', async () => {
    const made = await add(
      { key: 'db_url', value: 'postgres://x', comment: 'the primary', path: '//api/v1/', tags: ['db', 'core', 'db'] },
      { key: 'MODE', value: '', type: 'config', id: 'ignored' },
    );
    expect(secretListShape.safeParse(made).success).toBe(true);
    const [url, mode] = made;
    expect(url).toMatchObject({ key: 'DB_URL', value: 'postgres://x', comment: 'the primary', path: '/api/v1' });
    expect(url).toMatchObject({
      type: 'secret',
      tags: ['core', 'db'],
      version: 1,
      override: null,
      lifecycle: 'static',
    });
    expect(url?.['folder']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(mode).toMatchObject({ key: 'MODE', value: '', type: 'config', path: '/', folder: null, tags: [] });
    expect(mode?.id).not.toBe('ignored');
    expect((await read('&path=/api/v1'))[0]).toEqual(url);
  });

  test('the same key lies in several folders, and is a duplicate in one', async () => {
    await add(
      { key: 'SAME', value: '1' },
      { key: 'SAME', value: '2', path: '/a' },
      { key: 'SAME', value: '3', path: '/b' },
    );
    expect((await read('&key=same')).map(({ path, value }) => [path, value])).toEqual([
      ['/', '1'],
      ['/a', '2'],
      ['/b', '3'],
    ]);
    const again = await ask('POST', { secrets: [{ key: 'same', value: 'x', path: 'a' }] });
    expect(refusal(again)).toEqual([409, 'Duplicate secret found']);
  });

  test.each([
    ['twice in one batch', 'TWICE'],
    ['what a lease of a dynamic secret is called', 'LEASED_PASSWORD'],
  ])('%s is a duplicate, and then nothing of the batch is there', async (_, key) => {
    const refused = await ask('POST', {
      secrets: [
        { key, value: '1' },
        { key: key.toLowerCase(), value: '2' },
      ],
    });
    expect(refusal(refused)).toEqual([409, 'Duplicate secret found']);
    expect(await read(`&key=${key}`)).toEqual([]);
  });

  test('a lease takes no name in a folder', async () => {
    await add({ key: 'LEASED_PASSWORD', value: 'static', path: '/leased' });
    expect(await read('&key=LEASED_PASSWORD')).toHaveLength(1);
  });
});

describe('edited', () => {
  test('what is absent stays, and every edit is a version', async () => {
    const [made] = await add({ key: 'EDITED', value: 'one', comment: 'a note', tags: ['x'], path: '/edited' });
    const { id } = made ?? { id: '' };
    const [value] = await edit({ id, value: 'two' });
    expect(value).toMatchObject({ id, key: 'EDITED', value: 'two', comment: 'a note', tags: ['x'], version: 2 });
    const [tags] = await edit({ id, tags: ['y', 'z'] });
    expect(tags).toMatchObject({ value: 'two', tags: ['y', 'z'], version: 3 });
    const [nothing] = await edit({ id });
    expect(nothing).toMatchObject({ value: 'two', tags: ['y', 'z'], version: 4 });
    const [all] = await edit({ id, key: 'moved', path: '/', comment: '', tags: [], type: 'config', value: 'three' });
    expect(all).toMatchObject({ key: 'MOVED', path: '/', folder: null, comment: '', tags: [], type: 'config' });
    expect(all).toMatchObject({ id, value: 'three', version: 5 });
    expect(await read('&path=/edited')).toEqual([]);
  });

  test('a key or a path that is taken is a duplicate, and the whole batch stays undone', async () => {
    const [one, two] = await add({ key: 'ONE', value: '1', path: '/d' }, { key: 'TWO', value: '2', path: '/d' });
    await add({ key: 'TWO', value: '2', path: '/e' });
    for (const change of [{ key: 'one' }, { path: '/e' }, { key: 'LEASED_PASSWORD', path: '/' }]) {
      const refused = await ask('PUT', {
        secrets: [
          { id: one?.id, value: 'changed' },
          { id: two?.id, ...change },
        ],
      });
      expect(refusal(refused)).toEqual([409, 'Duplicate secret found']);
    }
    expect((await read('&path=/d')).map(({ value, version }) => [value, version])).toEqual([
      ['1', 1],
      ['2', 1],
    ]);
  });

  test('an unknown id, and one of another environment, is not found', async () => {
    const [made] = await add({ key: 'HERE', value: '1' });
    const elsewhere = await engine.ask(`PUT /v1/secrets/?app_id=${engine.app}&env=production`, {
      body: { secrets: [{ id: made?.id, value: '2' }] },
    });
    expect(refusal(elsewhere)).toEqual([404, `Secret not found: ${made?.id}`]);
    expect(refusal(await ask('PUT', { secrets: [{ id: 'none' }] }))).toEqual([404, 'Secret not found: none']);
  });
});

describe('sealed', () => {
  test('its value and its type stay what they are, whatever is sent', async () => {
    const [made] = await add({ key: 'SEALED', value: 'for machines', type: 'sealed' });
    const id = made?.id;
    expect((await edit({ id, value: 'other', tags: ['t'], type: 'sealed' }))[0]).toMatchObject({
      ...{ value: 'for machines', type: 'sealed', tags: ['t'], version: 2 },
    });
    const refused = await ask('PUT', { secrets: [{ id, type: 'secret' }] });
    expect(refusal(refused)).toEqual([400, 'The type of a sealed secret stays what it is.']);
  });

  test('a user may write it, and is never told it back', async () => {
    const token = engine.tokens.user;
    const made = ok(await ask('POST', { secrets: [{ key: 'BY_USER', value: 'hush-1', type: 'sealed' }] }, { token }));
    expect(made[0]).toMatchObject({ key: 'BY_USER', value: null, type: 'sealed' });
    const changed = await ask('PUT', { secrets: [{ id: made[0]?.id, comment: 'c' }] }, { token });
    expect(changed.text).not.toContain('hush-1');
    expect((await read('', { token })).map(({ key }) => key)).not.toContain('BY_USER');
    expect((await ask('GET', undefined, { token }, '&key=BY_USER')).status).toBe(403);
    expect((await read('&key=BY_USER'))[0]).toMatchObject({ value: 'hush-1', comment: 'c' });
  });

  test('who may write and read no values gets none of those that his text refers to', async () => {
    await add({ key: 'TARGET', value: 'hush-2' });
    const headers = { authorization: `Bearer ${engine.admin}` };
    const made = ok(await ask('POST', { secrets: [{ key: 'PULLS', value: '${TARGET}' }] }, { headers }));
    expect(made[0]).toMatchObject({ key: 'PULLS', value: null });
    expect((await read('&key=PULLS'))[0]?.value).toBe('hush-2');
  });
});

describe('deleted', () => {
  test('by id, counted, and free to be added again', async () => {
    const made = await add(
      { key: 'GONE', value: '1' },
      { key: 'GONE', value: '2', path: '/f' },
      { key: 'OTHER', value: '' },
    );
    const ids = made.map(({ id }) => id);
    const none = await ask('DELETE', { secrets: [...ids, 'none'] });
    expect(refusal(none)).toEqual([404, 'Secrets not found: none']);
    expect((await ask('DELETE', { secrets: [ids[0]] })).body).toEqual({ message: 'Deleted 1 secret' });
    expect((await ask('DELETE', { secrets: [ids[1], ids[2], ids[2]] })).body).toEqual({ message: 'Deleted 2 secrets' });
    expect(await read('&key=GONE')).toEqual([]);
    expect((await add({ key: 'GONE', value: '3' }))[0]).toMatchObject({ version: 1 });
  });

  test('not while it is protected from deletion', async () => {
    const [made] = await add({ key: 'KEPT', value: '1' });
    const requests = [{ name: 'KEPT', originalName: 'KEPT', value: '1', deletion_protection: true }];
    const body = { project: 'app', config: 'dev', change_requests: requests };
    expect((await engine.send(engine.admin, 'POST /configs/config/secrets', { body })).status).toBe(200);
    expect((await ask('DELETE', { secrets: [made?.id] })).status).toBe(400);
    expect(await read('&key=KEPT')).toHaveLength(1);
  });
});

test('the id of a secret stands for its environment, in a header or in the query', async () => {
  const [made] = await add({ key: 'ANCHOR', value: '1', path: '/anchor' });
  const found = await engine.ask('GET /v1/secrets/?path=/anchor', { headers: { 'secret-id': String(made?.id) } });
  expect(ok(found).map(({ key }) => key)).toEqual(['ANCHOR']);
  const change = { secrets: [{ id: made?.id, value: '2' }] };
  expect(ok(await engine.ask(`PUT /v1/secrets/?secretId=${made?.id}`, { body: change }))[0]?.value).toBe('2');
  expect(refusal(await engine.ask('GET /v1/secrets/?secret_id=none'))).toEqual([404, 'Secret not found']);
});

test('a user who is gone leaves nothing that he has put over a secret', async () => {
  const { slug } = await engine.engine.people.users.add('engine', { email: 'bob@example.test' });
  const member = { project: 'app', type: 'workplace_user', slug, role: 'collaborator' };
  await engine.send(engine.admin, 'POST /projects/project/members', { body: member });
  const { bearer: hex } = await engine.engine.phaseTokens.createPersonal('engine', slug, {
    name: 'laptop',
    expiresAt: null,
  });
  const headers = { authorization: `Bearer User ${hex.reveal()}` };
  const override = { value: 'bob', isActive: true };
  const [made] = ok(await ask('POST', { secrets: [{ key: 'BOBS', value: '1', override }] }, { headers }));
  expect(made?.['override']).toMatchObject({ value: 'bob', isActive: true });
  const [config] = await engine.store.read.listConfigs({
    projectId: engine.app,
    environment: 'dev',
    limit: 1,
    offset: 0,
  });
  const rows = () => engine.store.read.listOverrides({ configId: config?.id ?? '', principalId: slug });
  expect(await rows()).toHaveLength(1);
  expect((await engine.send(engine.admin, `DELETE /workplace/users/${slug}`)).status).toBe(204);
  expect(await rows()).toEqual([]);
});

test('tags choose whoever has one of them, exactly and once', async () => {
  await add(
    { key: 'T1', value: '', tags: ['red', 'blue'] },
    { key: 'T2', value: '', tags: ['blue'], path: '/t' },
    { key: 'T3', value: '', tags: ['Red'] },
  );
  const keys = async (tags: string) => (await read(`&tags=${tags}`)).map(({ key }) => key);
  expect(await keys('red,blue')).toEqual(['T1', 'T2']);
  expect(await keys('Red')).toEqual(['T3']);
  expect(await keys('re')).toEqual([]);
});

test.each([
  ['no body', undefined, "'secrets' must be a non-empty list."],
  ['no list', { secrets: {} }, "'secrets' must be a non-empty list."],
  ['an empty list', { secrets: [] }, "'secrets' must be a non-empty list."],
  ['no key', { secrets: [{ value: 'planted' }] }, "Each secret requires a non-empty 'key'."],
  ['an empty key', { secrets: [{ key: '', value: 'planted' }] }, "Each secret requires a non-empty 'key'."],
  ['no value', { secrets: [{ key: 'A' }] }, "Each secret requires a 'value' string."],
  ['a number as value', { secrets: [{ key: 'A', value: 7 }] }, "Each secret requires a 'value' string."],
  ['an unknown type', { secrets: [{ key: 'A', value: 'planted', type: 'x' }] }, "Invalid 'type': it is"],
  ['a long tag', { secrets: [{ key: 'A', value: 'planted', tags: ['x'.repeat(65)] }] }, "'tags' must be a list"],
  [
    'half an override',
    { secrets: [{ key: 'A', value: 'planted', override: { value: '' } }] },
    "An 'override' requires",
  ],
  ['a key that no variable has', { secrets: [{ key: 'A-B', value: 'planted' }] }, 'The name of a secret is'],
  ['a name that is managed', { secrets: [{ key: 'doppler_config', value: 'planted' }] }, 'are set by the engine'],
  ['a folder above', { secrets: [{ key: 'A', value: 'planted', path: '/a/../b' }] }, 'There can be no folder'],
  ['a folder with a brace', { secrets: [{ key: 'A', value: 'planted', path: '/${x}' }] }, 'There can be no folder'],
  ['a folder 21 deep', { secrets: [{ key: 'A', value: 'planted', path: '/x'.repeat(21) }] }, 'There can be no folder'],
])('%s is refused in a sentence without a value', async (_, body, words) => {
  const { status, text, body: refused } = await ask('POST', body);
  expect([status, refused]).toEqual([400, { error: expect.stringContaining(words) }]);
  expect(text).not.toContain('planted');
});

test('an edit without an id is refused', async () => {
  expect(refusal(await ask('PUT', { secrets: [{ value: 'x' }] }))).toEqual([400, 'Secret ID not provided']);
  expect((await ask('DELETE', { secrets: ['../x'] })).status).toBe(400);
});

test('a body is JSON whatever its type says, and no other body is taken', async () => {
  const send = (raw: string) =>
    engine.send(bearer(), `POST /v1/secrets/?${at}`, {
      raw,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  expect((await send(JSON.stringify({ secrets: [{ key: 'FORM', value: 'x' }] }))).status).toBe(200);
  expect((await send('secrets=planted')).status).toBe(400);
});

test('a branch config has no folders, and its service token writes beside its root', async () => {
  await engine.send(engine.admin, 'POST /configs', { body: { project: 'app', environment: 'dev', name: 'dev_x' } });
  const headers = { authorization: `Bearer ${await engine.token('dev_x', 'read/write')}` };
  const post = (secret: object) => engine.ask('POST /v1/secrets/', { headers, body: { secrets: [secret] } });
  expect((await post({ key: 'BRANCHED', value: '1' })).status).toBe(200);
  expect((await post({ key: 'BRANCHED', value: '1', path: '/x' })).status).toBe(400);
  expect(await read('&key=BRANCHED')).toEqual([]);
  const seen = ok(await engine.ask('GET /v1/secrets/', { headers }));
  expect(seen.every(({ path }) => path === '/')).toBe(true);
});

test('every write has its audit row, and none of them a name or a value', async () => {
  const [made] = await add({ key: 'AUDITED', value: 'planted-value', path: '/planted-folder' });
  await edit({ id: made?.id, value: 'planted-other' });
  await ask('DELETE', { secrets: [made?.id] });
  const rows = await auditRows(engine.store);
  const writes = rows.filter(({ action, outcome }) => action === 'secrets.write' && outcome === 'ok');
  expect(writes.length).toBeGreaterThanOrEqual(3);
  expect(JSON.stringify(rows)).not.toMatch(/AUDITED|planted/);
});
