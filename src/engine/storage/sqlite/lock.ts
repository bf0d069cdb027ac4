// One engine per data folder: an operating-system lock that dies with its process, and a note of who holds it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '#core/errors.js';

/**
 * Takes the folder's lock for the life of the process. SQLite's own file lock is used because Node has no flock.
 * @returns a function that gives it back
 * @throws AppError ERR_CONFLICT naming the process that holds it
 */
export function takeStoreLock(folder: string, pid: number): () => void {
  const note = join(folder, 'lock.pid');
  const db = new DatabaseSync(join(folder, 'lock.db'), { timeout: 0 });
  try {
    db.exec('pragma journal_mode = delete');
    db.exec('begin exclusive');
  } catch (cause) {
    db.close();
    throw new AppError('ERR_CONFLICT', `Another engine (process ${holder(note)}) uses this data folder.`, {
      hint: 'Stop it, or give this one its own --data folder.',
      cause,
    });
  }
  writeFileSync(note, `${pid}\n`, { mode: 0o600 });
  return () => db.close();
}

function holder(note: string): string {
  try {
    return readFileSync(note, 'utf8').trim().slice(0, 12);
  } catch {
    return 'unknown';
  }
}
