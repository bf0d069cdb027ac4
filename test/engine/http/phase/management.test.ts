// Phase's management API over the engine's own projects, environments and accounts: made by one dialect, seen by both.
import { type PhaseEngine, restForm, startPhaseEngine } from '../../../support/phase/engine.ts';

let engine: PhaseEngine;
beforeAll(async () => {
  engine = await startPhaseEngine();
});
afterAll(() => engine.close());

type Fields = Record<string, unknown> & { id: string; name: string };
/** As the admin, who manages everything. */
const ask = (request: string, body?: object, token = engine.admin) => engine.send(token, request, { body });
const ok = async (request: string, body?: object, status = 200) => {
  const reply = await ask(request, body);
  expect([request, reply.status, reply.text]).toEqual([request, status, expect.any(String)]);
  return reply.body as Fields;
};
const list = async (path: string) => (await ok(`GET ${path}`))['data'] as Fields[];
const refused = async (request: string, body?: object, token = engine.admin) => {
  const reply = await ask(request, body, token);
  expect([request, reply.body]).toEqual([request, { error: expect.any(String) }]);
  return reply.status;
};
const INSTANT = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z$/) as unknown;
const times = { createdAt: INSTANT, updatedAt: INSTANT };
const slugs = async (project: string) => {
  const { body } = await ask(`GET /environments?project=${project}`);
  return (body['environments'] as { id: string }[]).map(({ id }) => id).sort();
};

describe('apps', () => {
  test('an app is made with the usual environments, 201, and is a project of Doppler’s side', async () => {
    const app = await ok('POST /v1/apps/', { name: 'shop', description: 'sells' }, 201);
    expect(app).toEqual({ id: app.id, name: 'shop', description: 'sells', sseEnabled: true, ...times });
    expect(await ok(`GET /v1/apps/${app.id}/`)).toEqual(app);
    expect((await list('/v1/apps/')).find(({ id }) => id === app.id)).toEqual(app);
    expect((await ask('GET /projects/project?project=shop')).status).toBe(200);
    expect(await slugs('shop')).toEqual(['dev', 'prd', 'stg']);
  });

  test('an app is made with environments of its own, all or none', async () => {
    await ok('POST /v1/apps/', { name: 'own', environments: ['dev', 'QA', 'prod'] }, 201);
    expect(await slugs('own')).toEqual(['dev', 'prod', 'qa']);
    expect(await refused('POST /v1/apps/', { name: 'twice', environments: ['dev', 'Dev'] })).toBe(400);
    expect((await ask('GET /projects/project?project=twice')).status).toBe(404);
  });

  test('one is renamed and described, each alone, and goes with 204', async () => {
    const { id } = await ok('POST /v1/apps/', { name: 'old' }, 201);
    expect(await ok(`PUT /v1/apps/${id}/`, { name: 'new' })).toMatchObject({ name: 'new', description: '' });
    expect(await ok(`PUT /v1/apps/${id}/`, { description: 'said' })).toMatchObject({
      name: 'new',
      description: 'said',
    });
    const gone = await ask(`DELETE /v1/apps/${id}/`);
    expect([gone.status, gone.text]).toEqual([204, '']);
    expect(await refused(`GET /v1/apps/${id}/`)).toBe(404);
    expect((await ask('GET /projects/project?project=new')).status).toBe(404);
  });

  test('what is protected from deletion stays, with everything in it', async () => {
    const { id } = await ok('POST /v1/apps/', { name: 'kept' }, 201);
    await ok('POST /projects/project', { project: 'kept', name: 'kept', deletion_protection: true });
    expect(await refused(`DELETE /v1/apps/${id}/`)).toBe(400);
    expect(await slugs('kept')).toHaveLength(3);
  });

  test.each([
    ['POST /v1/apps/', {}],
    ['POST /v1/apps/', { name: 'x'.repeat(65) }],
    ['POST /v1/apps/', { name: 'with space' }],
    ['POST /v1/apps/', { name: 'app' }],
    ['POST /v1/apps/', { name: 'none', environments: [] }],
    ['PUT /v1/apps/{app}/', {}],
  ])('%s with %j is refused', async (request, body) => {
    expect(await refused(request.replace('{app}', engine.app), body)).toBe(400);
  });
});

describe('environments', () => {
  const at = () => `/v1/environments/?app_id=${engine.app}`;

  test('they are listed in order with their types, for an app that is named', async () => {
    expect((await list(at())).map(({ name, envType, index }) => [name, envType, index])).toEqual([
      ['Development', 'dev', 0],
      ['Production', 'prod', 1],
      ['Staging', 'staging', 2],
    ]);
    expect(await refused('GET /v1/environments/')).toBe(403);
    expect(await refused('GET /v1/environments/?app_id=unknown')).toBe(404);
  });

  test('one is made, renamed and deleted; Doppler’s side knows it by its slug all the time', async () => {
    engine.advance(1);
    const made = await ok(`POST ${at()}`, { name: 'QA' }, 201);
    expect(made).toEqual({ id: made.id, name: 'QA', envType: 'custom', index: 3, ...times });
    expect(await slugs('app')).toContain('qa');
    expect(await ok(`PUT /v1/environments/${made.id}/`, { name: 'Tests' })).toEqual({ ...made, name: 'Tests' });
    expect(await slugs('app')).toContain('qa');
    expect(await ok(`GET /v1/environments/${made.id}/`)).toMatchObject({ name: 'Tests', index: 3 });
    expect((await ask(`DELETE /v1/environments/${made.id}/`)).status).toBe(204);
    expect(await refused(`GET /v1/environments/${made.id}/`)).toBe(404);
    expect(await slugs('app')).not.toContain('qa');
  });

  test('two of one name, in whatever case, could not be told apart and are a conflict', async () => {
    for (const name of ['development', 'DEV']) expect(await refused(`POST ${at()}`, { name })).toBe(409);
    const [first, second] = await list(at());
    expect(await refused(`PUT /v1/environments/${first?.id}/`, { name: second?.name ?? '' })).toBe(409);
    expect((await ok(`PUT /v1/environments/${first?.id}/`, { name: 'Development' })).name).toBe('Development');
  });

  test('app_id is taken from the body too, and in either spelling', async () => {
    const { id } = await ok('POST /v1/environments/', { app_id: engine.app, name: 'body' }, 201);
    expect((await ask(`DELETE /v1/environments/${id}/`)).status).toBe(204);
    expect((await ask(`GET /v1/environments/?appId=${engine.app}`)).status).toBe(200);
  });
});

describe('service accounts', () => {
  const account = async (more: object = {}) => ok('POST /v1/service-accounts/', { name: 'bot', ...more }, 201);
  type Token = { id: string; name: string; token: string; bearerToken: string };

  test('one is made with a first token that is told once and opens what it may enter', async () => {
    const reply = await ask('POST /v1/service-accounts/', { name: 'deploy', role_id: 'viewer', token_name: 'CI' });
    expect([reply.status, reply.headers.get('cache-control')]).toEqual([201, 'no-store']);
    const { initialToken, ...made } = reply.body as Fields & { initialToken: Token };
    expect(made).toEqual({ id: made.id, name: 'deploy', role: { id: 'viewer', name: 'viewer' }, ...times });
    expect(initialToken).toMatchObject({ name: 'CI', token: expect.stringMatching(/^pss_service:v2:/) });
    expect(initialToken.bearerToken).toBe(restForm(initialToken.token));
    expect((await ask('GET /service/secrets/tokens/', undefined, initialToken.bearerToken)).status).toBe(200);
    const detail = await ok(`GET /v1/service-accounts/${made.id}/`);
    expect(detail).toEqual({
      ...made,
      tokens: [{ id: initialToken.id, name: 'CI', createdAt: INSTANT, expiresAt: null }],
      apps: [],
    });
    expect(JSON.stringify(detail)).not.toContain(initialToken.bearerToken.slice(-10));
    const doppler = await ask(`GET /workplace/service_accounts/service_account/${made.id}`);
    expect(doppler.body).toMatchObject({ service_account: { name: 'deploy' } });
  });

  test('it is listed, renamed, given another role and deleted with its tokens', async () => {
    const { id, initialToken } = (await account()) as Fields & { initialToken: Token };
    expect((await list('/v1/service-accounts/')).map((one) => one.id)).toContain(id);
    expect(initialToken.name).toBe('Default');
    const changed = await ok(`PUT /v1/service-accounts/${id}/`, { name: 'other', role_id: 'viewer' });
    expect(changed).toMatchObject({ name: 'other', role: { id: 'viewer' } });
    expect(await refused(`PUT /v1/service-accounts/${id}/`, {})).toBe(400);
    expect(await refused(`PUT /v1/service-accounts/${id}/`, { role_id: 'no-such' })).toBe(400);
    expect((await ask(`DELETE /v1/service-accounts/${id}/`)).status).toBe(204);
    expect((await ask('GET /service/secrets/tokens/', undefined, initialToken.bearerToken)).status).toBe(401);
    expect(await refused(`GET /v1/service-accounts/${id}/`)).toBe(404);
  });

  test('its tokens are made, listed without what opens, and ended', async () => {
    const { id } = await account();
    engine.advance(1);
    const made = (await ok(`POST /v1/service-accounts/${id}/tokens/`, { name: 'two', expires_in: 60 }, 201)) as Fields;
    const all = await list(`/v1/service-accounts/${id}/tokens/`);
    expect(all.map(({ name, expiresAt }) => [name, expiresAt])).toEqual([
      ['Default', null],
      ['two', INSTANT],
    ]);
    for (const one of all) expect(Object.keys(one)).toEqual(['id', 'name', 'createdAt', 'expiresAt']);
    expect((await ask(`DELETE /v1/service-accounts/${id}/tokens/${made.id}/`)).status).toBe(204);
    expect(await list(`/v1/service-accounts/${id}/tokens/`)).toHaveLength(1);
  });

  test('what it may enter is said as a whole: given, moved, and taken away', async () => {
    const { id, initialToken } = (await account()) as Fields & { initialToken: Token };
    const [dev, prd] = await list(`/v1/environments/?app_id=${engine.app}`);
    const enter = async (...environments: (Fields | undefined)[]) =>
      ok(`PUT /v1/service-accounts/${id}/access/`, {
        apps: environments.length === 0 ? [] : [{ id: engine.app, environments: environments.map((one) => one?.id) }],
      });
    const reads = async (env: string) =>
      (await ask(`GET /v1/secrets/?app_id=${engine.app}&env=${env}`, undefined, initialToken.bearerToken)).status;
    expect([await reads('development'), await reads('production')]).toEqual([403, 403]);
    expect(await enter(dev)).toMatchObject({
      id,
      apps: [{ id: engine.app, name: 'app', environments: [{ id: dev?.id, name: 'Development', envType: 'dev' }] }],
    });
    expect([await reads('development'), await reads('production')]).toEqual([200, 404]);
    await enter(prd);
    expect([await reads('development'), await reads('production')]).toEqual([404, 200]);
    expect((await enter())['apps']).toEqual([]);
    expect([await reads('development'), await reads('production')]).toEqual([403, 403]);
  });

  test('an account that held all environments keeps holding them when all are named, and its role', async () => {
    const [held] = await engine.store.read.listMemberships({ type: 'service_account', member_id: engine.accountId });
    const all = await list(`/v1/environments/?app_id=${engine.app}`);
    const apps = [{ id: engine.app, environments: all.map(({ id }) => id) }];
    await ok(`PUT /v1/service-accounts/${engine.accountId}/access/`, { apps });
    const now = await engine.store.read.listMemberships({ type: 'service_account', member_id: engine.accountId });
    expect(now).toEqual([held]);
  });

  test('nothing is given where a part of it is wrong', async () => {
    const { id } = await account();
    const [dev] = await list(`/v1/environments/?app_id=${engine.app}`);
    const set = (...apps: object[]) => refused(`PUT /v1/service-accounts/${id}/access/`, { apps });
    const good = { id: engine.app, environments: [dev?.id] };
    expect(await set(good, { id: 'unknown', environments: ['x'] })).toBe(404);
    expect(await set({ id: engine.app, environments: [dev?.id, 'unknown'] })).toBe(404);
    expect(await set({ id: engine.app, environments: [] })).toBe(400);
    expect(await set(good, good)).toBe(400);
    expect((await ok(`GET /v1/service-accounts/${id}/`))['apps']).toEqual([]);
  });

  test('nobody gives what he has not, nor takes away where he manages nothing', async () => {
    const maker = ['service_accounts', 'service_accounts_manage', 'all_enclave_projects'];
    await ok('POST /workplace/roles', { name: 'maker', permissions: maker });
    const { initialToken } = (await account({ role_id: 'maker' })) as Fields & { initialToken: Token };
    const { id } = await account();
    const [dev] = await list(`/v1/environments/?app_id=${engine.app}`);
    const apps = [{ id: engine.app, environments: [dev?.id] }];
    const path = `PUT /v1/service-accounts/${id}/access/`;
    const token = initialToken.bearerToken;
    expect(await refused(path, { apps }, token)).toBe(403);
    await ok(path, { apps });
    expect(await refused(path, { apps: [] }, token)).toBe(403);
    expect(await refused('POST /v1/service-accounts/', { name: 'up', role_id: 'owner' }, token)).toBe(403);
    const made = await ask('POST /v1/service-accounts/', { name: 'plain' }, token);
    expect([made.status, made.body['initialToken']]).toEqual([201, null]);
    expect(await refused('POST /v1/service-accounts/', { name: 'named', token_name: 'CI' }, token)).toBe(403);
  });

  test('a team, which there is none of, is refused and not passed over', async () => {
    expect(await refused('POST /v1/service-accounts/', { name: 'bot', team_id: 'team' })).toBe(400);
  });
});

test('roles and members are listed as they are', async () => {
  const roles = await list('/v1/roles/');
  expect(roles.find(({ id }) => id === 'viewer')).toEqual({
    ...{ id: 'viewer', name: 'viewer', description: null, color: '', isDefault: true },
    createdAt: INSTANT,
  });
  const members = await list('/v1/members/');
  expect(members).toEqual([
    {
      ...{ id: expect.any(String), username: 'ada@example.test', fullName: 'ada@example.test' },
      ...{ email: 'ada@example.test', role: { id: 'no_access', name: 'no_access' }, ...times },
    },
  ]);
});

test.each(['', '/public', '/service', '/service/public'])(
  'all of it is there below %p, slashed or not',
  async (mount) => {
    for (const path of [
      '/v1/apps',
      '/v1/apps/',
      '/v1/service-accounts',
      '/v1/roles',
      `/v1/environments?app_id=${engine.app}`,
    ]) {
      expect((await ask(`GET ${mount}${path}`)).status).toBe(200);
    }
  },
);

test('an app that somebody is not in is not there for him, and neither are its environments', async () => {
  const { id } = await ok('POST /v1/apps/', { name: 'hidden' }, 201);
  const [environment] = await list(`/v1/environments/?app_id=${id}`);
  const token = restForm(engine.tokens.account);
  for (const request of [`GET /v1/apps/${id}/`, `GET /v1/environments/?app_id=${id}`]) {
    const reply = await ask(request, undefined, token);
    expect([reply.status, reply.text]).toEqual([404, expect.not.stringContaining('hidden')]);
  }
  expect(await refused(`GET /v1/environments/${environment?.id}/`, undefined, token)).toBe(404);
  const { body } = await ask('GET /v1/apps/', undefined, token);
  expect((body['data'] as Fields[]).map(({ name }) => name)).toEqual(['app']);
});

test.each([
  ['GET /v1/teams/', 'teams'],
  ['POST /v1/members/invites/', 'invites'],
  ['POST /service/public/identities/external/v1/aws/iam/auth/', 'OIDC identity'],
  ['POST /identities/external/v1/azure/entra/auth/', 'OIDC identity'],
])('%s is refused with what is missing', async (request, words) => {
  const { status, body } = await ask(request, request.startsWith('POST') ? {} : undefined);
  expect([status, body]).toEqual([501, { error: expect.stringContaining(words) }]);
});
