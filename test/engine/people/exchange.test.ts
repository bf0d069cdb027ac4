// OIDC exchange from end to end: an issuer's token in, a short-lived one out, and leases that outlive it.
import { auditRows } from '../../support/audit.ts';
import { AUDIENCE, field, type PeopleEngine, startPeopleEngine } from '../../support/people.ts';

const REFUSED = 'The OIDC token was not accepted for this identity.';
const DYNAMIC = '/configs/config/dynamic_secrets';

let engine: PeopleEngine;
let account: string;
let identity: string;
let tries = 0;
beforeAll(async () => {
  engine = await startPeopleEngine();
  account = await engine.serviceAccount('ci');
  await engine.member('service_account', account, 'viewer');
  identity = await engine.identity(account);
  const dynamic = { project: 'app', config: 'dev', name: 'DB', kind: 'postgres', integration: 'pg' };
  await engine.ok(engine.admin, `POST ${DYNAMIC}`, dynamic);
}, 60_000);
beforeEach(() => {
  engine.issuer.clock.time = engine.now();
});
afterAll(() => engine.close());

const jwt = (claims: object = {}) => engine.issuer.token({ jti: `try-${(tries += 1)}`, ...claims });
const lease = async (token: string) =>
  field(
    await engine.ok(token, `POST ${DYNAMIC}/dynamic_secret/leases?project=app&config=dev`, { dynamic_secret: 'DB' }),
    'id',
  );
const denials = async () => {
  const rows = await auditRows(engine.store);
  return rows.filter(({ action, outcome }) => action === 'identity.exchange' && outcome === 'denied');
};

test('a good token becomes one of its service account, with all that clients ask of the answer', async () => {
  const { status, body } = await engine.exchange(identity, jwt());
  expect([status, body]).toEqual([
    200,
    {
      success: true,
      token: expect.stringMatching(/^dp\.said\.[a-zA-Z0-9]{43}$/),
      expires_at: new Date(engine.now() + 900_000).toISOString(),
      dashboard_url: 'http://engine',
    },
  ]);
  const me = (await engine.send(field(body, 'token'), 'GET /me')).body;
  expect(me).toMatchObject({
    type: 'service_account_identity',
    principal: { type: 'service_account', slug: account },
    token_preview: `dp.said...${field(body, 'token').slice(-6)}`,
  });
  const seen = await engine.ok(
    engine.admin,
    `GET /workplace/service_accounts/service_account/${account}/identities/identity/${identity}`,
  );
  expect(field(seen, 'identity.last_seen_at')).toBe(new Date(engine.now()).toISOString());
});

test('both forms of the subject that GitHub sends are accepted where they are configured', async () => {
  const immutable = 'repo:octo@1/hello@2:ref:refs/heads/main';
  const both = await engine.identity(account, { claims: { sub: ['repo:octo/hello:ref:refs/heads/main', immutable] } });
  for (const sub of ['repo:octo/hello:ref:refs/heads/main', immutable]) {
    expect((await engine.exchange(both, jwt({ sub }))).status).toBe(200);
  }
  expect((await engine.exchange(identity, jwt({ sub: immutable }))).status).toBe(401);
});

test.each([
  ['another audience', { aud: 'https://other.example' }, 'aud'],
  ['another repository', { sub: 'repo:evil/hello:ref:refs/heads/main' }, 'sub'],
  ['an end in the past', { exp: 1_000_000_000, iat: 999_999_000 }, 'exp'],
  ["a stranger's event", { event_name: 'pull_request_target' }, 'event_name'],
])('%s is refused in the one voice, and the audit log knows the claim', async (_, claims, claim) => {
  const before = (await denials()).length;
  const { status, body } = await engine.exchange(identity, jwt(claims));
  expect([status, (body['messages'] as string[])[0]]).toEqual([401, REFUSED]);
  const after = await denials();
  expect(after).toHaveLength(before + 1);
  expect(after.at(-1)?.detail).toContain(`"claim":"${claim}"`);
});

test('an unknown identity is refused like a wrong token, and one that is no UUID is malformed', async () => {
  const unknown = await engine.exchange('3f2504e0-4f89-41d3-9a0c-0305e82c3301', jwt());
  const wrong = await engine.exchange(identity, jwt({ aud: 'x' }));
  expect([unknown.status, unknown.body]).toEqual([401, wrong.body]);
  expect((await engine.exchange('ci', jwt())).status).toBe(400);
  expect((await engine.exchange(identity, 'not.a.token')).body).toEqual(wrong.body);
});

test('a token is exchanged again by Terraform, but once where the identity says so', async () => {
  const again = jwt();
  expect((await engine.exchange(identity, again)).status).toBe(200);
  expect((await engine.exchange(identity, again)).status).toBe(200);
  const once = await engine.identity(account, { single_use: true });
  const used = jwt();
  expect((await engine.exchange(once, used)).status).toBe(200);
  expect((await engine.exchange(once, used)).status).toBe(401);
});

test('the token ends after its lifetime, and its leases do not', async () => {
  const token = field((await engine.exchange(identity, jwt())).body, 'token');
  const id = await lease(token);
  engine.advance(900_000);
  expect((await engine.send(token, 'GET /me')).status).toBe(401);
  expect(engine.minting.held.get(id)).toMatchObject({ state: 'active', owner: account });
});

test('who has the token may end it without a header, twice, and its leases live on', async () => {
  const token = field((await engine.exchange(identity, jwt())).body, 'token');
  const id = await lease(token);
  for (let n = 0; n < 2; n++) {
    const revoked = await engine.send(undefined, 'POST /auth/revoke', { body: { token } });
    expect([revoked.status, revoked.text]).toEqual([200, '']);
  }
  expect((await engine.send(token, 'GET /me')).status).toBe(401);
  expect(engine.minting.held.get(id)?.state).toBe('active');
  const other = await engine.send(undefined, 'POST /auth/revoke', { body: { token: `dp.said.${'x'.repeat(43)}` } });
  expect(other.status).toBe(401);
});

test('the admin token and a service token are not ended like that', async () => {
  for (const token of [engine.admin, engine.tokens.read]) {
    expect((await engine.send(undefined, 'POST /auth/revoke', { body: { token } })).status).toBe(400);
    expect((await engine.send(token, 'GET /me')).status).toBe(200);
  }
});

test('another job of the same identity cannot touch a lease', async () => {
  const [first, second] = [await engine.exchange(identity, jwt()), await engine.exchange(identity, jwt())];
  const id = await lease(field(first.body, 'token'));
  const request = `DELETE ${DYNAMIC}/dynamic_secret/leases/lease?project=app&config=dev&dynamic_secret=DB&slug=${id}`;
  expect((await engine.send(field(second.body, 'token'), request)).status).toBe(403);
  expect((await engine.send(field(first.body, 'token'), request)).status).toBe(200);
});

test('deleting an identity ends its tokens, deleting the account ends its leases as well', async () => {
  const doomed = await engine.serviceAccount('doomed');
  await engine.member('service_account', doomed, 'viewer');
  const [one, two] = [await engine.identity(doomed), await engine.identity(doomed)];
  const first = field((await engine.exchange(one, jwt())).body, 'token');
  const second = field((await engine.exchange(two, jwt())).body, 'token');
  const ids = [await lease(first), await lease(second)];
  const home = `/workplace/service_accounts/service_account/${doomed}`;
  expect((await engine.send(engine.admin, `DELETE ${home}/identities/identity/${one}`)).status).toBe(204);
  expect((await engine.send(first, 'GET /me')).status).toBe(401);
  expect((await engine.send(second, 'GET /me')).status).toBe(200);
  expect(ids.map((id) => engine.minting.held.get(id)?.state)).toEqual(['active', 'active']);
  expect((await engine.send(engine.admin, `DELETE ${home}`)).status).toBe(204);
  expect((await engine.send(second, 'GET /me')).status).toBe(401);
  expect(ids.map((id) => engine.minting.held.get(id)?.state)).toEqual(['revoked', 'revoked']);
  expect((await engine.exchange(two, jwt())).status).toBe(401);
});

test('an identity is answered as terraform decodes it, and kept by the rules', async () => {
  const home = `/workplace/service_accounts/service_account/${account}/identities`;
  const list = await engine.ok(engine.admin, `GET ${home}?page=1&per_page=2`);
  expect(list).toMatchObject({ page: 1, success: true, identities: [{ method: 'oidc' }, { method: 'oidc' }] });
  const { body } = await engine.send(engine.admin, `GET ${home}/identity/${identity}`);
  expect(body).toEqual({
    success: true,
    identity: {
      slug: identity,
      name: 'ci',
      method: 'oidc',
      config: {
        discovery_url: 'https://token.actions.githubusercontent.com',
        claims_type: 'exact',
        claims: { aud: [AUDIENCE], sub: ['repo:octo/hello:ref:refs/heads/main'] },
      },
      ttl_seconds: 900,
      created_at: expect.any(String),
      last_seen_at: expect.any(String),
    },
  });
  const config = { discovery_url: 'http://x', claims_type: 'wildcard', claims: { aud: ['*'], sub: ['*'] } };
  const refused = await engine.send(engine.admin, `POST ${home}`, {
    body: { name: 'x', method: 'oidc', config, ttl_seconds: 1 },
  });
  expect(refused.status).toBe(400);
  expect((refused.body['messages'] as string[]).length).toBeGreaterThan(3);
});
