// Stories of people, their roles and tokens, integrations, webhooks and leases, told through Doppler's node SDK.
import type { DopplerSDK } from '@dopplerhq/node-sdk';
import { must } from '../must.ts';

export async function workplace(sdk: DopplerSDK): Promise<void> {
  expect(await sdk.workplace.get()).toMatchObject({ workplace: { id: expect.any(String), name: expect.any(String) } });
  const renamed = await sdk.workplace.update({ name: 'Shop', billing_email: 'bills@example.com' });
  expect(renamed.workplace).toEqual(expect.objectContaining({ name: 'Shop', billing_email: 'bills@example.com' }));
  expect((await sdk.workplace.get()).workplace?.name).toBe('Shop');
  expect((await sdk.invites.list({ page: 1 })).invites).toEqual([]);
  // The SDK renames every `type` of an answer.
  expect(await sdk.auth.me()).toMatchObject({ type_: 'service_account', workplace: { slug: expect.any(String) } });
}

export async function users({ users: all, audit }: DopplerSDK, id: string): Promise<void> {
  expect((await all.list({ page: 1, email: 'ada@example.com' })).workplace_users).toMatchObject([{ id }]);
  expect((await all.list({ email: 'nobody@example.com' })).workplace_users).toEqual([]);
  expect(await all.get(id)).toMatchObject({ workplace_user: { id, user: { email: 'ada@example.com' } } });
  const plain = (await audit.getUser(id)).workplace_user?.user;
  const told = (await audit.getUser(id, { settings: true })).workplace_user?.user;
  expect([plain?.mfa_enabled, told?.mfa_enabled, told?.saml_sso_enabled]).toEqual([undefined, false, false]);
}

export async function groups({ groups: all, retrieve }: DopplerSDK, user: string): Promise<void> {
  const made = (await all.create({ name: 'Builders', default_project_role: 'viewer' })).group;
  const slug = must(made?.slug);
  expect(made).toMatchObject({ name: 'Builders', default_project_role: { identifier: 'viewer' }, members: [] });
  await all.update({ name: 'Makers' }, slug);
  await all.addMember({ type_: 'workplace_user', slug: user }, slug);
  await expect(all.addMember({ type_: 'workplace_user', slug: user }, slug)).rejects.toMatchObject({ statusCode: 409 });
  expect((await all.get(slug)).group).toMatchObject({
    name: 'Makers',
    members: [{ type_: 'workplace_user', slug: user }],
  });
  expect(await retrieve.member(slug, 'workplace_user', user)).toEqual({});
  await all.deleteMember(slug, 'workplace_user', user);
  await expect(retrieve.member(slug, 'workplace_user', user)).rejects.toMatchObject({ statusCode: 404 });
  expect((await all.list({ page: 1, perPage: 10 })) as object).toMatchObject({ groups: [{ slug }] });
  await all.delete(slug);
  await expect(all.get(slug)).rejects.toMatchObject({ statusCode: 404 });
}

export async function roles(sdk: DopplerSDK): Promise<void> {
  for (const [all, permission] of [
    [sdk.projectRoles, 'enclave_config_logs'],
    [sdk.workplaceRoles, 'team'],
  ] as const) {
    expect((await all.listPermissions()).permissions).toContain(permission);
    const made = (await all.create({ name: 'Made here', permissions: [permission] })).role;
    expect(made).toMatchObject({ permissions: [permission], is_custom_role: true });
    const role = must(made?.identifier);
    expect((await all.update({ name: 'Made there', permissions: [] }, role)).role).toMatchObject({ permissions: [] });
    expect((await all.get(role)).role).toMatchObject({ name: 'Made there' });
    expect((await all.list()).roles?.map(({ identifier }) => identifier)).toEqual(
      expect.arrayContaining([role, 'viewer']),
    );
    await all.delete(role);
    await expect(all.get(role)).rejects.toMatchObject({ statusCode: 404 });
  }
}

export async function members({ projectMembers: all }: DopplerSDK, slug: string): Promise<void> {
  const type = 'workplace_user';
  const wish = { type_: type, slug, role: 'collaborator', environments: ['dev'] } as const;
  expect((await all.add({ ...wish, environments: ['dev'] }, 'sdk')).member).toMatchObject({
    ...{ type_: type, slug, role: { identifier: 'collaborator' } },
    ...{ access_all_environments: false, environments: ['dev'] },
  });
  expect((await all.update({ role: 'viewer' }, type, slug, 'sdk')).member).toMatchObject({
    role: { identifier: 'viewer' },
  });
  expect((await all.get('sdk', type, slug)).member).toMatchObject({ environments: ['dev'] });
  expect((await all.list('sdk', { page: 1, perPage: 20 })).members).toMatchObject([{ slug }]);
  await all.delete(type, slug, 'sdk');
  await expect(all.get('sdk', type, slug)).rejects.toMatchObject({ statusCode: 404 });
}

export async function serviceAccounts(sdk: DopplerSDK): Promise<void> {
  const { serviceAccounts: all, serviceAccountTokens: tokens } = sdk;
  const made = (await all.create({ name: 'ci', workplace_role: { identifier: 'viewer' } })).service_account;
  const slug = must(made?.slug);
  expect((await all.update({ name: 'builds' }, slug)).service_account).toMatchObject({ name: 'builds' });
  expect((await all.get(slug)).service_account).toMatchObject({ workplace_role: { identifier: 'viewer' } });
  expect((await all.list({ page: 1, perPage: 50 })).service_accounts?.map((one) => one.slug)).toContain(slug);

  const token = await tokens.create({ name: 'first' }, slug);
  const tokenSlug = must(token.api_token?.slug);
  expect(token.api_key).toMatch(/^dp\.sa\.[A-Za-z0-9]{40,44}$/);
  expect((await tokens.list(slug, { page: 1 })).api_tokens).toMatchObject([{ slug: tokenSlug, name: 'first' }]);
  expect((await tokens.get(slug, tokenSlug)).api_token).toMatchObject({ expires_at: null });
  await tokens.delete(slug, tokenSlug);
  await expect(tokens.get(slug, tokenSlug)).rejects.toMatchObject({ statusCode: 404 });

  const ended = must((await tokens.create({ name: 'second' }, slug)).api_key);
  expect(await sdk.auth.revoke({ token: ended })).toEqual({});
  await all.delete(slug);
  await expect(all.get(slug)).rejects.toMatchObject({ statusCode: 404 });
}

export async function integrations({ integrations: all }: DopplerSDK): Promise<void> {
  const data = { host: 'db.example', database: 'app', username: 'admin', password: 'planted-password' };
  const made = (await all.create({ name: 'orders', type_: 'postgres', data })).integration;
  const slug = must(made?.slug);
  expect(made).toMatchObject({ name: 'orders', type_: 'postgres', kind: 'dynamicSecrets', enabled: true });
  expect(await all.update({ name: 'invoices' }, slug)).toMatchObject({ integration: { slug, name: 'invoices' } });
  expect((await all.get(slug)).integration).toMatchObject({ name: 'invoices' });
  const listed = await all.list();
  expect(listed.integrations?.map(({ name }) => name)).toContain('invoices');
  expect(JSON.stringify(listed)).not.toContain('planted-password');
  await all.delete(slug);
  await expect(all.get(slug)).rejects.toMatchObject({ statusCode: 404 });
}

export async function webhooks({ webhooks: all }: DopplerSDK): Promise<void> {
  const at = { project: 'sdk' };
  type Told = { webhook: { id: string; url: string; enabled: boolean; enabledConfigs: string[] } };
  const authentication = { type_: 'Bearer', token: 'planted-token' } as const;
  const wish = { url: 'https://hooks.example/a', secret: 'planted-secret', authentication, enableConfigs: ['dev'] };
  const made = ((await all.add(wish, at)) as Told).webhook;
  expect(made).toMatchObject({ url: wish.url, enabled: true, enabledConfigs: ['dev'] });
  expect(((await all.disable(made.id, at)) as Told).webhook.enabled).toBe(false);
  expect(((await all.enable(made.id, at)) as Told).webhook.enabled).toBe(true);
  await all.update({ url: 'https://hooks.example/b', disableConfigs: ['dev'] }, made.id, at);
  const told = (await all.get(made.id, at)) as Told;
  expect(told.webhook).toMatchObject({ url: 'https://hooks.example/b', enabledConfigs: [] });
  expect(JSON.stringify([made, told, await all.list(at)])).not.toContain('planted');
  await all.delete(made.id, at);
  await expect(all.get(made.id, at)).rejects.toMatchObject({ statusCode: 404 });
}

export async function leases({ dynamicSecrets: all }: DopplerSDK, tryLogin: (url: string) => Promise<unknown>) {
  const which = { project: 'shop', config: 'prd', dynamic_secret: 'APP_DB' };
  const { id, expires_at, value, success } = await all.issueLease({ ...which, ttl_sec: 120 });
  expect([success, Date.parse(must(expires_at)) - Date.now() <= 120_000]).toEqual([true, true]);
  const url = must((value as Record<string, string>)['APP_DB_URL']);
  expect(await tryLogin(url)).toBe(3);
  expect(await all.revokeLease({ ...which, slug: must(id) })).toMatchObject({ success: true });
  // 28000 and 28P01: there is no such login any more.
  expect(await tryLogin(url)).toMatch(/^28/);
}
