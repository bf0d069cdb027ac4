// How often the far side is asked: hundreds of secrets cost a few requests, and a crowd is turned away politely.
import { providerServer } from '#provider/framework/rpc/dispatch.js';
import { systemClock } from '#provider/plugin/system-clock.js';
import { faultProxy, type FarSide, tooManyRequests } from '../../support/far-side.ts';
import { type Attached, attachPlugin } from '../support/attach.ts';
import { realProvider, SECRETS_SOURCE, SecretsTerraform, SecretsWorld } from '../support/secrets-world.ts';
import { describeTerraform } from '../support/terraform.ts';

const MANY = 500;
const SECRETS = '/v3/configs/config/secrets';

describeTerraform('terraform with hundreds of secrets', () => {
  let world: SecretsWorld;
  let attached: Attached;
  let far: FarSide;
  let count = 0;

  beforeAll(async () => {
    world = await SecretsWorld.start();
    far = await faultProxy(world.url, [{ method: 'POST', path: SECRETS, nth: 3, answer: tooManyRequests('1') }]);
    const provider = realProvider({ SECRETS_TOKEN: world.token });
    const { handlers } = providerServer(provider, { clock: systemClock, log: () => undefined });
    attached = await attachPlugin(SECRETS_SOURCE, handlers, process.pid);
  });
  afterAll(async () => {
    await attached?.close();
    await far?.close();
    await world?.stop();
  });

  function terraform(fields: string, many = MANY) {
    count += 1;
    const run = new SecretsTerraform({ TF_REATTACH_PROVIDERS: attached.reattach });
    run.write(`
      provider "secrets" { host = "${far.url}" }
      resource "secrets_project" "app" { name = "many${count}" }
      resource "secrets_environment" "prd" {
        project = secrets_project.app.name
        slug    = "prd"
        name    = "Production"
      }
      resource "secrets_secret" "all" {
        count   = ${many}
        project = secrets_environment.prd.project
        config  = secrets_environment.prd.config
        name    = "S_\${count.index}"
        ${fields}
      }
    `);
    return run;
  }
  /** What was asked about secrets since, as METHOD and path with how often. */
  const since = (start: number) => {
    const asked: Record<string, number> = {};
    for (const { method, path } of far.requests.slice(start)) {
      const [bare = ''] = path.split('?');
      if (!bare.startsWith(SECRETS)) continue;
      const key = `${method} ${bare.slice(SECRETS.length) || '/'}`;
      asked[key] = (asked[key] ?? 0) + 1;
    }
    return asked;
  };

  test('an apply writes them in few change sets, through a refusal for the rate; a plan without a change asks once', async () => {
    const run = terraform('value_wo = "v${count.index}"\n value_wo_version = "1"', 100);
    expect(await run.must('apply', '-auto-approve')).toMatch(/102 added/);
    const writing = since(0);
    // Ten at a time, and some of them late.
    expect(writing['POST /']).toBeLessThanOrEqual(25);
    expect(writing['GET /metadata']).toBeLessThanOrEqual((writing['POST /'] ?? 0) + 1);
    const start = far.requests.length;
    expect((await run.run('plan', '-detailed-exitcode')).code).toBe(0);
    expect(since(start)).toEqual({ 'GET /metadata': 1 });
  });

  test('a plan that compares every value asks once for the list and for many values at a time', async () => {
    const run = terraform('value_wo = "v${count.index}"');
    await run.must('apply', '-auto-approve', '-parallelism=100');
    const start = far.requests.length;
    expect((await run.run('plan', '-detailed-exitcode')).code).toBe(0);
    const { 'POST /compare': compares, ...rest } = since(start);
    expect(rest).toEqual({ 'GET /metadata': 1 });
    expect(compares).toBeLessThanOrEqual(MANY / 10);
  });

  test('of changes that were sent together only the refused one fails', async () => {
    const run = terraform(
      'value_wo = count.index == 7 ? join("", [for n in range(1000) : "${join("-", ["0123456789", "0123456789", "0123456789", "0123456789", "0123456789", "0123456789"])}"]) : "v"',
      20,
    );
    const { code, out } = await run.run('apply', '-auto-approve');
    expect([code, out.match(/Error: /g)?.length]).toEqual([1, 1]);
    expect(out).toMatch(/secrets_secret\.all\[7\]/);
    expect(await run.must('state', 'list')).toMatch(/all\[8\]/);
    expect((await run.must('state', 'list')).match(/secrets_secret/g)).toHaveLength(19);
  });
});
