// Phase's own SDK, unchanged, against our engine: it opens its keys, decrypts what is there, and writes.
import sdk from '@phase.dev/phase-node';
import { listen, type Listener } from '#engine/http/server.js';
import { nodeClock } from '#client/node-clock.js';
import { type PhaseEngine, startPhaseEngine } from '../../../support/phase/engine.ts';

/** Its types say that the class is the `default` of the module; at run time the module is the class. */
const Phase = sdk as unknown as typeof sdk.default;

let engine: PhaseEngine;
let listener: Listener;
beforeAll(async () => {
  engine = await startPhaseEngine();
  listener = await listen(engine.engine.handle, { host: '127.0.0.1', port: 0, clock: nodeClock, log: () => undefined });
  const writer = await engine.token('dev', 'read/write');
  const secrets = { PLAIN: 'value', MULTI: 'line\nline ü 🔐', URL: 'https://${PLAIN}/', EMPTY: '' };
  expect((await engine.send(writer, 'POST /configs/config/secrets', { body: { secrets } })).status).toBe(200);
});
afterAll(async () => {
  await listener.close();
  await engine.close();
});

async function client(token: string) {
  const phase = new Phase(token, listener.url);
  await phase.init();
  return phase;
}

test.each(['account', 'user'] as const)('a token of the %s opens its apps and reads every value', async (whose) => {
  const phase = await client(engine.tokens[whose]);
  expect(phase.apps.map(({ id, name }) => [id, name])).toEqual([[engine.app, 'app']]);
  const found = await phase.get({ appId: engine.app, envName: 'Development' });
  expect(Object.fromEntries(found.map(({ key, value }) => [key, value]))).toEqual({
    PLAIN: 'value',
    MULTI: 'line\nline ü 🔐',
    URL: 'https://value/',
    EMPTY: '',
  });
  expect(found[0]).toMatchObject({ path: '/', tags: [], version: 1, comment: '' });
});

test('one key is read by its digest', async () => {
  const phase = await client(engine.tokens.account);
  const found = await phase.get({ appId: engine.app, envName: 'Development', key: 'PLAIN' });
  expect(found.map(({ key, value }) => [key, value])).toEqual([['PLAIN', 'value']]);
});

describe('what the SDK writes', () => {
  const at = { envName: 'Development' };
  const place = () => ({ appId: engine.app, ...at });
  const find = async (phase: Awaited<ReturnType<typeof client>>, key: string, path?: string) =>
    (await phase.get({ ...place(), key, ...(path !== undefined && { path }) }))[0];
  const doppler = async (name: string) => {
    const reply = await engine.send(await engine.token('dev'), `GET /configs/config/secret?name=${name}`);
    return reply.body['value'] as Record<string, unknown>;
  };

  test('is created, read, updated and deleted, and Doppler’s side has it each time', async () => {
    const phase = await client(engine.tokens.account);
    const secrets = [
      { key: 'MADE', value: 'line\nü 🔐', comment: 'by the SDK', tags: ['sdk'] },
      { key: 'lower_case', value: 'x', comment: '' },
    ];
    await phase.create({ ...place(), secrets });
    const made = await find(phase, 'MADE');
    expect(made).toMatchObject({ key: 'MADE', value: 'line\nü 🔐', comment: 'by the SDK', tags: ['sdk'], version: 1 });
    expect(await doppler('MADE')).toMatchObject({ raw: 'line\nü 🔐', note: 'by the SDK', rawVisibility: 'masked' });
    expect((await find(phase, 'lower_case'))?.key).toBe('LOWER_CASE');
    await phase.update({ ...place(), secrets: [{ id: made?.id ?? '', key: 'MADE', value: 'new', comment: 'c' }] });
    expect(await find(phase, 'MADE')).toMatchObject({ id: made?.id, value: 'new', comment: 'c', tags: [], version: 2 });
    expect((await doppler('MADE'))['computed']).toBe('new');
    await phase.delete({ ...place(), secretIds: [made?.id ?? ''] });
    expect(await phase.get({ ...place(), key: 'MADE' })).toEqual([]);
    expect((await doppler('MADE'))['computed']).toBeNull();
  });

  test('in folders, with references that the SDK and the engine resolve alike', async () => {
    const phase = await client(engine.tokens.account);
    const secrets = [
      { key: 'DB_HOST', value: 'db.example', comment: '', path: '/backend' },
      { key: 'DB_URL', value: 'postgres://${/backend/DB_HOST}/${PLAIN}', comment: '', path: '/' },
      { key: 'FAR', value: '${Production.REGION}', comment: '' },
    ];
    await phase.create({
      appId: engine.app,
      envName: 'Production',
      secrets: [{ key: 'REGION', value: 'eu', comment: '' }],
    });
    await phase.create({ ...place(), secrets });
    expect((await phase.get({ ...place(), path: '/backend' })).map(({ key, path }) => [key, path])).toEqual([
      ['DB_HOST', '/backend'],
    ]);
    const wanted = { DB_URL: 'postgres://db.example/value', FAR: 'eu' };
    for (const [key, value] of Object.entries(wanted)) {
      expect((await find(phase, key))?.value).toBe(value);
      expect((await doppler(key))['computed']).toBe(value);
    }
  });

  test('a user’s override is his own', async () => {
    const [mine, theirs] = [await client(engine.tokens.user), await client(engine.tokens.account)];
    await theirs.create({ ...place(), secrets: [{ key: 'OWN', value: 'base', comment: '' }] });
    const { id = '' } = (await find(theirs, 'OWN')) ?? {};
    const update = { id, override: { value: 'mine', isActive: true }, comment: '' };
    await mine.update({ ...place(), secrets: [update] });
    expect([(await find(mine, 'OWN'))?.value, (await find(theirs, 'OWN'))?.value]).toEqual(['mine', 'base']);
    await mine.update({ ...place(), secrets: [{ ...update, override: { value: 'mine', isActive: false } }] });
    expect((await find(mine, 'OWN'))?.value).toBe('base');
  });
});

test('a token that was ended logs in no more', async () => {
  const path = `/v1/service-accounts/${engine.accountId}/tokens/`;
  const made = await engine.send(engine.admin, `POST ${path}`, { body: { name: 'short' } });
  const token = String(made.body['token']);
  await client(token);
  expect((await engine.send(engine.admin, `DELETE ${path}${String(made.body['id'])}/`)).status).toBe(204);
  await expect(client(token)).rejects.toBeDefined();
});
