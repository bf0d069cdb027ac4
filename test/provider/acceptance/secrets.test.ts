// Our resources under the real terraform against a real engine: made, planned again, changed, replaced, imported, destroyed.
import { providerServer } from '#provider/framework/rpc/dispatch.js';
import { type Attached, attachPlugin } from '../support/attach.ts';
import { systemClock } from '#provider/plugin/system-clock.js';
import { SECRETS_SOURCE, SecretsTerraform, SecretsWorld, realProvider } from '../support/secrets-world.ts';
import { describeTerraform } from '../support/terraform.ts';

const PLANTED = 'planted-hunter2-value';
const EMPTY = ['plan', '-detailed-exitcode'] as const;

describeTerraform('terraform with our resources', () => {
  let world: SecretsWorld;
  let attached: Attached;
  const logged: string[] = [];
  let count = 0;

  beforeAll(async () => {
    world = await SecretsWorld.start();
    const log = (level: string, message: string, fields: object = {}) =>
      void logged.push(`${level} ${message} ${JSON.stringify(fields)}`);
    const { handlers } = providerServer(realProvider({ SECRETS_TOKEN: world.token }), { clock: systemClock, log });
    attached = await attachPlugin(SECRETS_SOURCE, handlers, process.pid);
  });
  afterAll(async () => {
    await attached?.close();
    await world?.stop();
  });

  /** A project and its environment of a name that no other test has, and what more the test says. */
  function terraform(body: (project: string) => string): {
    run: SecretsTerraform;
    name: string;
    rewrite: typeof rewrite;
  } {
    count += 1;
    const name = `app${count}`;
    const run = new SecretsTerraform({ TF_REATTACH_PROVIDERS: attached.reattach });
    const rewrite = (text: string) => run.write(`${head(name)}${text}`);
    rewrite(body(name));
    return { run, name, rewrite };
  }
  const head = (name: string) => `
    provider "secrets" { host = "${world.url}" }
    resource "secrets_project" "app" { name = "${name}" }
    resource "secrets_environment" "prd" {
      project = secrets_project.app.name
      slug    = "prd"
      name    = "Production"
    }
  `;
  const secret = (fields: string, name = 'API_KEY') => `
    resource "secrets_secret" "a" {
      project = secrets_environment.prd.project
      config  = secrets_environment.prd.config
      name    = "${name}"
      ${fields}
    }
  `;
  const listed = async (project: string, config = 'prd') => {
    const body = await world.engine.must('GET', `/v3/configs/config/secrets?project=${project}&config=${config}`);
    const all = Object.entries(body['secrets'] as Record<string, { rawVisibility: string }>);
    return Object.fromEntries(
      all.filter(([name]) => !name.startsWith('DOPPLER_')).map(([name, { rawVisibility }]) => [name, rawVisibility]),
    );
  };

  const compared = async (project: string, value: string) => {
    const body = { project, config: 'prd', values: { API_KEY: value } };
    const answer = await world.engine.must('POST', '/v3/configs/config/secrets/compare', body);
    return answer['API_KEY'] as { equal: boolean; version: number };
  };
  const stored = async (project: string, value: string) => (await compared(project, value)).equal;
  const version = async (project: string) => (await compared(project, 'a guess')).version;

  test('a project, its environment, a branch and a secret: made, planned again, destroyed; no value anywhere', async () => {
    const branch =
      'resource "secrets_config" "b" {\n project = secrets_project.app.name\n environment = secrets_environment.prd.slug\n name = "prd_eu"\n}\n';
    const { run, name } = terraform(
      () => `${secret('visibility = "restricted"\n value_wo = var.v\n value_wo_version = "1"')}${branch}
        variable "v" { ephemeral = true }\n`,
    );
    run.env['TF_VAR_v'] = PLANTED;
    await run.must('plan', '-out=plan.bin');
    await run.must('apply', 'plan.bin');
    expect(await listed(name)).toEqual({ API_KEY: 'restricted' });
    expect(await listed(name, 'prd_eu')).toEqual({ API_KEY: 'restricted' });
    expect((await run.run(...EMPTY)).code).toBe(0);
    expect((await run.must('show', '-json', 'plan.bin')) + run.state() + logged.join()).not.toContain(PLANTED);
    await run.must('destroy', '-auto-approve');
    expect((await world.engine.call('GET', `/v3/projects/project?project=${name}`)).status).toBe(404);
  });

  const versioned = (version: string, more = '') =>
    secret(`value_wo = "v${version}"\n value_wo_version = "${version}"\n ${more}`);

  test('visibility, name and value change in place; drift is put back', async () => {
    const { run, name, rewrite } = terraform(() => versioned('1'));
    await run.must('apply', '-auto-approve');
    rewrite(secret('value_wo = "v2"\n value_wo_version = "2"\n visibility = "unmasked"', 'RENAMED'));
    expect(await run.must('apply', '-auto-approve')).toMatch(/0 added, 1 changed, 0 destroyed/);
    expect(await listed(name)).toEqual({ RENAMED: 'unmasked' });
    const change_requests = [{ name: 'RENAMED', visibility: 'restricted' }];
    await world.engine.must('POST', '/v3/configs/config/secrets', { project: name, config: 'prd', change_requests });
    expect((await run.run(...EMPTY)).code).toBe(2);
    await run.must('apply', '-auto-approve');
    expect(await listed(name)).toEqual({ RENAMED: 'unmasked' });
    await world.engine.must('DELETE', `/v3/configs/config/secret?project=${name}&config=prd&name=RENAMED`);
    expect(await run.must('plan')).toMatch(/1 to add/);
  });

  test('without a version a value that changed in the configuration or behind Terraform is found at plan, and put back', async () => {
    const { run, name, rewrite } = terraform(() => secret('value_wo = "one"'));
    await run.must('apply', '-auto-approve');
    expect((await run.run(...EMPTY)).code).toBe(0);
    rewrite(secret('value_wo = "two"'));
    expect(await run.must('apply', '-auto-approve')).toMatch(/0 added, 1 changed, 0 destroyed/);
    expect((await run.run(...EMPTY)).code).toBe(0);
    const change_requests = [{ name: 'API_KEY', value: 'theirs' }];
    await world.engine.must('POST', '/v3/configs/config/secrets', { project: name, config: 'prd', change_requests });
    expect((await run.run(...EMPTY, '-refresh=false')).code).toBe(2);
    await run.must('apply', '-auto-approve');
    expect(await stored(name, 'two')).toBe(true);
    expect(run.state()).not.toMatch(/"(one|two|theirs)"/);
  });

  test('a generated value is made by the engine, kept, and made anew when asked for another', async () => {
    const { run, rewrite, name } = terraform(() => secret('generate = { length = 20, charset = "ab" }'));
    await run.must('apply', '-auto-approve');
    expect((await run.run(...EMPTY)).code).toBe(0);
    expect(await version(name)).toBe(1);
    rewrite(secret('generate = { length = 20, charset = "ab" }\n visibility = "unmasked"'));
    await run.must('apply', '-auto-approve');
    expect(await version(name)).toBe(1);
    rewrite(secret('generate = { length = 24 }\n visibility = "unmasked"'));
    await run.must('apply', '-auto-approve');
    expect([await version(name), (await run.run(...EMPTY)).code]).toEqual([2, 0]);
  });

  test('a restricted secret is loosened together with its value', async () => {
    const { run, rewrite, name } = terraform(() =>
      secret('value_wo = "one"\n value_wo_version = "1"\n visibility = "restricted"'),
    );
    await run.must('apply', '-auto-approve');
    rewrite(secret('value_wo = "two"\n value_wo_version = "1"'));
    await run.must('apply', '-auto-approve');
    expect([await listed(name), await stored(name, 'two')]).toEqual([{ API_KEY: 'masked' }, true]);
  });

  test('what is there already is not written over, but imported by its address', async () => {
    const { run, rewrite, name } = terraform(() => versioned('1'));
    await run.must('apply', '-auto-approve');
    await run.must('state', 'rm', 'secrets_secret.a', 'secrets_project.app', 'secrets_environment.prd');
    await run.must('import', 'secrets_project.app', name);
    await run.must('import', 'secrets_environment.prd', `${name}/prd`);
    rewrite(versioned('2'));
    expect((await run.run('apply', '-auto-approve')).out).toMatch(/There is a API_KEY in app\d+\/prd already/);
    expect(await stored(name, 'v1')).toBe(true);
    expect((await run.run('import', 'secrets_secret.a', 'nonsense')).out).toMatch(/project\/config\/name/);
    await run.must('import', 'secrets_secret.a', `${name}/prd/API_KEY`);
    await run.must('apply', '-auto-approve');
    expect((await run.run(...EMPTY)).code).toBe(0);
    rewrite(versioned('2').replace('"API_KEY"', '"OTHER"'));
    expect(await run.must('plan')).toMatch(/0 to add, 1 to change, 0 to destroy/);
  });

  test('what is there with the very value that is asked for is taken over', async () => {
    const { run } = terraform(() => versioned('1'));
    await run.must('apply', '-auto-approve');
    await run.must('state', 'rm', 'secrets_secret.a');
    expect(await run.must('apply', '-auto-approve')).toMatch(/1 added/);
    expect((await run.run(...EMPTY)).code).toBe(0);
  });

  test('loosening without a value and deleting what is protected are refused at plan', async () => {
    const { run, rewrite, name } = terraform(() => '');
    await run.must('apply', '-auto-approve');
    const change_requests = [{ name: 'API_KEY', value: 'theirs', visibility: 'restricted' }];
    await world.engine.must('POST', '/v3/configs/config/secrets', { project: name, config: 'prd', change_requests });
    rewrite(secret('external = true\n visibility = "restricted"'));
    await run.must('apply', '-auto-approve');
    rewrite(secret('external = true'));
    expect((await run.run('plan')).out).toMatch(/Visibility cannot be loosened without a value/);
    run.write(
      head(name).replace(`"${name}"`, `"${name}"\n deletion_protection = true\n`).replace('{ name', '{\n name'),
    );
    await run.must('apply', '-auto-approve');
    expect((await run.run('plan', '-destroy')).out).toMatch(/set deletion_protection to false/);
    // Whoever goes past Terraform is refused by the engine.
    expect((await world.engine.call('DELETE', `/v3/projects/project?project=${name}`)).status).toBe(400);
    expect(await listed(name)).toEqual({ API_KEY: 'restricted' });
  });

  test('read_only plans and reads, and changes and opens nothing', async () => {
    const { run, name } = terraform(() => 'data "secrets_project" "p" { name = secrets_project.app.name }\n');
    await run.must('apply', '-auto-approve');
    const closed = head(name).replace('host =', 'read_only = true\n host =').replace('{ read_only', '{\n read_only');
    run.write(`${closed.replace(`"${world.url}" }`, `"${world.url}"\n}`)}${versioned('1')}`);
    expect(await run.must('plan')).toMatch(/1 to add/);
    expect((await run.run('apply', '-auto-approve')).out).toMatch(/read_only and may not change anything/);
    expect(await listed(name)).toEqual({});
  });
});
