// What people hold: kept to their environments, never more than the giver has, and no restricted value for a user.
import { field, type PeopleEngine, startPeopleEngine } from '../../support/people.ts';

const MEMBERS = '/projects/project/members';

let engine: PeopleEngine;
let admin: string;
beforeAll(async () => {
  engine = await startPeopleEngine();
  admin = engine.admin;
}, 60_000);
afterAll(() => engine.close());

let count = 0;
async function person(access = 'no_access'): Promise<{ slug: string; token: string }> {
  const slug = await engine.user(`person${(count += 1)}@example.com`, access);
  const made = await engine.ok(admin, `POST /workplace/users/${slug}/tokens`, { name: 'laptop' });
  return { slug, token: field(made, 'api_key') };
}
const status = async (token: string, request: string, body?: unknown) =>
  (await engine.send(token, request, { body })).status;
const read = (token: string, config: string) =>
  status(token, `GET /configs/config/secrets?project=app&config=${config}`);

test('a member of some environments sees these and nothing of the others', async () => {
  const { slug, token } = await person();
  await engine.member('workplace_user', slug, 'collaborator', ['dev', 'stg']);
  expect([await read(token, 'dev'), await read(token, 'stg'), await read(token, 'prd')]).toEqual([200, 200, 404]);
  const names = async (request: string, key: string) =>
    ((await engine.ok(token, request))[key] as { name: string }[]).map(({ name }) => name);
  expect(await names('GET /configs?project=app', 'configs')).toEqual(['dev', 'dev_personal', 'stg']);
  expect(await names('GET /configs?project=app&per_page=1&page=3', 'configs')).toEqual(['stg']);
  expect(await names('GET /environments?project=app', 'environments')).toEqual(['Development', 'Staging']);
  expect(await status(token, 'GET /environments/environment?project=app&environment=prd')).toBe(403);
  const branch = (environment: string) => ({ project: 'app', environment, name: `${environment}_mine` });
  expect(await status(token, 'POST /configs', branch('dev'))).toBe(200);
  expect(await status(token, 'POST /configs', branch('prd'))).toBe(403);
  const { body } = await engine.send(token, `GET ${MEMBERS}/member/workplace_user/${slug}?project=app`);
  expect(body['member']).toEqual({
    type: 'workplace_user',
    slug,
    role: { identifier: 'collaborator' },
    access_all_environments: false,
    environments: ['dev', 'stg'],
  });
});

test('a project that may not be seen is answered as one that is not there', async () => {
  const { token } = await person();
  await engine.ok(admin, 'POST /projects', { name: 'hidden' });
  const ask = async (name: string) => {
    const { body, status: code } = await engine.send(token, `GET /projects/project?project=${name}`);
    return [code, JSON.stringify(body).replace(name, 'NAME')];
  };
  expect(await ask('hidden')).toEqual(await ask('missing'));
  expect((await engine.ok(token, 'GET /projects'))['projects']).toEqual([]);
});

test('a lease permission in one project mints nothing in another, by no route', async () => {
  const { slug, token } = await person();
  await engine.member('workplace_user', slug, 'viewer');
  await engine.ok(admin, 'POST /projects', { name: 'next' });
  const role = { name: 'reader', permissions: ['enclave_project_config_secrets_read'] };
  await engine.ok(admin, 'POST /projects/roles', role);
  const body = { project: 'next', type: 'workplace_user', slug, role: 'reader' };
  await engine.ok(admin, `POST ${MEMBERS}`, body);
  const dynamic = { project: 'next', config: 'dev', name: 'DB', kind: 'postgres', integration: 'pg' };
  await engine.ok(admin, 'POST /configs/config/dynamic_secrets', dynamic);
  const at = 'project=next&config=dev';
  expect(await status(token, `GET /configs/config/secrets?${at}`)).toBe(200);
  expect(await status(token, `GET /configs/config/secrets?${at}&include_dynamic_secrets=true`)).toBe(403);
  expect(await status(token, `GET /configs/config/secrets/download?${at}&include_dynamic_secrets=true`)).toBe(403);
  const lease = `POST /configs/config/dynamic_secrets/dynamic_secret/leases?${at}`;
  expect(await status(token, lease, { dynamic_secret: 'DB' })).toBe(403);
  expect(engine.minting.held.size).toBe(0);
});

test('who makes a project may do everything in it, and nobody else can see it', async () => {
  const [maker, other] = [await person('collaborator'), await person('collaborator')];
  await engine.ok(maker.token, 'POST /projects', { name: 'mine' });
  expect(await status(other.token, 'GET /projects/project?project=mine')).toBe(404);
  const body = { project: 'mine', type: 'workplace_user', slug: other.slug, role: 'viewer' };
  expect(await status(maker.token, `POST ${MEMBERS}`, body)).toBe(200);
  expect(await status(other.token, 'GET /projects/project?project=mine')).toBe(200);
  expect(await status(maker.token, 'DELETE /projects/project?project=mine')).toBe(200);
});

describe('nobody hands on more than he has', () => {
  const role = (name: string, permissions: string[]) =>
    engine.ok(admin, 'POST /workplace/roles', { name, permissions });

  test('in the workplace: not to himself, to a user, a group, a role or a service account', async () => {
    const all = ['team', 'team_manage', 'custom_roles_manage', 'service_accounts', 'service_accounts_manage'];
    await role('manager', all);
    const { slug, token } = await person('manager');
    const [boss, peer] = [await person('owner'), await person()];
    expect(await status(token, `PATCH /workplace/users/${slug}`, { access: 'owner' })).toBe(403);
    expect(await status(token, `PATCH /workplace/users/${peer.slug}`, { access: 'viewer' })).toBe(403);
    expect(await status(token, `PATCH /workplace/users/${peer.slug}`, { access: 'manager' })).toBe(200);
    expect(await status(token, `PATCH /workplace/users/${boss.slug}`, { access: 'no_access' })).toBe(403);
    expect(await status(token, 'POST /workplace/groups', { name: 'up', workplace_role: 'admin' })).toBe(403);
    expect(await status(token, 'POST /workplace/roles', { name: 'up', permissions: ['logs'] })).toBe(403);
    expect(await status(token, 'PATCH /workplace/roles/role/manager', { permissions: [...all, 'logs'] })).toBe(403);
    const account = { name: 'up', workplace_role: { identifier: 'owner' } };
    expect(await status(token, 'POST /workplace/service_accounts', account)).toBe(403);
  });

  test('by joining a group, or by a token of an account that has more', async () => {
    await role('helper', ['team_manage', 'service_account_api_tokens_manage', 'service_account_identities_manage']);
    const { slug, token } = await person('helper');
    const group = await engine.ok(admin, 'POST /workplace/groups', { name: 'bosses', workplace_role: 'owner' });
    const members = `/workplace/groups/group/${field(group, 'group.slug')}/members`;
    expect(await status(token, `POST ${members}`, { type: 'workplace_user', slug })).toBe(403);
    expect(await status(token, `PUT ${members}`, { members: [{ type: 'workplace_user', slug }] })).toBe(403);
    const boss = `/workplace/service_accounts/service_account/${engine.slugs.owner}`;
    expect(await status(token, `POST ${boss}/tokens`, { name: 'mine' })).toBe(403);
    const reader = await engine.serviceAccount('reader');
    await engine.member('service_account', reader, 'viewer');
    const weak = `/workplace/service_accounts/service_account/${await engine.serviceAccount('weak')}`;
    expect(
      await status(token, `POST /workplace/service_accounts/service_account/${reader}/tokens`, { name: 'mine' }),
    ).toBe(403);
    expect(await status(token, `POST ${weak}/tokens`, { name: 'mine' })).toBe(200);
  });

  test('in a project, and not through a project role that is in use', async () => {
    await engine.ok(admin, 'POST /projects/roles', { name: 'host', permissions: ['enclave_project_members'] });
    await role('rolemaker', ['custom_roles_manage']);
    const { slug, token } = await person('rolemaker');
    const peer = await person();
    await engine.member('workplace_user', slug, 'host');
    const grant = (wanted: string) => ({ project: 'app', type: 'workplace_user', slug: peer.slug, role: wanted });
    expect(await status(token, `POST ${MEMBERS}`, grant('viewer'))).toBe(403);
    expect(await status(token, `POST ${MEMBERS}`, grant('host'))).toBe(200);
    const own = `${MEMBERS}/member/workplace_user/${slug}`;
    expect(await status(token, `PATCH ${own}`, { project: 'app', role: 'admin' })).toBe(403);
    const more = ['enclave_project_members', 'enclave_project_config_secrets_read'];
    expect(await status(token, 'PATCH /projects/roles/role/host', { permissions: more })).toBe(403);
    expect(await read(token, 'dev')).toBe(403);
  });

  test('a SCIM token decides who is in a group, and gives nobody a role', async () => {
    const { slug } = await person('viewer');
    const { scim } = engine.tokens;
    expect(await status(scim, `PATCH /workplace/users/${slug}`, { access: 'owner' })).toBe(403);
    expect(await status(scim, 'POST /workplace/groups', { name: 's', workplace_role: 'viewer' })).toBe(403);
    expect(await status(scim, `PATCH /workplace/users/${slug}`, { access: 'no_access' })).toBe(200);
    expect(await status(scim, `DELETE /workplace/users/${slug}`)).toBe(204);
  });
});

test('custom roles are listed beside the built-in ones, and stay while somebody has them', async () => {
  const made = await engine.ok(admin, 'POST /projects/roles', {
    name: 'Log Reader',
    permissions: ['enclave_config_logs'],
  });
  expect(made['role']).toEqual({
    name: 'Log Reader',
    permissions: ['enclave_config_logs'],
    identifier: 'log_reader',
    created_at: expect.any(String),
    is_custom_role: true,
  });
  const roles = (await engine.ok(admin, 'GET /projects/roles'))['roles'] as { identifier: string }[];
  expect(roles.map(({ identifier }) => identifier)).toEqual(
    expect.arrayContaining(['admin', 'owner', 'collaborator', 'viewer', 'no_access', 'log_reader']),
  );
  const { slug } = await person();
  await engine.member('workplace_user', slug, 'log_reader');
  expect(await status(admin, 'DELETE /projects/roles/role/log_reader')).toBe(409);
  expect(await status(admin, `DELETE ${MEMBERS}/member/workplace_user/${slug}?project=app`)).toBe(204);
  expect(await status(admin, 'DELETE /projects/roles/role/log_reader')).toBe(204);
  expect(await status(admin, 'DELETE /projects/roles/role/admin')).toBe(400);
  expect(await status(admin, 'POST /projects/roles', { name: 'Admin', permissions: [] })).toBe(409);
  expect(await status(admin, 'POST /projects/roles', { name: 'x', permissions: ['made_up'] })).toBe(400);
});

test('a restricted value goes to machines and to no user, whatever the user may do', async () => {
  const change_requests = [{ name: 'HIDDEN', value: 'planted-restricted', visibility: 'restricted' }];
  await engine.ok(engine.tokens.write, 'POST /configs/config/secrets', { change_requests });
  const owner = await person('owner');
  const at = 'project=app&config=dev';
  for (const token of [owner.token, engine.tokens.collab, engine.tokens.viewer]) {
    const list = await engine.send(token, `GET /configs/config/secrets?${at}`);
    expect(list.status).toBe(200);
    expect(list.text).not.toContain('planted-restricted');
    expect((await engine.send(token, `GET /configs/config/secret?${at}&name=HIDDEN`)).body).toMatchObject({
      value: { raw: null, computed: null, rawVisibility: 'restricted' },
    });
    expect(await status(token, `GET /configs/config/secrets/download?${at}`)).toBe(403);
  }
  for (const token of [engine.tokens.read, engine.tokens.owner]) {
    expect((await engine.send(token, `GET /configs/config/secrets/download?${at}`)).text).toContain(
      'planted-restricted',
    );
  }
});
