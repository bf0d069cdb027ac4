// The released zip, installed from a packed mirror, with the real terraform, engine and database: leases end however the run ends.
import { jest } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../support/temp.ts';
import { SecretsTerraform, SecretsWorld } from '../support/secrets-world.ts';
import { describeTerraform } from '../support/terraform.ts';

const PLANTED = 'planted-hunter2-value';
const key = () => `dp.st.prd.${randomBytes(20).toString('hex')}`;

/** A provider block that is configured by the lease, through which values are read and used. */
const SECOND = `
  provider "secrets" {
    alias       = "second"
    token       = ephemeral.secrets_service_token.reader.key
    max_retries = length(ephemeral.secrets_lease.db.fields["username"]) > 0 ? 2 : 0
  }
  ephemeral "secrets_values" "all" {
    provider = secrets.second
    names    = [secrets_secret.key.name]
    open_after = secrets_secret.key.id
  }
  ephemeral "secrets_secret" "key" {
    provider = secrets.second
    name     = secrets_secret.key.name
    open_after = secrets_secret.key.id
  }
  resource "terraform_data" "deploy" {
    provisioner "local-exec" {
      command     = "test \\"$ONE $ALL\\" = \\"$WANTED $WANTED\\""
      environment = {
        ONE    = ephemeral.secrets_secret.key.value
        ALL    = ephemeral.secrets_values.all.values["API_KEY"]
        WANTED = var.value
      }
    }
  }`;

jest.setTimeout(120_000);

describeTerraform('the shipped provider', () => {
  let world: SecretsWorld;
  const built = join(temporaryFolder(), 'provider');
  const zips = join(temporaryFolder(), 'zips');
  let count = 0;

  beforeAll(async () => {
    const made = spawnSync(process.execPath, ['scripts/provider.mjs', '--out', built, '--zips', zips], {
      encoding: 'utf8',
    });
    if (made.status !== 0) throw new Error(made.stderr);
    world = await SecretsWorld.start();
  }, 180_000);
  afterAll(() => world?.stop());

  /** Everything from the project to a lease, and a command that is given the leased login. */
  async function terraform(command: string, extra = ''): Promise<{ run: SecretsTerraform; name: string }> {
    count += 1;
    const name = `shipped${count}`;
    const run = new SecretsTerraform({
      SECRETS_URL: world.url,
      SECRETS_TOKEN: world.token,
      SECRETS_NODE: process.execPath,
      TF_VAR_value: PLANTED,
      TF_VAR_key: key(),
      TF_VAR_db_password: world.admin.password,
    });
    run.mirrorPacked(zips);
    run.write(
      `${declared(name)}
      resource "terraform_data" "migration" {
        provisioner "local-exec" {
          command     = "${command}"
          environment = { DATABASE_URL = ephemeral.secrets_lease.db.fields["url"] }
        }
      }
      ${extra}`,
    );
    await run.must('init');
    return { run, name };
  }

  const declared = (name: string) => `
      provider "secrets" {}
      variable "value" { ephemeral = true }
      variable "key" { ephemeral = true }
      variable "db_password" { ephemeral = true }
      resource "secrets_project" "app" { name = "${name}" }
      resource "secrets_environment" "prd" {
        project = secrets_project.app.name
        slug    = "prd"
        name    = "Production"
      }
      resource "secrets_secret" "key" {
        project          = secrets_environment.prd.project
        config           = secrets_environment.prd.config
        name             = "API_KEY"
        visibility       = "restricted"
        value_wo         = var.value
        value_wo_version = "1"
      }
      resource "secrets_secret" "made" {
        project  = secrets_environment.prd.project
        config   = secrets_environment.prd.config
        name     = "MADE"
        generate = { length = 40 }
      }
      resource "secrets_service_token" "ci" {
        project = secrets_environment.prd.project
        config  = secrets_environment.prd.config
        name    = "ci"
        key_wo  = var.key
      }
      resource "secrets_service_account" "ci" {
        name     = "${name}"
        projects = { (secrets_project.app.name) = { role = "viewer" } }
      }
      resource "secrets_oidc_identity" "github" {
        service_account = secrets_service_account.ci.id
        name            = "github"
        claims          = { aud = ["https://secrets.example"], sub = ["repo:org/app:ref:refs/heads/main"] }
      }
      resource "secrets_integration_postgres" "db" {
        name        = "${name}-db"
        host        = "${world.database.host}"
        port        = ${world.database.port}
        database    = "shop"
        username    = "${world.admin.username}"
        password_wo = var.db_password
        allowed     = ["\${secrets_environment.prd.project}/\${secrets_environment.prd.config}"]
        ceiling     = { group_roles = ["shop_reader"], max_ttl_sec = 3600 }
      }
      resource "secrets_dynamic_secret_postgres" "db" {
        project     = secrets_environment.prd.project
        config      = secrets_environment.prd.config
        name        = "APP_DB"
        integration = secrets_integration_postgres.db.name
        group_roles = ["shop_reader"]
      }
      ephemeral "secrets_service_token" "reader" {
        project    = secrets_environment.prd.project
        config     = secrets_environment.prd.config
        open_after = secrets_dynamic_secret_postgres.db.id
      }
      provider "secrets" {
        alias = "reader"
        token = ephemeral.secrets_service_token.reader.key
      }
      ephemeral "secrets_lease" "db" {
        provider       = secrets.reader
        dynamic_secret = secrets_dynamic_secret_postgres.db.name
        open_after     = secrets_dynamic_secret_postgres.db.id
        ttl            = "5m"
      }`;

  /** Of the ephemeral kind: the declared one stays. */
  const tokens = async (project: string) => {
    const body = await world.engine.must('GET', `/v3/configs/config/tokens?project=${project}&config=prd`);
    return (body['tokens'] as { name: string }[]).filter(({ name }) => name !== 'ci');
  };
  /** Two plugin processes give back what they hold, each in its own time: the lease of one, the token of the other. */
  const ended = (name: string) =>
    world.eventually(async () => {
      const [leases, left] = [await world.leases(name), await tokens(name)];
      return leases.every((state) => state === 'revoked') && left.length === 0;
    });

  test('from nothing to an applied project with a lease that is revoked; no value anywhere', async () => {
    const { run, name } = await terraform('test -n \\"$DATABASE_URL\\"', SECOND);
    run.env['TF_LOG'] = 'trace';
    run.env['TF_LOG_PATH'] = join(run.folder, 'trace.log');
    await run.must('plan', '-out=plan.bin');
    await run.must('apply', 'plan.bin');
    expect(await world.leases(name)).toEqual(['revoked']);
    expect([await world.roles(), await tokens(name)]).toEqual([[], []]);
    const shown = await run.must('show', '-json', 'plan.bin');
    const trace = readFileSync(join(run.folder, 'trace.log'), 'utf8');
    expect(trace.length).toBeGreaterThan(10_000);
    const work = join(run.folder, 'work');
    const left = readdirSync(work).filter((file) => file.endsWith('.tfstate') || file.startsWith('crash'));
    const said = [shown, trace, ...left.map((file) => readFileSync(join(work, file), 'utf8'))].join('\n');
    const opened = await world.engine.call(
      'GET',
      '/v3/configs/config/secrets/download',
      undefined,
      run.env['TF_VAR_key'],
    );
    const made = String(opened.body['MADE']);
    expect(made).toHaveLength(40);
    for (const value of [PLANTED, made, world.admin.password, world.token, String(run.env['TF_VAR_key'])]) {
      expect(said.includes(value)).toBe(false);
    }
    expect((await run.run('plan', '-detailed-exitcode')).code).toBe(0);
    await run.must('destroy', '-auto-approve');
    expect((await world.engine.call('GET', `/v3/projects/project?project=${name}`)).status).toBe(404);
    expect(await world.roles()).toEqual([]);
  });

  const endings: [string, NodeJS.Signals, 'group' | 'terraform'][] = [
    ['Ctrl-C', 'SIGINT', 'group'],
    ['SIGTERM', 'SIGTERM', 'terraform'],
    ['SIGKILL', 'SIGKILL', 'terraform'],
  ];
  test.each(endings)('%s while the leased login is in use', async (_, signal, to) => {
    const { run, name } = await terraform('touch held && exec sleep 8');
    const child = run.start('apply', '-auto-approve');
    const held = await world.eventually(async () => existsSync(join(run.folder, 'work', 'held')));
    expect([held, await world.leases(name), (await world.roles()).length]).toEqual([true, ['active'], 1]);
    process.kill(to === 'group' ? -Number(child.pid) : Number(child.pid), signal);
    await run.finish(child);
    expect([await ended(name), await world.roles(), await tokens(name)]).toEqual([true, [], []]);
  });

  test('a failed consumer: Terraform closes nothing, the provider does', async () => {
    const { run, name } = await terraform('exit 3');
    expect((await run.run('apply', '-auto-approve')).code).toBe(1);
    expect([await ended(name), await world.roles(), await tokens(name)]).toEqual([true, [], []]);
  });

  test('without Node the user is told so', async () => {
    const { run } = await terraform('true');
    run.env['SECRETS_NODE'] = 'no-such-node';
    expect((await run.run('plan')).out.replace(/\s+/g, ' ')).toMatch(/needs Node\.js 20\.11 or newer/);
  });
});
