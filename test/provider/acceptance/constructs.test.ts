// The published package, installed: its size and its empty tree, and its constructs and its provider under the real terraform.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { jest } from '@jest/globals';
import { App, LocalBackend, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
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
import { otherNode } from '../../support/nodes.ts';
import { temporaryFolder } from '../../support/temp.ts';
import { camel, pascal } from '../support/class-names.ts';
import { SecretsTerraform, SecretsWorld } from '../support/secrets-world.ts';
import { describeTerraform } from '../support/terraform.ts';

const PLANTED = 'planted-hunter2-value';
const SOURCE = 'registry.terraform.io/org/secrets';

jest.setTimeout(120_000);

/** What a user has after `npm install secrets-action`, and where its provider was installed. */
let app: string;
let tarball: string;
const mirror = join(temporaryFolder(), 'mirror');
const home = () => join(app, 'node_modules', 'secrets-action');

function run(command: string, args: readonly string[], cwd: string, env: Record<string, string> = {}): string {
  const inherited = { PATH: process.env['PATH'] ?? '', HOME: temporaryFolder() };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env: { ...inherited, ...env }, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

beforeAll(() => {
  const said = run(process.execPath, ['scripts/pack.mjs', '--out', temporaryFolder()], process.cwd());
  tarball = said.trim().split('\n').at(-1) ?? '';
  app = temporaryFolder();
  writeFileSync(join(app, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  // Nothing can come from a registry: what it needs beside itself would be missed here.
  run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], app);
}, 300_000);

describe('the published package', () => {
  test('brings nothing with it: no dependency, no script, and peers only for those who have them', () => {
    const { dependencies, optionalDependencies, scripts, peerDependenciesMeta } = JSON.parse(
      readFileSync(join(home(), 'package.json'), 'utf8'),
    );
    expect([dependencies, optionalDependencies, scripts]).toEqual([undefined, undefined, undefined]);
    const optional = { optional: true };
    expect(peerDependenciesMeta).toEqual({ cdktf: optional, cdktn: optional, constructs: optional });
    const there = readdirSync(join(app, 'node_modules')).filter((name) => !name.startsWith('.'));
    expect(there).toEqual(['secrets-action']);
  });

  test('is small: 2 MB to fetch, 9 MB on disk', () => {
    const files = readdirSync(home(), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const sizes = files.map(({ parentPath, name }) => statSync(join(parentPath, name)).size);
    expect(statSync(tarball).size).toBeLessThan(2e6);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(9e6);
    expect(readdirSync(home()).sort()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'bin', 'lib', 'package.json']);
  });

  test('has the command line, which installs the provider', () => {
    const command = join(app, 'node_modules', '.bin', 'secrets-action');
    const said = run(process.execPath, [command, 'provider', 'install', '--dir', mirror], app);
    expect(said).toContain(join(mirror, SOURCE));
  });

  test('says in one line which Node its command line needs', () => {
    const node = otherNode();
    if (node === process.execPath)
      return void process.stderr.write('\nNOT TESTED: there is no older Node on PATH.\n\n');
    const { status, stderr } = spawnSync(node, [join(home(), 'bin/secrets-action.js'), '--help'], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([1, expect.stringMatching(/^secrets-action needs Node\.js 24 or newer; .*\n$/)]);
  });

  test.each(['cdktf', 'cdktn'])('serves a program that is written against %s, once its peers are there', (line) => {
    const program = join(app, line);
    mkdirSync(program);
    for (const file of ['main.ts', 'shop-stack.ts']) cpSync(join('examples', line, file), join(program, file));
    expect(() => run(process.execPath, [join(program, 'main.ts')], program)).toThrow(/ERR_MODULE_NOT_FOUND/);
    mkdirSync(join(program, 'node_modules'));
    const peers = [
      ...[line, 'constructs'].map((name) => [name, resolve('node_modules', name)] as const),
      ['secrets-action', home()] as const,
    ];
    // A copy, since a package looks for its peers from where it lies.
    for (const [name, from] of peers)
      if (name === 'secrets-action') cpSync(from, join(program, 'node_modules', name), { recursive: true });
      else symlinkSync(from, join(program, 'node_modules', name));
    run(process.execPath, [join(program, 'main.ts')], program);
    expect(readFileSync(join(program, 'cdktf.out/stacks/shop/cdk.tf.json'), 'utf8')).toContain('secrets_project');
  });
});

describeTerraform('terraform with stacks of constructs', () => {
  let world: SecretsWorld;

  beforeAll(async () => {
    world = await SecretsWorld.start();
  });
  afterAll(() => world?.stop());

  /**
   * Terraform in the folder of a stack that was synthesized. Several provider blocks need the built provider, one
   * process each: of an attached one the last that was configured would answer for all.
   */
  async function terraform(synthesized: string): Promise<SecretsTerraform> {
    const env = { SECRETS_NODE: process.execPath, SECRETS_TOKEN: world.token };
    const run = new SecretsTerraform({ ...env, TF_VAR_db_password: world.admin.password });
    run.useMirror(mirror);
    cpSync(synthesized, join(run.folder, 'work'), { recursive: true });
    await run.must('init');
    return run;
  }

  function stackIn(outdir: string, build: (stack: TerraformStack) => void): string {
    const app = new App({ outdir });
    const stack = new TerraformStack(app, 'app');
    new LocalBackend(stack, { path: 'terraform.tfstate' });
    new SecretsProvider(stack, 'secrets', { host: world.url, source: SOURCE });
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
    const run = await terraform(work);
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

  test('the emitted classes write and refer to what terraform itself reads from the provider', async () => {
    const run = await terraform(
      stackIn(temporaryFolder(), (stack) => void new Project(stack, 'p', { name: 'schemas' })),
    );
    const said = JSON.parse(await run.must('providers', 'schema', '-json')) as {
      provider_schemas: Record<string, Schemas>;
    };
    const found = said.provider_schemas[SOURCE];
    const all = Object.entries(KINDS).flatMap(([kind, { prefix, path }]) =>
      Object.entries(found?.[kind] ?? {}).map(([type, { block }]) => ({
        name: prefix + pascal(type),
        path,
        type,
        block,
      })),
    );
    expect(all.map(({ name }) => name).sort()).toEqual(
      Object.keys(bindings)
        .filter((name) => name !== 'SecretsProvider')
        .sort(),
    );
    const classes = bindings as unknown as Record<string, BoundClass>;
    for (const { name, path, type, block } of all) {
      const Class = classes[name] as BoundClass;
      const kept = Object.entries(block.attributes).filter(([, { write_only }]) => write_only !== true);
      const getters = Object.getOwnPropertyNames(Class.prototype).filter((one) => one !== 'constructor');
      expect([type, getters.sort()]).toEqual([type, kept.map(([one]) => camel(one)).sort()]);
      const { given, written } = sampleOf(block.attributes);
      const element = new Class(new TerraformStack(new App(), 'stack'), 'one', given);
      const { '//': _, ...body } = element.toTerraform()[path]?.[type]?.['one'] ?? {};
      expect([type, body]).toEqual([type, written]);
    }
    const { given, written } = sampleOf(found?.provider.block.attributes ?? {});
    const provider = new bindings.SecretsProvider(new TerraformStack(new App(), 'stack'), 'one', given);
    expect(provider.toTerraform().provider.secrets).toEqual([written]);
  });
});

type Attributes = Record<string, Said>;
type Said = {
  write_only?: boolean;
  required?: boolean;
  optional?: boolean;
  nested_type?: { attributes: Attributes; nesting_mode: 'single' | 'list' | 'set' | 'map' };
};
type Schemas = Record<string, Record<string, { block: { attributes: Attributes } }>> & {
  provider: { block: { attributes: Attributes } };
};
type BoundClass = new (
  scope: Construct,
  id: string,
  config: object,
) => { toTerraform(): Record<string, Record<string, Record<string, Record<string, unknown>>>> };

const KINDS = {
  resource_schemas: { prefix: '', path: 'resource' },
  data_source_schemas: { prefix: 'Data', path: 'data' },
  ephemeral_resource_schemas: { prefix: 'Ephemeral', path: 'ephemeral' },
};

/** A value for everything that a configuration may set, as properties and as terraform must read it. */
function sampleOf(attributes: Attributes): { given: object; written: object } {
  const settable = Object.entries(attributes).filter(
    ([, { required, optional }]) => required === true || optional === true,
  );
  const samples = settable.map(([name, { nested_type: nested }]) => {
    if (!nested) return { name, given: 'x', written: 'x' };
    const inner = sampleOf(nested.attributes);
    const hold = {
      single: (it: object) => it,
      map: (it: object) => ({ a_B: it }),
      list: (it: object) => [it],
      set: (it: object) => [it],
    };
    const held = hold[nested.nesting_mode];
    return { name, given: held(inner.given), written: held(inner.written) };
  });
  return {
    given: Object.fromEntries(samples.map(({ name, given }) => [camel(name), given])),
    written: Object.fromEntries(samples.map(({ name, written }) => [name, written])),
  };
}
