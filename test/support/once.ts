// What many test files need and none changes: the first that asks makes it, for one run of the tests.
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of this run, which test/support/compiled.ts makes and removes. */
export const RUN_FOLDER = 'SECRETS_TEST_RUN';

const WAIT_MS = 60_000;
const LOOK_MS = 20;

/**
 * The path of `name`, made by `make` at the path it is given. Undefined outside of a run, or when whoever makes it does
 * not come to an end: the caller then makes one for itself.
 */
export async function madeOnce(name: string, make: (path: string) => Promise<void>): Promise<string | undefined> {
  const folder = process.env[RUN_FOLDER];
  if (folder === undefined) return undefined;
  const [path, begun] = [join(folder, name), join(folder, `${name}.begun`)];
  if (existsSync(path)) return path;
  if (isFirst(begun)) {
    const part = `${path}.${randomUUID()}`;
    try {
      if (existsSync(path)) return path;
      await make(part);
      renameSync(part, path);
    } finally {
      rmSync(part, { recursive: true, force: true });
      rmSync(begun, { recursive: true, force: true });
    }
    return path;
  }
  for (let waited = 0; waited < WAIT_MS && existsSync(begun); waited += LOOK_MS) {
    if (existsSync(path)) return path;
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
  if (existsSync(path)) return path;
  // Gone with its process, or beyond help: who comes next tries anew.
  rmSync(begun, { recursive: true, force: true });
  return undefined;
}

function isFirst(begun: string): boolean {
  try {
    mkdirSync(begun);
    return true;
  } catch {
    return false;
  }
}
