// One story: a stack declares what a job may have, terraform makes it, the workflow of that stack runs under the identity it made, and nothing is left.
import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { App, LocalBackend, TerraformStack } from 'cdktf';
import {
  GitHubTrust,
  OidcIdentity,
  PostgresDynamicSecret,
  PostgresIntegration,
  Project,
  SecretsProvider,
  SecretValue,
  ServiceAccount,
  Ttl,
  Visibility,
  type WorkflowStep,
} from '#provider/constructs/index.js';
import { providerServer } from '#provider/framework/rpc/dispatch.js';
import { systemClock } from '#provider/plugin/system-clock.js';
import { type Attached, attachPlugin } from '../provider/support/attach.ts';
import { realProvider, SECRETS_SOURCE, SecretsTerraform, SecretsWorld } from '../provider/support/secrets-world.ts';
import { describeTerraform } from '../provider/support/terraform.ts';
import { type GithubOidc, startGithubOidc } from '../support/github-oidc.ts';
import { Job } from '../support/runner/index.ts';
import { annotationsOf } from '../support/scenario.ts';
import { tryLogin } from '../support/shop.ts';
import { temporaryFolder } from '../support/temp.ts';

const PLANTED = 'planted-hunter2-value';
const REPOSITORY = { repository: 'octo/hello', repositoryId: '700000001', repositoryOwnerId: '90001' };
/** As GitHub tells it of a job in an environment of that repository. */
const jobIn = (environment: string) => ({
  sub: `repo:octo@90001/hello@700000001:environment:${environment}`,
  ...{ environment, repository_id: '700000001', repository_owner_id: '90001', event_name: 'push' },
});

describeTerraform('a stack and the job it is for', () => {
  let github: GithubOidc;
  let world: SecretsWorld;
  let attached: Attached;

  beforeAll(async () => {
    github = await startGithubOidc();
    world = await SecretsWorld.start(github.engine);
    const env = { SECRETS_TOKEN: world.token };
    const { handlers } = providerServer(realProvider(env), { clock: systemClock, log: () => undefined });
    attached = await attachPlugin(SECRETS_SOURCE, handlers, process.pid);
  });
  afterAll(async () => {
    await attached?.close();
    await world?.stop();
    await github?.stop();
  });

  /** The step of the stack, and terraform in its folder. */
  async function declared(): Promise<{ step: WorkflowStep; run: SecretsTerraform }> {
    const app = new App({ outdir: temporaryFolder() });
    const stack = new TerraformStack(app, 'app');
    new LocalBackend(stack, { path: 'terraform.tfstate' });
    new SecretsProvider(stack, 'secrets', { host: world.url, source: SECRETS_SOURCE });
    const { config } = new Project(stack, 'shop', { name: 'shop' }).addEnvironment('prd', { name: 'Production' });
    const value = SecretValue.variable(stack, 'api_key', { version: '1' });
    config.addSecret('API_KEY', { value, visibility: Visibility.RESTRICTED });
    const account = new ServiceAccount(stack, 'ci', { name: 'shop-ci' });
    config.grantRead(account);
    const identity = OidcIdentity.gitHubActions(stack, 'github', {
      ...{ account, ...REPOSITORY, audience: world.url, issuer: github.issuer.issuer },
      trust: GitHubTrust.environment('production'),
    });
    const integration = new PostgresIntegration(stack, 'db', {
      ...{ host: world.database.host, port: world.database.port, database: 'shop', sslmode: 'disable' },
      username: world.admin.username,
      password: SecretValue.variable(stack, 'db_password', { version: '1' }),
      allowed: [config],
      ceiling: { groupRoles: ['shop_reader'], maxTtl: Ttl.minutes(20) },
    });
    const login = new PostgresDynamicSecret(stack, 'login', {
      ...{ config, name: 'APP_DB', integration, groupRoles: ['shop_reader'] },
      keyMap: { url: 'DATABASE_URL' },
    });
    const step = config.workflowStep({ identity, dynamic: [login] });
    app.synth();
    const run = new SecretsTerraform({
      TF_REATTACH_PROVIDERS: attached.reattach,
      TF_VAR_api_key: PLANTED,
      TF_VAR_db_password: world.admin.password,
    });
    cpSync(join(app.outdir, 'stacks', 'app'), join(run.folder, 'work'), { recursive: true });
    await run.must('init');
    return { step, run };
  }

  /** The step as GitHub runs it, with the variables of the repository in their places. */
  async function runStep({ id, with: inputs }: WorkflowStep, variables: Record<string, string>) {
    const job = new Job({ actionDir: resolve('.'), temp: temporaryFolder(), secrets: {}, oidc: github.job });
    const filled = Object.entries(inputs).map(([name, text]) => [
      name,
      text.replace(/\$\{\{ vars\.(\w+) \}\}/g, (_, variable: string) => variables[variable] ?? ''),
    ]);
    const main = await job.uses({ id, with: Object.fromEntries(filled) as Record<string, string> });
    return { job, main };
  }

  test('the job gets what the stack declares under the identity it made; another environment gets nothing; nothing is left', async () => {
    const { step, run } = await declared();
    await run.must('apply', '-auto-approve');
    const shown = JSON.parse(await run.must('show', '-json')) as {
      values: { root_module: { resources: { type: string; values: { id: string } }[] } };
    };
    const { resources } = shown.values.root_module;
    const identity = resources.find(({ type }) => type === 'secrets_oidc_identity')?.values.id ?? '';
    const variables = { SECRETS_URL: world.url, SECRETS_IDENTITY: identity };

    github.claims = jobIn('production');
    const { job, main } = await runStep(step, variables);
    expect([annotationsOf(main, 'error'), main.outputs['API_KEY']]).toEqual([[], PLANTED]);
    const delivered = Object.keys(main.outputs).filter((name) => /^[A-Z_]+$/.test(name));
    expect(delivered.sort()).toEqual([...(step.delivers ?? [])].sort());
    const url = main.outputs['DATABASE_URL'] ?? '';
    expect(await tryLogin(url)).toBe(3);
    const report = await job.finish();
    expect([report.status, await tryLogin(url)]).toEqual(['success', expect.stringMatching(/^28/)]);
    expect(report.log.join('\n')).not.toContain(PLANTED);
    expect(await world.leases('shop')).toEqual(['revoked']);

    github.claims = jobIn('staging');
    const stranger = await runStep(step, variables);
    await stranger.job.finish();
    expect(annotationsOf(stranger.main, 'error')).toHaveLength(1);
    expect(Object.keys(stranger.main.outputs)).not.toContain('API_KEY');

    expect((await run.run('plan', '-detailed-exitcode')).code).toBe(0);
    await run.must('destroy', '-auto-approve');
    expect((await world.engine.call('GET', '/v3/projects/project?project=shop')).status).toBe(404);
    expect(await world.roles()).toEqual([]);
  });
});
