// Where the store of a command is, a folder of this machine or a database that engines share, and how it is opened.
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#core/errors.js';
import { openPostgresStore } from '../engine/storage/postgres/postgres-store.ts';
import { type DatabaseSettings, databaseName, readDatabaseUrl } from '../engine/storage/postgres/settings.ts';
import { hasDatabaseStore } from '../engine/storage/postgres/transfer.ts';
import { openSqliteStore } from '../engine/storage/sqlite/sqlite-store.ts';
import type { Store } from '../engine/storage/store.ts';
import { UsageError } from './flags.ts';
import type { Host } from './host.ts';

export type Folder = { in: 'folder'; data: string };
export type Database = { in: 'database'; settings: DatabaseSettings };
export type StorePlace = Folder | Database;

/**
 * `--data DIR`, or the database of SECRETS_DATABASE_URL.
 * @throws UsageError without either; AppError ERR_CONFIG_INVALID with both, because one of them would be the wrong one
 */
export function readPlace(data: string | undefined, env: Host['env']): StorePlace {
  const url = env['SECRETS_DATABASE_URL'] || undefined;
  if (url !== undefined && data) {
    throw new AppError('ERR_CONFIG_INVALID', 'SECRETS_DATABASE_URL is set and --data is given: keep one.');
  }
  if (url !== undefined) return { in: 'database', settings: readDatabaseUrl(url) };
  if (data) return { in: 'folder', data };
  throw new UsageError('--data DIR is missing.');
}

/** As it is told to people. */
export function placeName(place: StorePlace): string {
  return place.in === 'folder' ? place.data : databaseName(place.settings);
}

/** How commands are told where it is: the flag that says so, or nothing for the environment. */
export function placeFlag(place: StorePlace): string {
  return place.in === 'folder' ? ` --data ${place.data}` : '';
}

/** Whether there is a store. @throws AppError when a database does not let us see */
export async function hasStore(host: Host, place: StorePlace): Promise<boolean> {
  if (place.in === 'folder') return existsSync(join(place.data, 'secrets.db'));
  return hasDatabaseStore(place.settings, sessionName(host));
}

/** @throws AppError ERR_CONFIG_INVALID */
export async function requireStore(host: Host, place: StorePlace, hint?: string): Promise<void> {
  if (await hasStore(host, place)) return;
  const message = `There is no store in ${placeName(place)}.`;
  throw new AppError('ERR_CONFIG_INVALID', message, hint === undefined ? {} : { hint });
}

export type Opening = {
  /** No engine may be running on it meanwhile; a folder never has more than one process. */
  alone?: boolean;
  onFatal?: (error: AppError) => void;
};

/** @throws AppError ERR_CONFLICT while another process is in the way */
export async function openStore(host: Host, place: StorePlace, opening: Opening = {}): Promise<Store> {
  try {
    return await open(host, place, opening);
  } catch (error) {
    const isTaken = error instanceof AppError && error.code === 'ERR_CONFLICT' && place.in === 'folder';
    // Only an engine could as well have another folder; a command means this one.
    if (!isTaken || host.args[0] === 'serve') throw error;
    throw new AppError(error.code, error.message, { hint: 'Stop it first.', cause: error });
  }
}

function open(host: Host, place: StorePlace, { alone = false, onFatal }: Opening): Promise<Store> {
  const chain = randomUUID();
  if (place.in === 'database') {
    const presence = alone ? 'alone' : 'shared';
    return openPostgresStore({ settings: place.settings, presence, chain, name: sessionName(host), clock: host.clock });
  }
  return openSqliteStore({
    folder: place.data,
    workerUrl: host.storeWorkerUrl,
    chain,
    pid: host.pid,
    now: host.clock.now(),
    onFatal: onFatal ?? (() => undefined),
  });
}

/** Shown by the server, and to whoever finds this process in its way. */
export function sessionName({ args, pid }: Host): string {
  return `secrets-action ${args[0] ?? ''} (process ${pid})`;
}
