// The commands that ask a service, against a served engine with a real database: what they deliver, and what they leave.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { cli, startCli } from '../support/cli.ts';
import { World } from '../support/scenario.ts';
import { temporaryFolder } from '../support/temp.ts';

let world: World;
beforeAll(async () => {
  world = await World.start();
}, 120_000);
afterAll(() => world.stop());

const env = (token = world.shop.token) => ({ SECRETS_URL: world.engine.url, SECRETS_TOKEN: token });
const admin = () => env(world.engine.folder.adminToken);
const PLACE = ['--project', 'shop', '--config', 'prd'];
const node = (code: string) => ['--', process.execPath, '-e', code];
/** Until the child has said a word. */
async function started(args: readonly string[]) {
  const running = startCli(args, env());
  if (running.heard.out === '') await once(running.child.stdout ?? process.stdout, 'data');
  return running;
}

test('run gives secrets and a lease that works to the child, keeps its exit code, and ends the lease', async () => {
  const code = 'console.log(JSON.stringify(process.env)); process.exit(7)';
  const { status, stdout, stderr } = cli(['run', '--dynamic', 'APP_DB', ...node(code)], env());
  expect([status, stderr]).toEqual([7, '']);
  const seen = JSON.parse(stdout) as Record<string, string>;
  expect(seen).toMatchObject({ ...world.shop.values, DOPPLER_CONFIG: 'prd' });
  expect(seen['APP_DB_URL']).toMatch(/^postgres/);
  expect(seen['SECRETS_TOKEN']).toBeUndefined();
  expect(await world.tryLogin(seen['APP_DB_URL'] ?? '')).not.toBe(3);
  expect([await world.liveLeases(), await world.leasedRoles()]).toEqual([[], []]);
});

test.each(['SIGTERM', 'SIGHUP'] as const)('run passes %s on and ends the lease', async (signal) => {
  const code = `process.on('${signal}', () => process.exit(9)); console.log('up'); setInterval(() => {}, 1000)`;
  const { child, ended } = await started(['run', '--dynamic', 'APP_DB', ...node(code)]);
  expect(await world.liveLeases()).toHaveLength(1);
  child.kill(signal);
  expect(await ended).toMatchObject({ code: 9, err: '' });
  expect(await world.liveLeases()).toEqual([]);
});

test('a child that dies by a signal, or never was, still ends the lease', () => {
  const killed = cli(['run', '--dynamic', 'APP_DB', ...node("process.kill(process.pid, 'SIGKILL')")], env());
  expect(killed.status).toBe(137);
  const missing = cli(['run', '--dynamic', 'APP_DB', '--', './no-such-program'], env());
  expect([missing.status, missing.stderr]).toEqual([127, expect.stringContaining('cannot be started')]);
});

test('when one lease fails none is left, and nothing runs', async () => {
  const { status, stdout } = cli(['run', '--dynamic', 'APP_DB', '--dynamic', 'NONE', ...node('console.log(1)')], env());
  expect([status, stdout, await world.liveLeases()]).toEqual([1, '', []]);
});

test.each([
  [['run', '--only-names', 'API_KEY,NONE', ...node('')], 1, /has no NONE/],
  [['run'], 2, /no command to run/],
  [['run', '--dynamic-ttl', 'soon', ...node('')], 1, /not a length of time/],
  [['run', '--name-transformer', 'pascal', ...node('')], 2, /not a name transformer/],
  [['run', '--name-transformer', 'dotnet', '--only-names', 'API_KEY', '--nope', ...node('')], 2, /--nope/],
  [['download', '--format', 'toml'], 2, /not a format/],
  [['secret', 'list', '--visibility', 'grey'], 2, /not a visibility/],
  [['lease', 'lend', '--dynamic', 'X'], 2, /lease issue/],
  [['token', 'create'], 2, /--name NAME is missing/],
])('%j is refused in one line', (args, status, message) => {
  const refused = cli(args, env());
  expect([refused.status, refused.stdout]).toEqual([status, '']);
  expect(refused.stderr).toMatch(message);
  expect(refused.stderr.trim().split('\n')).toHaveLength(1);
});

test('names that steer a process are refused unless they are allowed', async () => {
  await world.engine.must('POST', '/v3/configs/config/secrets', {
    ...{ project: 'shop', config: 'prd' },
    secrets: { NODE_OPTIONS: '--version' },
  });
  const child = ['--', '/bin/sh', '-c', 'echo "$LD_X"'];
  expect(cli(['run', '--only-names', 'NODE_OPTIONS', ...child], env()).stderr).toMatch(/NODE_OPTIONS/);
  expect(cli(['run', '--only-names', 'API_KEY', ...child], env()).status).toBe(0);
  await world.engine.must('DELETE', '/v3/configs/config/secret?project=shop&config=prd&name=NODE_OPTIONS');
});

test('download prints every format, and writes a file for its owner alone that was not there', () => {
  const only = ['--only-names', 'API_URL'];
  const said = (...more: string[]) => cli(['download', ...only, ...more], env()).stdout;
  const { API_URL } = world.shop.values;
  expect(said()).toBe(`{"API_URL":"${API_URL}"}\n`);
  expect(said('--format', 'env')).toBe(`API_URL="${API_URL}"\n`);
  expect(said('--format', 'docker', '--name-transformer', 'tf-var')).toBe(`TF_VAR_api_url=${API_URL}\n`);
  const out = join(temporaryFolder(), 'secrets.env');
  expect(cli(['download', '--format', 'env', '--out', out], env()).stdout).toBe('');
  expect([statSync(out).mode & 0o777, readFileSync(out, 'utf8').includes(world.shop.values.API_KEY)]).toEqual([
    0o600,
    true,
  ]);
  expect(cli(['download', '--out', out], env()).stderr).toMatch(/There is a file/);
});

test('download leaves its leases alive and says their ids, but ends them when it cannot deliver', async () => {
  const done = cli(['download', '--dynamic', 'APP_DB', '--dynamic-ttl', '2m', '--only-names', 'API_URL'], env());
  const id = /id (\S+),/.exec(done.stderr)?.[1] ?? '';
  expect((await world.liveLeases()).map((lease) => lease.id)).toEqual([id]);
  const where = ['--dynamic', 'APP_DB', '--id', id, ...PLACE];
  const renewed = cli(['lease', 'renew', '--ttl', '5m', ...where], env());
  expect([renewed.status, Date.parse(renewed.stdout.trim()) > Date.now() + 125_000]).toEqual([0, true]);
  expect(cli(['lease', 'list', '--dynamic', 'APP_DB', ...PLACE], env()).stdout).toContain(`${id}\tactive`);
  expect(cli(['lease', 'revoke', ...where], env()).status).toBe(0);
  const folder = temporaryFolder();
  expect(cli(['download', '--dynamic', 'APP_DB', '--out', folder], env()).status).toBe(1);
  expect([await world.liveLeases(), existsSync(folder)]).toEqual([[], true]);
});

test('lease issue prints the answer of the API', () => {
  const { id, value } = JSON.parse(cli(['lease', 'issue', '--dynamic', 'APP_DB', '--ttl', '1m'], env()).stdout) as {
    id: string;
    value: Record<string, string>;
  };
  expect(value['APP_DB_USERNAME']).toBeDefined();
  const revoke = (name: string, one: string) => cli(['lease', 'revoke', '--dynamic', name, '--id', one], env());
  const wrong = [
    ['APP_DB', randomUUID()],
    ['OTHER', id],
  ] as const;
  for (const [name, one] of wrong) {
    const { status, stdout, stderr } = revoke(name, one);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toBe(
      `secrets-action: There is no lease ${one} of ${name} in shop/prd. 'secrets-action lease list --dynamic ${name}' shows the ids.\n`,
    );
  }
  expect(revoke('APP_DB', id)).toMatchObject({ status: 0, stdout: 'revoked\n', stderr: '' });
  expect(revoke('APP_DB', id).status).toBe(0);
});

test('an integration that its database refuses is told once: one lease is tried, and none is in doubt', async () => {
  const { host, port } = world.database;
  await world.engine.must('POST', '/v3/integrations', {
    ...{ type: 'postgres', name: 'locked', allowed: ['shop/prd'] },
    data: { host, port, database: 'shop', username: 'secrets_engine', password: 'not-the-one' },
    ceiling: { group_roles: ['shop_reader'], max_ttl_sec: 3600 },
  });
  await world.engine.must('POST', '/v3/configs/config/dynamic_secrets', {
    ...{ project: 'shop', config: 'prd', name: 'LOCKED', kind: 'postgres', integration: 'locked' },
    ...{ parameters: { group_role: 'shop_reader' }, default_ttl_sec: 900, max_ttl_sec: 3600 },
  });
  const list = () => cli(['lease', 'list', '--dynamic', 'LOCKED', ...PLACE], env()).stdout;
  const tries = [['lease', 'issue'], ['download'], ['run', ...node('')]];
  for (const [at, [command = '', ...rest]] of tries.entries()) {
    const verb = command === 'lease' ? rest.splice(0, 1) : [];
    const { status, stderr } = cli([command, ...verb, '--dynamic', 'LOCKED', ...rest], env());
    expect([status, stderr.split('\n').length]).toEqual([1, 2]);
    expect(stderr).toContain("refused the login of the integration's user");
    expect(stderr).not.toContain('may live until');
    expect(list().match(/\taborted\t/g)).toHaveLength(at + 1);
  }
});

test('secret list shows names and visibilities, never a value', () => {
  const { stdout } = cli(['secret', 'list', '--visibility', 'masked'], env());
  expect(stdout).toBe('API_KEY\tmasked\nTLS_KEY\tmasked\n');
  expect(cli(['secret', 'list', ...PLACE], admin()).stdout).toContain('DEPLOY_TOKEN\trestricted\n');
});

test('a token is created, listed and revoked', () => {
  const made = cli(['token', 'create', '--name', 'ci', '--ttl', '1h', ...PLACE], admin());
  expect(made.stdout).toMatch(/^dp\.st\.prd\.\w{43}\n$/);
  const slug = /token (\S+), shown once/.exec(made.stderr)?.[1] ?? '';
  expect(cli(['token', 'list', ...PLACE], admin()).stdout).toContain(`${slug}\tci\tread\t20`);
  expect(cli(['secret', 'list'], env(made.stdout.trim())).status).toBe(0);
  expect(cli(['token', 'revoke', '--slug', slug, ...PLACE], admin()).status).toBe(0);
  expect(cli(['secret', 'list'], env(made.stdout.trim())).stderr).toMatch(/did not accept/);
});

test.each([
  'run',
  'download',
  'secret',
  'lease',
  'user',
  'login',
  'token',
  'dump',
  'restore',
  'rekey',
  'recover',
  'audit',
])('%s --help teaches', (command) => {
  const { status, stdout } = cli([command, '--help']);
  expect([status, stdout]).toEqual([0, expect.stringMatching(new RegExp(`^secrets-action ${command} .*--`, 's'))]);
});
