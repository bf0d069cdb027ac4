// Members of an integration: what each role lets them do with it, what members take from others, and external ids.
import { createAwsIntegration } from '#engine/integrations/aws/aws.js';
import { DefinitionService } from '#engine/integrations/definition-service.js';
import { openIntegration } from '#engine/integrations/sealed.js';
import { createPostgresIntegration } from '#engine/integrations/postgres/postgres.js';
import type { Keyring } from '#engine/keyring/keyring.js';
import { startTestEngine, type TestEngine } from '../../support/engine.ts';
import { fakeMinting } from '../../support/minting.ts';
import { field } from '../../support/people.ts';

const unreachable = () => Promise.reject(new Error('nothing is connected to here'));
const DATA = { host: 'db.example', database: 'app', username: 'admin', password: 'Pl4nted-Pa55word' };
const SCOPE = { allowed: ['app'], ceiling: { group_roles: ['reader'] } };
const MEMBERS = '/integrations/integration/members';

let engine: TestEngine;
let keyring: Keyring;
let slug: string;
beforeAll(async () => {
  engine = await startTestEngine({
    minting: (base) => {
      keyring = base.keyring;
      const now = () => base.clock.now();
      const aws = createAwsIntegration({
        aws: { open: unreachable },
        now,
        sleep: async () => undefined,
        random: () => 0,
      });
      const integrations = [createPostgresIntegration({ sql: { connect: unreachable }, now }), aws];
      const leases = {
        endClaimed: async () => undefined,
        forget: async () => undefined,
        mustBeFound: async () => false,
      };
      return { ...fakeMinting(), integrations: new DefinitionService({ ...base, integrations, leases, now }) };
    },
  });
  slug = field(
    await ok(engine.admin, 'POST /integrations', { type: 'postgres', name: 'pg', data: DATA, ...SCOPE }),
    'integration.slug',
  );
}, 60_000);
afterAll(() => engine.close());

async function ok(token: string, request: string, body?: unknown): Promise<Record<string, unknown>> {
  const reply = await engine.send(token, request, { body });
  if (reply.status >= 300) throw new Error(`${request}: ${reply.status} ${reply.text}`);
  return reply.body;
}
const status = async (token: string, request: string, body?: unknown) =>
  (await engine.send(token, request, { body })).status;

let count = 0;
/** A service account of a workplace role, admin of the project, with its token. */
async function account(access = 'no_access'): Promise<{ id: string; token: string }> {
  const home = '/workplace/service_accounts';
  const name = `account ${(count += 1)}`;
  const made = await ok(engine.admin, `POST ${home}`, { name, workplace_role: { identifier: access } });
  const id = field(made, 'service_account.slug');
  const member = { project: 'app', type: 'service_account', slug: id, role: 'admin' };
  await ok(engine.admin, 'POST /projects/project/members', member);
  const key = await ok(engine.admin, `POST ${home}/service_account/${id}/tokens`, { name: 'key' });
  return { id, token: field(key, 'api_key') };
}
const join = (id: string, role: string, more: object = {}) =>
  ok(engine.admin, `POST ${MEMBERS}?integration=pg`, { type: 'service_account', slug: id, role, ...more });
const leave = (id: string) => ok(engine.admin, `DELETE ${MEMBERS}/service_account/${id}?integration=pg`);
const declare = (token: string) =>
  status(token, 'POST /configs/config/dynamic_secrets?project=app&config=dev', {
    ...{ name: `DB${(count += 1)}`, kind: 'postgres', integration: 'pg', parameters: { group_role: 'reader' } },
  });

test('each role in an integration allows what its name says, and only in that one', async () => {
  await ok(engine.admin, 'POST /integrations', { type: 'postgres', name: 'other', data: DATA, ...SCOPE });
  const got: Record<string, unknown> = {};
  for (const role of ['admin', 'consumer', 'viewer', 'no_access']) {
    const { id, token } = await account();
    await join(id, role);
    got[role] = [
      await status(token, 'GET /integrations'),
      await status(token, 'GET /integrations/integration?integration=pg'),
      await status(token, 'GET /integrations/integration?integration=other'),
      await status(token, `GET ${MEMBERS}?integration=pg`),
      await declare(token),
      await status(token, 'PUT /integrations/integration?integration=pg', { name: 'pg' }),
      await status(token, `PATCH ${MEMBERS}/service_account/${id}`, { integration: 'pg', role }),
    ];
    await leave(id);
    expect(await status(token, 'GET /integrations')).toBe(403);
  }
  expect(got).toEqual({
    admin: [200, 200, 404, 200, 200, 200, 200],
    consumer: [200, 200, 404, 200, 200, 403, 403],
    viewer: [200, 200, 404, 200, 403, 403, 403],
    no_access: [403, 403, 403, 403, 403, 403, 403],
  });
});

test('an integration without members is used where it is allowed; the first member takes that from all others', async () => {
  const { token } = await account();
  const member = await account();
  const manager = await account('owner');
  expect(await declare(token)).toBe(200);
  await join(member.id, 'viewer');
  expect([await declare(token), await declare(member.token), await declare(manager.token)]).toEqual([403, 403, 200]);
  const name = `DB${count}`;
  const change = 'PUT /configs/config/dynamic_secrets/dynamic_secret?project=app&config=dev';
  expect(await status(token, change, { name, max_ttl_sec: 3600 })).toBe(403);
  await leave(member.id);
  expect([await declare(token), await status(token, change, { name, max_ttl_sec: 3600 })]).toEqual([200, 200]);
});

test('only who manages an integration is told of the projects and bounds in it, and nobody of its data', async () => {
  const { id, token } = await account();
  await join(id, 'consumer');
  const { integrations } = await ok(token, 'GET /integrations');
  expect(integrations).toEqual([
    {
      slug,
      name: 'pg',
      type: 'postgres',
      kind: 'dynamicSecrets',
      enabled: true,
      syncs: [],
      created_at: expect.any(String),
    },
  ]);
  const { integration } = await ok(engine.admin, 'GET /integrations/integration?integration=pg');
  expect(integration).toMatchObject({ ...SCOPE });
  expect(JSON.stringify([integrations, integration])).not.toContain(DATA.password);
  await leave(id);
});

test('a group hands its role on, nobody joins it for more than he has, and members go with who they were', async () => {
  const group = field(await ok(engine.admin, 'POST /workplace/groups', { name: 'dbas' }), 'group.slug');
  const user = field(
    await ok(engine.admin, 'POST /workplace/users', { email: 'dba@example.com' }),
    'workplace_user.id',
  );
  const token = field(await ok(engine.admin, `POST /workplace/users/${user}/tokens`, { name: 'laptop' }), 'api_key');
  await ok(engine.admin, `POST ${MEMBERS}`, { integration: 'pg', type: 'group', slug: group, role: 'viewer' });
  await ok(engine.admin, `POST /workplace/groups/group/${group}/members`, { type: 'workplace_user', slug: user });
  expect(await status(token, 'GET /integrations/integration?integration=pg')).toBe(200);

  const role = { name: 'team lead', permissions: ['team', 'team_manage'] };
  await ok(engine.admin, 'POST /workplace/roles', role);
  const lead = await account('team_lead');
  const body = { type: 'workplace_user', slug: user };
  expect(await status(lead.token, `DELETE /workplace/groups/group/${group}/members/workplace_user/${user}`)).toBe(403);
  await join(lead.id, 'viewer');
  expect(await status(lead.token, `DELETE /workplace/groups/group/${group}/members/workplace_user/${user}`)).toBe(204);
  expect(await status(lead.token, `POST /workplace/groups/group/${group}/members`, body)).toBe(204);

  await ok(engine.admin, `DELETE /workplace/service_accounts/service_account/${lead.id}`);
  await ok(engine.admin, `DELETE /workplace/groups/group/${group}`);
  expect((await ok(engine.admin, `GET ${MEMBERS}?integration=pg`))['members']).toEqual([]);
  expect(await status(token, 'GET /integrations/integration?integration=pg')).toBe(403);
});

test('a member is added once, read, changed and removed under each of the three addresses', async () => {
  const { id } = await account();
  const member = (role: string) => ({
    member: { type: 'service_account', slug: id, role: { identifier: role } },
    success: true,
  });
  expect(await join(id, 'viewer')).toEqual(member('viewer'));
  expect(
    await status(engine.admin, `POST ${MEMBERS}?integration=pg`, { type: 'service_account', slug: id, role: 'viewer' }),
  ).toBe(409);
  for (const [home, role] of [
    [MEMBERS, 'consumer'],
    [`${MEMBERS}/member`, 'admin'],
    [`/workplace${MEMBERS}`, 'viewer'],
  ]) {
    const one = `${home}/service_account/${id}?integration=${slug}`;
    expect(await ok(engine.admin, `PATCH ${one}`, { role })).toEqual(member(String(role)));
    expect(await ok(engine.admin, `GET ${one}`)).toEqual(member(String(role)));
    expect(await status(engine.admin, `DELETE ${one}`)).toBe(204);
    expect(await status(engine.admin, `GET ${one}`)).toBe(404);
    await ok(engine.admin, `POST /workplace${MEMBERS}`, {
      integration: slug,
      type: 'service_account',
      slug: id,
      role: 'viewer',
    });
  }
  expect(
    await status(engine.admin, `PATCH ${MEMBERS}/service_account/${id}`, { integration: 'pg', role: 'owner' }),
  ).toBe(400);
  expect(
    await status(engine.admin, `POST ${MEMBERS}?integration=pg`, { type: 'invite', slug: id, role: 'viewer' }),
  ).toBe(400);
  expect(
    await status(engine.admin, `POST ${MEMBERS}?integration=pg`, { type: 'group', slug: 'nope', role: 'viewer' }),
  ).toBe(404);
  expect(await status(engine.admin, `GET ${MEMBERS}?integration=nope`)).toBe(404);
  await leave(id);
});

test('an external id is taken once, by the next integration of its account that assumes a role without one', async () => {
  const [mine, other] = [await account('owner'), await account('owner')];
  const generate = async (token: string, type = 'aws') =>
    field(await ok(token, 'POST /integrations/generate_external_id', { type }), 'pendingExternalId');
  const keys = { region: 'eu-central-1', access_key_id: 'AKIAIOSFODNN7EXAMPLE', secret_access_key: 'x' };
  const role_arn = 'arn:aws:iam::123456789012:role/engine';
  const taken = async (token: string, more: object = {}) => {
    const name = `aws ${(count += 1)}`;
    await ok(token, 'POST /integrations', { type: 'aws', name, data: { ...keys, ...more } });
    const row = await engine.store.read.findIntegration({ slugOrName: name });
    if (!row) throw new Error('the integration is not stored');
    return openIntegration(keyring, row, { keyId: row.data_key_id, sealed: row.data_sealed })['external_id'];
  };
  expect(await status(mine.token, 'POST /integrations/generate_external_id', { type: 'postgres' })).toBe(400);
  const stale = await generate(mine.token);
  const fresh = await generate(mine.token, 'aws_secrets_manager');
  expect(fresh).not.toBe(stale);
  expect(await taken(other.token, { role_arn })).toBeUndefined();
  expect(await taken(mine.token)).toBeUndefined();
  expect(await taken(mine.token, { role_arn, external_id: 'my-own' })).toBe('my-own');
  expect(await taken(mine.token, { role_arn })).toBe(fresh);
  expect(await taken(mine.token, { role_arn })).toBeUndefined();
});
