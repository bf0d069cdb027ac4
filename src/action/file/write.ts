// Writes the file of values: new, for its owner alone, and written down for post before anything is in it.
import { closeSync, constants, fstatSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { profileName } from '#formats/aws-profile.js';
import { commandLine } from '#formats/command-line.js';
import { type FileFormat, encodeFile } from '#formats/file.js';
import { briefPath, Kept, writeNew } from '../credentials/folder.ts';
import type { RenewingProfile } from '../credentials/plan.ts';
import type { Runner } from '../runner.ts';
import { type Place, placeOf, problem } from './place.ts';
import { inodeOf, saveTrace, type Trace, versionOf } from './trace.ts';

/** AWS profiles that ask `command` for keys in place of holding them. */
export type Renewing = { readonly command: readonly string[]; readonly profiles: readonly RenewingProfile[] };

const NOTHING: Renewing = { command: [], profiles: [] };

/**
 * Writes `values` and returns what takes the file away again.
 * @throws AppError ERR_CONFIG_INVALID when it cannot lie there, ERR_REQUEST_INVALID when the format cannot carry a value;
 * nothing is left behind then
 */
export function writeValues(
  runner: Runner,
  file: { readonly path: string; readonly format: FileFormat },
  values: ReadonlyMap<string, string>,
  renewing: Renewing = NOTHING,
): () => void {
  const place = placeOf(runner, file.path);
  const folder = renewing.profiles.length === 0 ? undefined : placeOf(runner, `${file.path}.renewing`).path;
  const text = encodeFile(values, file.format, folder === undefined ? undefined : commands(runner, folder, renewing));
  const handle = open(place.path);
  const undo = () => {
    rmSync(place.path, { force: true });
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    saveTrace(runner, undefined);
  };
  try {
    if (folder !== undefined) make(folder, place.path);
  } catch (error) {
    closeSync(handle);
    throw error;
  }
  const stats = () => fstatSync(handle, { bigint: true });
  try {
    const trace = traceOf(place, folder, inodeOf(stats()));
    saveTrace(runner, trace);
    for (const { prefix, brief, answer } of renewing.profiles) {
      const path = briefPath(folder ?? '', profileName(prefix));
      writeNew(path, brief);
      new Kept(path).write(answer);
    }
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

function traceOf({ path, isTemporary }: Place, folder: string | undefined, inode: string): Trace {
  return { path, isTemporary, inode, ...(folder === undefined ? {} : { folder }) };
}

function commands(runner: Runner, folder: string, { command, profiles }: Renewing): Map<string, string> {
  return new Map(
    profiles.map(({ prefix }) => {
      const line = commandLine([...command, briefPath(folder, profileName(prefix))], runner.platform);
      if (line === undefined) throw problem(folder, 'not every AWS SDK could read such a path in a profile');
      return [prefix, line];
    }),
  );
}

/** A folder that is there already is somebody else's. */
function make(folder: string, file: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (cause) {
    rmSync(file, { force: true });
    throw refused(folder, cause);
  }
}

/** No link is followed and nothing is overwritten: who made a file of that name before us is not given the values. */
function open(path: string): number {
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  try {
    // Windows has no O_NOFOLLOW; there O_EXCL alone refuses links.
    return openSync(path, O_WRONLY | O_CREAT | O_EXCL | (O_NOFOLLOW ?? 0), 0o600);
  } catch (cause) {
    throw refused(path, cause);
  }
}

function refused(path: string, cause: unknown): Error {
  const exists = (cause as NodeJS.ErrnoException).code === 'EEXIST';
  return problem(path, exists ? 'there is one already' : 'its folder does not allow it');
}
