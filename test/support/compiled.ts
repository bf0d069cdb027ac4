// What Node has compiled of the sources, kept for one run of the tests: most of what a process of ours does at its start.
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RUN_FOLDER } from './once.ts';

const NAME = 'NODE_COMPILE_CACHE';

/** jest's globalSetup: before there are workers, which inherit it, in the process that ends after them. */
export default function keepCompiled(): void {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'sa-run-'));
  // A database server runs under an account of its own, and finds what is its own in here.
  chmodSync(folder, 0o711);
  process.env[RUN_FOLDER] = folder;
  process.env[NAME] = join(folder, 'compiled');
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
}

/** For the environment of a process that is given no other word of ours. */
export function compiledEnv(): Record<string, string> {
  const folder = process.env[NAME];
  return folder === undefined ? {} : { [NAME]: folder };
}
