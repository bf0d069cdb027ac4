// Builds the Terraform provider: one bundle, the file that checks Node, the wrapper that terraform starts. `--out DIR` puts it elsewhere, `--zips DIR` packs it for a registry.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { licenceText } from './licences.mjs';
import { zip } from './zip.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const WRAPPER = 'terraform-provider-secrets';
const LIMIT = 400 * 1024;

/** Runs a tool with this very Node. */
function run(args, cwd = ROOT) {
  const result = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`${args.join(' ')} failed:\n${result.stdout}${result.stderr}`);
}

/** In a folder with imports of its own, so that it may run beside a build of dist/. */
function compile(stage) {
  run(['node_modules/typescript/bin/tsc', '-p', 'tsconfig.provider.json', '--noCheck', '--outDir', stage]);
  const { imports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const staged = Object.keys(imports).map((name) => [name, `./src/${name.slice(1)}`]);
  // Of no type: ncc then makes CommonJS of it, which Node starts sooner.
  writeFileSync(join(stage, 'package.json'), JSON.stringify({ imports: Object.fromEntries(staged) }));
}

function bundle(stage, out) {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const to = join(out, 'bundle');
  // ncc names chunks by their paths below the working directory: from here they are the same in every build.
  run(
    [join(ROOT, 'node_modules/@vercel/ncc/dist/ncc/cli.js'), 'build', 'provider/main.js', '-o', to, '-q', '--no-cache'],
    stage,
  );
  writeFileSync(join(to, 'licenses.txt'), licenceText(ROOT, to));
  writeFileSync(join(to, 'package.json'), '{\n  "type": "commonjs"\n}\n');
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

const NAME = `${WRAPPER}_${JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version}`;
/** One file for all: only the name says for whom it is. Windows starts no scripts. */
const PLATFORMS = ['linux_amd64', 'linux_arm64', 'darwin_amd64', 'darwin_arm64', 'freebsd_amd64'];

/** What a registry serves of a release (Terraform docs, "Provider Registry Protocol"), less the signature. */
function pack(out, to) {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  const files = readdirSync(join(out, 'bundle')).sort();
  const bytes = zip([
    { name: NAME.replace(/_([^_]*)$/, '_v$1'), bytes: readFileSync(join(out, WRAPPER)), mode: 0o755 },
    ...files.map((file) => ({ name: `bundle/${file}`, bytes: readFileSync(join(out, 'bundle', file)), mode: 0o644 })),
  ]);
  const manifest = Buffer.from(`${JSON.stringify({ version: 1, metadata: { protocol_versions: ['6.0'] } })}\n`);
  const released = [
    ...PLATFORMS.map((platform) => [`${NAME}_${platform}.zip`, bytes]),
    [`${NAME}_manifest.json`, manifest],
  ];
  for (const [file, held] of released) writeFileSync(join(to, file), held);
  const sums = released.map(([file, held]) => `${createHash('sha256').update(held).digest('hex')}  ${file}\n`);
  writeFileSync(join(to, `${NAME}_SHA256SUMS`), sums.sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1)).join(''));
}

function folder(flag) {
  const at = process.argv.indexOf(flag);
  return at > 0 ? resolve(process.argv[at + 1] ?? '') : undefined;
}

const out = folder('--out') ?? join(ROOT, 'lib/provider');
const zips = folder('--zips');
mkdirSync(join(ROOT, 'lib'), { recursive: true });
const stage = mkdtempSync(join(ROOT, 'lib/stage-'));
try {
  compile(stage);
  bundle(stage, out);
  smoke(out);
  if (zips) pack(out, zips);
  console.log(`provider: ${out}`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(stage, { recursive: true, force: true });
}
