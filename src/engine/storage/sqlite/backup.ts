// Copies of the SQLite store: one consistent file out of a store that may be in use, and one put where a store will be.
import { closeSync, constants, copyFileSync, existsSync, fsyncSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#core/errors.js';
import { all } from '../operation.ts';
import { SqliteDatabase } from './database.ts';

const FILE = 'secrets.db';

/**
 * Writes the folder's store to `out` as one SQLite file with mode 0600. An engine may go on writing meanwhile: the copy
 * is what was committed when it began.
 * @throws AppError ERR_CONFLICT when `out` exists, ERR_UNAVAILABLE when it cannot be written
 */
export function dumpStore(folder: string, out: string): void {
  createEmpty(out);
  const db = new SqliteDatabase(join(folder, FILE), { readOnly: true });
  try {
    db.exec(`vacuum into '${out.replaceAll("'", "''")}'`);
    sync(out);
  } catch (cause) {
    rmSync(out, { force: true });
    throw new AppError('ERR_UNAVAILABLE', `The dump cannot be written to ${out}.`, { cause });
  } finally {
    db.close();
  }
}

/**
 * Puts a dump into an empty folder.
 * @throws AppError ERR_CONFIG_INVALID when the file is not a whole store
 */
export function placeDump(dump: string, folder: string): void {
  const path = join(folder, FILE);
  try {
    copyFileSync(dump, path, constants.COPYFILE_EXCL);
    sync(path);
  } catch (cause) {
    throw new AppError('ERR_CONFIG_INVALID', `The dump ${dump} cannot be read.`, { cause });
  }
  const whole = isWhole(path);
  if (!whole) throw new AppError('ERR_CONFIG_INVALID', `${dump} is not a whole dump of a store.`);
}

function isWhole(path: string): boolean {
  try {
    const db = new SqliteDatabase(path, { readOnly: true });
    try {
      const [check] = db.drive(all<{ integrity_check: string }>('pragma integrity_check'));
      const tables = db.drive(all("select name from sqlite_master where name in ('schema_migrations','data_keys')"));
      return check?.integrity_check === 'ok' && tables.length === 2;
    } finally {
      db.close();
    }
  } catch {
    return false;
  }
}

/** @throws AppError ERR_CONFLICT when there is a file: a dump is never written over */
export function refuseExisting(path: string): void {
  if (existsSync(path)) throw new AppError('ERR_CONFLICT', `There is a file ${path} already.`);
}

function createEmpty(path: string): void {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  try {
    closeSync(openSync(path, flags, 0o600));
  } catch (cause) {
    const exists = (cause as { code?: string }).code === 'EEXIST';
    const message = exists ? `There is a file ${path} already.` : `The file ${path} cannot be made.`;
    throw new AppError(exists ? 'ERR_CONFLICT' : 'ERR_CONFIG_INVALID', message, { cause });
  }
}

function sync(path: string): void {
  const file = openSync(path, 'r+');
  fsyncSync(file);
  closeSync(file);
}
