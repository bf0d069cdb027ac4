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
});
