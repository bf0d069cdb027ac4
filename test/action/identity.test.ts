// Signing in by the runner's ID token: fresh for every try, masked before it is used, ended afterwards, never shown.
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
const EXCHANGE = '/v3/auth/oidc';
const ISSUE = '/token';
const TOKEN = `dp.said.${'a'.repeat(40)}`;
const exchanged: Answer = {
  status: 200,
  body: { success: true, token: TOKEN, expires_at: '2026-01-01T00:10:00.000Z' },
};

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

type Rules = { exchange?: (tried: number) => Answer; issue?: (tried: number) => Answer; end?: Answer };

async function signIn(rules: Rules = {}, more: { audience?: string | undefined; env?: Record<string, string> } = {}) {
  const runner = new MemoryRunner({});
  const given: string[] = [];
  const api = await new FakeApi(({ path, query }: Seen, earlier) => {
    runner.calls.push({ what: 'request', text: path });
    if (path === ISSUE) {
      const token = issuer.token({ jti: String(earlier), ...(query['audience'] ? { aud: query['audience'] } : {}) });
      given.push(token);
      return rules.issue?.(earlier) ?? { status: 200, body: { count: 1, value: token } };
    }
    if (path === EXCHANGE) return rules.exchange?.(earlier) ?? exchanged;
    return rules.end ?? { status: 200 };
  }).start();
  stops.push(() => api.stop());
  const env = {
    ACTIONS_ID_TOKEN_REQUEST_URL: `${api.url}${ISSUE}?api-version=2.0`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'request-token',
    ...more.env,
  };
  Object.assign(runner.env, env);
  const wire = { send: nodeSend(), clock: new FakeClock(), random: () => 0.5 };
  const audience = 'audience' in more ? more.audience : 'https://api.example';
  const credential = { identity: IDENTITY, audience };
  const plan = { apiUrl: api.url, credential, network: DIRECT, budgetMs: 60_000 };
  const opened = openSession({ runner, wire }, plan).catch((error: unknown) => error as AppError);
  const session = await opened;
  const everything = [...runner.calls.filter(({ what }) => what !== 'mask').map(({ text }) => text), ...runner.states];
  return { session, runner, api, given, said: everything.join('\n') };
}

const sent = (api: FakeApi, path: string) => api.seen.filter((one) => one.path === path);

test('the audience is asked for, the identity named, and both tokens are masked before they go anywhere', async () => {
  const { session, runner, api, given, said } = await signIn();
  expect(session).toMatchObject({ token: expect.anything() });
  expect(sent(api, ISSUE)[0]).toMatchObject({
    query: { 'api-version': '2.0', audience: 'https://api.example' },
    headers: { authorization: 'Bearer request-token' },
  });
  expect(JSON.parse(sent(api, EXCHANGE)[0]?.body ?? '')).toEqual({ identity: IDENTITY, token: given[0] });
  expect(sent(api, EXCHANGE)[0]?.headers.authorization).toBeUndefined();
  expect(runner.masks).toEqual([given[0], TOKEN]);
  expect(runner.calls.map(({ what, text }) => (what === 'mask' ? 'mask' : text))).toEqual([
    ISSUE,
    'mask',
    EXCHANGE,
    'mask',
  ]);
  expect([said.includes(TOKEN), said.includes(given[0] ?? '')]).toEqual([false, false]);
});

test('without an audience of ours the issuer decides', async () => {
  const { api } = await signIn({}, { audience: undefined });
  expect(sent(api, ISSUE)[0]?.query).toEqual({ 'api-version': '2.0' });
});

test('every try of the exchange takes a fresh ID token', async () => {
  const { session, api, given } = await signIn({ exchange: (tried) => (tried < 2 ? { status: 503 } : exchanged) });
  expect(session).toMatchObject({ token: expect.anything() });
  const tokens = sent(api, EXCHANGE).map(({ body }) => (JSON.parse(body) as { token: string }).token);
  expect(tokens).toEqual(given);
  expect(new Set(tokens).size).toBe(3);
});

test('the token service of the runner is asked again after an outage, five times at most', async () => {
  const passing = await signIn({
    issue: (tried) => (tried < 2 ? { status: 503 } : { status: 200, body: { value: issuer.token() } }),
  });
  expect(passing.session).toMatchObject({ token: expect.anything() });
  const lasting = await signIn({ issue: () => ({ status: 502 }) });
  expect(lasting.session).toMatchObject({ code: 'ERR_UNAVAILABLE' });
  expect(sent(lasting.api, ISSUE)).toHaveLength(5);
  expect(sent(lasting.api, EXCHANGE)).toHaveLength(0);
});

test.each([401, 403])(
  'a refusal with %d shows the claims that a trust policy compares, and never the token',
  async (status) => {
    const refused = { status, body: { messages: ['no such identity'], success: false } };
    const { session, runner, given, said } = await signIn({ exchange: () => refused });
    expect(session).toBeInstanceOf(AppError);
    expect((session as AppError).line).toContain('ID token of this job');
    expect(runner.said('info')).toEqual([
      'The ID token of this job says the following; an identity that is to let it in must allow it:',
      `iss: ${issuer.issuer}`,
      'aud: https://api.example',
      'sub: repo:octo/hello:ref:refs/heads/main',
      'repository: octo/hello',
      'event_name: push',
    ]);
    for (const part of given[0]?.split('.').slice(1) ?? [])
      expect(said + (session as AppError).line).not.toContain(part);
    expect(runner.calls.filter(({ text }) => text === EXCHANGE)).toHaveLength(1);
  },
);

test('a far side that repeats the token in its answer does not get it into the log', async () => {
  const { session, given } = await signIn({
    exchange: () => ({ status: 401, body: { messages: [`bad: ${given401()}`], success: false } }),
  });
  expect((session as AppError).line).toContain('[token]');
  expect((session as AppError).line).not.toContain(given[0]?.split('.')[2] ?? 'none');
});
/** The token that the issuer gives first: keys sign anew, so only head and body are known. */
const given401 = () => issuer.token({ jti: '0', aud: 'https://api.example' });

test.each(['ACTIONS_ID_TOKEN_REQUEST_URL', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN'])(
  'without %s the missing permission is named and nothing is asked',
  async (name) => {
    const { session, api } = await signIn({}, { env: { [name]: '' } });
    expect((session as AppError).line).toMatch(/may not ask for an ID token.*id-token: write/);
    expect(api.asked).toEqual([]);
  },
);

test.each([
  ['no token at all', { status: 200, body: {} }],
  ['something that is no JWT', { status: 200, body: { value: 'one.two' } }],
  ['a token of a megabyte', { status: 200, body: { value: `${'a'.repeat(1_000_000)}.b.c` } }],
])('%s from the token service is never sent on', async (_, answer) => {
  const { session, api } = await signIn({ issue: () => answer });
  expect(session).toMatchObject({ code: 'ERR_CONTRACT' });
  expect(sent(api, EXCHANGE)).toEqual([]);
});

test('ending the session ends its token; one that cannot be ended is one sentence', async () => {
  const good = await signIn();
  if (good.session instanceof AppError) throw good.session;
  expect(await good.session.end(1000)).toBe('');
  expect(JSON.parse(sent(good.api, '/v3/auth/revoke')[0]?.body ?? '')).toEqual({ token: TOKEN });
  const bad = await signIn({ end: { status: 400, body: { messages: [`no ${TOKEN}`], success: false } } });
  if (bad.session instanceof AppError) throw bad.session;
  const said = await bad.session.end(1000);
  expect(said).toMatch(/^The token of this job could not be ended\. /);
  expect(said).not.toContain(TOKEN);
});

test('a token that was given is masked and left alone', async () => {
  const runner = new MemoryRunner({});
  const wire = { send: () => Promise.reject(new Error('nothing is sent')), clock: new FakeClock(), random: () => 0 };
  const plan = { apiUrl: 'https://x', credential: { token: new Sensitive('t-1') }, network: DIRECT, budgetMs: 1 };
  const session = await openSession({ runner, wire }, plan);
  expect([await session.end(1), runner.masks]).toEqual(['', ['t-1']]);
});
