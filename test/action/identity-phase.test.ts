// Signing in where Phase's dialect is spoken: the envelope of its external identities, every token hidden, ended afterwards.
import { openSession } from '#action/session.js';
import { DIRECT } from '#client/network.js';
import { nodeSend } from '#client/node-send.js';
import { AppError } from '#core/errors.js';
import { Sensitive } from '#core/sensitive.js';
import { type Answer, FakeApi, type Seen } from '../support/fake-api.ts';
import { FakeClock, MemoryRunner } from '../support/memory-runner.ts';
import { signingKey, TestIssuer } from '../support/oidc-issuer.ts';

const issuer = new TestIssuer('https://token.actions.githubusercontent.com', signingKey('k', 'ES256'));
const IDENTITY = '0f0c4e3a-6b0e-4a0e-9a51-0d6b1f5a8a11';
const EXCHANGE = '/service/public/identities/external/v1/oidc/auth/';
const WORD = 'b'.repeat(64);
const BEARER = `ServiceAccount ${WORD}`;
const WHOLE = `pss_service:v2:${WORD}:${'1'.repeat(64)}:${'2'.repeat(64)}:${'3'.repeat(64)}`;
const authentication = { tokenType: 'ServiceAccount', token: WHOLE, bearerToken: BEARER, TTL: 600, maxTTL: 3600 };
const OK: Answer = { status: 200, body: { authentication } };

const started: FakeApi[] = [];
afterEach(async () => {
  for (const api of started.splice(0)) await api.stop();
});

async function signIn(answer: (tried: number, method: string) => Answer = () => OK) {
  const runner = new MemoryRunner({});
  const given: string[] = [];
  const api = await new FakeApi(({ path, method }: Seen, earlier) => {
    if (path === '/token') {
      given.push(issuer.token({ jti: String(earlier) }));
      return { status: 200, body: { value: given.at(-1) } };
    }
    return path === EXCHANGE ? answer(earlier, method) : { status: 404 };
  }).start();
  started.push(api);
  runner.env['ACTIONS_ID_TOKEN_REQUEST_URL'] = `${api.url}/token`;
  runner.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] = 'request-token';
  const wire = { send: nodeSend(), clock: new FakeClock(), random: () => 0.5 };
  const credential = { identity: IDENTITY, audience: undefined };
  const plan = { backend: 'phase' as const, apiUrl: api.url, credential, network: DIRECT, budgetMs: 60_000 };
  const session = await openSession({ runner, wire }, plan).catch((error: unknown) => error as AppError);
  return { session, runner, api, given };
}

const sent = (api: FakeApi, path: string) => api.seen.filter((one) => one.path === path);

test('the account is named, the token goes in the envelope without a header, and every answer is hidden', async () => {
  const { session, runner, api, given } = await signIn();
  if (session instanceof AppError) throw session;
  expect(session.token.reveal()).toBe(BEARER);
  expect(JSON.parse(sent(api, EXCHANGE)[0]?.body ?? '')).toEqual({
    account: { type: 'service', id: IDENTITY },
    oidc: { jwt: given[0] },
    tokenRequest: {},
  });
  expect(sent(api, EXCHANGE)[0]?.headers.authorization).toBeUndefined();
  expect(runner.masks).toEqual([given[0], BEARER, WORD, WHOLE]);
});

test('the token is ended with itself, and what failed there is one sentence without it', async () => {
  const { session, api } = await signIn();
  if (session instanceof AppError) throw session;
  expect(await session.end(1000)).toBe('');
  const ended = sent(api, EXCHANGE).at(-1);
  expect([ended?.method, ended?.headers.authorization]).toEqual(['DELETE', `Bearer ${BEARER}`]);
  const bad = await signIn((_, method) => (method === 'DELETE' ? { status: 403, body: { error: `not ${WORD}` } } : OK));
  if (bad.session instanceof AppError) throw bad.session;
  const said = await bad.session.end(1000);
  expect(said).toMatch(/^The token of this job could not be ended\. /);
  expect(said).not.toContain(WORD);
});

test('every try of the exchange takes a fresh ID token', async () => {
  const { session, api, given } = await signIn((tried) => (tried < 2 ? { status: 503 } : OK));
  expect(session).toMatchObject({ token: expect.anything() });
  const tokens = sent(api, EXCHANGE).map(({ body }) => (JSON.parse(body) as { oidc: { jwt: string } }).oidc.jwt);
  expect([tokens, new Set(tokens).size]).toEqual([given, 3]);
});

test.each([401, 403])(
  'a refusal with %d says what the service said, in its dialect, and the claims',
  async (status) => {
    const { session, runner } = await signIn(() => ({
      status,
      body: { error: 'This account trusts another repository.' },
    }));
    expect((session as AppError).line).toContain('This account trusts another repository');
    expect(runner.said('info')).toContain('repository: octo/hello');
  },
);

test.each([404, 405])('where there is no such route (%d) the error says what works there', async (status) => {
  const { session } = await signIn(() => ({ status, body: '<html>Not Found</html>' }));
  expect((session as AppError).line).toMatch(/Phase itself signs nobody in by an ID token.*service account's token/);
});

test.each<[string, unknown]>([
  ['no envelope', {}],
  ['no bearer token', { authentication: { token: WHOLE } }],
  ['a number for one', { authentication: { bearerToken: 5 } }],
])('%s is an error of the contract', async (_, body) => {
  const { session } = await signIn(() => ({ status: 200, body }));
  expect(session).toMatchObject({ code: 'ERR_CONTRACT' });
});

test('of a token that was given, whole or as the REST API has it, every word is hidden that opens something', async () => {
  for (const [text, words] of [
    [WHOLE, [WHOLE, WORD, '1'.repeat(64), '2'.repeat(64), '3'.repeat(64)]],
    [BEARER, [BEARER, WORD]],
  ] as const) {
    const runner = new MemoryRunner({});
    const wire = { send: () => Promise.reject(new Error('nothing is sent')), clock: new FakeClock(), random: () => 0 };
    const plan = { apiUrl: 'https://x', credential: { token: new Sensitive(text) }, network: DIRECT, budgetMs: 1 };
    await openSession({ runner, wire }, plan);
    expect(runner.masks).toEqual(words);
  }
});
