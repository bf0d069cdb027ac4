// Phase's side of the engine, read: one store, two dialects; clear on the REST API, sealed where clients decrypt.
import { keyDigest } from '#crypto/key-digest.js';
import { openSealed } from '#crypto/sealing.js';
import { secretListShape } from '#contract/phase/shapes.js';
import { type PhaseEngine, startPhaseEngine } from '../../../support/phase/engine.ts';
import { unlock } from '../../../support/phase/unlock.ts';

let engine: PhaseEngine;
let at: string;
beforeAll(async () => {
  engine = await startPhaseEngine();
  at = `app_id=${engine.app}&env=development`;
  const writer = await engine.token('dev', 'read/write');
  const change = (name: string, value: string, visibility = 'masked') => ({
    name,
    originalName: null,
    value,
    visibility,
  });
  const changes = [
    change('API_KEY', 'sk-1'),
    change('URL', 'https://${HOST}/', 'unmasked'),
    change('HOST', 'h.example', 'unmasked'),
    change('SEALED', 'only machines', 'restricted'),
  ];
  const wrote = await engine.send(writer, 'POST /configs/config/secrets', { body: { change_requests: changes } });
  expect(wrote.status).toBe(200);
});
afterAll(() => engine.close());

type Item = Record<string, unknown> & { key: string; value: string; comment: string };
const items = async (request: string, more: Parameters<PhaseEngine['ask']>[1] = {}) => {
  const { status, text, body } = await engine.ask(request, more);
  expect([status, text]).toEqual([200, expect.any(String)]);
  return body as Item[];
};

describe('in clear', () => {
  test('what Doppler’s side wrote is read with its types and resolved references', async () => {
    const found = await items(`GET /v1/secrets/?${at}`);
    expect(found.map(({ key, value, type }) => [key, value, type])).toEqual([
      ['API_KEY', 'sk-1', 'secret'],
      ['HOST', 'h.example', 'config'],
      ['SEALED', 'only machines', 'sealed'],
      ['URL', 'https://h.example/', 'config'],
    ]);
    expect(secretListShape.safeParse(found).success).toBe(true);
    expect(Object.keys(found[0] ?? {})).toEqual(
      'id key value comment tags override type lifecycle path keyDigest version createdAt updatedAt environment folder'.split(
        ' ',
      ),
    );
    expect(found[0]).toMatchObject({ path: '/', lifecycle: 'static', version: 1, tags: [], override: null });
    expect(String(found[0]?.['updatedAt'])).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z$/);
  });

  test.each([
    '/v1/secrets/',
    '/v1/secrets',
    '/public/v1/secrets/',
    '/service/v1/secrets/',
    '/service/public/v1/secrets',
  ])('it is the same at %s', async (path) => expect(await items(`GET ${path}?${at}`)).toHaveLength(4));

  test('an environment is found by name or slug in any case, and by its id in a header', async () => {
    const [first] = await items(`GET /v1/secrets/?${at}`);
    const environment = String(first?.['environment']);
    for (const env of ['DEVELOPMENT', 'dev', 'Dev']) {
      expect(await items(`GET /v1/secrets/?appId=${engine.app}&env=${env}`)).toHaveLength(4);
    }
    expect(await items('GET /v1/secrets/', { headers: { environment } })).toHaveLength(4);
  });

  test('one key is found in any case, and an unknown path holds nothing', async () => {
    expect((await items(`GET /v1/secrets/?${at}&key=api_key`)).map(({ value }) => value)).toEqual(['sk-1']);
    expect(await items(`GET /v1/secrets/?${at}&key=NONE`)).toEqual([]);
    expect(await items(`GET /v1/secrets/?${at}&path=/api/`)).toEqual([]);
    expect(await items(`GET /v1/secrets/?${at}&path=//`)).toHaveLength(4);
  });

  test('a restricted secret is left out of a user’s list, and refused when he names it', async () => {
    const token = engine.tokens.user;
    expect((await items(`GET /v1/secrets/?${at}`, { token })).map(({ key }) => key)).toEqual([
      'API_KEY',
      'HOST',
      'URL',
    ]);
    const named = await engine.ask(`GET /v1/secrets/?${at}&key=SEALED`, { token });
    expect([named.status, named.text]).toEqual([403, expect.stringContaining('is restricted')]);
    expect(named.text).not.toContain('only machines');
  });

  test('a service token of Doppler reads its own config in this dialect too, and no other', async () => {
    const token = await engine.token('dev');
    const headers = { authorization: `Bearer ${token}` };
    expect(await items('GET /v1/secrets/', { headers })).toHaveLength(4);
    const other = await engine.ask(`GET /v1/secrets/?app_id=${engine.app}&env=production`, { headers });
    expect([other.status, other.body]).toEqual([404, { error: expect.stringContaining("Environment 'production'") }]);
  });

  test.each([
    ['no token', `GET /v1/secrets/`, { authorization: '' }, 401],
    ['a token that nobody has', `GET /v1/secrets/`, { authorization: `Bearer User ${'0'.repeat(64)}` }, 401],
    ['no environment', `GET /v1/secrets/`, {}, 403],
    ['an unknown app', `GET /v1/secrets/?app_id=nope&env=dev`, {}, 404],
    ['an unknown environment id', `GET /v1/secrets/`, { environment: 'nope' }, 401],
    ['a ttl that is no number', `GET /v1/secrets/?app_id=x&env=dev&lease_ttl=soon`, {}, 400],
    ['another method', 'PATCH /v1/secrets/', {}, 405],
    ['another address', 'GET /v1/nothing/', {}, 404],
  ])('%s is refused in the words of this dialect', async (_, request, headers, status) => {
    const refused = await engine.ask(request, { headers });
    expect([refused.status, refused.body]).toEqual([status, { error: expect.any(String) }]);
    expect(refused.text).not.toMatch(/sk-1|only machines/);
  });

  test('a stranger’s token finds no app, and is told nothing of it', async () => {
    const made = await engine.send(engine.admin, 'POST /workplace/service_accounts', { body: { name: 'stranger' } });
    const id = (made.body['service_account'] as { slug: string }).slug;
    const minted = await engine.send(engine.admin, `POST /v1/service-accounts/${id}/tokens/`, {
      body: { name: 'one' },
    });
    const token = String(minted.body['token']);
    // Nobody who may read no values anywhere comes further than the door.
    expect((await engine.ask(`GET /v1/secrets/?${at}`, { token })).status).toBe(403);
    const { body } = await engine.ask('GET /service/secrets/tokens/', { token });
    expect(body).toMatchObject({ account_id: id, apps: [] });
  });
});

describe('sealed, for clients that decrypt', () => {
  test('a token opens its account, the account its environments, and these their secrets', async () => {
    const { id, pair, salt } = await unlock(engine, engine.tokens.account, 'Development');
    const found = await items('GET /service/secrets/', { headers: { environment: id } });
    const open = (text: unknown) => openSealed(pair, String(text)).reveal();
    expect(found.map(({ key, value }) => [open(key), open(value)])).toEqual([
      ['API_KEY', 'sk-1'],
      ['HOST', 'h.example'],
      ['SEALED', 'only machines'],
      ['URL', 'https://h.example/'],
    ]);
    expect(found[0]).toMatchObject({ key_digest: keyDigest('API_KEY', salt), comment: '' });
    expect(JSON.stringify(found)).not.toMatch(/API_KEY|sk-1|h\.example/);
    const headers = { environment: id, keydigest: keyDigest('api_key', salt), 'x-use-camel-case': 'true' };
    const [only, ...others] = await items('GET /service/secrets/', { headers });
    expect([open(only?.key), only?.['keyDigest'], others]).toEqual(['API_KEY', keyDigest('API_KEY', salt), []]);
  });

  test('a user gets no restricted secret, not even sealed', async () => {
    const { id, pair } = await unlock(engine, engine.tokens.user, 'Development');
    const found = await items('GET /service/secrets/', { token: engine.tokens.user, headers: { environment: id } });
    expect(found.map(({ key }) => openSealed(pair, key).reveal())).toEqual(['API_KEY', 'HOST', 'URL']);
  });

  test('two tokens of one account share its key and no half of it', async () => {
    const path = `POST /v1/service-accounts/${engine.accountId}/tokens/`;
    const again = String((await engine.send(engine.admin, path, { body: { name: 'two' } })).body['token']).split(':');
    const first = engine.tokens.account.split(':');
    expect(again[3]).toBe(first[3]);
    for (const part of [2, 4, 5]) expect(again[part]).not.toBe(first[part]);
  });

  test('what a client is told first names every environment in order, and is for accounts alone', async () => {
    const { body } = await engine.ask('GET /service/secrets/tokens/');
    expect(body).toMatchObject({
      account_id: engine.accountId,
      offline_enabled: false,
      organisation: { name: expect.any(String) },
      apps: [{ id: engine.app, name: 'app', encryption: 'SSE' }],
    });
    const keys = (body as { apps: { environment_keys: { environment: { name: string; index: number } }[] }[] }).apps[0];
    expect(keys?.environment_keys.map(({ environment }) => [environment.name, environment.index])).toEqual([
      ['Development', 0],
      ['Production', 1],
      ['Staging', 2],
    ]);
    const headers = { authorization: `Bearer ${engine.admin}` };
    expect((await engine.ask('GET /service/secrets/tokens/', { headers })).status).toBe(403);
  });
});

test('others take their turn while the keys of many apps are being made', async () => {
  const apps = ['turn-1', 'turn-2', 'turn-3', 'turn-4'];
  for (const name of apps) {
    await engine.send(engine.admin, 'POST /projects', { body: { name } });
    const member = { project: name, type: 'service_account', slug: engine.accountId, role: 'viewer' };
    await engine.send(engine.admin, 'POST /projects/project/members', { body: member });
  }
  let turns = 0;
  const count = () => {
    turns += 1;
    counting = setImmediate(count);
  };
  let counting = setImmediate(count);
  const { body } = await engine.ask('GET /secrets/tokens/');
  clearImmediate(counting);
  expect((body as { apps: object[] }).apps.length).toBeGreaterThan(apps.length);
  expect(turns).toBeGreaterThanOrEqual(apps.length);
});

test('without our extensions the dialect is still there, and says nothing of ours', async () => {
  const bare = await startPhaseEngine({ extensions: 'off' });
  const { status, headers } = await bare.ask(`GET /v1/secrets/?app_id=${bare.app}&env=dev`);
  expect([status, headers.get('secrets-engine')]).toEqual([200, null]);
  await bare.close();
});
