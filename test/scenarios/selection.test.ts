// Selection: what a job gets of one config or of several, under which names, and what is refused before anything is leased.
import { annotationsOf, World } from '../support/scenario.ts';
import { declareSecondProject, type SecondProject } from '../support/second-project.ts';

let world: World;
let second: SecondProject;
beforeAll(async () => {
  world = await World.start();
  second = await declareSecondProject(world);
});
afterAll(() => world?.stop());

const BOTH = 'shop/prd\ninfra/prd';
const own = (outputs: Readonly<Record<string, string>>) => {
  const { 'lease-ids': _ids, 'expires-at': _end, 'secret-names': _names, ...values } = outputs;
  return values;
};
const both = (inputs: Record<string, string>) => ({ token: second.token, config: BOTH, ...inputs });

test('renames, patterns, exclusions and JSON fields give exactly what they say, masked', async () => {
  const { values } = world.shop;
  const proxy = await world.proxy();
  const { main, report } = await world.runOnce({
    'api-url': proxy.url,
    secrets: 'API_*\n!API_URL\nDEPLOY_TOKEN as RELEASE_TOKEN',
  });
  expect(report.status).toBe('success');
  expect(own(main.outputs)).toEqual({ API_KEY: values.API_KEY, RELEASE_TOKEN: values.DEPLOY_TOKEN });
  expect(main.outputs['secret-names']).toBe('["API_KEY","RELEASE_TOKEN"]');
  expect(proxy.requests).toHaveLength(1);
  expect(proxy.requests[0]?.path).not.toContain('&secrets=');
});

test('exact names are all that is asked for', async () => {
  const proxy = await world.proxy();
  await world.runOnce({ 'api-url': proxy.url, secrets: 'API_KEY as K, TLS_KEY' });
  expect(proxy.requests[0]?.path).toContain('secrets=API_KEY,TLS_KEY'.replace(',', '%2C'));
});

test('several configs are read at once, and a field of a JSON value is hidden in the log by itself', async () => {
  const job = world.job();
  const secrets = 'API_KEY\nREGION\nDATABASE.user.password as DB_PASSWORD\nDATABASE.port as DB_PORT';
  const main = await job.uses({ id: 'secrets', with: world.inputs(both({ secrets })) });
  expect(own(main.outputs)).toEqual({
    API_KEY: world.shop.values.API_KEY,
    REGION: second.values.REGION,
    DB_PASSWORD: second.password,
    DB_PORT: '5432',
  });
  const echo = await job.run(`echo "password ${second.password} region ${second.values.REGION}"`);
  await job.finish();
  expect(echo.log.join('\n')).toContain('password *** region eu-central-1');
});

test('leases of several configs each go where their dynamic secret is declared, and post ends all', async () => {
  const job = world.job();
  const main = await job.uses({
    id: 'secrets',
    with: world.inputs(both({ secrets: '!*', dynamic: 'APP_DB as SHOP_ ttl=10m\nINFRA_DB', ttl: '20m' })),
  });
  expect(annotationsOf(main, 'error')).toEqual([]);
  const ids = JSON.parse(main.outputs['lease-ids'] ?? '') as { project: string; dynamic: string }[];
  expect(ids.map(({ project, dynamic }) => `${project}/${dynamic}`)).toEqual(['shop/APP_DB', 'infra/INFRA_DB']);
  const urls = [main.outputs['SHOP_URL'] ?? '', main.outputs['INFRA_DB_URL'] ?? ''];
  for (const url of urls) expect(await world.tryLogin(url)).toBe(3);
  const [lease] = await world.liveLeases();
  expect(main.outputs['expires-at']).toBe(lease?.expires_at);
  const minutes = (Date.parse(lease?.expires_at ?? '') - Date.now()) / 60_000;
  expect([minutes > 8, minutes <= 10]).toEqual([true, true]);
  const report = await job.finish();
  expect(report.log.join('\n')).toContain('2 leased, 2 revoked, 0 left');
  for (const url of urls) expect(await world.tryLogin(url)).toMatch(/^28/);
});

test('dynamic: true leases all that the engine lists', async () => {
  const job = world.job();
  const main = await job.uses({ id: 'secrets', with: world.inputs(both({ secrets: '!*', dynamic: 'true' })) });
  expect(Object.keys(main.outputs)).toEqual(expect.arrayContaining(['APP_DB_URL', 'INFRA_DB_URL']));
  const report = await job.finish();
  expect(report.log.join('\n')).toContain('2 leased, 2 revoked, 0 left');
});

test('prefix and name-transform change the names of static secrets alone', async () => {
  const { main } = await world.runOnce({
    prefix: 'ci',
    'name-transform': 'lower-kebab',
    secrets: 'API_*\nTLS_KEY as CERTIFICATE',
    dynamic: 'APP_DB',
  });
  const names = JSON.parse(main.outputs['secret-names'] ?? '') as string[];
  expect(names).toEqual(expect.arrayContaining(['CERTIFICATE', 'ciapi-key', 'ciapi-url', 'APP_DB_URL']));
});

test('two sources for one name are both named, and nothing is delivered', async () => {
  const { main } = await world.runOnce(both({ secrets: 'API_KEY as TOKEN\nREGION as TOKEN' }));
  expect(annotationsOf(main, 'error')[0]).toMatch(
    /TOKEN has two sources: secret API_KEY of shop\/prd and secret REGION of infra\/prd\./,
  );
  expect(main.outputs).toEqual({});
});

test('a line that takes nothing anywhere is an error, also a pattern', async () => {
  const { main } = await world.runOnce(both({ secrets: 'API_KEY\nREGION\nCACHE_*\nDATABASE.host as HOST\nABSENT' }));
  expect(annotationsOf(main, 'error')[0]).toMatch(
    /DATABASE of infra\/prd has no field host\..*Missing, though named in secrets: CACHE_\*, ABSENT\./,
  );
});

test('a bare dynamic secret that is in none of several configs is refused before any lease', async () => {
  const { main } = await world.runOnce(both({ dynamic: 'APP_DB\nNOWHERE_DB' }));
  expect(annotationsOf(main, 'error')[0]).toMatch(
    /NOWHERE_DB is in none of the configs that are read\. .*project\/config\/NAME/,
  );
  expect(await world.liveLeases()).toEqual([]);
});

test('a variable that the job has is not replaced unless overwrite says so, and a lease beside it is ended', async () => {
  const env = { API_KEY: 'set before', APP_DB_HOST: 'set before', API_URL: '' };
  const inputs = { secrets: 'API_KEY\nAPI_URL', 'export-env': 'true', dynamic: 'APP_DB' };
  const refused = await world.runOnce(inputs, { env });
  expect(annotationsOf(refused.main, 'error')[0]).toMatch(
    /API_KEY has two sources: the environment of this job and secret API_KEY; overwrite: true/,
  );
  expect(refused.main.env).toEqual({});
  const second = await world.runOnce({ ...inputs, secrets: 'API_URL' }, { env });
  expect(annotationsOf(second.main, 'error')[0]).toMatch(/APP_DB_HOST has two sources.*1 leased, 1 revoked, 0 left/);
  const allowed = await world.runOnce({ ...inputs, overwrite: 'true' }, { env });
  expect(allowed.report.status).toBe('success');
  expect(allowed.main.env['API_KEY']).toBe(world.shop.values.API_KEY);
});

test('the same value again replaces nothing', async () => {
  const env = { API_KEY: world.shop.values.API_KEY };
  const { report } = await world.runOnce({ secrets: 'API_KEY', 'export-env': 'true' }, { env });
  expect(report.status).toBe('success');
});
