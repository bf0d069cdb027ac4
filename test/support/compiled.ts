// What Node has compiled of the sources, kept for one run of the tests: most of what a process of ours does at its start.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NAME = 'NODE_COMPILE_CACHE';

/** jest's globalSetup: before there are workers, which inherit it, in the process that ends after them. */
export default function keepCompiled(): void {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'sa-compiled-'));
  process.env[NAME] = folder;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
}

/** For the environment of a process that is given no other word of ours. */
export function compiledEnv(): Record<string, string> {
  const folder = process.env[NAME];
  return folder === undefined ? {} : { [NAME]: folder };
}
