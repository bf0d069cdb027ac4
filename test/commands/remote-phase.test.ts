// The commands that ask a service, with a token of Phase: against the engine's Phase side, and as Phase's cloud is.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { startCli } from '../support/cli.ts';
import { MINT, type Mode, MODES, phaseShop, type PhaseShop } from '../support/phase/shop.ts';
import { World } from '../support/scenario.ts';
import { temporaryFolder } from '../support/temp.ts';

let world: World;
let shop: PhaseShop;
beforeAll(async () => {
  world = await World.start();
  shop = await phaseShop(world);
}, 120_000);
afterEach(() => shop.stop());
afterAll(() => world?.stop());

const place = () => ['--app', shop.app, '--env', 'production'];
const node = (code: string) => ['--', process.execPath, '-e', code];
/** To its end; the far side may live in this process, so nothing may block it. */
async function cli(url: string, args: readonly string[], token = shop.bearer) {
  const { ended } = startCli(args, { SECRETS_URL: url, SECRETS_TOKEN: token });
  const { code, out, err } = await ended;
  return { status: code as number, stdout: out, stderr: err };
}
const urlOf = async (mode: Mode) => (mode === 'engine' ? world.engine.url : world.cloud());

describe.each(MODES)('%s', (mode) => {
  let url: string;
  beforeAll(async () => {
    url = await urlOf(mode);
  });

  test('run gives secrets and a lease that works to the child, keeps its exit code, and ends the lease', async () => {
    const code = 'console.log(JSON.stringify(process.env)); process.exit(7)';
    const { status, stdout, stderr } = await cli(url, ['run', '--dynamic', 'APP_DB', ...place(), ...node(code)]);
    expect([status, stderr]).toEqual([7, '']);
    const seen = JSON.parse(stdout) as Record<string, string>;
    expect(seen).toMatchObject(world.shop.values);
    expect([seen['APP_DB_URL'], seen['SECRETS_TOKEN']]).toEqual([expect.stringMatching(/^postgres/), undefined]);
    expect(await world.tryLogin(seen['APP_DB_URL'] ?? '')).not.toBe(3);
    expect([await world.liveLeases(), await world.leasedRoles()]).toEqual([[], []]);
  });

  test('when one lease fails none is left, and nothing runs', async () => {
    const args = ['run', '--dynamic', 'APP_DB', '--dynamic', 'not there', ...place(), ...node('console.log(1)')];
    const { status, stdout, stderr } = await cli(url, args);
    expect([status, stdout, await world.liveLeases()]).toEqual([1, '', []]);
    expect(stderr).toMatch(/There is no dynamic secret not there in production of app/);
  });

  test('download prints chosen secrets, and writes a file for its owner alone', async () => {
    const only = ['download', '--only-names', 'API_URL', ...place()];
    expect((await cli(url, only, shop.whole)).stdout).toBe(`{"API_URL":"${world.shop.values.API_URL}"}\n`);
    const out = join(temporaryFolder(), 'secrets.env');
    const file = ['download', '--format', 'env', '--out', out, ...place()];
    expect((await cli(url, file)).stdout).toBe('');
    const text = readFileSync(out, 'utf8');
    expect([statSync(out).mode & 0o777, text.includes(world.shop.values.API_KEY)]).toEqual([0o600, true]);
  });

  test('a lease is issued, listed, renewed on top of its end, and revoked, also twice', async () => {
    const lease = async (what: string, ...more: string[]) =>
      cli(url, ['lease', what, '--dynamic', 'APP_DB', ...more, ...place()]);
    const issued = JSON.parse((await lease('issue', '--ttl', '2m')).stdout) as Record<string, string>;
    const { id = '', expires_at: end = '' } = issued;
    expect(await lease('list')).toMatchObject({ status: 0, stdout: expect.stringContaining(`${id}\tactive\t20`) });
    const renewed = await lease('renew', '--id', id, '--ttl', '5m');
    expect(Date.parse(renewed.stdout.trim()) - Date.parse(end)).toBe(300_000);
    expect((await lease('revoke', '--id', id)).status).toBe(0);
    expect((await lease('revoke', '--id', id)).status).toBe(0);
    expect((await lease('list')).stdout).toContain(`${id}\trevoked\t`);
    expect([await world.liveLeases(), await world.leasedRoles()]).toEqual([[], []]);
  });

  test('secret list shows names and visibilities, never a value', async () => {
    expect((await cli(url, ['secret', 'list', '--visibility', 'unmasked', ...place()])).stdout).toBe(
      'API_URL\tunmasked\n',
    );
  });
});

test('a lost answer of a cloud: the lease that may live is named with its end, and not ended by a guess', async () => {
  const far = await shop.far('extensions: off', [{ path: MINT, answer: { kind: 'lost' } }]);
  const { status, stderr } = await cli(far.url, ['run', '--dynamic', 'APP_DB', ...place(), ...node('')]);
  const [left, ...more] = await world.liveLeases();
  expect([status, more]).toEqual([1, []]);
  expect(stderr).toMatch(new RegExp(`A lease of APP_DB may live until \\S+Z: it may be ${left?.id}`));
  const revoke = ['lease', 'revoke', '--dynamic', 'APP_DB', '--id', left?.id ?? '', ...place()];
  expect((await cli(far.url, revoke)).status).toBe(0);
});

test.each([
  [['secret', 'list'], 1, /Phase needs an app and an environment\. Add --app ID --env NAME\.\n$/],
  [['secret', 'list', '--project', 'shop', '--config', 'prd'], 2, /say --app and --env/],
  [['token', 'list', '--app', 'x', '--env', 'y'], 2, /takes a token of Doppler's kind/],
  [['lease', 'stuck'], 2, /takes a token of Doppler's kind/],
])('%j with a token of Phase is refused in one line', async (args, status, message) => {
  const refused = await cli(world.engine.url, args);
  expect([refused.status, refused.stdout]).toEqual([status, '']);
  expect(refused.stderr).toMatch(message);
  expect(refused.stderr.trim().split('\n')).toHaveLength(1);
});

test("a token of Doppler does not take Phase's words", async () => {
  const refused = await cli(world.engine.url, ['secret', 'list', '--env', 'prd'], world.shop.token);
  expect([refused.status, refused.stderr]).toEqual([2, expect.stringMatching(/--app, --env and --path are for Phase/)]);
});
