// Builds the Terraform provider: one bundle, the file that checks Node, and the wrapper that terraform starts. `--out DIR` puts it elsewhere.
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { licenceText } from './licences.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const WRAPPER = 'terraform-provider-secrets';
const LIMIT = 400 * 1024;

/** Runs a tool with this very Node. */
function run(args) {
  const result = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`${args.join(' ')} failed:\n${result.stdout}${result.stderr}`);
}

/** In a folder with imports of its own, so that it may run beside a build of dist/. */
function compile(stage) {
  run(['node_modules/typescript/bin/tsc', '-p', 'tsconfig.provider.json', '--noCheck', '--outDir', stage]);
  const { imports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const staged = Object.keys(imports).map((name) => [name, `./src/${name.slice(1)}`]);
  writeFileSync(join(stage, 'package.json'), JSON.stringify({ type: 'module', imports: Object.fromEntries(staged) }));
}

function bundle(stage, out) {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const to = join(out, 'bundle');
  run(['node_modules/@vercel/ncc/dist/ncc/cli.js', 'build', join(stage, 'provider/main.js'), '-o', to, '-q']);
  writeFileSync(join(to, 'licenses.txt'), licenceText(ROOT, to));
  const size = readFileSync(join(to, 'index.js')).byteLength;
  if (size > LIMIT) throw new Error(`The bundle is larger than ${LIMIT} bytes: ${size}.`);
  copyFileSync(join(ROOT, 'provider/bin/start.cjs'), join(to, 'start.cjs'));
  copyFileSync(join(ROOT, 'provider/bin', WRAPPER), join(out, WRAPPER));
  chmodSync(join(out, WRAPPER), 0o755);
}

/** ncc exits 0 on an import that it cannot resolve: only a run tells. Started by hand it says what it is. */
function smoke(out) {
  const env = { PATH: process.env.PATH, SECRETS_NODE: process.execPath };
  const { status, stdout, stderr } = spawnSync(join(out, WRAPPER), [], { env, encoding: 'utf8' });
  if (status !== 1 || stdout !== '' || !/Terraform provider/.test(stderr)) {
    throw new Error(`The provider does not run (exit ${status}):\n${stdout}${stderr}`);
  }
}

const at = process.argv.indexOf('--out');
const out = at > 0 ? resolve(process.argv[at + 1] ?? '') : join(ROOT, 'lib/provider');
mkdirSync(join(ROOT, 'lib'), { recursive: true });
const stage = mkdtempSync(join(ROOT, 'lib/stage-'));
try {
  compile(stage);
  bundle(stage, out);
  smoke(out);
  console.log(`provider: ${out}`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(stage, { recursive: true, force: true });
}
