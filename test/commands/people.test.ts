// People of an engine from the command line: added with a role, given a token, let in by their code, and gone again.
import { cli } from '../support/cli.ts';
import { World } from '../support/scenario.ts';

let world: World;
beforeAll(async () => {
  world = await World.start();
}, 120_000);
afterAll(() => world.stop());

const admin = () => ({ SECRETS_URL: world.engine.url, SECRETS_TOKEN: world.engine.folder.adminToken });
const MAIL = ['--email', 'ada@example.com'];
const IN_SHOP = ['--project', 'shop', '--config', 'prd'];

test('a user who is added with a role reads with a personal token, and not after being removed', () => {
  const added = cli(['user', 'add', ...MAIL, '--name', 'Ada', '--project', 'shop', '--role', 'viewer'], admin());
  expect([added.status, added.stderr]).toEqual([0, '']);
  expect(cli(['user', 'list'], admin()).stdout).toContain(`${added.stdout.trim()}\tada@example.com\tAda\t`);
  const made = cli(['token', 'create', '--name', 'laptop', '--user', 'ada@example.com', '--ttl', '1h'], admin());
  expect(made.stdout).toMatch(/^dp\.pt\.\w{43}\n$/);
  const ada = { ...admin(), SECRETS_TOKEN: made.stdout.trim() };
  expect(cli(['secret', 'list', ...IN_SHOP], ada).stdout).toContain('API_KEY\tmasked\n');
  expect(cli(['user', 'list'], { ...ada, SECRETS_TOKEN: world.shop.token }).status).toBe(1);
  expect(cli(['user', 'remove', ...MAIL], admin()).status).toBe(0);
  expect(cli(['secret', 'list', ...IN_SHOP], ada).stderr).toMatch(/did not accept/);
});

test('a project that was mistyped leaves a command that can be said again, and it gives the role', () => {
  const add = (project: string) =>
    cli(['user', 'add', '--email', 'eve@example.com', '--project', project, '--role', 'viewer'], admin());
  const wrong = add('nope');
  expect([wrong.status, wrong.stdout]).toEqual([1, '']);
  expect(wrong.stderr).toMatch(/eve@example\.com is a user now, without the role viewer in nope: .*\n$/);
  expect(add('nope').stderr).toMatch(/is a user already, without the role viewer in nope/);
  const right = add('shop');
  expect([right.status, right.stderr]).toEqual([
    0,
    'secrets-action: eve@example.com is a user already; the role viewer in shop is given.\n',
  ]);
  expect(cli(['user', 'list', '--email', 'eve@example.com'], admin()).stdout).toContain(right.stdout.trim());
  const args = ['token', 'create', '--name', 'laptop', '--user', 'eve@example.com', '--ttl', '1h'];
  const eve = { ...admin(), SECRETS_TOKEN: cli(args, admin()).stdout.trim() };
  expect(cli(['secret', 'list', ...IN_SHOP], eve).status).toBe(0);
  const again = add('shop');
  expect([again.status, again.stderr]).toEqual([1, expect.not.stringContaining('without the role')]);
});

test("tokens of a user and of a service account, by name, are what Phase's clients take, and read what their holder may", async () => {
  const { url, folder } = world.engine;
  const asAdmin = { authorization: `Bearer ${folder.adminToken}`, 'content-type': 'application/json' };
  const post = async (path: string, body: object) => {
    const response = await fetch(`${url}/v3${path}`, { method: 'POST', headers: asAdmin, body: JSON.stringify(body) });
    expect(response.status).toBe(200);
    return (await response.json()) as { service_account: { slug: string } };
  };
  const made = await post('/workplace/service_accounts', { name: 'worker' });
  const { slug } = made.service_account;
  await post('/projects/project/members', { project: 'shop', type: 'service_account', slug, role: 'viewer' });
  expect(cli(['user', 'add', ...MAIL, '--project', 'shop', '--role', 'viewer'], admin()).status).toBe(0);
  const apps = await fetch(`${url}/v1/apps/`, { headers: asAdmin });
  const { data } = (await apps.json()) as { data: { id: string }[] };
  for (const [holder, form] of [
    [['--service-account', 'worker'], /^pss_service:v2:(?:[0-9a-f]{64}:){3}[0-9a-f]{64}\n$/],
    [['--user', 'ada@example.com'], /^pss_user:v1:(?:[0-9a-f]{64}:){3}[0-9a-f]{64}\n$/],
  ] as const) {
    const token = cli(['token', 'create', '--name', 'phase', ...holder, '--dialect', 'phase', '--ttl', '1h'], admin());
    expect([token.status, token.stdout]).toEqual([0, expect.stringMatching(form)]);
    const phase = { ...admin(), SECRETS_TOKEN: token.stdout.trim() };
    const read = cli(['download', '--app', data[0]?.id ?? '', '--env', 'Production'], phase);
    expect([read.stderr, read.status]).toEqual(['', 0]);
    expect(JSON.parse(read.stdout)).toHaveProperty('API_KEY');
  }
  const own = cli(['token', 'create', '--name', 'plain', '--service-account', slug], admin());
  expect(own.stdout).toMatch(/^dp\.sa\.\w{43}\n$/);
  expect(cli(['user', 'remove', ...MAIL], admin()).status).toBe(0);
});

test('a login that waits is let in by its code, once, as the user that was named', async () => {
  expect(cli(['user', 'add', ...MAIL], admin()).status).toBe(0);
  const ask = async () => {
    const response = await fetch(`${world.engine.url}/v3/auth/cli/generate/2?hostname=laptop`);
    return (await response.json()) as { code: string; polling_code: string };
  };
  const pickUp = async (code: string) => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ code });
    return fetch(`${world.engine.url}/v3/auth/cli/authorize`, { method: 'POST', headers, body });
  };
  const { code, polling_code: polling } = await ask();
  expect((await pickUp(polling)).status).not.toBe(200);
  const approved = cli(['login', 'approve', code, '--user', 'ada@example.com'], admin());
  expect([approved.stderr, approved.stdout]).toEqual(['', 'laptop is logged in as ada@example.com.\n']);
  expect(cli(['login', 'approve', code, '--user', 'ada@example.com'], admin()).status).toBe(1);
  const { token } = (await (await pickUp(polling)).json()) as { token: string };
  expect(token).toMatch(/^dp\.ct\./);
  const refused = await ask();
  expect(cli(['login', 'refuse', refused.code], admin()).stdout).toBe('laptop is refused.\n');
  expect(await (await pickUp(refused.polling_code)).text()).not.toContain('dp.ct.');
});

test.each([
  [['user', 'add'], 2, /--email ADDRESS is missing/],
  [['user', 'add', ...MAIL, '--project', 'shop'], 2, /--project and --role belong together/],
  [['user', 'invite', ...MAIL], 2, /user add/],
  [['user', 'remove', '--email', 'nobody@example.com'], 1, /There is no user with the address 'nobody@example.com'/],
  [['token', 'create', '--name', 'x', '--dialect', 'phase'], 2, /--dialect goes with --user or --service-account/],
  [['token', 'create', '--name', 'x', '--user', 'a@example.com', '--dialect', 'vault'], 2, /doppler or phase/],
  [['token', 'create', '--name', 'x', '--user', 'a@example.com', '--service-account', 'b'], 2, /exclude each other/],
  [['token', 'create', '--name', 'x', '--service-account', 'nobody'], 1, /There is no service account nobody/],
  [['login', 'approve'], 2, /login approve CODE/],
  [['login', 'approve', 'AAAA-AAAA'], 2, /--user ADDRESS is missing/],
  [['login', 'approve', 'AAAA-AAAA', '--user', 'ada@example.com'], 1, /./],
])('%j is refused in one line', (args, status, message) => {
  const refused = cli(args, admin());
  expect([refused.status, refused.stdout, refused.stderr.trim().split('\n').length]).toEqual([status, '', 1]);
  expect(refused.stderr).toMatch(message);
});
