// Every route with every kind of token, against a written table: nothing is open by accident.
import { startTestEngine, type TestEngine } from '../../support/engine.ts';

let engine: TestEngine;
let tokens: Record<'read' | 'write' | 'admin', string>;
beforeAll(async () => {
  engine = await startTestEngine();
  tokens = {
    read: await engine.token('dev', 'read'),
    write: await engine.token('dev', 'read/write'),
    admin: engine.admin,
  };
});
afterAll(() => engine.close());

const AT = 'project=app&config=dev';
const DYNAMIC = '/configs/config/dynamic_secrets';
const ONE = `${DYNAMIC}/dynamic_secret`;
const ONE_BRANCH = { project: 'app', config: 'tst_one' };
const LEASE = `${AT}&dynamic_secret=DB`;

/** [request, body, read, read/write, admin]; without a token and with a wrong one it is always 401. */
const TABLE: [request: string, body: unknown, read: number, write: number, admin: number][] = [
  ['GET /me', undefined, 200, 200, 200],
  ['GET /workplace', undefined, 200, 200, 200],
  ['GET /projects', undefined, 200, 200, 200],
  ['POST /projects', { name: 'made', create_default_environments: false }, 403, 403, 200],
  ['GET /projects/project?project=app', undefined, 200, 200, 200],
  ['POST /projects/project', { project: 'made', name: 'made' }, 403, 403, 200],
  ['DELETE /projects/project?project=made', undefined, 403, 403, 200],
  ['GET /environments?project=app', undefined, 200, 200, 200],
  ['POST /environments', { project: 'app', name: 'Test', slug: 'tst' }, 403, 403, 200],
  ['GET /environments/environment?project=app&environment=tst', undefined, 403, 403, 200],
  ['GET /configs?project=app', undefined, 200, 200, 200],
  ['POST /configs', { project: 'app', environment: 'tst', name: 'tst_one' }, 403, 403, 200],
  ['GET /configs/config?project=app&config=dev', undefined, 200, 200, 200],
  ['POST /configs/config/clone', { ...ONE_BRANCH, name: 'tst_two' }, 403, 403, 200],
  ['POST /configs/config', { ...ONE_BRANCH, deletion_protection: false }, 403, 403, 200],
  ['POST /configs/config/lock', ONE_BRANCH, 403, 403, 200],
  ['POST /configs/config/unlock', ONE_BRANCH, 403, 403, 200],
  ['POST /configs/config/inheritable', { ...ONE_BRANCH, inheritable: false }, 403, 403, 200],
  ['POST /configs/config/inherits', { ...ONE_BRANCH, inherits: [] }, 403, 403, 200],
  [`GET /configs/config/trusted_ips?${AT}`, undefined, 403, 403, 200],
  [`POST /configs/config/trusted_ips?${AT}`, { ip: '0.0.0.0/0' }, 403, 403, 204],
  [`DELETE /configs/config/trusted_ips?${AT}`, { ip: '10.0.0.0/8' }, 403, 403, 404],
  [`GET /configs/config/references?${AT}`, undefined, 403, 200, 200],
  [`DELETE /configs/config/references?${AT}&slug=unknown`, undefined, 403, 404, 404],
  ['DELETE /configs/config?project=app&config=tst_one', undefined, 403, 403, 200],
  ['PUT /environments/environment', { project: 'app', environment: 'tst', name: 'Tests' }, 403, 403, 200],
  ['DELETE /environments/environment?project=app&environment=tst', undefined, 403, 403, 200],
  [`GET /configs/config/ping?${AT}`, undefined, 200, 200, 200],
  ['POST /configs/config/secrets', { project: 'app', config: 'dev', secrets: { A: 'x' } }, 403, 200, 200],
  [`GET /configs/config/secrets?${AT}`, undefined, 200, 200, 200],
  [`POST /configs/config/secrets/upload?${AT}`, { file: 'A="x"' }, 403, 200, 200],
  [`POST /configs/config/secrets/compare?${AT}`, { values: { A: 'x' } }, 403, 200, 200],
  [`POST /configs/config/secrets/note?${AT}`, { secret: 'A', note: 'n' }, 403, 200, 200],
  ['POST /projects/project/note?project=app', { secret: 'A', note: 'n' }, 403, 200, 200],
  [`GET /configs/config/secrets/metadata?${AT}`, undefined, 200, 200, 200],
  [`GET /configs/config/secrets/watch?${AT}`, undefined, 200, 200, 200],
  [`GET /configs/config/logs?${AT}`, undefined, 200, 200, 200],
  [`GET /configs/config/logs/log?${AT}&log=unknown`, undefined, 404, 404, 404],
  [`POST /configs/config/logs/log/rollback?${AT}&log=unknown`, undefined, 403, 404, 404],
  ['GET /logs', undefined, 403, 403, 200],
  ['GET /logs/log?log=unknown', undefined, 403, 403, 404],
  [`GET /configs/config/secrets/download?${AT}`, undefined, 200, 200, 403],
  [`GET /configs/config/secrets/names?${AT}`, undefined, 200, 200, 200],
  [`GET /configs/config/secret?${AT}&name=A`, undefined, 200, 200, 200],
  [`DELETE /configs/config/secret?${AT}&name=A`, undefined, 403, 204, 204],
  [`GET /configs/config/tokens?${AT}`, undefined, 403, 403, 200],
  ['POST /configs/config/tokens', { project: 'app', config: 'dev', name: 'ci' }, 403, 403, 200],
  [`DELETE /configs/config/tokens/token?${AT}&slug=unknown`, undefined, 403, 403, 404],
  ['GET /integrations', undefined, 403, 403, 200],
  ['POST /integrations', { type: 'postgres', name: 'pg', data: {} }, 403, 403, 200],
  ['GET /integrations/integration?integration=pg', undefined, 403, 403, 200],
  [`POST ${DYNAMIC}?${AT}`, { name: 'DB', kind: 'postgres', integration: 'pg' }, 403, 403, 200],
  [`GET ${DYNAMIC}?${AT}`, undefined, 200, 200, 200],
  [`GET ${ONE}?${LEASE}`, undefined, 200, 200, 200],
  [`PUT ${ONE}?${AT}`, { name: 'DB', max_ttl_sec: 3600 }, 403, 403, 200],
  [`POST ${ONE}/leases?${AT}`, { dynamic_secret: 'DB', ttl_sec: 60 }, 200, 200, 403],
  [`GET ${ONE}/leases?${LEASE}`, undefined, 200, 200, 200],
  [`PUT ${ONE}/leases/lease?${LEASE}`, { slug: 'unknown', ttl_sec: 60 }, 404, 404, 404],
  [`DELETE ${ONE}/leases/lease?${LEASE}&slug=unknown`, undefined, 404, 404, 404],
  ['DELETE /leases', undefined, 400, 400, 400],
  [`DELETE ${ONE}?${LEASE}`, undefined, 403, 403, 200],
  ['DELETE /integrations/integration?integration=pg', undefined, 403, 403, 200],
];

test.each(TABLE)('%s is answered by who asks', async (request, body, read, write, admin) => {
  const unknown = `dp.st.dev.${'x'.repeat(43)}`;
  for (const token of [undefined, 'garbage', unknown]) {
    const refused = await engine.send(token, request, { body });
    expect([refused.status, refused.body]).toEqual([401, { messages: ['Invalid Auth token'], success: false }]);
  }
  const got = [];
  for (const kind of ['read', 'write', 'admin'] as const) {
    const reply = await engine.send(tokens[kind], request, { body });
    got.push(reply.status);
    if (reply.status >= 400) expect(reply.body).toEqual({ messages: expect.any(Array), success: false });
    expect(reply.headers.get('secrets-engine')).toMatch(/^1\.0\.0; \S/);
    expect(reply.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  }
  expect(got).toEqual([read, write, admin]);
});

test('the table names every route that needs a token', () => {
  const named = new Set(TABLE.map(([request]) => request.split('?')[0]));
  const routes = engine.engine.routes.filter(({ action }) => action !== 'open');
  expect([...named].sort()).toEqual(routes.map(({ method, path }) => `${method} ${path.replace('/v3', '')}`).sort());
});

test('the admin token is shown that there are values, and never one', async () => {
  await engine.send(tokens.write, 'POST /configs/config/secrets', { body: { secrets: { SEEN: 'planted-value' } } });
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
    const reply = await engine.send(tokens.read, `GET /configs/config/secrets?${what}=${name}`);
    expect(reply.status).toBe(400);
    expect(reply.body['messages']).toEqual([`This token does not have access to requested ${what} '${name}'`]);
  },
);

test('a refused attempt is in the audit log', async () => {
  const count = async () => {
    const [chain] = await engine.store.read.listAuditChains({});
    const rows = await engine.store.read.readAuditChain({ chain: chain?.chain ?? '', afterSeq: 0, limit: 10_000 });
    return rows.filter(({ outcome }) => outcome === 'denied').length;
  };
  const before = await count();
  await engine.send(tokens.read, 'POST /projects', { body: { name: 'nope' } });
  await engine.send(tokens.read, 'GET /configs/config/secrets?config=prd');
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
