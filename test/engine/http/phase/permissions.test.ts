// Every Phase route with every kind of token, against a written table: nothing is open by accident.
import { field, type PeopleEngine, startPeopleEngine } from '../../../support/people.ts';
import { COLUMNS } from '../permission-table.ts';

let engine: PeopleEngine;
let fill: (text: string) => string;
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
  fill = (text) =>
    text
      .replace('{at}', `app_id=${app}&env=development`)
      .replace('{tokens}', path)
      .replace('{token}', token)
      .replace('{secret}', secret);
}, 60_000);
afterAll(() => engine.close());

const LEASES = '/v1/secrets/dynamic/leases/?{at}';
/** In the order of COLUMNS: read, write, admin, owner, collab, viewer, elsewhere, nobody, scim, audit. */
const TABLE: [request: string, body: object | undefined, statuses: string][] = [
  ['GET /v1/secrets/?{at}', undefined, '200 200 403 200 200 200 404 403 403 403'],
  ['GET /v1/secrets/?{at}&dynamic=true&lease=true', undefined, '200 200 403 200 200 200 404 403 403 403'],
  ['GET /secrets/?{at}', undefined, '200 200 403 200 200 200 404 403 403 403'],
  ['GET /secrets/tokens/', undefined, '403 403 403 200 200 200 200 200 403 403'],
  ['GET /v1/secrets/dynamic/?{at}', undefined, '200 200 200 200 200 200 404 403 403 403'],
  ['GET /v1/secrets/dynamic/?{at}&lease=true', undefined, '200 200 403 200 200 200 404 403 403 403'],
  [`GET ${LEASES}&secret_id={secret}`, undefined, '200 200 200 200 200 200 404 403 403 403'],
  [`PUT ${LEASES}`, { lease_id: 'none', ttl: 60 }, '404 404 404 404 404 404 404 403 403 403'],
  [`DELETE ${LEASES}`, { lease_id: 'none' }, '404 404 404 404 404 404 404 403 403 403'],
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
  for (const standing of COLUMNS) {
    const reply = await engine.send(engine.tokens[standing], fill(request), { body });
    got.push(reply.status);
    if (reply.status >= 400) expect(reply.body).toEqual({ error: expect.any(String) });
  }
  expect(got.join(' ')).toBe(statuses);
});

test('the table names every route of this dialect', () => {
  const routes = engine.engine.routes.filter(
    ({ path, action }) => /^\/(?:v1|secrets|identities)\//.test(path) && action !== 'open',
  );
  const named = TABLE.map(([request]) => request.replace('{tokens}', '/v1/service-accounts/:account/tokens/'));
  const paths = new Set(named.map((request) => request.replace('{token}', ':token').split('?')[0]));
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
