// Builds dist/ and lib/: TypeScript to build/, then one ncc bundle per roof. `--check` rebuilds dist/ elsewhere and compares bytes; `--lib DIR` builds the command line there and nothing else.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compiledAtOnce, withoutComments } from './bundle-text.mjs';
import { licenceText } from './licences.mjs';
import { LATE, RARELY } from './main-scopes.mjs';
import { intoOneScope } from './one-scope.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** What a run of the bare bundle says and how it ends: the keeper, without a brief, is gone without a word. */
const STAGES = {
  main: { status: 1, said: /^::error::[^\n]*token is empty/ },
  post: { status: 0, said: /^::warning::/ },
  revoke: { status: 1, said: /^::error::lease-ids is not/ },
  keeper: { status: 0, said: /^$/ },
  credentials: {
    status: 1,
    said: /^$/,
    complained: /^What this AWS profile renews itself by cannot be read\. [^\n]+\n$/,
  },
};
const MAIN_LIMIT = 100 * 1024;

/** Runs a tool with this very Node; ncc names its chunks by the working directory, so that is always the root. */
function run(args, options = {}) {
  const result = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8', ...options });
  if (result.status !== 0) throw new Error(`${args.join(' ')} failed:\n${result.stdout}${result.stderr}`);
  return result;
}

/** Types are `npm run check`'s business: a type error elsewhere must not stop a bundle that does not hold it. */
function compile(to = 'build') {
  rmSync(join(ROOT, to), { recursive: true, force: true });
  run(['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--noCheck', '--outDir', to]);
}

/** In a folder with imports of its own, so that it may run beside a build of dist/. */
function compileApart() {
  mkdirSync(join(ROOT, 'lib'), { recursive: true });
  const stage = relative(ROOT, mkdtempSync(join(ROOT, 'lib/stage-')));
  compile(stage);
  const rooms = Object.keys(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).imports);
  const imports = Object.fromEntries(rooms.map((name) => [name, `./${name.slice(1)}`]));
  writeFileSync(join(ROOT, stage, 'package.json'), JSON.stringify({ type: 'module', imports }));
  return stage;
}

/**
 * What is compiled is of the root's package, ESM. Where `work` runs it is of none, and ncc then makes CommonJS of it:
 * Node starts that sooner, and reads its chunks sooner. The bundles say themselves what they are.
 */
function asCommonJs(work, folder = 'build') {
  const path = join(ROOT, folder, 'package.json');
  const { imports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const inBuild = Object.entries(imports).map(([name, { default: at }]) => [name, at.replace('./build/', './')]);
  writeFileSync(path, JSON.stringify({ imports: Object.fromEntries(inBuild) }));
  try {
    work();
  } finally {
    rmSync(path);
  }
}

/** @returns where the list of modules is */
function ncc(entry, out) {
  const stats = `${out}.stats.json`;
  run([
    'node_modules/@vercel/ncc/dist/ncc/cli.js',
    'build',
    entry,
    '-o',
    out,
    '--no-source-map-register',
    // It lies in the home of who builds, and a build is what the sources say.
    '--no-cache',
    '-q',
    '--stats-out',
    stats,
  ]);
  return stats;
}

function bundle(stage, out) {
  rmSync(out, { recursive: true, force: true });
  finish(stage, out, ncc(`build/${stage}.js`, out));
}

/** Main's halves, in a scope each, and beside them the bundle of what few jobs need. */
function bundleMain(out) {
  // A copy: the other stages have the same modules as they are.
  const copy = 'build/main-halves';
  cpSync(join(ROOT, 'build'), join(ROOT, 'build-copy'), { recursive: true });
  renameSync(join(ROOT, 'build-copy'), join(ROOT, copy));
  rmSync(out, { recursive: true, force: true });
  asCommonJs(() => {
    const halves = intoOneScope(join(ROOT, copy));
    const stats = ncc(`${copy}/${LATE}`, out);
    renameSync(join(out, 'index.js'), join(out, LATE));
    for (const [name, text] of Object.entries(halves))
      writeFileSync(join(out, name), name === RARELY ? text : compiledAtOnce(text));
    finish('main', out, stats);
  }, copy);
}

function finish(stage, out, stats) {
  writeFileSync(join(out, 'licenses.txt'), licenceText(ROOT, out, stats));
  writeFileSync(join(out, 'package.json'), '{\n  "type": "commonjs"\n}\n');
  rmSync(stats);
  for (const name of files(out).filter((one) => one.endsWith('.js'))) {
    const path = join(out, name);
    const text = readFileSync(path, 'utf8');
    if (!text.includes('./node_modules/')) writeFileSync(path, withoutComments(text));
  }
  smoke(stage, out);
}

/** ncc exits 0 on an import that it cannot resolve, and the bundle throws at start: only a run tells. */
function smoke(stage, out) {
  const env = { PATH: process.env.PATH, STATE_handoff: 'x' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(out, 'index.js')], { env, encoding: 'utf8' });
  const wanted = STAGES[stage];
  if (status !== wanted.status || !wanted.said.test(stdout) || !(wanted.complained ?? /^$/).test(stderr)) {
    throw new Error(`The bundle of ${stage} does not run (exit ${status}):\n${stdout}${stderr}`);
  }
}

/** The command line and the thread of its store, side by side as in the sources; ignored by git, for the package. */
function buildLib(lib, from = 'build') {
  rmSync(lib, { recursive: true, force: true });
  const stats = [];
  for (const roof of ['sqlite-worker', 'cli']) {
    const out = `${lib}-${roof}`;
    rmSync(out, { recursive: true, force: true });
    stats.push(ncc(`${from}/${roof}.js`, out));
    renameSync(join(out, 'index.js'), join(out, `${roof}.js`));
    cpSync(out, lib, { recursive: true });
    rmSync(out, { recursive: true, force: true });
  }
  // It would part what lies in lib/ from the package, whose package.json says the same; elsewhere it is needed.
  if (lib === join(ROOT, 'lib')) rmSync(join(lib, 'package.json'));
  writeFileSync(join(lib, 'licenses.txt'), licenceText(ROOT, lib, ...stats));
  for (const file of stats) rmSync(file);
  smokeLib(join(lib, 'cli.js'));
}

/** A store made by the bundle: the one run that needs its thread, its lazy commands and SQLite. */
function smokeLib(cli) {
  const folder = mkdtempSync(join(tmpdir(), 'secrets-lib-'));
  try {
    const env = { PATH: process.env.PATH };
    const flags = ['--disable-warning=ExperimentalWarning', cli, 'init', '--dev', '--data', join(folder, 'data')];
    const { status, stdout, stderr } = spawnSync(process.execPath, flags, { env, encoding: 'utf8' });
    if (status !== 0 || stderr !== '' || !/admin token \(shown once\): dp\.sa\./.test(stdout)) {
      throw new Error(`The bundle of the command line does not run (exit ${status}):\n${stdout}${stderr}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function files(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

function differences(built, committed) {
  const names = [...new Set([...files(built), ...files(committed)])];
  return names.filter((name) => {
    const both = existsSync(join(built, name)) && existsSync(join(committed, name));
    return !both || !readFileSync(join(built, name)).equals(readFileSync(join(committed, name)));
  });
}

function guard(out) {
  const text = readFileSync(join(out, 'main/index.js'), 'utf8');
  if (Buffer.byteLength(text) > MAIN_LIMIT) throw new Error(`dist/main/index.js is larger than ${MAIN_LIMIT} bytes.`);
  if (/\bzod\b/.test(text)) throw new Error('dist/main/index.js holds zod.');
}

/** The command line alone, into a folder of the caller's. */
function libOnly(lib) {
  let stage;
  try {
    stage = compileApart();
    buildLib(lib, stage);
    console.log(`lib: ${lib}`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  } finally {
    if (stage) rmSync(join(ROOT, stage), { recursive: true, force: true });
  }
}

function distAndLib() {
  const check = process.argv.includes('--check');
  const out = check ? mkdtempSync(join(ROOT, 'build-check-')) : join(ROOT, 'dist');
  try {
    compile();
    asCommonJs(() => {
      for (const stage of Object.keys(STAGES).filter((one) => one !== 'main')) bundle(stage, join(out, stage));
    });
    bundleMain(join(out, 'main'));
    guard(out);
    // The engine needs the SQLite that Node has from 22 on; the action's bundles are built by any.
    if (!check && !process.argv.includes('--dist-only')) buildLib(join(ROOT, 'lib'));
    const stale = check
      ? Object.keys(STAGES).flatMap((stage) =>
          differences(join(out, stage), join(ROOT, 'dist', stage)).map((name) => `dist/${stage}/${name}`),
        )
      : [];
    if (stale.length > 0)
      throw new Error(`dist is not what the sources build: ${stale.join(', ')}. Run: npm run build`);
    console.log(
      check
        ? 'dist: fresh'
        : `dist: ${Object.keys(STAGES)
            .map((stage) =>
              files(join(out, stage))
                .map((name) => `${stage}/${name}`)
                .join(' '),
            )
            .join(' ')}`,
    );
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  } finally {
    if (check) rmSync(out, { recursive: true, force: true });
  }
}

const at = process.argv.indexOf('--lib');
if (at > 0) libOnly(resolve(process.argv[at + 1] ?? ''));
else distAndLib();
