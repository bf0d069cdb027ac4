// A managed resource under the real terraform, with the provider inside this process.
import { providerServer } from '#provider/framework/rpc/dispatch.js';
import { type Attached, attachPlugin } from '../support/attach.ts';
import { systemClock } from '#provider/plugin/system-clock.js';
import { DemoBackend } from '../support/demo-backend.ts';
import { demoProvider } from '../support/demo-provider.ts';
import { describeTerraform, SOURCE, Terraform } from '../support/terraform.ts';

const SECRET = 'planted-hunter2-value';

describeTerraform('terraform with a resource', () => {
  let backend: DemoBackend;
  let attached: Attached;
  const logged: string[] = [];

  beforeAll(async () => {
    backend = await DemoBackend.start();
    const log = (level: string, message: string, fields: object = {}) =>
      void logged.push(`${level} ${message} ${JSON.stringify(fields)}`);
    attached = await attachPlugin(
      SOURCE,
      providerServer(demoProvider, { clock: systemClock, log }).handlers,
      process.pid,
    );
  });
  afterAll(async () => {
    await attached.close();
    await backend.stop();
  });
  beforeEach(() => backend.reset());

  function terraform(body: string): Terraform {
    const run = new Terraform({ TF_REATTACH_PROVIDERS: attached.reattach });
    write(run, body);
    return run;
  }
  const write = (run: Terraform, body: string) => run.write(`provider "demo" { url = "${backend.url}" }\n${body}`);
  const secret = (fields: string, name = 'A') =>
    `resource "demo_secret" "a" {\n  project = "p"\n  name = "${name}"\n  ${fields}\n}\n`;
  const only = () => [...backend.secrets.values()][0];
  const EMPTY = ['plan', '-detailed-exitcode'] as const;

  test('is validated: rules, choices and unknown attributes, with the path and without the value', async () => {
    const run = terraform(
      secret(`value_wo = "${SECRET}"\n  visibility = "public"\n  generate = { length = 0 }`, 'lower'),
    );
    const { code, out } = await run.run('validate');
    expect(code).toBe(1);
    expect(out).toMatch(/upper case letters[\s\S]*|one of "unmasked"/);
    expect(out).toMatch(/Invalid value for generate\.length/);
    expect(out).toMatch(/exactly one of value_wo,\s*generate/);
    expect(out).not.toContain(SECRET);
  });

  test('is created, and a second plan is empty; no value is in state, plan or log', async () => {
    const rich = `value_wo = var.v\n note = "n"\n labels = { a = "1", __proto__ = "x" }\n tags = ["b", "a", "a"]\n rules = [{ role = "r" }, { role = "s", weight = 5 }]`;
    const run = terraform(`${secret(rich)}variable "v" { ephemeral = true }\n`);
    run.env['TF_VAR_v'] = SECRET;
    await run.must('plan', '-out=plan.bin');
    await run.must('apply', 'plan.bin');
    expect(only()).toMatchObject({
      value: SECRET,
      rules: [
        { role: 'r', weight: 1 },
        { role: 's', weight: 5 },
      ],
    });
    expect((await run.run(...EMPTY)).code).toBe(0);
    expect(await run.must('show', '-json', 'plan.bin')).not.toContain(SECRET);
    expect(run.state() + logged.join()).not.toContain(SECRET);
  });

  test('is updated in place, and only what changes is unknown', async () => {
    const run = terraform(secret('generate = {}\n note = "one"'));
    await run.must('apply', '-auto-approve');
    const id = only()?.id;
    write(run, secret('generate = {}\n note = "two"', 'RENAMED'));
    const plan = await run.must('plan');
    expect(plan).toMatch(/1 to change/);
    expect(plan).toMatch(/~ etag .*known after apply/);
    expect(plan).not.toMatch(/version .*known after apply/);
    await run.must('apply', '-auto-approve');
    expect(only()).toMatchObject({ id, name: 'RENAMED', note: 'two', version: 1 });
    expect((await run.run(...EMPTY)).code).toBe(0);
  });

  test('is replaced when its identity changes', async () => {
    const run = terraform(secret('generate = {}'));
    await run.must('apply', '-auto-approve');
    const id = only()?.id;
    run.write(`provider "demo" { url = "${backend.url}" }\n${secret('generate = {}').replace('"p"', '"q"')}`);
    expect(await run.must('plan')).toMatch(/project .*forces replacement/);
    await run.must('apply', '-auto-approve');
    expect(backend.secrets.size).toBe(1);
    expect(only()?.id).not.toBe(id);
  });

  test('drift is found: a changed attribute is put back, a deleted object is made again', async () => {
    const run = terraform(secret('generate = {}\n note = "mine"'));
    await run.must('apply', '-auto-approve');
    Object.assign(only() ?? {}, { note: 'theirs' });
    expect((await run.run(...EMPTY)).code).toBe(2);
    await run.must('apply', '-auto-approve');
    expect(only()?.['note']).toBe('mine');
    backend.secrets.clear();
    expect(await run.must('plan')).toMatch(/1 to add/);
  });

  test('a failing read is an error and drops nothing', async () => {
    const run = terraform(secret('generate = {}'));
    await run.must('apply', '-auto-approve');
    backend.fault = (request) => (request === 'GET /secrets' ? 503 : undefined);
    expect((await run.run('plan')).out).toMatch(/backend answered 503/);
    backend.fault = () => undefined;
    expect((await run.run(...EMPTY)).code).toBe(0);
  });

  test('a write-only value changed in the configuration or behind our back is planned, without state', async () => {
    const run = terraform(secret(`value_wo = "${SECRET}"`));
    await run.must('apply', '-auto-approve');
    Object.assign(only() ?? {}, { value: 'someone else' });
    expect(await run.must('plan', '-refresh=false')).toMatch(/~ version .*known after apply/);
    await run.must('apply', '-auto-approve');
    expect(only()).toMatchObject({ value: SECRET, version: 2 });
    expect((await run.run(...EMPTY)).code).toBe(0);
    write(run, secret('value_wo = "another-planted-value"'));
    expect((await run.run(...EMPTY)).code).toBe(2);
    await run.must('apply', '-auto-approve');
    expect(only()).toMatchObject({ value: 'another-planted-value', version: 3 });
    expect(run.state()).not.toMatch(/planted/);
  });

  test('with a version only the version triggers', async () => {
    const run = terraform(secret('value_wo = "one-planted"\n value_wo_version = "1"'));
    await run.must('apply', '-auto-approve');
    write(run, secret('value_wo = "two-planted"\n value_wo_version = "1"'));
    expect((await run.run(...EMPTY)).code).toBe(0);
    write(run, secret('value_wo = "two-planted"\n value_wo_version = "2"'));
    await run.must('apply', '-auto-approve');
    expect(only()).toMatchObject({ value: 'two-planted', version: 2 });
  });

  test('is imported by its address, and a plan after it is empty', async () => {
    const run = terraform(secret('generate = {}'));
    await run.must('apply', '-auto-approve');
    await run.must('state', 'rm', 'demo_secret.a');
    expect((await run.run('import', 'demo_secret.a', 'nonsense')).out).toMatch(/Write it as project\/name/);
    await run.must('import', 'demo_secret.a', 'p/A');
    expect(await run.must('plan')).toMatch(/0 to add, 1 to change, 0 to destroy/);
    await run.must('apply', '-auto-approve');
    expect((await run.run(...EMPTY)).code).toBe(0);
    expect(backend.secrets.size).toBe(1);
  });

  test('a protected object is refused at plan, for destroy and for replacement', async () => {
    const run = terraform(secret('generate = {}\n protected = true'));
    await run.must('apply', '-auto-approve');
    expect((await run.run('plan', '-destroy')).out).toMatch(/set protected to false first/);
    run.write(
      `provider "demo" { url = "${backend.url}" }\n${secret('generate = {}\n protected = true').replace('"p"', '"q"')}`,
    );
    expect((await run.run('plan')).out).toMatch(/set protected to false first/);
    write(run, secret('generate = {}'));
    await run.must('apply', '-auto-approve');
    await run.must('destroy', '-auto-approve');
    expect(backend.secrets.size).toBe(0);
    expect((await run.run(...EMPTY, '-destroy')).code).toBe(0);
  });

  test('what a half-done create made is tainted, not lost', async () => {
    const run = terraform(secret('generate = {}\n note = "half"'));
    const { code, out } = await run.run('apply', '-auto-approve');
    expect([code, out]).toEqual([1, expect.stringMatching(/Only half was done/)]);
    expect(await run.must('plan')).toMatch(/is tainted/);
    await run.must('destroy', '-auto-approve');
    expect(backend.secrets.size).toBe(0);
  });

  test('a result that breaks the plan is our own diagnostic with the path, before Terraform sees it', async () => {
    const run = terraform(secret('generate = {}\n note = "liar"'));
    const { out } = await run.run('apply', '-auto-approve');
    expect(out).toMatch(/returned another value than it had planned/);
    expect(out).toMatch(/demo_secret\.a|note =/);
    expect(out).not.toMatch(/inconsistent result/);
  });

  test('a data source reads, unknown values wait, and a review refuses', async () => {
    const data =
      'data "demo_project" "p" { name = demo_secret.a.project }\noutput "names" { value = data.demo_project.p.names }\n';
    const run = terraform(
      secret('generate = {}\n visibility = "restricted"\n note = terraform_data.x.id') +
        data +
        'resource "terraform_data" "x" {}\n',
    );
    expect(await run.must('plan')).toMatch(/2 to add/);
    await run.must('apply', '-auto-approve');
    expect(await run.must('output', '-json', 'names')).toContain('"A"');
    write(run, secret('generate = {}\n visibility = "masked"'));
    expect((await run.run('plan')).out).toMatch(/Visibility cannot be loosened/);
  });
});
