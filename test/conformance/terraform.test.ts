// Doppler's Terraform provider, replayed: its requests and what it takes from their answers (contracts/doppler.md 6).
import {
  anything,
  count,
  done,
  flag,
  goString,
  instant,
  list,
  map,
  nothing,
  nullable,
  object,
  text,
} from './decode.ts';
import { basic, ReplayedClient, type Service, startService } from './service.ts';

const HEADERS = {
  'User-Agent': 'terraform-provider-doppler/dev',
  'Content-Type': 'application/json',
  Accept: 'application/json',
};
const CONFIG = '/v3/configs/config';

let service: Service;
let tf: ReplayedClient;
const as = (token: string) => new ReplayedClient(service.url, { ...HEADERS, ...basic(token) });
beforeAll(async () => {
  service = await startService();
  tf = as(service.tokens.owner);
}, 60_000);
afterAll(() => service.close());

const valueType = object({ type: text });
type Value = { raw: string | null; computed: string | null; rawValueType: { type: string } };

/** All seven null is "not found"; of an existing one `rawValueType.type` is read unchecked, null values are an error. */
function secretValue(value: unknown, at: string): Value | 'not found' {
  const fields = object({ note: goString })(value, at) as Record<string, unknown>;
  const { note: _note, ...rest } = fields;
  if (Object.values(rest).every((one) => one === null)) return 'not found';
  const told = object({ raw: nullable, computed: nullable, rawVisibility: text, rawValueType: valueType })(value, at);
  if (told.raw === null || told.computed === null) throw new Error('One or more secret fields are restricted');
  return told;
}
const getSecret = (client: ReplayedClient, name: string) =>
  client.ask(object({ name: text, value: secretValue }), `GET ${CONFIG}/secret?project=app&config=dev&name=${name}`);
const changeSecrets = (...change_requests: object[]) =>
  tf.ask(anything, `POST ${CONFIG}/secrets`, { project: 'app', config: 'dev', change_requests });

test('a project is made without environments, read by slug, renamed and deleted by body', async () => {
  const project = object({ project: object({ slug: text, name: text, description: text }) });
  const made = await tf.ask(project, 'POST /v3/projects', {
    ...{ name: 'tf', description: 'by terraform', create_default_environments: false },
  });
  expect(made.project).toMatchObject({ slug: 'tf', description: 'by terraform' });
  const environments = object({
    environments: list(object({ slug: text, name: text, project: text, created_at: text })),
  });
  expect((await tf.ask(environments, 'GET /v3/environments?project=tf')).environments).toEqual([]);
  await tf.ask(project, 'POST /v3/projects/project', { project: 'tf', name: 'tf2', description: '' });
  expect((await tf.ask(project, 'GET /v3/projects/project?project=tf2')).project).toMatchObject({
    slug: 'tf2',
    description: '',
  });
  await tf.ask(done, 'DELETE /v3/projects/project', { project: 'tf2' });
  expect((await tf.send('GET /v3/projects/project?project=tf2')).status).toBe(404);
});

test('an environment has its slug, its name and whether it has personal configs', async () => {
  const environment = object({
    environment: object({ slug: text, name: text, personal_configs: flag, project: text }),
  });
  const wish = { project: 'app', name: 'Quality', slug: 'qa', personal_configs: true };
  expect((await tf.ask(environment, 'POST /v3/environments', wish)).environment).toMatchObject({
    personal_configs: true,
  });
  const renamed = { name: 'Tests', slug: 'test', personal_configs: false };
  await tf.ask(environment, 'PUT /v3/environments/environment?project=app&environment=qa', renamed);
  const at = 'project=app&environment=test';
  const read = await tf.ask(environment, `GET /v3/environments/environment?${at}`);
  expect(read.environment).toMatchObject({ slug: 'test', name: 'Tests', personal_configs: false });
  await tf.ask(done, `DELETE /v3/environments/environment?${at}`);
});

test('a config is made, told twice that it inherits nothing, made inheritable, renamed and deleted by body', async () => {
  const other = object({ project: text, config: text });
  const config = object({
    config: object({ name: text, environment: text, project: text, inheritable: flag, inherits: list(other) }),
  });
  const wish = { project: 'app', environment: 'dev', name: 'dev_tf' };
  const made = await tf.ask(config, 'POST /v3/configs', wish);
  expect(made.config.inherits).toEqual([]);
  const at = { project: 'app', config: 'dev_tf' };
  for (let times = 0; times < 2; times++) await tf.ask(config, `POST ${CONFIG}/inherits`, { ...at, inherits: [] });
  expect((await tf.ask(config, `POST ${CONFIG}/inheritable`, { ...at, inheritable: true })).config.inheritable).toBe(
    true,
  );
  await tf.ask(config, `POST ${CONFIG}`, { ...at, name: 'dev_tf2' });
  await tf.ask(config, `GET ${CONFIG}?project=app&config=dev_tf2`);
  await tf.ask(done, `DELETE ${CONFIG}`, { project: 'app', config: 'dev_tf2' });
  expect((await tf.send(`GET ${CONFIG}?project=app&config=dev_tf2`)).status).toBe(404);
});

test('a secret that is said to exist is made, read, changed, and deleted by a change request', async () => {
  const wish = {
    name: 'TF',
    originalName: 'TF',
    visibility: 'masked',
    valueType: { type: 'string' },
    shouldDelete: false,
  };
  expect((await getSecret(tf, 'TF')).value).toBe('not found');
  await changeSecrets({ ...wish, value: 'one' });
  expect((await getSecret(tf, 'TF')).value).toMatchObject({ raw: 'one', rawValueType: { type: 'string' } });
  await changeSecrets({ ...wish, value: '["x"]', valueType: { type: 'json' } });
  expect((await getSecret(tf, 'TF')).value).toMatchObject({ computed: '["x"]', rawValueType: { type: 'json' } });
  await changeSecrets({ ...wish, value: null, shouldDelete: true });
  expect((await getSecret(tf, 'TF')).value).toBe('not found');
});

test('a restricted secret is an error for a token of a user and none for that of an account', async () => {
  const wish = { name: 'LOCKED', originalName: 'LOCKED', value: 'x', visibility: 'restricted', shouldDelete: false };
  await changeSecrets(wish);
  expect((await getSecret(tf, 'LOCKED')).value).toMatchObject({ raw: 'x' });
  await expect(getSecret(as(service.tokens.collab), 'LOCKED')).rejects.toThrow('fields are restricted');
  await changeSecrets({ ...wish, value: null, shouldDelete: true });
});

test('notes, and the data source of secrets as a map of texts', async () => {
  await changeSecrets({ name: 'NOTED', originalName: 'NOTED', value: '', visibility: 'masked', shouldDelete: false });
  const note = object({ secret: text, note: text });
  await tf.ask(note, 'POST /v3/projects/project/note?project=app', { secret: 'NOTED', note: 'why' });
  const root = await tf.ask(
    object({ value: object({ note: text }) }),
    `GET ${CONFIG}/secret?project=app&config=dev&name=NOTED`,
  );
  expect(root.value.note).toBe('why');
  await tf.ask(note, 'POST /v3/projects/project/note?project=app', { secret: 'NOTED', note: '' });
  const all = await as(service.tokens.read).ask(map(text), `GET ${CONFIG}/secrets/download?project=&config=`);
  expect(all.get('NOTED')).toBe('');
});

test('a service token is found by its slug in the list, with its access', async () => {
  const token = object({ name: text, slug: text, access: text, created_at: instant, expires_at: nullable });
  const wish = { project: 'app', config: 'dev', name: 'tf', access: 'read/write' };
  const made = await tf.ask(object({ token: object({ slug: text, key: text }) }), `POST ${CONFIG}/tokens`, wish);
  const listed = await tf.ask(object({ tokens: list(token) }), `GET ${CONFIG}/tokens?project=app&config=dev`);
  expect(listed.tokens.find(({ slug }) => slug === made.token.slug)).toMatchObject({
    access: 'read/write',
    name: 'tf',
  });
  const slug = { project: 'app', config: 'dev', slug: made.token.slug };
  await tf.ask(done, `DELETE ${CONFIG}/tokens/token`, slug);
});

test('trusted addresses: 200 when added, 204 when there, and 404 when gone is done', async () => {
  const at = `${CONFIG}/trusted_ips?project=app&config=dev`;
  await tf.ask(object({ ip: text }), `POST ${at}`, { ip: '127.0.0.0/8' });
  await tf.ask(nothing, `POST ${at}`, { ip: '127.0.0.0/8' });
  expect((await tf.ask(object({ ips: list(text) }), `GET ${at}`)).ips).toContain('127.0.0.0/8');
  await tf.ask(nothing, `DELETE ${at}`, { ip: '127.0.0.0/8' });
  expect((await tf.send(`DELETE ${at}`, { ip: '127.0.0.0/8' })).status).toBe(404);
});

test('roles, project and workplace', async () => {
  const role = object({
    role: object({ name: text, permissions: list(text), identifier: text, created_at: text, is_custom_role: flag }),
  });
  for (const home of ['/v3/projects', '/v3/workplace']) {
    const { role: made } = await tf.ask(role, `POST ${home}/roles`, { name: 'By Terraform', permissions: [] });
    const at = `${home}/roles/role/${made.identifier}`;
    await tf.ask(role, `PATCH ${at}`, { name: 'By Terraform', permissions: [] });
    expect((await tf.ask(role, `GET ${at}`)).role.is_custom_role).toBe(true);
    await tf.ask(nothing, `DELETE ${at}`);
    expect((await tf.send(`GET ${at}`)).status).toBe(404);
  }
});

test('a service account with a token and an identity, whose config and method are in every answer', async () => {
  const account = object({
    service_account: object({ slug: text, name: text, workplace_role: object({ identifier: text }) }),
  });
  const wish = { name: 'ci', workplace_role: { identifier: 'viewer' } };
  const home = '/v3/workplace/service_accounts';
  const at = `${home}/service_account/${(await tf.ask(account, `POST ${home}`, wish)).service_account.slug}`;
  await tf.ask(account, `PATCH ${at}`, { ...wish, name: 'cd' });
  expect((await tf.ask(account, `GET ${at}`)).service_account.name).toBe('cd');

  const key = object({ api_token: object({ slug: text, created_at: text }), api_key: text });
  const expires_at = new Date(service.now() + 3_600_000).toISOString();
  const { api_token } = await tf.ask(key, `POST ${at}/tokens`, { name: 'key', expires_at });
  const token = object({ api_token: object({ expires_at: text }) });
  expect((await tf.ask(token, `GET ${at}/tokens/token/${api_token.slug}`)).api_token.expires_at).toBe(expires_at);
  await tf.ask(nothing, `DELETE ${at}/tokens/token/${api_token.slug}`);

  const claims = { aud: ['https://secrets.example'], sub: ['repo:octo/hello:ref:refs/heads/main'] };
  const config = { discovery_url: 'https://token.actions.githubusercontent.com', claims_type: 'exact', claims };
  const identity = object({
    identity: object({
      ...{ slug: text, name: text, method: text, ttl_seconds: count },
      config: object({ discovery_url: text, claims_type: text, claims: map(list(text)) }),
    }),
  });
  const body = { name: 'gh', method: 'oidc', config, ttl_seconds: 900 };
  const one = `${at}/identities/identity/${(await tf.ask(identity, `POST ${at}/identities`, body)).identity.slug}`;
  expect((await tf.ask(identity, `PUT ${one}`, { ...body, ttl_seconds: 600 })).identity).toMatchObject({
    method: 'oidc',
  });
  const read = (await tf.ask(identity, `GET ${one}`)).identity;
  expect([read.ttl_seconds, Object.fromEntries(read.config.claims)]).toEqual([600, claims]);
  await tf.ask(nothing, `DELETE ${one}`);
  await tf.ask(nothing, `DELETE ${at}`);
});

test('groups, one member at a time and all at once, and the data sources of users and groups', async () => {
  const group = object({
    group: object({ slug: text, name: text, default_project_role: anything, workplace_role: anything }),
  });
  const { slug } = (await tf.ask(group, 'POST /v3/workplace/groups', { name: 'tf', default_project_role: 'viewer' }))
    .group;
  const at = `/v3/workplace/groups/group/${slug}`;
  await tf.ask(group, `PATCH ${at}`, { name: 'tf', default_project_role: 'collaborator', workplace_role: 'viewer' });
  const member = { type: 'workplace_user', slug: service.slugs.collab };
  await tf.ask(nothing, `POST ${at}/members`, member);
  await tf.ask(nothing, `GET ${at}/members/workplace_user/${member.slug}`);
  await tf.ask(nothing, `DELETE ${at}/members/workplace_user/${member.slug}`);
  expect((await tf.send(`GET ${at}/members/workplace_user/${member.slug}`)).status).toBe(404);
  const members = object({ members: list(object({ type: text, slug: text })) });
  await tf.ask(members, `PUT ${at}/members`, { members: [member] });
  expect((await tf.ask(members, `GET ${at}/members?page=1&per_page=1000`)).members).toEqual([member]);
  const groups = object({ groups: list(object({ slug: text, name: text })) });
  expect((await tf.ask(groups, 'GET /v3/workplace/groups?name=tf&page=1&per_page=20')).groups).toMatchObject([
    { slug },
  ]);
  const users = object({ workplace_users: list(object({ id: text, access: text })) });
  for (const [email, found] of [
    ['collab@example.com', 1],
    ['nobody@example.com', 0],
  ] as const) {
    const query = `GET /v3/workplace/users?email=${encodeURIComponent(email)}`;
    expect((await tf.ask(users, query)).workplace_users).toHaveLength(found);
  }
  await tf.ask(nothing, `DELETE ${at}`);
});

test('members of a project, with the project in the body', async () => {
  const member = object({
    member: object({ type: text, slug: text, role: object({ identifier: text }), environments: list(text) }),
  });
  const account = await service.serviceAccount('member');
  const wish = { project: 'app', type: 'service_account', slug: account, role: 'viewer', environments: ['dev'] };
  await tf.ask(member, 'POST /v3/projects/project/members', wish);
  const at = `/v3/projects/project/members/member/service_account/${account}`;
  await tf.ask(member, `PATCH ${at}`, { project: 'app', role: 'collaborator', environments: ['dev', 'stg'] });
  expect((await tf.ask(member, `GET ${at}?project=app`)).member).toMatchObject({
    ...{ role: { identifier: 'collaborator' }, environments: ['dev', 'stg'] },
  });
  await tf.ask(nothing, `DELETE ${at}`, { project: 'app' });
});

test('a webhook is made, disabled, changed and deleted', async () => {
  const webhook = object({
    webhook: object({ id: text, name: goString, url: text, enabled: flag, enabledConfigs: list(text) }),
  });
  const body = { url: 'https://hooks.example/tf', enabled: true, name: 'tf', enableConfigs: ['dev'], secret: 's' };
  const { id } = (await tf.ask(webhook, 'POST /v3/webhooks?project=app', body)).webhook;
  const at = `/v3/webhooks/webhook/${id}`;
  expect((await tf.ask(webhook, `POST ${at}/disable?project=app`)).webhook.enabled).toBe(false);
  expect((await tf.ask(webhook, `POST ${at}/enable?project=app`)).webhook.enabled).toBe(true);
  await tf.ask(webhook, `PATCH ${at}?project=app`, { url: body.url, disableConfigs: ['dev'], enableConfigs: ['stg'] });
  expect((await tf.ask(webhook, `GET ${at}?project=app`)).webhook.enabledConfigs).toEqual(['stg']);
  await tf.ask(anything, `DELETE ${at}?project=app`);
});

test('a login with OIDC has a token that manages, and what is refused is 501 with its reason', async () => {
  const identity = await service.identity(service.slugs.owner);
  const open = new ReplayedClient(service.url, HEADERS);
  const answer = object({ token: text });
  const { token } = await open.ask(answer, 'POST /v3/auth/oidc', {
    identity,
    token: service.issuer.token({ jti: 'tf' }),
  });
  await as(token).ask(object({ project: object({ slug: text }) }), 'GET /v3/projects/project?project=app');
  for (const [request, words] of [
    ['POST /v3/configs/config/syncs?project=app&config=dev', /has no syncs/],
    ['POST /v3/configs/config/rotated_secrets?project=app&config=dev', /has no rotated secrets/],
    ['GET /v3/configs/config/rotated_secrets/rotated_secret?project=app&config=dev&slug=x', /has no rotated secrets/],
    ['POST /v3/workplace/change_request_policies', /has no change requests/],
    ['POST /v3/integrations/generate_external_id', /has no external ids/],
    ['GET /v3/integrations/integration/members/member/group/x?integration=pg', /has no members of integrations/],
    ['GET /v3/workplace/integrations/integration/members?integration=pg', /has no members of integrations/],
  ] as const) {
    await expect(tf.ask(anything, request, request.startsWith('POST') ? {} : undefined)).rejects.toThrow(words);
  }
});
