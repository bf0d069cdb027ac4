// Leases under the real terraform, the plugin a process of its own: every one is revoked, however the run ends.
import { setTimeout as wait } from 'node:timers/promises';
import { DemoBackend } from '../support/demo-backend.ts';
import { buildDemo } from '../support/built-demo.ts';
import { describeTerraform, Terraform } from '../support/terraform.ts';

const NODE = process.env['DEMO_NODE'] ?? process.execPath;

describeTerraform('terraform with an ephemeral lease', () => {
  let backend: DemoBackend;
  let demo: string;
  beforeAll(async () => {
    demo = buildDemo();
    backend = await DemoBackend.start();
  });
  afterAll(() => backend.stop());
  beforeEach(() => backend.reset());

  /** A lease that configures another provider block, whose resource consumes it. */
  function terraform(fields: string, lease = '', extra = ''): Terraform {
    const run = new Terraform();
    run.override(NODE, [demo]);
    run.write(`
      provider "demo" { url = "${backend.url}" }
      ephemeral "demo_lease" "l" {
        ${lease}
      }
      provider "demo" {
        alias = "leased"
        url   = "${backend.url}"
        token = ephemeral.demo_lease.l.password
      }
      resource "demo_secret" "a" {
        provider = demo.leased
        project  = "p"
        name     = "A"
        ${fields}
      }
      ${extra}`);
    return run;
  }

  /** A request that matches hangs until `release`; `reached` resolves when it comes. */
  function hold(pattern: RegExp) {
    const gate = { release: () => undefined as void };
    const held = new Promise<void>((done) => (gate.release = done));
    const reached = new Promise<void>((come) => {
      backend.fault = async (request) => {
        if (!pattern.test(request)) return undefined;
        come();
        await held;
        return undefined;
      };
    });
    return { reached, release: () => gate.release() };
  }

  async function allRevoked(): Promise<number> {
    for (let n = 0; n < 300 && backend.living.length > 0; n++) await wait(50);
    expect(backend.living).toEqual([]);
    return backend.leases.length;
  }

  test('success: opened at plan and at apply, closed both times, no password anywhere', async () => {
    const run = terraform('value_wo = ephemeral.demo_lease.l.password\n value_wo_version = "1"');
    const out = await run.must('apply', '-auto-approve');
    expect(backend.leases).toHaveLength(2);
    expect(backend.living).toEqual([]);
    expect(backend.requests.filter((line) => line.startsWith('DELETE /sets'))).toEqual([]);
    expect(run.state() + out).not.toMatch(/hunter2/);
    expect((await run.run('plan', '-detailed-exitcode')).code).toBe(0);
    await run.must('destroy', '-auto-approve');
    await allRevoked();
  });

  test('success with everything logged: TF_LOG=trace shows no password', async () => {
    const run = terraform('value_wo = ephemeral.demo_lease.l.password');
    const trace = new Terraform({ ...run.env, TF_LOG: 'trace' });
    Object.assign(run.env, { TF_LOG: trace.env['TF_LOG'] });
    const out = await run.must('apply', '-auto-approve');
    expect(out).toMatch(/The demo provider was configured/);
    expect(out).not.toMatch(/hunter2/);
    expect(out).not.toMatch(/plugin process exited.*error|SIGKILL/);
  });

  test('an unknown input defers the lease of the plan', async () => {
    const run = terraform('generate = {}', 'open_after = terraform_data.x.id', 'resource "terraform_data" "x" {}');
    await run.must('plan');
    expect(backend.leases).toEqual([]);
  });

  test('a short lease is renewed while it is used, and not in a hot loop', async () => {
    const gate = hold(/^POST \/secrets/);
    const run = terraform('generate = {}', 'ttl = 2');
    const child = run.start('apply', '-auto-approve');
    await gate.reached;
    await wait(3_500);
    gate.release();
    await run.finish(child);
    const [, used] = backend.leases;
    expect(used?.renewals).toBeGreaterThanOrEqual(2);
    expect(used?.renewals).toBeLessThanOrEqual(4);
    await allRevoked();
  });

  test('a renewal that failed is told when the lease is closed', async () => {
    const gate = hold(/^POST \/secrets/);
    const slow = backend.fault;
    backend.fault = (request, body) => (/^PUT \/leases/.test(request) ? 503 : slow(request, body));
    const run = terraform('generate = {}', 'ttl = 2');
    const child = run.start('apply', '-auto-approve');
    await gate.reached;
    await wait(2_500);
    gate.release();
    expect((await run.finish(child)).out).toMatch(/A lease could not be renewed/);
    await allRevoked();
  });

  test('a failed consumer: Terraform sends no Close, the provider revokes', async () => {
    backend.fault = (request) => (request === 'POST /secrets' ? 503 : undefined);
    const { code } = await terraform('generate = {}').run('apply', '-auto-approve');
    expect(code).toBe(1);
    expect(await allRevoked()).toBe(2);
  });

  test('a failed precondition', async () => {
    const condition = 'precondition {\n condition = var.ok\n error_message = "no"\n }';
    const variable = 'variable "ok" { default = false }';
    const run = terraform(`generate = {}\n lifecycle {\n ${condition}\n }`, '', variable);
    expect((await run.run('apply', '-auto-approve')).code).toBe(1);
    expect(await allRevoked()).toBe(1);
  });

  test('a lost answer: the lease that nobody heard of is ended with its set', async () => {
    backend.fault = async (request, body) => {
      if (request !== 'POST /leases') return undefined;
      backend.leases.push({ id: 'lost', set: String(body['set']), openedAt: 0, renewals: 0, revokedAt: undefined });
      return 503;
    };
    expect((await terraform('generate = {}').run('plan')).code).toBe(1);
    expect(await allRevoked()).toBe(1);
  });

  const pressings: [string, number, NodeJS.Signals, 'group' | 'terraform'][] = [
    ['Ctrl-C', 1, 'SIGINT', 'group'],
    ['double Ctrl-C', 2, 'SIGINT', 'group'],
    ['SIGTERM', 1, 'SIGTERM', 'terraform'],
    ['SIGTERM to the whole group', 1, 'SIGTERM', 'group'],
    ['SIGKILL', 1, 'SIGKILL', 'terraform'],
  ];
  test.each(pressings)('%s while a consumer is at work', async (_, times, signal, to) => {
    const gate = hold(/^POST \/secrets/);
    const run = terraform('generate = {}');
    const child = run.start('apply', '-auto-approve');
    await gate.reached;
    expect(backend.living.length).toBeGreaterThan(0);
    for (let n = 0; n < times; n++) {
      process.kill(to === 'group' ? -Number(child.pid) : Number(child.pid), signal);
      await wait(300);
    }
    if (times === 1 && signal !== 'SIGKILL') gate.release();
    await run.finish(child);
    expect(await allRevoked()).toBe(2);
    gate.release();
  });
});
