// Users, groups and service accounts: their answers, and that their end ends what they had.
import { field, type PeopleEngine, startPeopleEngine } from '../../support/people.ts';

let engine: PeopleEngine;
let admin: string;
beforeAll(async () => {
  engine = await startPeopleEngine();
  admin = engine.admin;
}, 60_000);
afterAll(() => engine.close());

const status = async (request: string, body?: unknown) => (await engine.send(admin, request, { body })).status;
const personal = async (user: string) =>
  field(await engine.ok(admin, `POST /workplace/users/${user}/tokens`, { name: 'laptop' }), 'api_key');

test('a user is found by email, exactly one or none', async () => {
  const slug = await engine.user('Ann@Example.com', 'viewer');
  const { body } = await engine.send(admin, 'GET /workplace/users?email=ann@example.com&page=1');
  expect(body).toEqual({
    page: 1,
    success: true,
    workplace_users: [
      {
        id: slug,
        access: 'viewer',
        created_at: expect.any(String),
        user: {
          email: 'ann@example.com',
          name: 'ann@example.com',
          username: 'ann@example.com',
          profile_image_url: null,
        },
      },
    ],
  });
  expect((await engine.ok(admin, 'GET /workplace/users?email=none@example.com'))['workplace_users']).toEqual([]);
  expect(await status('POST /workplace/users', { email: 'ann@example.com' })).toBe(409);
  expect(await status('POST /workplace/users', { email: 'no address' })).toBe(400);
  expect(await status('POST /workplace/users', { email: 'x@example.com', access: 'made-up' })).toBe(400);
  expect(await engine.ok(admin, 'GET /workplace/invites')).toEqual({ page: 1, invites: [], success: true });
});

test('group members are added once, looked up, replaced and taken out', async () => {
  const group = field(await engine.ok(admin, 'POST /workplace/groups', { name: 'crew' }), 'group.slug');
  const [one, two] = [await engine.user('one@example.com'), await engine.user('two@example.com')];
  const home = `/workplace/groups/group/${group}/members`;
  const member = (slug: string) => ({ type: 'workplace_user', slug });
  expect(await status(`POST ${home}`, member(one))).toBe(204);
  expect(await status(`POST ${home}`, member(one))).toBe(409);
  expect(await status(`POST ${home}`, member('nobody'))).toBe(404);
  expect(await status(`GET ${home}/workplace_user/${one}`)).toBe(204);
  expect(await status(`GET ${home}/workplace_user/${two}`)).toBe(404);
  await engine.ok(admin, `PUT ${home}`, { members: [member(two), member(two)] });
  expect((await engine.ok(admin, `GET ${home}?page=1&per_page=10`))['members']).toEqual([member(two)]);
  expect(await status(`PUT ${home}`, { members: [member(one), member('nobody')] })).toBe(404);
  expect((await engine.ok(admin, `GET ${home}`))['members']).toEqual([member(two)]);
  expect(await status(`DELETE ${home}/workplace_user/${two}`)).toBe(204);
  expect(await status(`DELETE ${home}/workplace_user/${two}`)).toBe(404);
  expect(await engine.ok(admin, `GET /workplace/groups/group/${group}`)).toEqual({
    success: true,
    group: {
      name: 'crew',
      slug: group,
      created_at: expect.any(String),
      default_project_role: null,
      workplace_role: { identifier: 'no_access' },
      projects: [],
      members: [],
    },
  });
  expect((await engine.ok(admin, 'GET /workplace/groups?name=crew'))['groups']).toHaveLength(1);
  expect((await engine.ok(admin, 'GET /workplace/groups?name=none'))['groups']).toEqual([]);
  expect(await status(`DELETE /workplace/groups/group/${group}`)).toBe(204);
  expect(await status(`GET /workplace/groups/group/${group}`)).toBe(404);
});

test('a group hands on its workplace role and its projects, and takes them back', async () => {
  const user = await engine.user('grouped@example.com');
  const token = await personal(user);
  const wanted = { name: 'ops', workplace_role: 'viewer', default_project_role: 'viewer' };
  const group = field(await engine.ok(admin, 'POST /workplace/groups', wanted), 'group.slug');
  await engine.ok(admin, 'POST /projects/project/members', { project: 'app', type: 'group', slug: group });
  const see = async () => [
    (await engine.send(token, 'GET /workplace/users')).status,
    (await engine.send(token, 'GET /configs/config/secrets?project=app&config=dev')).status,
  ];
  expect(await see()).toEqual([403, 403]);
  const home = `/workplace/groups/group/${group}/members`;
  expect(await status(`POST ${home}`, { type: 'workplace_user', slug: user })).toBe(204);
  expect(await see()).toEqual([200, 200]);
  expect(await status(`DELETE ${home}/workplace_user/${user}`)).toBe(204);
  expect(await see()).toEqual([403, 403]);
});

test('a removed user has no token, no membership and no lease any more', async () => {
  const user = await engine.user('leaver@example.com');
  await engine.member('workplace_user', user, 'viewer');
  const token = await personal(user);
  const dynamic = { project: 'app', config: 'dev', name: 'DB', kind: 'postgres', integration: 'pg' };
  await engine.ok(admin, 'POST /configs/config/dynamic_secrets', dynamic);
  const place = '/configs/config/dynamic_secrets/dynamic_secret/leases?project=app&config=dev';
  const id = field(await engine.ok(token, `POST ${place}`, { dynamic_secret: 'DB' }), 'id');
  expect(engine.minting.held.get(id)).toMatchObject({ owner: user, state: 'active' });
  expect(await status(`DELETE /workplace/users/${user}`)).toBe(204);
  expect((await engine.send(token, 'GET /me')).status).toBe(401);
  expect(engine.minting.held.get(id)?.state).toBe('revoked');
  expect(await status(`GET /projects/project/members/member/workplace_user/${user}?project=app`)).toBe(404);
  expect(await engine.user('leaver@example.com')).not.toBe(user);
});

test('a token of a user ends alone: the leases are the user', async () => {
  const user = await engine.user('rotating@example.com');
  await engine.member('workplace_user', user, 'viewer');
  const token = await personal(user);
  const place = '/configs/config/dynamic_secrets/dynamic_secret/leases?project=app&config=dev';
  const id = field(await engine.ok(token, `POST ${place}`, { dynamic_secret: 'DB' }), 'id');
  const [listed] = (await engine.ok(admin, `GET /workplace/users/${user}/tokens`))['api_tokens'] as { slug: string }[];
  expect(await status(`DELETE /workplace/tokens/token/${listed?.slug ?? ''}`)).toBe(204);
  expect((await engine.send(token, 'GET /me')).status).toBe(401);
  expect(engine.minting.held.get(id)?.state).toBe('active');
});

test('a service account has a role or permissions of its own, never both', async () => {
  const accounts = '/workplace/service_accounts';
  const made = await engine.ok(admin, `POST ${accounts}`, { name: 'robot' });
  const slug = field(made, 'service_account.slug');
  expect(made).toEqual({
    success: true,
    service_account: {
      slug,
      name: 'robot',
      created_at: expect.any(String),
      workplace_role: {
        name: 'no_access',
        permissions: [],
        identifier: 'no_access',
        created_at: expect.any(String),
        is_custom_role: false,
        is_inline_role: false,
      },
    },
  });
  const one = `${accounts}/service_account/${slug}`;
  const changed = await engine.ok(admin, `PATCH ${one}`, { workplace_role: { permissions: ['team', 'logs'] } });
  expect(changed['service_account']).toMatchObject({
    workplace_role: { permissions: ['logs', 'team'], is_inline_role: true },
  });
  const both = { identifier: 'viewer', permissions: ['team'] };
  expect(await status(`PATCH ${one}`, { workplace_role: both })).toBe(400);
  expect(await status(`PATCH ${one}`, { workplace_role: { permissions: ['made_up'] } })).toBe(400);
  const token = await engine.accountToken(slug);
  expect((await engine.send(token, 'GET /workplace/users')).status).toBe(200);
  expect(await status(`DELETE ${one}`)).toBe(204);
  expect((await engine.send(token, 'GET /me')).status).toBe(401);
  expect(await status(`GET ${one}`)).toBe(404);
});

test('a service account token is told once, expires, and is ended in the words of Doppler', async () => {
  const account = await engine.serviceAccount('expiring', 'viewer');
  const home = `/workplace/service_accounts/service_account/${account}/tokens`;
  const expires_at = new Date(engine.now() + 60_000).toISOString();
  const made = await engine.ok(admin, `POST ${home}`, { name: 'short', expires_at });
  const [key, slug] = [field(made, 'api_key'), field(made, 'api_token.slug')];
  expect(made['api_token']).toEqual({
    name: 'short',
    slug,
    created_at: expect.any(String),
    last_seen_at: null,
    expires_at,
  });
  expect((await engine.send(admin, `GET ${home}`)).text).not.toContain(key);
  expect((await engine.send(key, 'GET /me')).body).toMatchObject({ type: 'service_account', name: 'short' });
  engine.advance(60_000);
  expect((await engine.send(key, 'GET /me')).status).toBe(401);
  expect(await status(`DELETE ${home}/token/${slug}`)).toBe(204);
  const gone = await engine.send(admin, `DELETE ${home}/token/${slug}`);
  expect([gone.status, gone.body['messages']]).toEqual([404, ['Service account API token does not exist']]);
  expect(await status(`POST ${home}`, { name: 'x', expires_at })).toBe(400);
});

test('the built-in admin is no service account that anybody could make a token for', async () => {
  const home = '/workplace/service_accounts/service_account/admin';
  expect(await status(`GET ${home}`)).toBe(404);
  expect(await status(`POST ${home}/tokens`, { name: 'second' })).toBe(404);
  expect(await status(`DELETE ${home}`)).toBe(404);
  expect(JSON.stringify(await engine.ok(admin, 'GET /workplace/service_accounts'))).not.toContain('"admin"');
});

test('when a token was last seen is written behind requests, at most every five minutes', async () => {
  const token = await engine.accountToken(await engine.serviceAccount('seen'));
  const seen = async () => (await engine.send(token, 'GET /me')).body['last_seen_at'];
  expect(await seen()).toBeNull();
  await engine.engine.settled();
  const first = await seen();
  expect(first).toBe(new Date(engine.now()).toISOString());
  engine.advance(299_000);
  await seen();
  await engine.engine.settled();
  expect(await seen()).toBe(first);
  engine.advance(2_000);
  await seen();
  await engine.engine.settled();
  expect(await seen()).toBe(new Date(engine.now()).toISOString());
});
