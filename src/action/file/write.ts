// Writes the file of values: new, for its owner alone, and written down for post before anything is in it.
import { closeSync, constants, fstatSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { type FileFormat, encodeFile } from '#formats/file.js';
import type { Runner } from '../runner.ts';
import { placeOf, problem } from './place.ts';
import { inodeOf, saveTrace, type Trace, versionOf } from './trace.ts';

/**
 * Writes `values` and returns what takes the file away again.
 * @throws AppError ERR_CONFIG_INVALID when it cannot lie there, ERR_REQUEST_INVALID when the format cannot carry a value;
 * nothing is left behind then
 */
export function writeValues(
  runner: Runner,
  file: { readonly path: string; readonly format: FileFormat },
  values: ReadonlyMap<string, string>,
): () => void {
  const text = encodeFile(values, file.format);
  const { path, isTemporary } = placeOf(runner, file.path);
  const handle = open(path);
  const undo = () => {
    rmSync(path, { force: true });
    saveTrace(runner, undefined);
  };
  const stats = () => fstatSync(handle, { bigint: true });
  try {
    const trace: Trace = { path, isTemporary, inode: inodeOf(stats()) };
    saveTrace(runner, trace);
    writeFileSync(handle, text);
    saveTrace(runner, { ...trace, version: versionOf(stats()) });
    return undo;
  } catch (error) {
    undo();
    throw error;
  } finally {
    closeSync(handle);
  }
}

/** No link is followed and nothing is overwritten: who made a file of that name before us is not given the values. */
function open(path: string): number {
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  try {
    // Windows has no O_NOFOLLOW; there O_EXCL alone refuses links.
    return openSync(path, O_WRONLY | O_CREAT | O_EXCL | (O_NOFOLLOW ?? 0), 0o600);
  } catch (cause) {
    const exists = (cause as NodeJS.ErrnoException).code === 'EEXIST';
    throw problem(path, exists ? 'there is one already' : 'its folder does not allow it');
  }
}
