// What the action adds to a job: main beside a bare GET of the same secrets, post beside an empty Node, memory beside both.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { median, type Measure } from './measure.ts';

const ROUNDS = 25;
const MAIN = resolve('dist/main/index.js');
const POST = resolve('dist/post/index.js');

type Stand = { folder: string; url: string; cert: string; server: ChildProcess };

/** Times of whole processes, in turn; the smallest of three in each round, since a process only ever gets slower. */
export async function benchAction(): Promise<Measure[]> {
  const stand = await openStand();
  try {
    const get = writeScript(stand, 'get.cjs', bareGet(`${stand.url}/20/v3/configs/config/secrets`));
    const report = writeScript(stand, 'report.cjs', REPORT_MEMORY);
    const main = (count: number) => [MAIN, { ...runnerEnv(stand), 'INPUT_API-URL': `${stand.url}/${count}` }] as const;
    const works = {
      empty: ['-e', { script: '0' }] as const,
      get: [get, runnerEnv(stand)] as const,
      main: main(20),
      many: main(500),
      post: [POST, runnerEnv(stand)] as const,
    };
    const times = measure(works, (file, env) => runFor(file, env));
    const memory = measure({ get: works.get, main: works.main }, (file, env) => peakOf(file, env, report));
    return [
      { metric: 'main-20-secrets-vs-bare-get', value: ratioOf(times.main, times.get), budget: 1.15, isMost: true },
      { metric: 'post-nothing-to-do-vs-node', value: ratioOf(times.post, times.empty), budget: 1.6, isMost: true },
      { metric: 'main-peak-memory-vs-bare-get', value: ratioOf(memory.main, memory.get), budget: 1.25, isMost: true },
      { metric: 'main-500-secrets-vs-20', value: ratioOf(times.many, times.main), budget: 1.3, isMost: true },
      { metric: 'main-20-secrets-ms', value: median(times.main) },
      { metric: 'dist-main-kb', value: readFileSync(MAIN).length / 1024, budget: 100, isMost: true },
    ];
  } finally {
    stand.server.kill('SIGKILL');
    rmSync(stand.folder, { recursive: true, force: true });
  }
}

type Plan = readonly [file: string, env: Record<string, string>];

function measure<Name extends string>(
  works: Record<Name, Plan>,
  run: (file: string, env: Record<string, string>) => number,
): Record<Name, number[]> {
  const names = Object.keys(works) as Name[];
  const found = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round <= ROUNDS; round++) {
    for (const name of names) {
      const [file, env] = works[name];
      const least = Math.min(...[1, 2, 3].map(() => run(file, env)));
      if (round > 0) found[name].push(least);
    }
  }
  return found;
}

function ratioOf(over: readonly number[], under: readonly number[]): number {
  return median(over.map((value, round) => value / (under[round] ?? Number.NaN)));
}

/** Milliseconds from spawn to exit. */
function runFor(file: string, { script, ...env }: Record<string, string>): number {
  const started = performance.now();
  const { status, stdout } = spawnSync(process.execPath, script === undefined ? [file] : [file, script], { env });
  if (status !== 0) throw new Error(`${file} ended with ${status}: ${stdout}`);
  return performance.now() - started;
}

/** Kilobytes that the process held at most. */
function peakOf(file: string, env: Record<string, string>, report: string): number {
  const { status, stderr } = spawnSync(process.execPath, ['--require', report, file], { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${file} ended with ${status}`);
  return Number(/peak (\d+)/.exec(stderr)?.[1]);
}

const REPORT_MEMORY = `process.on('exit', () => process.stderr.write('peak ' + process.resourceUsage().maxRSS));`;

/** The floor: ten lines that fetch the same bytes and do nothing with them. */
function bareGet(url: string): string {
  return `const https = require('node:https');
const request = https.get(${JSON.stringify(url)}, { headers: { authorization: 'Bearer x' } }, (response) => {
  const parts = [];
  response.on('data', (part) => parts.push(part));
  response.on('end', () => {
    JSON.parse(Buffer.concat(parts).toString('utf8'));
    process.stdout.write('done\\n');
  });
});
request.on('error', (error) => { throw error; });
`;
}

function runnerEnv({ folder, cert }: Stand): Record<string, string> {
  for (const name of ['output', 'env', 'state', 'summary']) writeFileSync(join(folder, name), '');
  return {
    PATH: process.env['PATH'] ?? '',
    NODE_EXTRA_CA_CERTS: cert,
    RUNNER_TEMP: folder,
    GITHUB_OUTPUT: join(folder, 'output'),
    GITHUB_ENV: join(folder, 'env'),
    GITHUB_STATE: join(folder, 'state'),
    GITHUB_STEP_SUMMARY: join(folder, 'summary'),
    INPUT_TOKEN: `dp.st.prd.${'x'.repeat(43)}`,
    'INPUT_EXPORT-ENV': 'true',
  };
}

function writeScript({ folder }: Stand, name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function openStand(): Promise<Stand> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-action-'));
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const made = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1'];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const { status } = spawnSync('openssl', ['req', ...made, '-keyout', key, '-out', cert, ...subject]);
  if (status !== 0) throw new Error('The action suite needs openssl, for a certificate of its far side.');
  const script = new URL('./far-side.ts', import.meta.url).pathname;
  const server = spawn(process.execPath, [script, cert, key], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(server.stdout ?? process.stdin, 'data')) as [Buffer];
  return { folder, url: `https://127.0.0.1:${line.toString().trim()}`, cert, server };
}
