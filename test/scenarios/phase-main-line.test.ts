// The main line where Phase is the backend: what a job gets, in which order, and that nothing outlives it, in both modes.
import { MODES, phaseShop, type PhaseShop } from '../support/phase/shop.ts';
import { World } from '../support/scenario.ts';
import { requestTranscript, stepTranscript } from '../support/transcript.ts';

let world: World;
let shop: PhaseShop;
beforeAll(async () => {
  world = await World.start();
  shop = await phaseShop(world);
});
afterAll(async () => {
  await shop?.stop();
  await world?.stop();
});

/** Values of this run by what they are. */
const names = (extra: Record<string, string> = {}) => ({
  ...Object.fromEntries(Object.entries(world.shop.values).map(([name, value]) => [value, `<${name}>`])),
  [shop.bearer]: '<bearer>',
  [shop.bearer.split(' ')[1] ?? '']: '<bearer word>',
  [encodeURIComponent(shop.app)]: '<app>',
  ...extra,
});

describe.each(MODES)('%s', (mode) => {
  test('static secrets only: one request, no state, every value masked before it is handed over', async () => {
    const far = await shop.far(mode);
    const { main, post, report } = await world.runOnce(await shop.inputs(far));
    expect(report.status).toBe('success');
    expect(stepTranscript(main, names())).toMatchSnapshot();
    expect(stepTranscript(post, names())).toMatchSnapshot();
    expect(requestTranscript(far.requests, names())).toMatchSnapshot();
    expect(main.outputs).toMatchObject(world.shop.values);
  });

  test('with a lease: the state is saved before the lease is asked for, and one request in post ends it', async () => {
    const far = await shop.far(mode);
    const job = world.job({ secrets: { PHASE: shop.bearer } });
    const main = await job.uses({
      id: 'secrets',
      name: 'secrets-action',
      with: await shop.inputs(far, { dynamic: 'APP_DB', ttl: '15m' }),
    });
    const url = main.outputs['APP_DB_URL'] ?? '';
    expect(await world.tryLogin(url)).toBe(3);
    const report = await job.finish();
    expect(report.status).toBe('success');
    const known = names({
      [url]: '<APP_DB_URL>',
      [main.outputs['APP_DB_PASSWORD'] ?? '']: '<APP_DB_PASSWORD>',
      [String(world.database.port)]: '<port>',
    });
    expect(stepTranscript(main, known)).toMatchSnapshot();
    expect(stepTranscript(report.steps.at(-1), known)).toMatchSnapshot();
    expect(requestTranscript(far.requests, known)).toMatchSnapshot();
    expect(await world.tryLogin(url)).toMatch(/^28/);
    expect([await world.leasedRoles(), await world.liveLeases()]).toEqual([[], []]);
  });

  test('dynamic: true leases what the path has, with a whole pss_ token too', async () => {
    const inputs = await shop.inputs(mode, { token: shop.whole, dynamic: 'true', secrets: 'API_URL' });
    const job = world.job({ secrets: { PHASE: shop.whole } });
    const main = await job.uses({ id: 'secrets', with: inputs });
    expect(JSON.parse(main.outputs['lease-ids'] ?? '')).toEqual([
      { backend: 'phase', project: shop.app, config: 'Production', dynamic: 'APP_DB', id: expect.any(String) },
    ]);
    const report = await job.finish();
    expect(report.log.join('\n')).toContain('1 leased, 1 revoked, 0 left');
    expect(await world.liveLeases()).toEqual([]);
  });

  test('selection, prefix, a name from a line, one name alone and a folder that is empty', async () => {
    const far = await shop.far(mode);
    const { main } = await world.runOnce(
      await shop.inputs(far, { secrets: 'API_*\nTLS_KEY as CERTIFICATE\n!API_URL', prefix: 'SHOP_' }),
    );
    expect(Object.keys(main.outputs).sort()).toEqual([
      'CERTIFICATE',
      'SHOP_API_KEY',
      'expires-at',
      'lease-ids',
      'secret-names',
    ]);
    const one = await world.runOnce(await shop.inputs(far, { secrets: 'API_KEY' }));
    expect(one.main.outputs['API_KEY']).toBe(world.shop.values.API_KEY);
    expect(far.requests.at(-1)?.path).toContain('key=API_KEY');
    const empty = await world.runOnce(await shop.inputs(far, { path: '/\n/none', secrets: 'API_KEY' }));
    expect(empty.main.outputs['API_KEY']).toBe(world.shop.values.API_KEY);
  });

  test('a lease of another folder is not found, in one line with where it was looked for', async () => {
    const { main, report } = await world.runOnce(await shop.inputs(mode, { path: '/none', dynamic: 'APP_DB' }));
    expect(report.status).toBe('failure');
    expect(main.log.join('\n')).toMatch(/There is no dynamic secret APP_DB in Production:\/none of app/);
  });
});

test("the action's own words: backend, config and environment that do not go together are refused before any request", async () => {
  const far = await shop.far('engine');
  const { main } = await world.runOnce(await shop.inputs(far, { config: 'prd' }));
  expect(main.log.join('\n')).toMatch(/config is for Doppler: with Phase a place is project/);
  const other = await world.runOnce(world.inputs({ 'api-url': far.url, environment: 'Production' }));
  expect(other.main.log.join('\n')).toMatch(/environment is for Phase/);
  expect(far.requests).toEqual([]);
});
