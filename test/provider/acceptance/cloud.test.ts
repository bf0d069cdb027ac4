// Against an engine without its extensions, which answers as Doppler's cloud does: what works there, and what says that it does not.
import { listen } from '#engine/http/server.js';
import { providerServer } from '#provider/framework/rpc/dispatch.js';
import { systemClock } from '#provider/plugin/system-clock.js';
import { startTestEngine, type TestEngine } from '../../support/engine.ts';
import { type Attached, attachPlugin } from '../support/attach.ts';
import { realProvider, SECRETS_SOURCE, SecretsTerraform } from '../support/secrets-world.ts';
import { describeTerraform } from '../support/terraform.ts';

const ACCOUNTS = '/workplace/service_accounts';
const EMPTY = ['plan', '-detailed-exitcode'] as const;

describeTerraform("terraform against Doppler's cloud", () => {
  let cloud: TestEngine;
  let listener: Awaited<ReturnType<typeof listen>>;
  let attached: Attached;
  let url: string;

  beforeAll(async () => {
    cloud = await startTestEngine({ extensions: 'off' });
    const address = { host: '127.0.0.1', port: 0, clock: systemClock, log: () => undefined };
    listener = await listen(cloud.engine.handle, address);
    ({ url } = listener);
    const role = { name: 'terraform', workplace_role: { identifier: 'admin' } };
    const made = await cloud.send(cloud.admin, `POST ${ACCOUNTS}`, { body: role });
    const { slug } = made.body['service_account'] as { slug: string };
    const key = await cloud.send(cloud.admin, `POST ${ACCOUNTS}/service_account/${slug}/tokens`, {
      body: { name: 'terraform' },
    });
    const provider = realProvider({ SECRETS_TOKEN: String(key.body['api_key']) });
    const { handlers } = providerServer(provider, { clock: systemClock, log: () => undefined });
    attached = await attachPlugin(SECRETS_SOURCE, handlers, process.pid);
  });
  afterAll(async () => {
    await attached?.close();
    cloud?.engine.endStreams();
    await listener?.close();
    await cloud?.close();
  });

  function terraform(name: string, body: string) {
    const run = new SecretsTerraform({ TF_REATTACH_PROVIDERS: attached.reattach });
    const rewrite = (text: string) =>
      run.write(`
        provider "secrets" { host = "${url}" }
        resource "secrets_project" "app" { name = "${name}" }
        resource "secrets_environment" "prd" {
          project = secrets_project.app.name
          slug    = "prd"
          name    = "Production"
        }
        ${text}`);
    rewrite(body);
    return { run, rewrite };
  }
  const secret = (fields: string) => `
    resource "secrets_secret" "a" {
      project = secrets_environment.prd.project
      config  = secrets_environment.prd.config
      name    = "API_KEY"
      ${fields}
    }`;

  test('projects, environments and secrets live there; a changed value is found by reading it, and never stored', async () => {
    const { run, rewrite } = terraform('cloud1', secret('value_wo = "planted-one"'));
    await run.must('apply', '-auto-approve');
    expect((await run.run(...EMPTY)).code).toBe(0);
    rewrite(secret('value_wo = "planted-two"\n visibility = "unmasked"'));
    expect(await run.must('apply', '-auto-approve')).toMatch(/0 added, 1 changed/);
    expect((await run.run(...EMPTY)).code).toBe(0);
    expect(run.state()).not.toMatch(/planted/);
    await run.must('destroy', '-auto-approve');
  });

  test('what nobody may read is not compared, and the user is told so', async () => {
    const { run } = terraform('cloud2', secret('value_wo = "planted-one"\n visibility = "restricted"'));
    await run.must('apply', '-auto-approve');
    const plan = await run.run(...EMPTY);
    if (plan.code !== 0) expect(plan.out).toMatch(/Changed values are not noticed/);
    await run.must('destroy', '-auto-approve');
  });

  test('types and attributes that its API lacks are refused at plan and say that they need an engine', async () => {
    const needing: [string, RegExp][] = [
      [secret('generate = { length = 20 }'), /generate needs a secrets-action engine/],
      [integration, /secrets_integration_postgres needs a secrets-action engine/],
      [dynamic, /secrets_dynamic_secret_postgres needs a secrets-action engine/],
    ];
    for (const [body, wanted] of needing) {
      const { run } = terraform('cloud3', body);
      const plan = await run.run('plan');
      expect([plan.code, plan.out.replace(/\s*│\s*/g, ' ')]).toEqual([1, expect.stringMatching(wanted)]);
    }
  });

  const integration = `
    resource "secrets_integration_postgres" "db" {
      name        = "db"
      host        = "127.0.0.1"
      database    = "shop"
      username    = "u"
      password_wo = "planted"
      allowed     = ["cloud3"]
      ceiling     = { group_roles = ["r"] }
    }`;
  const dynamic = `
    resource "secrets_dynamic_secret_postgres" "db" {
      project     = "cloud3"
      config      = "prd"
      name        = "DB"
      integration = "db"
      group_roles = ["r"]
    }`;
});
