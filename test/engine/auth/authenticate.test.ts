// Tokens: both header forms open the same door, and a token that was ended or has run out opens none.
import { readAuthorization } from '#engine/auth/authenticate.js';
import {
  newAccountToken,
  newPhaseToken,
  newServiceToken,
  newToken,
  TOKEN_KINDS,
  tokenKind,
  tokenPreview,
} from '#engine/auth/token-format.js';
import { startTestEngine, type TestEngine } from '../../support/engine.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.close());

const base64 = (text: string) => Buffer.from(text).toString('base64');
const me = (authorization: string) => engine.send(undefined, 'GET /me', { headers: { authorization } });

test('a token is taken as Bearer, as Basic user name, and as bare Basic', async () => {
  const token = await engine.token('dev');
  for (const header of [`Bearer ${token}`, `bearer  ${token}`, `Basic ${base64(`${token}:`)}`, `Basic ${token}`]) {
    expect((await me(header)).status).toBe(200);
  }
});

test.each([
  '',
  'Bearer',
  'Basic',
  `Bearer ${'x'.repeat(5000)}`,
  'Digest abc',
  `Basic ${base64('user:pass')}`,
  'Basic ====',
])('the header %# is nobody', (header) => {
  expect(readAuthorization(header)).toBeUndefined();
});

test('a token of Phase is taken with its type, which is case-sensitive, and previews to nothing that opens', () => {
  const token = newPhaseToken('service_account');
  const bearer = token.reveal().replace('ServiceAccount ', '');
  expect(bearer).toMatch(/^[a-f0-9]{64}$/);
  for (const header of [`Bearer ServiceAccount ${bearer}`, `bearer  ServiceAccount  ${bearer} `]) {
    expect(readAuthorization(header)).toBe(token.reveal());
  }
  expect(tokenKind(`User ${bearer}`)).toBe('personal');
  for (const odd of ['serviceaccount', 'Service', 'Robot', '']) {
    expect(readAuthorization(`Bearer ${odd} ${bearer}`)).toBeUndefined();
  }
  expect(readAuthorization(`Bearer ServiceAccount ${bearer.slice(1)}`)).toBeUndefined();
  expect(tokenPreview(token)).toBe(`ServiceAccount...${bearer.slice(-6)}`);
});

test('tokens have the forms of Doppler, and a preview that does not open anything', () => {
  for (let n = 0; n < 50; n++) {
    const token = newServiceToken('dev_personal').reveal();
    expect(token).toMatch(/^dp\.st\.dev_personal\.[a-zA-Z0-9]{43}$/);
    expect(tokenKind(newAccountToken().reveal())).toBe('service_account');
  }
  expect(newServiceToken('x'.repeat(60)).reveal()).toMatch(/^dp\.st\.[a-zA-Z0-9]{43}$/);
  const token = newServiceToken('dev');
  expect(tokenPreview(token)).toBe(`dp.st.dev...${token.reveal().slice(-6)}`);
});

test.each([
  ['cli', 'ct'],
  ['personal', 'pt'],
  ['service_account', 'sa'],
  ['service_account_identity', 'said'],
  ['scim', 'scim'],
  ['audit', 'audit'],
] as const)('a token of kind %s starts with dp.%s and is no other kind', (kind, prefix) => {
  const token = newToken(kind);
  expect(token.reveal()).toMatch(new RegExp(`^dp\\.${prefix}\\.[a-zA-Z0-9]{43}$`));
  expect(tokenKind(token.reveal())).toBe(kind);
  expect(tokenPreview(token)).toBe(`dp.${prefix}...${token.reveal().slice(-6)}`);
  expect(TOKEN_KINDS).toHaveLength(7);
});

test('me says what the token is and not where it belongs', async () => {
  const token = await engine.token('dev');
  const { body } = await engine.send(token, 'GET /me');
  expect(body).toMatchObject({ type: 'service_token', name: 'test', principal: { type: 'service_token' } });
  expect(JSON.stringify(body)).not.toContain('"app"');
  expect((await engine.send(engine.admin, 'GET /me')).body).toMatchObject({ type: 'service_account', name: 'admin' });
});

test('a token is told once, listed without its key, and dead after it is deleted, with its leases', async () => {
  const body = { project: 'app', config: 'dev', name: 'short', access: 'read/write' };
  const made = (await engine.send(engine.admin, 'POST /configs/config/tokens', { body })).body['token'] as {
    key: string;
    slug: string;
  };
  expect((await engine.send(made.key, 'GET /me')).status).toBe(200);
  const list = await engine.send(engine.admin, 'GET /configs/config/tokens?project=app&config=dev');
  expect(list.text).toContain(made.slug);
  expect(list.text).not.toContain(made.key);
  const gone = { project: 'app', config: 'dev', slug: made.slug };
  expect((await engine.send(engine.admin, 'DELETE /configs/config/tokens/token', { body: gone })).status).toBe(200);
  expect((await engine.send(made.key, 'GET /me')).status).toBe(401);
  expect(engine.minting.deletedTokens).toContain(made.slug);
});

test('a token can be deleted by itself, but not through another config', async () => {
  const token = await engine.token('dev');
  const remove = (config: string) =>
    engine.send(engine.admin, 'DELETE /configs/config/tokens/token', { body: { project: 'app', config, token } });
  expect((await remove('stg')).status).toBe(404);
  expect((await engine.send(token, 'GET /me')).status).toBe(200);
  expect((await remove('dev')).status).toBe(200);
  expect((await engine.send(token, 'GET /me')).status).toBe(401);
});

test.each(['unix seconds', 'ISO text'])('an expiry as %s ends the token in time', async (form) => {
  const inAnHour = Date.now() + 3_600_000;
  const expire_at = form === 'ISO text' ? new Date(inAnHour).toISOString() : Math.floor(inAnHour / 1000);
  const body = { project: 'app', config: 'dev', name: 'short', expire_at };
  const made = await engine.send(engine.admin, 'POST /configs/config/tokens', { body });
  const { key } = made.body['token'] as { key: string };
  expect((await engine.send(key, 'GET /me')).status).toBe(200);
  engine.advance(7_200_000);
  expect((await engine.send(key, 'GET /me')).status).toBe(401);
  engine.advance(-7_200_000);
});

test('wrong terms of a token are all named', async () => {
  const body = { project: 'app', config: 'dev', name: 'x', access: 'all', expire_at: 1 };
  const { status, body: answer } = await engine.send(engine.admin, 'POST /configs/config/tokens', { body });
  expect([status, (answer['messages'] as string[]).length]).toEqual([400, 3]);
});

test('a token dies with its config', async () => {
  const branch = { project: 'app', environment: 'dev', name: 'dev_gone' };
  await engine.send(engine.admin, 'POST /configs', { body: branch });
  const token = await engine.token('dev_gone');
  await engine.send(engine.admin, 'DELETE /configs/config?project=app&config=dev_gone');
  expect((await engine.send(token, 'GET /me')).status).toBe(401);
});
