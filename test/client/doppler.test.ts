// The Doppler client: minting never leaves a second lease behind, revoked means gone, and errors say what to do.
import type { ConnectOptions } from '#client/client.js';
import { connectWith } from '#client/connect.js';
import { nodeSend } from '#client/node-send.js';
import { Sensitive } from '#core/sensitive.js';
import { type Answer, ENGINE, FakeApi, LEASES, type Rule, SECRETS, listAnswer, listed } from '../support/fake-api.ts';
import { FakeClock } from '../support/memory-runner.ts';

const TOKEN = 'dp.st.dev.abcdefghijklmnopqrstuvwxyz0123456789ABCD';
const SCOPE = { project: 'app', config: 'dev' };
const REF = { ...SCOPE, dynamic: 'DB', id: 'l1' };
const EXPIRES = '2026-01-01T00:30:00.000Z';
const leased: Answer = { status: 200, body: { success: true, id: 'l1', expires_at: EXPIRES, value: { DB_URL: 'u' } } };
const cut: Answer = (_, response) => response.socket?.destroy();
const problem = (status: number, message: string): Answer => ({ status, body: { messages: [message] } });

const started: FakeApi[] = [];
afterEach(async () => {
  for (const api of started.splice(0)) await api.stop();
});

async function far(rule: Rule, more: Partial<ConnectOptions> = {}) {
  const api = await new FakeApi(rule).start();
  started.push(api);
  const connect = connectWith({ send: nodeSend(), clock: new FakeClock(), random: () => 0 });
  return { api, client: connect({ apiUrl: api.url, token: new Sensitive(TOKEN), budgetMs: 60_000, ...more }) };
}

const inTurn =
  (...answers: Answer[]): Rule =>
  (_, earlier) =>
    answers[earlier];

function mint(client: Awaited<ReturnType<typeof far>>['client'], setId?: string) {
  const ids: string[] = [];
  const set = setId === undefined ? {} : { setId };
  const onIssued = ({ id }: { id: string }) => void ids.push(id);
  return { ids, lease: client.issueLease({ scope: SCOPE, dynamic: 'DB', ttlSec: 1800, onIssued, ...set }) };
}

const line = async (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: { line: string }) => error.line,
  );

describe('reading', () => {
  test('reads static secrets and sees whether an engine answers', async () => {
    const { api, client } = await far(() => listAnswer({ A: listed('x') }, ENGINE));
    const read = await client.fetchSecrets(SCOPE, ['A']);
    expect(read.engine?.version).toBe('1.0.0');
    expect(read.secrets.map((secret) => secret.name)).toContain('A');
    expect(api.seen[0]?.headers.authorization).toBe(`Bearer ${TOKEN}`);
    expect(api.seen[0]?.query).toMatchObject({ ...SCOPE, secrets: 'A', include_dynamic_secrets: 'false' });
  });

  test('asks in the other header form when told to', async () => {
    const { api, client } = await far(() => listAnswer({}), { authForm: 'basic' });
    expect((await client.fetchSecrets({}, [])).engine).toBeUndefined();
    expect(api.seen[0]?.headers.authorization).toBe(`Basic ${btoa(`${TOKEN}:`)}`);
  });

  test('reads one secret, a download, and who asks', async () => {
    const { client } = await far(({ path }) => {
      if (path.endsWith('/me')) return { status: 200, body: { type: 'service_token', name: 'ci' } };
      if (path.endsWith('/download')) return { status: 200, body: '{"A":"x"}' };
      return { status: 200, body: { name: 'A', value: listed('x') } };
    });
    expect((await client.fetchSecret(SCOPE, 'A')).computed?.reveal()).toBe('x');
    expect((await client.downloadSecrets(SCOPE, 'json')).get('A')?.reveal()).toBe('x');
    expect(await client.me()).toEqual({ type: 'service_token', name: 'ci', slug: '' });
  });
});

describe('minting', () => {
  test('tells the id before it reads the values', async () => {
    const odd: Answer = { status: 200, body: { id: 'l1', expires_at: EXPIRES, value: { DB: { deep: 1 } } } };
    const { client } = await far(() => odd);
    const { ids, lease } = mint(client);
    expect(await line(lease)).toContain('value.DB is not a text');
    expect(ids).toEqual(['l1']);
  });

  test('takes the end from the ttl when the answer names none', async () => {
    const { client } = await far(() => ({ status: 200, body: { id: 'l1', value: {} } }));
    expect((await mint(client).lease).expiresAt).toBe(Date.parse(EXPIRES));
  });

  test('tries again after 429, and it is the same request', async () => {
    const { api, client } = await far(inTurn(problem(429, 'slow'), leased));
    expect((await mint(client).lease).id).toBe('l1');
    expect(api.seen.map((one) => one.query)).toEqual([{}, {}]);
  });

  test.each([
    ['a cut connection', cut],
    ['a 503', problem(503, 'down')],
  ])('never repeats towards a cloud after %s, and says until when a lease may live', async (_, answer) => {
    const { api, client } = await far(inTurn(answer, leased));
    expect(await line(mint(client).lease)).toContain(`A lease of DB may live until ${EXPIRES}`);
    expect(api.seen).toHaveLength(1);
  });

  test('says the same when a cloud answers success that cannot be read', async () => {
    const { client } = await far(() => ({ status: 200, body: '<html>' }));
    expect(await line(mint(client).lease)).toMatch(/web page that is not JSON.*may live until/);
  });

  test.each([400, 401, 403, 404])('says nothing of a lease after a plain %d', async (status) => {
    const { api, client } = await far(() => problem(status, 'no'));
    expect(await line(mint(client).lease)).not.toContain('may live');
    expect(api.seen).toHaveLength(1);
  });

  test.each([
    ['a cut connection', cut],
    ['a 503', problem(503, 'down')],
  ])('repeats towards an engine after %s with the same key and replace', async (_, answer) => {
    const { api, client } = await far(inTurn(answer, problem(429, 'slow'), leased));
    expect((await mint(client, 'k2').lease).id).toBe('l1');
    expect(api.seen.map((one) => one.query['replace'])).toEqual([undefined, 'true', 'true']);
    expect(new Set(api.seen.map((one) => one.headers['idempotency-key']))).toEqual(new Set(['k2.DB']));
    expect(new Set(api.seen.map((one) => one.headers['x-secrets-lease-set']))).toEqual(new Set(['k2']));
  });
});

describe('an error of the engine itself', () => {
  const ofEngine = (status: number): Answer => ({ status, headers: ENGINE, body: { messages: ['no login'] } });

  test.each([500, 502, 503, 504])('leaves no doubt about a lease: %d', async (status) => {
    const { client } = await far(() => ofEngine(status));
    const text = await line(mint(client).lease);
    expect(text).toContain(`(${status}: no login)`);
    expect(text).not.toContain('may live');
  });

  test('is final where it is a verdict, and tried again with the same key and replace where it may pass', async () => {
    const verdict = await far(() => ofEngine(502));
    expect(await line(mint(verdict.client, 'k2').lease)).toContain('no login');
    expect(verdict.api.seen).toHaveLength(1);
    const outage = await far(inTurn(ofEngine(503), problem(429, 'slow'), leased));
    expect((await mint(outage.client, 'k2').lease).id).toBe('l1');
    expect(outage.api.seen.map((one) => one.query['replace'])).toEqual([undefined, 'true', 'true']);
    const proxy = await far(inTurn(problem(502, 'bad gateway'), leased));
    expect((await mint(proxy.client, 'k2').lease).id).toBe('l1');
  });
});

describe('revoking', () => {
  test.each([200, 204, 410])('counts %d as gone', async (status) => {
    const { api, client } = await far(() => ({ status }));
    await client.revokeLease(REF);
    expect(api.asked).toEqual([`DELETE ${LEASES}/lease`]);
    expect(api.seen[0]?.query).toEqual({ ...SCOPE, dynamic_secret: 'DB', slug: 'l1' });
  });

  test('counts 202 as left: the engine has taken the revoke, and the credential may still work', async () => {
    const body = { success: true, state: 'revoke_failed', credential_valid_until: EXPIRES };
    const { api, client } = await far(() => ({ status: 202, body }));
    expect(await line(client.revokeLease(REF))).toBe(
      'Lease l1 of DB is being revoked and not gone yet. The service goes on by itself.',
    );
    expect(api.seen).toHaveLength(1);
  });

  test('counts 404 as gone only while the config can be read', async () => {
    const readable = await far(({ method }) => (method === 'GET' ? listAnswer({}) : problem(404, 'none')));
    await readable.client.revokeLease(REF);
    expect(readable.api.asked).toEqual([`DELETE ${LEASES}/lease`, `GET ${SECRETS}`]);
    const closed = await far(() => problem(404, 'none'));
    expect(await line(closed.client.revokeLease(REF))).toContain(
      'could not revoke lease l1 of DB: there is no such thing (404: none)',
    );
  });

  test('never counts 404 as gone for a lease that a person named', async () => {
    const { api, client } = await far(({ method }) => (method === 'GET' ? listAnswer({}) : problem(404, 'none')));
    await expect(client.revokeLease({ ...REF, byHand: true })).rejects.toMatchObject({ code: 'ERR_NOT_FOUND' });
    expect(api.asked).toEqual([`DELETE ${LEASES}/lease`]);
  });

  test('tries a revoke again after an outage', async () => {
    const { client } = await far(inTurn(cut, problem(503, 'down'), { status: 200 }));
    await client.revokeLease(REF);
  });

  test('ends a set with the handle alone, and leaves out what never was', async () => {
    const entry = (id: string, state: string) => ({ id, dynamic_secret: 'DB', state, expires_at: EXPIRES });
    const leases = [entry('l1', 'revoked'), entry('l2', 'aborted')];
    const { api, client } = await far(() => ({ status: 202, body: { success: true, leases, revoked: 1, left: 0 } }));
    const outcome = await client.revokeSet(new Sensitive('k1'));
    expect(outcome.leases.map((lease) => lease.id)).toEqual(['l1']);
    expect(api.seen[0]?.headers).toMatchObject({ 'x-secrets-lease-handle': 'k1' });
    expect(api.seen[0]?.headers.authorization).toBeUndefined();
  });

  test('needs a token for everything else', async () => {
    const { client } = await far(() => ({ status: 200 }), { token: undefined });
    expect(await line(client.me())).toContain('no token');
  });
});

describe('errors', () => {
  test.each([
    [400, 'ERR_REQUEST_INVALID', /refused to read the secrets of app\/dev \(400: why\)/],
    [401, 'ERR_UNAUTHENTICATED', /did not accept the service token \(401: why\).*expired/],
    [403, 'ERR_ACCESS_DENIED', /The service token may not read the secrets of app\/dev \(403: why\)/],
    [404, 'ERR_NOT_FOUND', /could not read .*there is no such thing \(404: why\).*Check the names/],
    [307, 'ERR_CONTRACT', /redirect/],
    [409, 'ERR_CONFLICT', /present state/],
    [418, 'ERR_CONTRACT', /does not have \(418: why\)/],
    [429, 'ERR_RATE_LIMITED', /turns requests away/],
    [500, 'ERR_UNAVAILABLE', /failed to read the secrets of app\/dev \(500: why\)/],
  ])('explains %d', async (status, code, text) => {
    const { client } = await far(() => problem(status, 'why'));
    const read = client.fetchSecrets(SCOPE, []);
    await expect(read).rejects.toMatchObject({ code });
    expect(await line(read)).toMatch(text);
  });

  test('shows what the far side says on one line, without the token or any other', async () => {
    const said = `bad ${TOKEN}\n::set-output name=x::y and dp.pt.${'a'.repeat(40)}`;
    const { client } = await far(() => problem(401, said));
    const text = await line(client.fetchSecrets({}, []));
    expect(text).toContain('bad [token] ::set-output name=x::y and [token]');
    expect(text).not.toMatch(/\n|dp\.|abcdefgh/);
  });

  test.each([
    ['<html>login</html>', 'a web page'],
    ['', 'nothing'],
    ['secret-text', 'something'],
  ])('does not quote %p', async (body, kind) => {
    const { client } = await far(() => (_, response) => response.end(body));
    const text = await line(client.fetchSecrets(SCOPE, []));
    expect(text).toContain(`answered with ${kind} that is not JSON (200)`);
    expect(text).not.toContain('secret-text');
  });

  test('says how long a rate limit lasts', async () => {
    const { client } = await far(() => ({ status: 429, headers: { 'retry-after': '30' } }), { budgetMs: 5000 });
    expect(await line(client.fetchSecrets(SCOPE, []))).toContain('It asks to wait 30 s.');
  });
});
