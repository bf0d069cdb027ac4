// The folder of one run of the tests: what Node has compiled of the sources, what is made once, and all temporary folders.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RUN_FOLDER } from './once.ts';

const NAME = 'NODE_COMPILE_CACHE';
/** A file system in memory: thousands of stores are synced to disk, of which none outlives its test. */
const MEMORY = '/dev/shm';
const ENOUGH_BYTES = 4 * 1024 ** 3;
const PREFIX = 'sa-run-';
/** No run lasts so long. */
const OLD_MS = 3_600_000;

/** jest's globalSetup: before there are workers, which inherit it, in the process that ends after them. */
export default function openRun(): void {
  const parent = process.env['TMPDIR'] === undefined && isFit(MEMORY) ? MEMORY : realpathSync(tmpdir());
  removeDead(parent);
  const folder = mkdtempSync(join(parent, `${PREFIX}${process.pid}-`));
  // A database server runs under an account of its own: it finds what is its own in here, and makes folders.
  chmodSync(folder, 0o711);
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  chmodSync(temporary, 0o1777);
  process.env['TMPDIR'] = temporary;
  process.env[RUN_FOLDER] = folder;
  process.env[NAME] = join(folder, 'compiled');
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
}

/** For the environment of a process that is given no other word of ours. */
export function compiledEnv(): Record<string, string> {
  const folder = process.env[NAME];
  return folder === undefined ? {} : { [NAME]: folder };
}

/** Room enough, and programs that lie there may run, which a container may forbid. */
function isFit(parent: string): boolean {
  if (!existsSync(parent)) return false;
  const { bavail, bsize } = statfsSync(parent);
  if (bavail * bsize < ENOUGH_BYTES) return false;
  const folder = mkdtempSync(join(parent, 'sa-fit-'));
  try {
    writeFileSync(join(folder, 'program'), '#!/bin/sh\n', { mode: 0o755 });
    return spawnSync(join(folder, 'program')).status === 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What runs left behind that were killed; a process of another container has no entry here and may live. */
function removeDead(parent: string): void {
  for (const name of readdirSync(parent).filter((each) => each.startsWith(PREFIX))) {
    const path = join(parent, name);
    const [pid] = name.slice(PREFIX.length).split('-');
    const isOld = Date.now() - statSync(path).mtimeMs > OLD_MS;
    if (isOld && existsSync(`/proc/${process.pid}`) && !existsSync(`/proc/${pid}`)) rmSync(path, { recursive: true });
  }
}
