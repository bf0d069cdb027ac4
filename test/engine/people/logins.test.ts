// Login of a command line: pending until somebody approves the short code, picked up once, and rolled or ended later.
import { field, type PeopleEngine, startPeopleEngine } from '../../support/people.ts';

let engine: PeopleEngine;
beforeAll(async () => {
  engine = await startPeopleEngine();
}, 60_000);
afterAll(() => engine.close());

const post = (path: string, body: unknown) => engine.send(undefined, `POST /auth/cli/${path}`, { body });
async function ask() {
  const { body } = await engine.send(undefined, 'GET /auth/cli/generate/2?hostname=box&version=3&os=linux&arch=x64');
  return { code: field(body, 'code'), polling: field(body, 'polling_code'), url: field(body, 'auth_url') };
}
const poll = (code: string) => post('authorize', { code });

test('a login is pending until it is approved, and then has what the command line stores', async () => {
  const { code, polling, url } = await ask();
  expect(Buffer.from(polling, 'base64url')).toHaveLength(32);
  expect((await engine.send(undefined, `GET ${url.replace('http://engine/v3', '')}`)).text).toContain('login approve');
  expect((await poll(polling)).status).toBe(409);
  expect(
    await engine.engine.people.logins.approveLogin(code.toLowerCase().replace('-', ''), 'viewer@example.com'),
  ).toBe('box');
  const { status, body } = await poll(polling);
  expect([status, body]).toEqual([
    200,
    {
      token: expect.stringMatching(/^dp\.ct\.[a-zA-Z0-9]{43}$/),
      name: 'viewer@example.com',
      dashboard_url: 'http://engine',
    },
  ]);
  const me = (await engine.send(field(body, 'token'), 'GET /me')).body;
  expect(me).toMatchObject({ type: 'cli', name: 'box', principal: { type: 'workplace_user' } });
  expect((await poll(polling)).status).toBe(404);
});

test('neither code is in the store as it is told', async () => {
  const { code, polling } = await ask();
  const hashes = JSON.stringify(await engine.store.read.listDataKeys({}));
  expect(hashes).not.toContain(polling);
  await expect(engine.engine.people.logins.approveLogin(polling, 'viewer@example.com')).rejects.toMatchObject({
    code: 'ERR_NOT_FOUND',
  });
  expect((await poll(code)).status).toBe(404);
});

test('a code is good for ten minutes', async () => {
  const { code, polling } = await ask();
  engine.advance(600_000);
  expect((await poll(polling)).status).toBe(404);
  await expect(engine.engine.people.logins.approveLogin(code, 'viewer@example.com')).rejects.toMatchObject({
    code: 'ERR_NOT_FOUND',
  });
});

test('ten wrong codes end every login that waits', async () => {
  const { code, polling } = await ask();
  const { logins } = engine.engine.people;
  for (let n = 0; n < 10; n++) {
    await expect(logins.approveLogin(`AAAA-AAA${n}`, 'viewer@example.com')).rejects.toThrow('No login waits');
  }
  await expect(logins.approveLogin(code, 'viewer@example.com')).rejects.toThrow('No login waits');
  expect((await poll(polling)).status).toBe(409);
});

test('a refused login is told so once, as the command line prints it', async () => {
  const { code, polling } = await ask();
  await engine.ok(engine.admin, 'POST /auth/cli/approve', { code });
  expect((await poll(polling)).body).toEqual({ error: 'The login was refused.' });
});

test('only the admin token approves, for it lets somebody act as a user', async () => {
  const { code } = await ask();
  for (const token of [engine.tokens.owner, engine.tokens.viewer, engine.tokens.scim]) {
    const body = { code, user: 'viewer@example.com' };
    expect((await engine.send(token, 'POST /auth/cli/approve', { body })).status).toBe(403);
  }
});

test('only so many logins wait at once', async () => {
  engine.advance(600_000);
  for (let n = 0; n < 1000; n++) await engine.engine.people.logins.ask('box');
  const full = await engine.send(undefined, 'GET /auth/cli/generate/2?hostname=box');
  expect([full.status, full.headers.get('retry-after')]).toEqual([429, '60']);
  engine.advance(600_000);
  expect((await engine.send(undefined, 'GET /auth/cli/generate/2')).status).toBe(200);
}, 60_000);

test('a token is rolled in one step: the new one is good and the old one is not', async () => {
  const old = engine.tokens.collab;
  const rolled = field((await post('roll', { token: old })).body, 'token');
  expect((await engine.send(old, 'GET /me')).status).toBe(401);
  expect((await engine.send(rolled, 'GET /me')).body).toMatchObject({ type: 'cli', name: 'laptop' });
  expect((await post('roll', { token: old })).status).toBe(401);
  expect((await post('roll', { token: engine.tokens.viewer })).status).toBe(401);
  expect((await post('revoke', { token: engine.tokens.viewer })).status).toBe(400);
  expect((await post('revoke', { token: rolled })).body).toEqual({ success: true });
  expect((await engine.send(rolled, 'GET /me')).status).toBe(401);
});
