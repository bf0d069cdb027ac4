// OIDC for Phase's clients: an issuer's token in, a token of their own form out, under every rule of the identity.
import { endTokenRequest, exchangeRequest, readExchange } from '#contract/phase/sign-in.js';
import { readToken } from '#contract/phase/token.js';
import { Sensitive } from '#core/sensitive.js';
import { auditRows } from '../../../support/audit.ts';
import { field, type PeopleEngine, startPeopleEngine } from '../../../support/people.ts';
import { startTestEngine } from '../../../support/engine.ts';

const AUTH = '/identities/external/v1/oidc/auth/';
const REFUSED = 'The OIDC token was not accepted for this identity.';

let engine: PeopleEngine;
let account: string;
let identity: string;
let tries = 0;
beforeAll(async () => {
  engine = await startPeopleEngine();
  account = await engine.serviceAccount('ci');
  await engine.member('service_account', account, 'collaborator');
  identity = await engine.identity(account);
  const dynamic = { project: 'app', config: 'dev', name: 'DB', kind: 'postgres', integration: 'pg' };
  await engine.ok(engine.admin, 'POST /configs/config/dynamic_secrets', dynamic);
}, 60_000);
beforeEach(() => {
  engine.issuer.clock.time = engine.now();
});
afterAll(() => engine.close());

const jwt = (claims: object = {}) => engine.issuer.token({ jti: `phase-${(tries += 1)}`, ...claims });
const signIn = (body: object, path = AUTH) => engine.send(undefined, `POST ${path}`, { body });
const asked = (more: object = {}) => ({ account: { type: 'service', id: identity }, oidc: { jwt: jwt() }, ...more });
type Told = { tokenType: string; token: string; bearerToken: string; TTL: number; maxTTL: number };
const authentication = async (body: object = asked()): Promise<Told> => {
  const reply = await signIn(body);
  expect([reply.status, reply.text]).toEqual([200, expect.any(String)]);
  return reply.body['authentication'] as Told;
};
const appId = async () => (await engine.store.read.findProject({ name: 'app' }))?.id ?? '';
const denials = async () => {
  const rows = await auditRows(engine.store);
  return rows.filter(({ action, outcome }) => action === 'identity.exchange' && outcome === 'denied');
};

test('a good token becomes one of its account in the envelope of Phase, that reads, leases and opens its keys', async () => {
  const reply = await signIn(asked());
  expect([reply.status, reply.headers.get('cache-control'), reply.body]).toEqual([
    200,
    'no-store',
    {
      authentication: {
        tokenType: 'ServiceAccount',
        token: expect.stringMatching(/^pss_service:v2(?::[0-9a-f]{64}){4}$/),
        bearerToken: expect.stringMatching(/^ServiceAccount [0-9a-f]{64}$/),
        TTL: 900,
        maxTTL: 900,
      },
    },
  ]);
  const { token, bearerToken } = reply.body['authentication'] as Told;
  expect(`ServiceAccount ${readToken(token)?.bearer.reveal()}`).toBe(bearerToken);
  const at = `app_id=${await appId()}&env=development`;
  expect((await engine.send(bearerToken, `GET /v1/secrets/?${at}`)).status).toBe(200);
  const leased = await engine.send(bearerToken, `GET /v1/secrets/dynamic/?${at}&lease=true`);
  expect([leased.status, leased.text]).toEqual([200, expect.stringContaining('"credentials":[{')]);
  const keys = await engine.send(bearerToken, 'GET /service/secrets/tokens/');
  expect(keys.body).toMatchObject({ account_id: account, apps: [{ name: 'app' }] });
  expect((await engine.send(bearerToken, 'GET /me')).body).toMatchObject({ type: 'service_account_identity' });
});

test.each(['/service/public', '/public', '/service', ''])('it is the same below %p, slashed or not', async (mount) => {
  for (const path of [AUTH, AUTH.slice(0, -1)]) expect((await signIn(asked(), mount + path)).status).toBe(200);
});

test('an account is named by its own id, by that of an identity, or the identity is named apart', async () => {
  for (const named of [{ account: { type: 'service', id: account } }, { account: { id: identity } }, { identity }]) {
    const { bearerToken } = await authentication({ oidc: { jwt: jwt() }, ...named });
    const me = await engine.send(bearerToken, 'GET /me');
    expect(me.body).toMatchObject({ principal: { slug: account } });
  }
});

test('of several identities of one account the one that fits is taken', async () => {
  const several = await engine.serviceAccount('several');
  await engine.identity(several, { claims: { sub: ['repo:octo/other:ref:refs/heads/main'] }, ttl: 600 });
  await engine.identity(several, { ttl: 1200 });
  expect(await authentication(asked({ account: { id: several } }))).toMatchObject({ TTL: 1200, maxTTL: 1200 });
  const stranger = engine.issuer.token({ jti: `phase-${(tries += 1)}`, iss: 'https://elsewhere.example' });
  const refused = await signIn({ account: { id: several }, oidc: { jwt: stranger } });
  expect(refused.status).toBe(401);
});

test('the token may come in base64, as that of Azure does', async () => {
  const encoded = Buffer.from(jwt()).toString('base64');
  expect((await authentication({ identity, oidc: { jwt: encoded } })).TTL).toBe(900);
});

test('a shorter life is given as it is asked for, a longer one than the identity has is refused and audited', async () => {
  const { TTL, maxTTL, bearerToken } = await authentication(asked({ tokenRequest: { ttl: 120 } }));
  expect([TTL, maxTTL]).toEqual([120, 900]);
  const before = (await denials()).length;
  const refused = await signIn(asked({ tokenRequest: { ttl: 901 } }));
  expect([refused.status, refused.body]).toEqual([400, { error: expect.stringContaining('900 seconds') }]);
  expect((await denials()).slice(before).map(({ detail }) => detail)).toEqual(['{"reason":"ttl"}']);
  engine.advance(121_000);
  engine.issuer.clock.time = engine.now();
  expect((await engine.send(bearerToken, 'GET /me')).status).toBe(401);
});

test.each([
  ['no fields', {}],
  ['another kind of account', { account: { type: 'user', id: 'x' }, oidc: { jwt: 'a.b.c' } }],
  ['an id that is no UUID', { account: { id: 'x' }, oidc: { jwt: 'a.b.c' } }],
  ['nobody named', { oidc: { jwt: 'a.b.c' } }],
  ['text in place of a token', { identity: '00000000-0000-4000-8000-000000000000', oidc: { jwt: '!!' } }],
  ['no time', { identity: 'x', oidc: { jwt: 'a.b.c' }, tokenRequest: { ttl: 0 } }],
  ['a time in words', { identity: 'x', oidc: { jwt: 'a.b.c' }, tokenRequest: { ttl: '60' } }],
])('%s is a mistake of the request', async (_, body) => {
  const { status, body: said } = await signIn(body);
  expect([status, said]).toEqual([400, { error: expect.any(String) }]);
});

test('whatever else is wrong has one face, and what failed is in the audit log alone', async () => {
  const before = (await denials()).length;
  const wrong = [
    { ...asked(), oidc: { jwt: jwt({ aud: 'https://other.example' }) } },
    { ...asked(), oidc: { jwt: jwt({ sub: 'repo:octo/evil:ref:refs/heads/main' }) } },
    { ...asked(), oidc: { jwt: jwt({ event_name: 'pull_request_target' }) } },
    { ...asked(), oidc: { jwt: engine.issuer.forged({ alg: 'HS256' }, 'guess') } },
    { ...asked(), account: { id: '00000000-0000-4000-8000-000000000000' } },
  ];
  for (const body of wrong) {
    const reply = await signIn(body);
    expect([reply.status, reply.body]).toEqual([401, { error: expect.stringContaining(REFUSED) }]);
  }
  // The last names nobody, and strangers must not fill the log.
  expect((await denials()).length).toBe(before + 4);
});

test('an identity that takes a token once takes it once in both dialects together', async () => {
  const once = await engine.identity(account, { single_use: true });
  const token = jwt();
  expect((await engine.exchange(once, token)).status).toBe(200);
  expect((await signIn({ identity: once, oidc: { jwt: token } })).status).toBe(401);
});

test.each(['token', 'bearerToken'] as const)('who has the %s may end it, and again', async (form) => {
  const told = await authentication();
  for (let n = 0; n < 2; n++) {
    expect((await engine.send(undefined, 'POST /auth/revoke', { body: { token: told[form] } })).status).toBe(200);
  }
  expect((await engine.send(told.bearerToken, 'GET /me')).status).toBe(401);
});

test('a token ends itself where it was got, and its leases live on', async () => {
  const { bearerToken } = await authentication();
  const lease = await engine.send(bearerToken, `GET /v1/secrets/dynamic/?app_id=${await appId()}&env=dev&lease=true`);
  const [{ lease: made } = {}] = lease.body as unknown as { lease: { id: string } }[];
  expect((await engine.send(bearerToken, `DELETE ${AUTH}`)).status).toBe(204);
  expect((await engine.send(bearerToken, `DELETE ${AUTH}`)).status).toBe(401);
  expect(engine.minting.held.get(made?.id ?? '')?.state).toBe('active');
  const other = await engine.send(engine.tokens.owner, `DELETE ${AUTH}`);
  expect([other.status, (await engine.send(engine.tokens.owner, 'GET /me')).status]).toEqual([400, 200]);
});

test.each(['identity', 'account'])(
  'what our own client sends with the id of the %s is taken, read and ended',
  async (of) => {
    const asking = exchangeRequest(of === 'identity' ? identity : account, new Sensitive(jwt()));
    const reply = await engine.send(undefined, `${asking.method} ${asking.target}`, {
      body: JSON.parse(asking.body ?? ''),
    });
    const [bearer] = readExchange(reply.body);
    expect((await engine.send(bearer.reveal(), 'GET /me')).status).toBe(200);
    const ending = endTokenRequest();
    expect((await engine.send(bearer.reveal(), `${ending.method} ${ending.target}`)).status).toBe(204);
    expect((await engine.send(bearer.reveal(), 'GET /me')).status).toBe(401);
  },
);

test('it goes with its identity, and no list of tokens of the account names it', async () => {
  const doomed = await engine.identity(account);
  const { bearerToken } = await authentication({ identity: doomed, oidc: { jwt: jwt() } });
  const home = `/workplace/service_accounts/service_account/${account}`;
  expect((await engine.ok(engine.admin, `GET ${home}/tokens`))['api_tokens']).toEqual([]);
  await engine.ok(engine.admin, `DELETE ${home}/identities/identity/${doomed}`);
  expect((await engine.send(bearerToken, 'GET /me')).status).toBe(401);
});

test('a dump that is restored brings no exchanged token back to life, whatever its form', async () => {
  const [mine, theirs] = [await authentication(), field((await engine.exchange(identity, jwt())).body, 'token')];
  const event = { at: engine.now(), actor: 'engine', action: 'restore', target: 'engine', outcome: 'ok' } as const;
  await engine.store.write.markRestored({ at: engine.now(), engineId: 'restored', hold: false, event });
  for (const token of [mine.bearerToken, theirs]) expect((await engine.send(token, 'GET /me')).status).toBe(401);
});

test('without our extensions there is no such address', async () => {
  const bare = await startTestEngine({ extensions: 'off' });
  expect((await bare.send(undefined, `POST ${AUTH}`, { body: {} })).status).toBe(404);
  expect((await bare.send(undefined, `DELETE ${AUTH}`)).status).toBe(404);
  await bare.close();
});

test('strangers at one address are slowed down', async () => {
  const slow = await startTestEngine({ plan: 'developer' });
  const statuses: number[] = [];
  for (let n = 0; n < 400 && !statuses.includes(429); n++) {
    statuses.push((await slow.send(undefined, `POST ${AUTH}`, { body: {} })).status);
  }
  expect([statuses[0], statuses.at(-1)]).toEqual([400, 429]);
  await slow.close();
});
