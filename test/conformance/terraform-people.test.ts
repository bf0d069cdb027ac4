// Doppler's Terraform provider, replayed: people, what they may do, webhooks, and what is refused (contracts/doppler.md 6).
import { anything, count, flag, goString, list, map, nothing, object, text } from './decode.ts';
import { basic, ReplayedClient, type Service, startService, TERRAFORM } from './service.ts';

let service: Service;
let tf: ReplayedClient;
const as = (token: string) => new ReplayedClient(service.url, { ...TERRAFORM, ...basic(token) });
beforeAll(async () => {
  service = await startService();
  tf = as(service.tokens.owner);
}, 60_000);
afterAll(() => service.close());

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

test('an external id for a role at AWS is there before its integration', async () => {
  const external = object({ pendingExternalId: text });
  const made = await tf.ask(external, 'POST /v3/integrations/generate_external_id', { type: 'aws_secrets_manager' });
  expect(made.pendingExternalId).not.toBe('');
});

test('a login with OIDC has a token that manages, and what is refused is 501 with its reason', async () => {
  const identity = await service.identity(service.slugs.owner);
  const open = new ReplayedClient(service.url, TERRAFORM);
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
  ] as const) {
    await expect(tf.ask(anything, request, request.startsWith('POST') ? {} : undefined)).rejects.toThrow(words);
  }
});
