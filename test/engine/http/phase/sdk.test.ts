// Phase's own SDK, unchanged, against our engine: it logs in with its token, opens its keys, and decrypts what is there.
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

test('a token that was ended logs in no more', async () => {
  const path = `/v1/service-accounts/${engine.accountId}/tokens/`;
  const made = await engine.send(engine.admin, `POST ${path}`, { body: { name: 'short' } });
  const token = String(made.body['token']);
  await client(token);
  expect((await engine.send(engine.admin, `DELETE ${path}${String(made.body['id'])}/`)).status).toBe(204);
  await expect(client(token)).rejects.toBeDefined();
});
