// Every Phase route with every kind of token, against a written table: nothing is open by accident.
import { field, type PeopleEngine, startPeopleEngine } from '../../../support/people.ts';
import { COLUMNS } from '../permission-table.ts';

let engine: PeopleEngine;
let fill: (text: string, column?: number) => string;
beforeAll(async () => {
  engine = await startPeopleEngine();
  const { admin, ok } = engine;
  const app = (await engine.store.read.findProject({ name: 'app' }))?.id ?? '';
  const dynamic = { project: 'app', config: 'dev', name: 'DB', kind: 'postgres', integration: 'pg' };
  await ok(admin, 'POST /configs/config/dynamic_secrets', dynamic);
  const secret = engine.minting.dynamics[0]?.slug ?? '';
  const account = await engine.serviceAccount('gone');
  const path = `/v1/service-accounts/${account}/tokens/`;
  const token = field(await ok(admin, `POST ${path}`, { name: 'gone' }), 'id');
  const made: Record<string, string>[] = [];
  for (const column of COLUMNS.keys()) made.push(await prepare(app, column));
  fill = (text, column = 0) =>
    Object.entries({ ...made[column], app, token, secret, tokens: path, n: String(column) }).reduce(
      (all, [name, value]) => all.replace(`{${name}}`, value),
      text.replace('{at}', `app_id=${app}&env=development`),
    );
}, 60_000);
afterAll(() => engine.close());

/** Readers and viewers write nothing, and the admin token does without reading. */
const WRITING = '403 200 200 200 200 403 404 403 403 403';

/** Something for each column to change and delete. */
async function prepare(app: string, n: number): Promise<Record<string, string>> {
  const { admin, ok } = engine;
  const gone = await ok(admin, 'POST /v1/apps/', { name: `gone-${n}`, environments: ['dev'] });
  const environment = await ok(admin, `POST /v1/environments/?app_id=${app}`, { name: `gone-${n}` });
  const account = await engine.serviceAccount(`gone ${n}`);
  return { gone: field(gone, 'id'), environment: field(environment, 'id'), account };
}

const LEASES = '/v1/secrets/dynamic/leases/?{at}';
/** In the order of COLUMNS: read, write, admin, owner, collab, viewer, elsewhere, nobody, scim, audit. */
const TABLE: [request: string, body: object | undefined, statuses: string][] = [
  ['GET /v1/secrets/?{at}', undefined, '200 200 403 200 200 200 404 403 403 403'],
  ['GET /v1/secrets/?{at}&dynamic=true&lease=true', undefined, '200 200 403 200 200 200 404 403 403 403'],
  ['GET /secrets/?{at}', undefined, '200 200 403 200 200 200 404 403 403 403'],
  ['POST /v1/secrets/?{at}', { secrets: [{ key: 'MADE', value: 'x', path: '{n}' }] }, WRITING],
  ['PUT /v1/secrets/?{at}', { secrets: [{ id: 'none' }] }, WRITING.replaceAll('200', '404')],
  ['DELETE /v1/secrets/?{at}', { secrets: ['none'] }, WRITING.replaceAll('200', '404')],
  ['POST /secrets/?{at}', { secrets: [{ key: 'open', value: 'open' }] }, WRITING.replaceAll('200', '400')],
  ['PUT /secrets/?{at}', { secrets: [{ id: 'none' }] }, WRITING.replaceAll('200', '404')],
  ['DELETE /secrets/?{at}', { secrets: ['none'] }, WRITING],
  ['GET /secrets/tokens/', undefined, '403 403 403 200 200 200 200 200 403 403'],
  ['GET /v1/secrets/dynamic/?{at}', undefined, '200 200 200 200 200 200 404 403 403 403'],
  ['GET /v1/secrets/dynamic/?{at}&lease=true', undefined, '200 200 403 200 200 200 404 403 403 403'],
  [`GET ${LEASES}&secret_id={secret}`, undefined, '200 200 200 200 200 200 404 403 403 403'],
  [`PUT ${LEASES}`, { lease_id: 'none', ttl: 60 }, '404 404 404 404 404 404 404 403 403 403'],
  [`DELETE ${LEASES}`, { lease_id: 'none' }, '404 404 404 404 404 404 404 403 403 403'],
  ['GET /v1/apps/', undefined, '200 200 200 200 200 200 200 200 403 403'],
  ['POST /v1/apps/', { name: 'made-{n}', environments: ['dev'] }, '403 403 201 201 201 403 403 403 403 403'],
  ['GET /v1/apps/{app}/', undefined, '200 200 200 200 200 200 404 404 403 403'],
  ['PUT /v1/apps/{app}/', { description: 'changed' }, '403 403 200 200 403 403 404 403 403 403'],
  ['DELETE /v1/apps/{gone}/', undefined, '403 403 204 204 404 403 404 403 403 403'],
  ['GET /v1/environments/?app_id={app}', undefined, '200 200 200 200 200 200 404 404 403 403'],
  ['POST /v1/environments/?app_id={app}', { name: 'made-{n}' }, '403 403 201 201 403 403 404 403 403 403'],
  ['GET /v1/environments/{environment}/', undefined, '403 403 200 200 200 200 404 404 403 403'],
  ['PUT /v1/environments/{environment}/', { name: 'named-{n}' }, '403 403 200 200 403 403 404 403 403 403'],
  ['DELETE /v1/environments/{environment}/', undefined, '403 403 204 204 403 403 404 403 403 403'],
  ['GET /v1/service-accounts/', undefined, '403 403 200 200 200 200 403 403 403 403'],
  ['POST /v1/service-accounts/', { name: 'made' }, '403 403 201 201 403 403 403 403 403 403'],
  ['GET /v1/service-accounts/{account}/', undefined, '403 403 200 200 200 200 403 403 403 403'],
  ['PUT /v1/service-accounts/{account}/', { name: 'named' }, '403 403 200 200 403 403 403 403 403 403'],
  [
    'PUT /v1/service-accounts/{account}/access/',
    { apps: [{ id: '{app}', environments: ['{environment-of-app}'] }] },
    '403 403 404 404 403 403 403 403 403 403',
  ],
  ['PUT /v1/service-accounts/{account}/access/', { apps: [] }, '403 403 200 200 200 403 403 403 403 403'],
  ['DELETE /v1/service-accounts/{account}/', undefined, '403 403 204 204 403 403 403 403 403 403'],
  ['GET /v1/roles/', undefined, '403 403 200 200 200 200 200 200 403 403'],
  ['GET /v1/members/', undefined, '403 403 200 200 200 200 403 403 200 200'],
  ['GET {tokens}', undefined, '403 403 200 200 403 403 403 403 403 403'],
  ['POST {tokens}', { name: 'made' }, '403 403 201 201 403 403 403 403 403 403'],
  ['DELETE {tokens}{token}/', undefined, '403 403 204 404 403 403 403 403 403 403'],
  // Only an exchanged token ends itself; it is the last line, for that token is gone then.
  ['DELETE /identities/external/v1/oidc/auth/', undefined, '400 400 400 400 400 400 400 204 400 400'],
];

test.each(TABLE)('%s is answered by who asks', async (request, body, statuses) => {
  for (const token of [undefined, 'garbage', `User ${'0'.repeat(64)}`]) {
    const refused = await engine.send(token, fill(request), { body });
    expect([refused.status, refused.body]).toEqual([401, { error: 'Invalid Auth token' }]);
  }
  const got: number[] = [];
  for (const [column, standing] of COLUMNS.entries()) {
    const sent = body && (JSON.parse(fill(JSON.stringify(body), column)) as object);
    const reply = await engine.send(engine.tokens[standing], fill(request, column), { body: sent });
    got.push(reply.status);
    if (reply.status >= 400) expect(reply.body).toEqual({ error: expect.any(String) });
  }
  expect(got.join(' ')).toBe(statuses);
});

test('the table names every route of this dialect', () => {
  const routes = engine.engine.routes.filter(
    ({ path, action }) => /^\/(?:v1|secrets|identities)\//.test(path) && action !== 'open',
  );
  const named = TABLE.map(([request]) =>
    request
      .replace('{tokens}', '/v1/service-accounts/:account/tokens/')
      .replace(/\/\{gone\}/, '/:app')
      .replace(
        /\/?\{(token|app|environment|account)\}\//,
        (text, name: string) => `${text[0] === '/' ? '/' : ''}:${name}/`,
      ),
  );
  const paths = new Set(named.map((request) => request.split('?')[0]));
  expect(routes.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([...paths].sort());
});

test('what leases counts as minting, whatever its method says', () => {
  const minting = engine.engine.routes.filter((route) => 'isMinting' in route && route.isMinting);
  expect(minting.map(({ path }) => path)).toEqual(['/v1/secrets/', '/secrets/', '/v1/secrets/dynamic/']);
  const header = (name: string) => (name === 'lease' ? 'true' : undefined);
  for (const route of minting) {
    if (route.action === 'open') throw new Error('open');
    const asks = (text: string) => route.isMinting?.({ query: new URLSearchParams(text), header: () => undefined });
    expect([asks('lease=true'), asks('lease='), asks('lease=false'), asks('')]).toEqual([true, true, false, false]);
    expect(route.isMinting?.({ query: new URLSearchParams(), header })).toBe(true);
  }
});
