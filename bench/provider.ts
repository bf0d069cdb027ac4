// What the Terraform provider costs: its start against a Node that prints one line, and the requests of five hundred secrets.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { newCertificate } from '../provider/plugin/certificate.ts';
import { EngineProcess, initEngine } from '../test/support/engine-process.ts';
import { faultProxy, type FarSide } from '../test/support/far-side.ts';
import { median, type Measure, ratio, rates } from './measure.ts';

const SECRETS = 500;
const WRAPPER = 'lib/provider/terraform-provider-secrets';
const ADDRESS = 'registry.terraform.io/org/secrets';

export async function benchProvider(): Promise<Measure[]> {
  const built = spawnSync(process.execPath, ['scripts/provider.mjs'], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(built.stderr);
  const starts = await startMeasures();
  return [...starts, ...(await terraformMeasures())];
}

async function startMeasures(): Promise<Measure[]> {
  const env = {
    PATH: process.env['PATH'] ?? '',
    SECRETS_NODE: process.execPath,
    TF_PLUGIN_MAGIC_COOKIE: 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2',
    PLUGIN_PROTOCOL_VERSIONS: '5,6',
    PLUGIN_CLIENT_CERT: newCertificate(Date.now()).certPem,
  };
  const found = await rates(
    {
      floor: () => untilLine(process.execPath, ['-e', 'console.log(1)'], env),
      bundle: () => untilLine(process.execPath, [resolve('lib/provider/bundle/start.cjs')], env),
      start: () => untilLine(resolve(WRAPPER), [], env),
    },
    { rounds: 9, roundMs: 600 },
  );
  return [
    { metric: 'node-one-line-per-s', value: median(found.floor) },
    { metric: 'bundle-vs-node-one-line', value: ratio(found.bundle, found.floor) },
    // At most 1.5 times as long.
    { metric: 'handshake-vs-node-one-line', value: ratio(found.start, found.floor), budget: 1 / 1.5 },
  ];
}

/** Until the first line; what comes after it is nobody's wait. */
async function untilLine(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
  const gone = once(child, 'exit');
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  void gone;
  return 1;
}

async function terraformMeasures(): Promise<Measure[]> {
  if (spawnSync('terraform', ['version']).status !== 0) {
    process.stderr.write('bench provider: terraform is not installed, its measures are left out\n');
    return [];
  }
  const folder = mkdtempSync(join(tmpdir(), 'bench-provider-'));
  const engine = await EngineProcess.start(await initEngine(join(folder, 'engine')));
  const far = await faultProxy(engine.url, []);
  try {
    return await planAndApply(folder, far, engine.folder.adminToken);
  } finally {
    await far.close();
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function planAndApply(folder: string, far: FarSide, token: string): Promise<Measure[]> {
  const config = join(folder, 'cli.tfrc');
  const dev = `dev_overrides { "${ADDRESS}" = "${resolve('lib/provider')}" }`;
  writeFileSync(config, `disable_checkpoint = true\nprovider_installation {\n  ${dev}\n  direct {}\n}\n`);
  writeFileSync(join(folder, 'main.tf'), MANY);
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    SECRETS_NODE: process.execPath,
    TF_CLI_CONFIG_FILE: config,
    SECRETS_URL: far.url,
    SECRETS_TOKEN: token,
  };
  const measured = async (name: string, ...args: string[]): Promise<Measure[]> => {
    const [before, started] = [far.requests.length, performance.now()];
    const child = spawn('terraform', args, { cwd: folder, env, stdio: 'ignore' });
    const [code] = (await once(child, 'exit')) as [number];
    if (code !== 0) throw new Error(`terraform ${args.join(' ')} ended with ${code}`);
    return [
      { metric: `${name}-of-${SECRETS}-s`, value: (performance.now() - started) / 1000 },
      { metric: `${name}-of-${SECRETS}-requests`, value: far.requests.length - before },
    ];
  };
  const applied = await measured('apply', 'apply', '-auto-approve');
  const start = far.requests.length;
  const planned = await measured('no-op-plan', 'plan', '-detailed-exitcode');
  const asked = far.requests.slice(start).map(({ path }) => path.split('?')[0]);
  const lists = asked.filter((path) => path?.endsWith('/secrets/metadata')).length;
  const compares = asked.filter((path) => path?.endsWith('/secrets/compare')).length;
  return [
    ...applied,
    ...planned,
    { metric: 'no-op-plan-lists-within-1', value: 1 / lists, budget: 1 },
    { metric: 'no-op-plan-compares-within-50', value: SECRETS / 10 / compares, budget: 1 },
  ];
}

const MANY = `
terraform {
  required_providers { secrets = { source = "org/secrets" } }
}
resource "secrets_project" "app" { name = "many" }
resource "secrets_environment" "prd" {
  project = secrets_project.app.name
  slug    = "prd"
  name    = "Production"
}
resource "secrets_secret" "all" {
  count    = ${SECRETS}
  project  = secrets_environment.prd.project
  config   = secrets_environment.prd.config
  name     = "S_\${count.index}"
  value_wo = "v\${count.index}"
}
`;
