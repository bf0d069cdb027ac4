// Accounts, identities and tokens under the real terraform: made, changed in place, imported by command and by block, ended.
import { randomBytes } from 'node:crypto';
import { providerServer } from '#provider/framework/rpc/dispatch.js';
import { systemClock } from '#provider/plugin/system-clock.js';
import { type Attached, attachPlugin } from '../support/attach.ts';
import { realProvider, SECRETS_SOURCE, SecretsTerraform, SecretsWorld } from '../support/secrets-world.ts';
import { describeTerraform } from '../support/terraform.ts';

const EMPTY = ['plan', '-detailed-exitcode'] as const;
const ACCOUNTS = '/v3/workplace/service_accounts';

describeTerraform('terraform with machines that sign in', () => {
  let world: SecretsWorld;
  let attached: Attached;
  let count = 0;

  beforeAll(async () => {
    world = await SecretsWorld.start();
    const log = () => undefined;
    const { handlers } = providerServer(realProvider({ SECRETS_TOKEN: world.token }), { clock: systemClock, log });
    attached = await attachPlugin(SECRETS_SOURCE, handlers, process.pid);
  });
  afterAll(async () => {
    await attached?.close();
    await world?.stop();
  });

  function terraform(body: (name: string) => string) {
    count += 1;
    const name = `machine${count}`;
    const key = `dp.st.prd.${randomBytes(20).toString('hex')}`;
    const run = new SecretsTerraform({ TF_REATTACH_PROVIDERS: attached.reattach, TF_VAR_key: key });
    const head = `
      provider "secrets" { host = "${world.url}" }
      resource "secrets_project" "app" { name = "${name}" }
      resource "secrets_environment" "prd" {
        project = secrets_project.app.name
        slug    = "prd"
        name    = "Production"
      }
    `;
    const rewrite = (text: string) => run.write(`${head}${text}`);
    rewrite(body(name));
    return { run, name, key, rewrite };
  }

  const account = (name: string, role: string, claims = CLAIMS) => `
    resource "secrets_service_account" "ci" {
      name = "${name}"
      projects = { (secrets_project.app.name) = { role = "${role}", environments = [secrets_environment.prd.slug] } }
    }
    resource "secrets_oidc_identity" "github" {
      service_account = secrets_service_account.ci.id
      name            = "github"
      claims_type     = "wildcard"
      claims          = ${claims}
    }
  `;
  const CLAIMS = '{ aud = ["https://secrets.example"], sub = ["repo:org/app:ref:refs/heads/*"] }';
  const ids = async (run: SecretsTerraform) => {
    const shown = JSON.parse(await run.must('show', '-json')) as {
      values: { root_module: { resources: { address: string; values: { id: string } }[] } };
    };
    return Object.fromEntries(shown.values.root_module.resources.map(({ address, values }) => [address, values.id]));
  };

  test('an account with its place in a project and its identity: changed in place, found when changed elsewhere', async () => {
    const { run, name, rewrite } = terraform((project) => account(project, 'viewer'));
    await run.must('apply', '-auto-approve');
    expect((await run.run(...EMPTY)).code).toBe(0);
    rewrite(account(`${name}-renamed`, 'collaborator', CLAIMS.replace('heads/*', 'heads/main')));
    expect(await run.must('apply', '-auto-approve')).toMatch(/0 added, 2 changed, 0 destroyed/);
    const { 'secrets_service_account.ci': id } = await ids(run);
    const member = `/v3/projects/project/members/member/service_account/${id}?project=${name}`;
    const { role, environments } = (await world.engine.must('GET', member))['member'] as Record<string, unknown>;
    expect({ role, environments }).toEqual({ role: { identifier: 'collaborator' }, environments: ['prd'] });
    await world.engine.must('PATCH', member, { role: 'admin' });
    expect((await run.run(...EMPTY)).code).toBe(2);
    await run.must('apply', '-auto-approve');
    await run.must('destroy', '-auto-approve');
    expect((await world.engine.call('GET', `${ACCOUNTS}/service_account/${id}`)).status).toBe(404);
  });

  test('trust that would reach further than it looks is refused before anything is sent', async () => {
    const wide = CLAIMS.replace('repo:org/app:ref:refs/heads/*', 'repo:org/*');
    const { run, rewrite, name } = terraform((project) => account(project, 'viewer', wide));
    expect((await run.run('validate')).out).toMatch(/sub must name one repository/);
    rewrite(account(name, 'viewer', '{ sub = ["repo:org/app:ref:refs/heads/main"] }'));
    expect((await run.run('validate')).out).toMatch(/claims needs aud/);
    rewrite(account(name, 'viewer', CLAIMS.replace('https://secrets.example', 'https://*')));
    expect((await run.run('validate')).out).toMatch(/aud takes no wildcard/);
  });

  const token = (version: string, more = '') => `
    variable "key" { ephemeral = true }
    resource "secrets_secret" "s" {
      project  = secrets_environment.prd.project
      config   = secrets_environment.prd.config
      name     = "API_KEY"
      generate = { length = 20 }
    }
    resource "secrets_service_token" "ci" {
      project        = secrets_environment.prd.project
      config         = secrets_environment.prd.config
      name           = "ci"
      key_wo         = var.key
      key_wo_version = "${version}"
      ${more}
    }
  `;

  test('a token by a key of the caller: it opens the config, is in no file, and ends with its resource', async () => {
    const { run, key, rewrite } = terraform(() => token('1'));
    await run.must('plan', '-out=plan.bin');
    await run.must('apply', 'plan.bin');
    const opened = await world.engine.call('GET', '/v3/configs/config/secrets/download?format=json', undefined, key);
    expect(String(opened.body['API_KEY'])).toHaveLength(20);
    const files = run.state() + (await run.must('show', '-json', 'plan.bin'));
    for (const value of [key, String(opened.body['API_KEY'])]) expect(files).not.toContain(value);
    expect((await run.run(...EMPTY)).code).toBe(0);
    rewrite(token('2'));
    expect((await run.run('apply', '-auto-approve')).out).toMatch(/in use, or was once/);
    run.env['TF_VAR_key'] = `dp.st.prd.${randomBytes(20).toString('hex')}`;
    await run.must('apply', '-auto-approve');
    const now = await world.engine.call('GET', '/v3/me', undefined, key);
    const next = await world.engine.call('GET', '/v3/me', undefined, run.env['TF_VAR_key']);
    expect([now.status, next.status]).toEqual([401, 200]);
  });

  test('what was made elsewhere is imported by address and by id, by command and by block, and nothing is made anew', async () => {
    const all = (name: string) => `${account(name, 'viewer')}${token('1')}${database(name)}`;
    const { run, name, rewrite } = terraform(all);
    run.env['TF_VAR_db_password'] = world.admin.password;
    await run.must('apply', '-auto-approve');
    const made = await ids(run);
    const id = (address: string) => made[address] ?? '';
    const machine = id('secrets_service_account.ci');
    const addresses: Record<string, string> = {
      'secrets_service_account.ci': name,
      'secrets_oidc_identity.github': `${machine}/${id('secrets_oidc_identity.github')}`,
      'secrets_service_token.ci': `${name}/prd/ci`,
      'secrets_integration_postgres.db': `${name}-db`,
      'secrets_dynamic_secret_postgres.db': `${name}/prd/APP_DB`,
      'secrets_secret.s': `${name}/prd/API_KEY`,
      'secrets_environment.prd': `${name}/prd`,
      'secrets_project.app': name,
    };
    await run.must('state', 'rm', ...Object.keys(addresses));
    for (const [address, at] of Object.entries(addresses)) await run.must('import', address, at);
    expect(await run.must('apply', '-auto-approve')).toMatch(/0 added, \d changed, 0 destroyed/);
    expect([await ids(run), (await run.run(...EMPTY)).code]).toEqual([made, 0]);
    await run.must('state', 'rm', ...Object.keys(addresses));
    const byId: Record<string, string> = { ...addresses, 'secrets_service_account.ci': machine };
    byId['secrets_integration_postgres.db'] = id('secrets_integration_postgres.db');
    byId['secrets_service_token.ci'] = `${name}/prd/${id('secrets_service_token.ci')}`;
    const blocks = Object.entries(byId).map(([address, at]) => `import {\n to = ${address}\n id = "${at}"\n}`);
    rewrite(`${all(name)}\n${blocks.join('\n')}\n`);
    expect(await run.must('apply', '-auto-approve')).toMatch(/8 imported, 0 added, \d changed, 0 destroyed/);
    expect([await ids(run), (await run.run(...EMPTY)).code]).toEqual([made, 0]);
  });

  const database = (name: string) => `
    variable "db_password" { ephemeral = true }
    resource "secrets_integration_postgres" "db" {
      name                = "${name}-db"
      host                = "${world.database.host}"
      port                = ${world.database.port}
      database            = "shop"
      username            = "${world.admin.username}"
      password_wo         = var.db_password
      password_wo_version = "1"
      sslmode             = "disable"
      allowed             = ["\${secrets_environment.prd.project}/\${secrets_environment.prd.config}"]
      ceiling             = { group_roles = ["shop_reader"], max_ttl_sec = 3600 }
    }
    resource "secrets_dynamic_secret_postgres" "db" {
      project     = secrets_environment.prd.project
      config      = secrets_environment.prd.config
      name        = "APP_DB"
      integration = secrets_integration_postgres.db.name
      group_roles = ["shop_reader"]
    }`;
});
