// The main line: what a job gets, in which order it happens, and that nothing outlives it.
import { World } from '../support/scenario.ts';
import { requestTranscript, stepTranscript } from '../support/transcript.ts';

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world?.stop());

/** Values of this run by what they are. */
const names = (extra: Record<string, string> = {}) => ({
  ...Object.fromEntries(Object.entries(world.shop.values).map(([name, value]) => [value, `<${name}>`])),
  [world.shop.token]: '<token>',
  ...extra,
});

test('static secrets only: one request, no state, every value masked before it is handed over', async () => {
  const proxy = await world.proxy();
  const { main, post, report } = await world.runOnce({ 'api-url': proxy.url });
  expect(report.status).toBe('success');
  expect(stepTranscript(main, names())).toMatchSnapshot();
  expect(stepTranscript(post, names())).toMatchSnapshot();
  expect(requestTranscript(proxy.requests, names())).toMatchSnapshot();
});

test('with a lease: the state is saved before the lease is asked for, and one request in post ends it', async () => {
  const proxy = await world.proxy();
  const job = world.job();
  const main = await job.uses({
    id: 'secrets',
    name: 'secrets-action',
    with: world.inputs({ 'api-url': proxy.url, dynamic: 'APP_DB', ttl: '15m' }),
  });
  const url = main.outputs['APP_DB_URL'] ?? '';
  expect(await world.tryLogin(url)).toBe(3);
  expect(await world.leasedRoles()).toHaveLength(1);
  const report = await job.finish();
  expect(report.status).toBe('success');
  const known = names({
    [url]: '<APP_DB_URL>',
    [main.outputs['APP_DB_PASSWORD'] ?? '']: '<APP_DB_PASSWORD>',
    [String(world.database.port)]: '<port>',
  });
  expect(stepTranscript(main, known)).toMatchSnapshot();
  expect(stepTranscript(report.steps.at(-1), known)).toMatchSnapshot();
  expect(requestTranscript(proxy.requests, known)).toMatchSnapshot();
  expect(proxy.requests).toHaveLength(3);
  expect(await world.tryLogin(url)).toMatch(/^28/);
  expect(await world.leasedRoles()).toEqual([]);
  expect(await world.liveLeases()).toEqual([]);
});

test('export-env gives later steps exactly the values, to the byte', async () => {
  const job = world.job();
  await job.uses({ id: 'secrets', with: world.inputs({ 'export-env': 'true', secrets: 'TLS_KEY\nAPI_URL' }) });
  const print = await job.run('printf %s "$TLS_KEY" | base64 -w0; printf "\\n%s" "${API_KEY-unset}"');
  await job.finish();
  expect(print.rawStdout).toBe(`${Buffer.from(world.shop.values.TLS_KEY).toString('base64')}\nunset`);
});

test('a failing later step changes nothing about the lease: post ends it', async () => {
  const job = world.job();
  const main = await job.uses({ id: 'secrets', with: world.inputs({ dynamic: 'APP_DB' }) });
  await job.run('exit 3');
  const report = await job.finish();
  expect(report.status).toBe('failure');
  expect(report.log.join('\n')).toContain('1 leased, 1 revoked, 0 left');
  expect(await world.tryLogin(main.outputs['APP_DB_URL'] ?? '')).toMatch(/^28/);
});

test('two uses in one job each end their own lease, and only theirs', async () => {
  const job = world.job();
  const first = await job.uses({ id: 'a', with: world.inputs({ dynamic: 'APP_DB', secrets: 'API_URL' }) });
  const second = await job.uses({ id: 'b', with: world.inputs({ dynamic: 'APP_DB', secrets: 'API_URL' }) });
  expect(first.outputs['APP_DB_USERNAME']).not.toBe(second.outputs['APP_DB_USERNAME']);
  const report = await job.finish();
  expect(report.log.filter((line) => line.includes('1 leased, 1 revoked, 0 left'))).toHaveLength(2);
  expect(await world.leasedRoles()).toEqual([]);
});

test('what later steps export neither redirects post nor stops it', async () => {
  const job = world.job();
  await job.uses({ id: 'secrets', with: world.inputs({ dynamic: 'APP_DB' }) });
  await job.run(
    'printf "%s\\n" HTTPS_PROXY=http://127.0.0.1:9 HTTP_PROXY=http://127.0.0.1:9 NODE_DEBUG=http,net NODE_TLS_REJECT_UNAUTHORIZED=0 >> "$GITHUB_ENV"',
  );
  const report = await job.finish();
  expect(report.log.join('\n')).toContain('1 leased, 1 revoked, 0 left');
  expect(await world.leasedRoles()).toEqual([]);
});

test('step debug shows no value either', async () => {
  const { report } = await world.runOnce({ dynamic: 'APP_DB', 'export-env': 'true' }, { debug: true });
  const log = report.log.join('\n');
  expect(log).toContain('##[debug]');
  for (const [name, value] of Object.entries(world.shop.values)) {
    for (const line of value.split('\n').filter((part) => part.length >= 4)) {
      expect([name, log.includes(line)]).toEqual([name, name === 'API_URL']);
    }
  }
});
