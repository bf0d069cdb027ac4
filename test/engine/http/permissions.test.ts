// Every route with every kind of token, against a written table: nothing is open by accident.
import { auditRows } from '../../support/audit.ts';
import { field, type PeopleEngine, startPeopleEngine } from '../../support/people.ts';
import { COLUMNS, TABLE } from './permission-table.ts';

const AT = 'project=app&config=dev';
const OF_PHASE = /^\/(?:v1|secrets|identities)\//;

let engine: PeopleEngine;
/** Tokens that open nothing: made up, run out, ended, and of an account that is gone. */
let dead: (string | undefined)[];
const made: Record<string, string>[] = [];

beforeAll(async () => {
  engine = await startPeopleEngine();
  for (const n of COLUMNS.keys()) made.push(await prepare(String(n)));
  const dynamic = { project: 'app', config: 'dev', name: 'DB', kind: 'postgres', integration: 'pg' };
  await engine.ok(engine.admin, 'POST /configs/config/dynamic_secrets', dynamic);
  dead = [undefined, 'garbage', `dp.st.dev.${'x'.repeat(43)}`, `dp.said.${'x'.repeat(43)}`, ...(await deadTokens())];
}, 60_000);
afterAll(() => engine.close());

/** Something for each column to read, change and delete. */
async function prepare(n: string): Promise<Record<string, string>> {
  const { ok, admin } = engine;
  await ok(admin, 'POST /projects', { name: `gone-${n}`, create_default_environments: false });
  await ok(admin, 'POST /environments', { project: 'app', name: 'Gone', slug: `gone${n}` });
  await ok(admin, 'POST /configs', { project: 'app', environment: 'dev', name: `dev_gone${n}` });
  await ok(engine.tokens.write, 'POST /configs/config/secrets', { secrets: { [`GONE${n}`]: 'x' } });
  await ok(admin, 'POST /workplace/roles', { name: `gone ${n}`, permissions: [] });
  await ok(admin, 'POST /workplace/tags', { name: `gone ${n}` });
  await ok(admin, 'POST /projects/roles', { name: `gone ${n}`, permissions: [] });
  const account = await engine.serviceAccount(`gone ${n}`);
  await engine.member('service_account', account, 'viewer');
  const token = await ok(admin, `POST /workplace/service_accounts/service_account/${account}/tokens`, { name: 'gone' });
  return {
    n,
    account,
    token: field(token, 'api_token.slug'),
    identity: await engine.identity(account),
    user: await engine.user(`gone${n}@example.com`),
    friend: await engine.user(`friend${n}@example.com`),
    group: field(await ok(admin, 'POST /workplace/groups', { name: `gone${n}` }), 'group.slug'),
  };
}

async function deadTokens(): Promise<string[]> {
  const { admin, ok } = engine;
  const body = { project: 'app', config: 'dev', name: 'old', expire_at: new Date(engine.now() + 60_000).toISOString() };
  const expired = field(await ok(admin, 'POST /configs/config/tokens', body), 'token.key');
  const account = await engine.serviceAccount('dead', 'owner');
  const [orphan, ended] = [await engine.accountToken(account), await engine.accountToken(account)];
  await engine.send(undefined, 'POST /auth/revoke', { body: { token: ended } });
  await ok(admin, `DELETE /workplace/service_accounts/service_account/${account}`);
  engine.advance(61_000);
  return [expired, orphan, ended];
}

function fill<Value>(value: Value, column: number): Value {
  const text = JSON.stringify(value) as string | undefined;
  const filled = text?.replace(/\{(\w+)\}/g, (_, key: string) => made[column]?.[key] ?? `{${key}}`);
  return filled === undefined ? value : (JSON.parse(filled) as Value);
}

test.each(TABLE)('%s is answered by who asks', async (request, body, statuses) => {
  for (const token of dead) {
    const refused = await engine.send(token, fill(request, 0), { body: fill(body, 0) });
    expect([refused.status, refused.body]).toEqual([401, { messages: ['Invalid Auth token'], success: false }]);
  }
  const got: number[] = [];
  for (const [column, standing] of COLUMNS.entries()) {
    const reply = await engine.send(engine.tokens[standing], fill(request, column), { body: fill(body, column) });
    got.push(reply.status);
    if (reply.status >= 400) expect(reply.body).toEqual({ messages: expect.any(Array), success: false });
    expect(reply.headers.get('secrets-engine')).toMatch(/^1\.0\.0; \S/);
    expect(reply.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  }
  expect(got.join(' ')).toBe(statuses);
});

test('the table names every route that needs a token', () => {
  const fits = (pattern: string, path: string) =>
    new RegExp(`^${pattern.replaceAll('/', '\\/').replace(/:\w+/g, '[^/]+')}$`).test(path);
  // Those of the other dialect have a table of their own beside them.
  const routes = engine.engine.routes.filter(({ action, path }) => action !== 'open' && !OF_PHASE.test(path));
  const named = TABLE.map(([request]) => request.split('?')[0] ?? '');
  // The first route that fits is the one that answers.
  const answering = named.map((request) =>
    routes.find(({ method, path }) => fits(`${method} ${path.replace('/v3', '')}`, request)),
  );
  expect(answering).not.toContain(undefined);
  expect(new Set(answering).size).toBe(routes.length);
});

test('only these addresses take no token', () => {
  const open = engine.engine.routes.filter(({ action }) => action === 'open');
  expect(open.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
    'GET /',
    'GET /health/',
    'GET /healthz',
    'GET /metrics',
    'GET /readyz',
    'GET /v3/auth/cli/approve',
    'GET /v3/auth/cli/generate/2',
    'POST /identities/external/v1/oidc/auth/',
    'POST /v3/auth/cli/authorize',
    'POST /v3/auth/cli/revoke',
    'POST /v3/auth/cli/roll',
    'POST /v3/auth/oidc',
    'POST /v3/auth/revoke',
  ]);
});

test('the admin token is shown that there are values, and never one', async () => {
  await engine.send(engine.tokens.write, 'POST /configs/config/secrets', {
    body: { secrets: { SEEN: 'planted-value' } },
  });
  for (const request of [
    `GET /configs/config/secrets?${AT}`,
    `GET /configs/config/secret?${AT}&name=SEEN`,
    `GET /configs/config/secrets/download?${AT}`,
    `GET /configs/config/secrets?${AT}&include_dynamic_secrets=true`,
  ]) {
    expect((await engine.send(engine.admin, request)).text).not.toContain('planted-value');
  }
});

test.each(Object.entries({ project: 'other', config: 'stg' }))(
  'a service token of another %s is told so in the words of Doppler',
  async (what, name) => {
    const reply = await engine.send(engine.tokens.read, `GET /configs/config/secrets?${what}=${name}`);
    expect(reply.status).toBe(400);
    expect(reply.body['messages']).toEqual([`This token does not have access to requested ${what} '${name}'`]);
  },
);

test('a refused attempt is in the audit log', async () => {
  const count = async () => {
    const rows = await auditRows(engine.store);
    return rows.filter(({ outcome }) => outcome === 'denied').length;
  };
  const before = await count();
  await engine.send(engine.tokens.read, 'POST /projects', { body: { name: 'nope' } });
  await engine.send(engine.tokens.read, 'GET /configs/config/secrets?config=prd');
  await engine.send(engine.admin, `GET /configs/config/secrets/download?${AT}`);
  expect(await count()).toBe(before + 3);
});

test('missing and unknown places are told apart', async () => {
  const ask = async (query: string) => {
    const { status, body } = await engine.send(engine.admin, `GET /configs/config/secrets?${query}`);
    return [status, body['messages']];
  };
  expect(await ask('project=&config=')).toEqual([400, ['You must specify a project']]);
  expect(await ask('project=app')).toEqual([400, ['You must specify a config']]);
  expect(await ask('project=nope&config=dev')).toEqual([404, ["Could not find requested project 'nope'"]]);
  expect(await ask('project=app&config=nope')).toEqual([404, ["Could not find requested config 'nope'"]]);
});
