// Stacks of constructs under the real terraform against a real engine and a real PostgreSQL: made, leased from, planned again, destroyed.
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { jest } from '@jest/globals';
import { App, LocalBackend, TerraformStack } from 'cdktf';
import {
  GitHubTrust,
  OidcIdentity,
  PostgresDynamicSecret,
  PostgresIntegration,
  Project,
  Reader,
  SecretsProvider,
  SecretValue,
  ServiceAccount,
  Ttl,
  Visibility,
} from '#provider/constructs/index.js';
import * as bindings from '#provider/constructs/l1/index.js';
import { providerServer } from '#provider/framework/rpc/dispatch.js';
import { systemClock } from '#provider/plugin/system-clock.js';
import { temporaryFolder } from '../../support/temp.ts';
import { type Attached, attachPlugin } from '../support/attach.ts';
import { realProvider, SECRETS_SOURCE, SecretsTerraform, SecretsWorld } from '../support/secrets-world.ts';
import { describeTerraform } from '../support/terraform.ts';

const PLANTED = 'planted-hunter2-value';
/** As the example has it: nobody says another source there. */
const USUAL_SOURCE = 'registry.terraform.io/org/secrets';

type Schemas = Record<string, Record<string, { block: { attributes: Record<string, Said> } }>>;
type Said = { write_only?: boolean };

jest.setTimeout(120_000);

describeTerraform('terraform with stacks of constructs', () => {
  let world: SecretsWorld;
  let attached: Attached[];

  const zips = join(temporaryFolder(), 'zips');

  beforeAll(async () => {
    const out = join(temporaryFolder(), 'provider');
    const args = ['scripts/provider.mjs', '--out', out, '--zips', zips];
    const made = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (made.status !== 0) throw new Error(made.stderr);
    world = await SecretsWorld.start();
    const { handlers } = providerServer(realProvider({ SECRETS_TOKEN: world.token }), {
      clock: systemClock,
      log: () => undefined,
    });
    attached = [
      await attachPlugin(SECRETS_SOURCE, handlers, process.pid),
      await attachPlugin(USUAL_SOURCE, handlers, process.pid),
    ];
  }, 180_000);
  afterAll(async () => {
    for (const one of attached ?? []) await one.close();
    await world?.stop();
  });

  /**
   * Terraform in the folder of a stack that was synthesized. Several provider blocks need the built provider, one
   * process each: of an attached one the last that was configured would answer for all.
   */
  async function terraform(synthesized: string, uses: 'attached' | 'built' = 'attached'): Promise<SecretsTerraform> {
    const all = attached.map(({ reattach }) => JSON.parse(reattach) as object);
    const plugin =
      uses === 'attached'
        ? { TF_REATTACH_PROVIDERS: JSON.stringify(Object.assign({}, ...all)) }
        : { SECRETS_NODE: process.execPath, SECRETS_TOKEN: world.token };
    const run = new SecretsTerraform({ ...plugin, TF_VAR_db_password: world.admin.password });
    if (uses === 'built') run.mirrorPacked(zips);
    cpSync(synthesized, join(run.folder, 'work'), { recursive: true });
    await run.must('init');
    return run;
  }

  function stackIn(outdir: string, build: (stack: TerraformStack) => void): string {
    const app = new App({ outdir });
    const stack = new TerraformStack(app, 'app');
    new LocalBackend(stack, { path: 'terraform.tfstate' });
    new SecretsProvider(stack, 'secrets', { host: world.url, source: SECRETS_SOURCE });
    build(stack);
    app.synth();
    return join(outdir, 'stacks', 'app');
  }

  /** A program that logs in with a leased URL and writes down as whom. */
  function useOfLease(): { command: string; users: () => string[] } {
    const folder = temporaryFolder();
    const file = join(folder, 'users');
    writeFileSync(file, '');
    writeFileSync(
      join(folder, 'use.mjs'),
      `import { appendFileSync } from 'node:fs';
      import { createRequire } from 'node:module';
      const { Client } = createRequire(${JSON.stringify(resolve('package.json'))})('pg');
      const client = new Client({ connectionString: process.env.DATABASE_URL });
      await client.connect();
      const { rows } = await client.query('select current_user as name from orders limit 1');
      appendFileSync(${JSON.stringify(file)}, rows[0].name + '\\n');
      await client.end();`,
    );
    const users = () => readFileSync(file, 'utf8').split('\n').filter(Boolean);
    return { command: `"${process.execPath}" "${join(folder, 'use.mjs')}"`, users };
  }

  test('a stack from project to lease: the login works while terraform runs and is gone after it; nothing is left to do, nor of it', async () => {
    const use = useOfLease();
    const work = stackIn(temporaryFolder(), (stack) => {
      const project = new Project(stack, 'app', { name: 'constructs', description: 'of constructs' });
      const { config } = project.addEnvironment('prd', { name: 'Production' });
      config.addSecret('API_KEY', {
        value: SecretValue.variable(stack, 'api_key', { version: '1' }),
        visibility: Visibility.RESTRICTED,
      });
      const branch = config.addBranch('api').inheritFrom(config.addBranch('shared'));
      branch.addSecret('MADE', { value: SecretValue.generated({ length: 20 }) });
      const account = new ServiceAccount(stack, 'ci', { name: 'constructs-ci' });
      config.grantRead(account);
      OidcIdentity.gitHubActions(stack, 'github', {
        account,
        ...{ repository: 'acme/shop', repositoryId: '700000001', repositoryOwnerId: '90001', audience: world.url },
        trust: GitHubTrust.environment('production'),
      });
      const integration = new PostgresIntegration(stack, 'db', {
        name: 'constructs-db',
        host: world.database.host,
        port: world.database.port,
        ...{ database: 'shop', username: world.admin.username, sslmode: 'disable' },
        password: SecretValue.variable(stack, 'db_password', { version: '1' }),
        allowed: [config],
        ceiling: { groupRoles: ['shop_reader'], maxTtl: Ttl.minutes(30) },
      });
      const login = new PostgresDynamicSecret(stack, 'login', {
        config,
        name: 'APP_DB',
        integration,
        groupRoles: ['shop_reader'],
        keyMap: { url: 'DATABASE_URL' },
      });
      const reader = new Reader(stack, 'reader', { config, openAfter: login.dynamicSecretId, ttl: Ttl.minutes(10) });
      const lease = login.lease({ ttl: Ttl.minutes(5), provider: reader.provider });
      const environment = { DATABASE_URL: lease.field('url') };
      stack.addOverride('resource.terraform_data.use.provisioner', [
        { 'local-exec': { command: use.command, environment } },
      ]);
    });
    const run = await terraform(work, 'built');
    run.env['TF_VAR_api_key'] = PLANTED;
    await run.must('plan', '-out=plan.bin');
    await run.must('apply', 'plan.bin');
    const [user = ''] = use.users();
    expect([user, ...use.users().slice(1)]).toEqual([expect.stringMatching(/\S/)]);
    expect(user).not.toBe(world.admin.username);
    expect(await world.roles()).toEqual([]);
    expect(await world.leases('constructs')).toEqual(['revoked']);
    const kept = run.state() + (await run.must('show', '-json', 'plan.bin'));
    for (const value of [PLANTED, world.admin.password, world.token]) expect(kept).not.toContain(value);
    expect((await run.run('plan', '-detailed-exitcode')).code).toBe(0);
    await run.must('destroy', '-auto-approve');
    expect((await world.engine.call('GET', '/v3/projects/project?project=constructs')).status).toBe(404);
    expect([await world.roles(), await world.leases('constructs').catch(() => [])]).toEqual([[], []]);
  });

  test('the example is made as it stands, has nothing to do afterwards, and is destroyed', async () => {
    const outdir = temporaryFolder();
    const { host, port } = world.database;
    const made = spawnSync(
      process.execPath,
      ['--conditions=secrets-action-source', resolve('examples/cdktf/main.ts')],
      {
        cwd: temporaryFolder(),
        env: {
          PATH: process.env['PATH'] ?? '',
          CDKTF_OUTDIR: outdir,
          ...{ SECRETS_URL: world.url, DB_HOST: host, DB_PORT: String(port), DB_SSLMODE: 'disable' },
          DB_USERNAME: world.admin.username,
        },
        encoding: 'utf8',
      },
    );
    expect([made.status, made.stderr]).toEqual([0, '']);
    const run = await terraform(join(outdir, 'stacks', 'shop'));
    for (const name of ['stripe_key', 'aws_secret_access_key', 'log_level']) run.env[`TF_VAR_${name}`] = PLANTED;
    expect(await run.must('apply', '-auto-approve')).toMatch(/[1-9]\d* added, 0 changed, 0 destroyed/);
    expect(await run.must('output', '-raw', 'identity')).toMatch(/^[0-9a-f-]{36}$/);
    const answer = await world.engine.must('GET', '/v3/configs/config/dynamic_secrets?project=shop&config=prd');
    const kinds = (answer['dynamicSecrets'] as { name: string; kind: string }[]).map(
      ({ name, kind }) => `${name} ${kind}`,
    );
    expect(kinds.sort()).toEqual(['DEPLOY aws_sts', 'SHOP_DB postgres']);
    expect((await run.run('plan', '-detailed-exitcode')).code).toBe(0);
    await run.must('destroy', '-auto-approve');
    expect((await world.engine.call('GET', '/v3/projects/project?project=shop')).status).toBe(404);
  });

  test('the emitted classes have what terraform itself reads from the provider', async () => {
    const run = await terraform(
      stackIn(temporaryFolder(), (stack) => void new Project(stack, 'p', { name: 'schemas' })),
    );
    const said = JSON.parse(await run.must('providers', 'schema', '-json')) as {
      provider_schemas: Record<string, Schemas>;
    };
    const found = said.provider_schemas[SECRETS_SOURCE] ?? {};
    const pascal = (text: string) => text.replace(/(?:^|_)([a-z])/g, (_, first: string) => first.toUpperCase());
    const camel = (text: string) => text.replace(/_([a-z])/g, (_, first: string) => first.toUpperCase());
    const kinds = { resource_schemas: '', data_source_schemas: 'Data', ephemeral_resource_schemas: 'Ephemeral' };
    const classes = bindings as unknown as Record<string, { prototype: object }>;
    let count = 0;
    for (const [kind, prefix] of Object.entries(kinds)) {
      for (const [type, { block }] of Object.entries(found[kind] ?? {})) {
        const prototype = classes[`${prefix}${pascal(type)}`]?.prototype ?? {};
        const kept = Object.entries(block.attributes).filter(([, { write_only }]) => write_only !== true);
        const getters = Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor');
        expect([type, getters.sort()]).toEqual([type, kept.map(([name]) => camel(name)).sort()]);
        count += 1;
      }
    }
    expect(count).toBe(Object.keys(bindings).length - 1);
  });
});
