// Bad input: one error line that says what happened and what to do, nothing handed over, no lease left alive.
import { annotationsOf, type Once, World } from '../support/scenario.ts';

let world: World;
beforeAll(async () => {
  world = await World.start();
  await world.engine.must('POST', '/v3/configs/config/secrets', {
    project: 'shop',
    config: 'prd',
    change_requests: [{ name: 'LD_PRELOAD', originalName: null, value: '/tmp/planted.so', visibility: 'masked' }],
  });
});
afterAll(() => world?.stop());

/** The step failed with one line on the error, and left nothing behind anywhere. */
async function expectCleanFailure({ main, post, report }: Once, text: RegExp): Promise<string> {
  const [line = '', ...more] = annotationsOf(main, 'error').filter((each) => !each.startsWith('Process completed'));
  expect([line, ...more]).toEqual([expect.stringMatching(text)]);
  expect(report.status).toBe('failure');
  expect(main.rawStderr).toBe('');
  expect(line).not.toMatch(/\n|at .*\.js|node:|\bdp\.[a-z]+\.\w/);
  for (const value of Object.values(world.shop.values)) expect(line).not.toContain(value.split('\n')[0] ?? '');
  expect({ outputs: main.outputs, env: main.env }).toEqual({ outputs: {}, env: {} });
  expect(annotationsOf(post, 'error')).toEqual([]);
  expect(await world.leasedRoles()).toEqual([]);
  expect(await world.liveLeases()).toEqual([]);
  return line;
}

const only = { secrets: 'API_KEY' };

test.each<[string, Record<string, string>, RegExp]>([
  ['no token', { token: '' }, /token/],
  ['a wrong token', { token: `dp.st.prd.${'A'.repeat(43)}`, ...only }, /token.*(?:not|refus|valid)/i],
  ['an unknown project', { project: 'nowhere', config: 'prd', ...only }, /nowhere/],
  ['an unknown config', { project: 'shop', config: 'nowhere', ...only }, /nowhere/],
  ['an address that is no address', { 'api-url': 'not a url' }, /api-url/],
  ['plain http to another host', { 'api-url': 'http://203.0.113.7' }, /https|TLS/],
  ['a ttl that is none', { ...only, dynamic: 'APP_DB', ttl: '10 days' }, /ttl/],
  ['a ttl over the maximum', { ...only, dynamic: 'APP_DB', ttl: '3h' }, /3600|1h/],
  ['an unknown dynamic secret', { ...only, dynamic: 'NOWHERE_DB' }, /NOWHERE_DB/],
  [
    'a required name that is missing',
    { ...only, require: 'API_KEY\nMISSING_ONE\nMISSING_TWO' },
    /MISSING_ONE.*MISSING_TWO/,
  ],
  ['a missing name among the secrets asked for', { secrets: 'API_KEY\nNOT_THERE' }, /NOT_THERE/],
  ['a name that would steer later steps', {}, /LD_PRELOAD/],
  ['a boolean that is none', { ...only, 'export-env': 'perhaps' }, /export-env/],
])('%s', async (_, inputs, text) => {
  await expectCleanFailure(await world.runOnce(inputs), text);
});

test('several problems are told at once', async () => {
  const line = await expectCleanFailure(await world.runOnce({ ttl: 'x', timeout: 'y', 'export-env': 'z' }), /ttl/);
  expect(line).toMatch(/timeout/);
  expect(line).toMatch(/export-env/);
});

test('two sources for one name are both named, and the lease that made the second is ended', async () => {
  await world.engine.must('POST', '/v3/configs/config/secrets', {
    project: 'shop',
    config: 'prd',
    change_requests: [{ name: 'APP_DB_URL', originalName: null, value: 'a static value', visibility: 'masked' }],
  });
  const once = await world.runOnce({ secrets: 'APP_DB_URL', dynamic: 'APP_DB' });
  const line = await expectCleanFailure(once, /APP_DB_URL/);
  expect(line).toMatch(/lease/);
  await world.engine.must('POST', '/v3/configs/config/secrets', {
    project: 'shop',
    config: 'prd',
    secrets: { APP_DB_URL: null },
  });
});

test('a value that no environment can hold is refused for export, and the lease beside it is ended', async () => {
  const change = (value: string | null) =>
    world.engine.must('POST', '/v3/configs/config/secrets', {
      project: 'shop',
      config: 'prd',
      secrets: { BIG: value },
    });
  await change('x'.repeat(50 * 1024));
  const pieces = Array.from({ length: 3 }, () => '${BIG}').join('');
  await world.engine.must('POST', '/v3/configs/config/secrets', {
    project: 'shop',
    config: 'prd',
    secrets: { BIGGER: pieces },
  });
  const once = await world.runOnce({ secrets: 'BIGGER', dynamic: 'APP_DB', 'export-env': 'true' });
  await expectCleanFailure(once, /BIGGER.*(?:131|large|big)/i);
});

test('a restricted value that the token may not have is an error that says so', async () => {
  const admin = world.engine.folder.adminToken;
  const once = await world.runOnce({ token: admin, project: 'shop', config: 'prd', secrets: 'DEPLOY_TOKEN' });
  await expectCleanFailure(once, /DEPLOY_TOKEN/);
});
