// Installs what the lock file names, once, before any other script runs; safe beside parallel runs and after an interrupted install.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const LOCK = join(ROOT, '.npm-ci.pid');
const NODE = join(ROOT, 'node_modules/.bin/node');
const WAIT_MS = 200;
const GIVE_UP_MS = 15 * 60_000;

const packages = (file) => {
  try {
    return JSON.parse(readFileSync(join(ROOT, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
};

/** npm writes the hidden lock last, so an interrupted install is seen as not fresh. */
function isFresh() {
  const have = packages('node_modules/.package-lock.json');
  const want = packages('package-lock.json');
  if (!have || !want) return false;
  return Object.entries(want).every(([path, entry]) => {
    if (path === '') return true;
    const found = have[path];
    if (!found) return entry.optional === true;
    return found.version === entry.version && found.integrity === entry.integrity && existsSync(join(ROOT, path));
  });
}

/** The npm that the user started, never one below node_modules: `npm ci` deletes that folder. */
function npmCi() {
  const cli = process.env.npm_execpath;
  const [command, first] = cli ? [process.env.npm_node_execpath ?? process.execPath, [cli]] : ['npm', []];
  const args = [...first, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  return spawnSync(command, args, { cwd: ROOT, stdio: ['ignore', 2, 2] }).status === 0;
}

/** Where no packaged Node 24 exists for this platform, the one that runs us stands in, if it is new enough. */
function ensureNode() {
  if (existsSync(NODE)) return true;
  if (Number(process.versions.node.split('.')[0]) < 24) return false;
  mkdirSync(dirname(NODE), { recursive: true });
  symlinkSync(process.execPath, NODE);
  return true;
}

/** Takes the install lock, or clears one whose owner is dead. */
function takeLock() {
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  try {
    const pid = Number(readFileSync(LOCK, 'utf8'));
    if (pid > 0) process.kill(pid, 0);
  } catch (error) {
    if (error.code === 'ESRCH') rmSync(LOCK, { force: true });
  }
  return false;
}

const started = Date.now();
while (!isFresh() || !existsSync(NODE)) {
  if (!takeLock()) {
    if (Date.now() - started > GIVE_UP_MS) {
      console.error('Another install has held .npm-ci.pid for 15 minutes; delete that file and run the command again.');
      process.exit(1);
    }
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
    continue;
  }
  try {
    if (!isFresh() && !npmCi()) {
      console.error('Installing the locked packages failed (see above). Check the network and run: npm ci');
      process.exitCode = 1;
      break;
    }
    if (!ensureNode()) {
      console.error(
        `No packaged Node 24 for this platform and this is Node ${process.versions.node}: install Node 24 or newer.`,
      );
      process.exitCode = 1;
      break;
    }
  } finally {
    rmSync(LOCK, { force: true });
  }
}
