// Packs what is published: command line, Terraform provider and constructs for both lines, all of them built, without a dependency. `--out DIR` takes the package.
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LINES = ['cdktf', 'cdktn'];
/** constructs: what both lines accept as a peer; each of them narrows it further. */
const PEERS = { cdktf: '^0.21.0', cdktn: '^0.24.0', constructs: '^10.4.2' };

function run(args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.join(' ')} failed:\n${stdout}${stderr}`);
}

/** The npm that started us, or the one on PATH. */
function npm(args, cwd) {
  const cli = process.env.npm_execpath;
  const [command, first] = cli ? [process.env.npm_node_execpath ?? process.execPath, [cli]] : ['npm', []];
  const { status, stdout, stderr } = spawnSync(command, [...first, ...args], { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed:\n${stdout}${stderr}`);
  return stdout;
}

/** Names what is in the package and nothing of the repository: no dependency, no script that runs at install. */
function manifest() {
  const { name, version, description, license } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const entry = (line) => `./lib/constructs/${line}/provider/constructs/index`;
  const both = (line) => [`./${line}`, { types: `${entry(line)}.d.ts`, default: `${entry(line)}.js` }];
  return {
    ...{ name, version, description, license, type: 'module' },
    engines: { node: '>=20.19' },
    bin: { [name]: 'bin/secrets-action.js' },
    exports: { ...Object.fromEntries(LINES.map(both)), './package.json': './package.json' },
    peerDependencies: PEERS,
    peerDependenciesMeta: Object.fromEntries(Object.keys(PEERS).map((peer) => [peer, { optional: true }])),
  };
}

/** The store needs the SQLite of Node 24; the provider and the constructs are content with 20. */
const BIN = `#!/usr/bin/env -S node --disable-warning=ExperimentalWarning
// The command line of secrets-action.
if (Number(process.versions.node.split('.')[0]) < 24) {
  process.stderr.write('secrets-action needs Node.js 24 or newer; this is ' + process.version + '.\\n');
  process.exitCode = 1;
} else {
  await import('../lib/cli.js');
}
`;

const at = process.argv.indexOf('--out');
const out = at > 0 ? resolve(process.argv[at + 1] ?? '') : join(ROOT, 'lib/package');
const stage = mkdtempSync(join(tmpdir(), 'secrets-package-'));
try {
  run(['scripts/build.mjs', '--lib', join(stage, 'lib')]);
  run(['scripts/provider.mjs', '--out', join(stage, 'lib/provider')]);
  run(['scripts/build-constructs.mjs', '--out', join(stage, 'lib/constructs')]);
  mkdirSync(join(stage, 'bin'));
  writeFileSync(join(stage, 'bin/secrets-action.js'), BIN);
  chmodSync(join(stage, 'bin/secrets-action.js'), 0o755);
  for (const file of ['README.md', 'LICENSE', 'CHANGELOG.md']) copyFileSync(join(ROOT, file), join(stage, file));
  writeFileSync(join(stage, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
  mkdirSync(out, { recursive: true });
  const [packed] = JSON.parse(npm(['pack', '--json', '--ignore-scripts', '--pack-destination', out], stage));
  console.log(join(out, packed.filename));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(stage, { recursive: true, force: true });
}
