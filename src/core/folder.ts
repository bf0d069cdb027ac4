// Folders of an environment: how their paths are written, and the one text that names a secret in one of them.

/** Where the secrets lie that every dialect sees. */
export const ROOT_PATH = '/';

const MAX_PATH = 1000;
const MAX_DEPTH = 20;
/** What no folder may be called: what would end a reference or a line, and what other tools take for another folder. */
const ODD_PART = /[\u0000-\u001f\u007f-\u009f\u2028\u2029${}\\]|^\.{1,2}$/;

/** Folders of an environment begin at `/` (contracts/phase.md 2.1): doubled slashes collapse, the last one goes. */
export function normalPath(path: string): string {
  const parts = path.split('/').filter((part) => part !== '');
  return `/${parts.join('/')}`;
}

/** Whether there can be a folder of this normal path. */
export function isFolderPath(path: string): boolean {
  const parts = path.split('/').slice(1);
  const isBounded = path.length <= MAX_PATH && parts.length <= MAX_DEPTH && path.isWellFormed();
  return isBounded && !parts.some((part) => ODD_PART.test(part));
}

export type Spot = { readonly path: string; readonly name: string };

/** A secret within its environment: the name alone in the root, as every dialect has it; names have no slash. */
export function keyAt({ path, name }: Spot): string {
  return path === ROOT_PATH ? name : `${path}/${name}`;
}

/** The other way round. */
export function spotOf(key: string): Spot {
  const at = key.lastIndexOf('/');
  return at < 0 ? { path: ROOT_PATH, name: key } : { path: key.slice(0, at), name: key.slice(at + 1) };
}
