// Where the root key of a store lies: as told, else beside its folder, else inside it (made with --dev).
import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { AppError } from '#core/errors.js';
import type { RootKeySource } from '../engine/config.ts';
import { parseRootKey, readRootKeyFile } from '../engine/keyring/root-key.ts';
import { UsageError } from './flags.ts';
import type { StorePlace } from './store.ts';

const inside = (data: string) => join(resolve(data), 'root-key');
const beside = (data: string) => `${resolve(data)}.root-key`;

/**
 * The key of an existing store. It is never made here: a new key would open nothing.
 * @throws AppError ERR_CONFIG_INVALID
 */
export function readRootKey(source: RootKeySource, place: StorePlace): Uint8Array {
  return source.from === 'text' ? parseRootKey(source.text) : readRootKeyFile(rootKeyPath(source.path, place));
}

/** Where the key of an existing store lies, or should. @throws UsageError for a database: there is no place beside it */
export function rootKeyPath(path: string | undefined, place: StorePlace): string {
  if (path !== undefined) return path;
  if (place.in === 'database') throw new UsageError('--root-key FILE is missing: the key of the database.');
  const { data } = place;
  return [beside(data), inside(data)].find((known) => existsSync(known)) ?? beside(data);
}

/**
 * Where `init` writes the key.
 * @throws AppError ERR_CONFIG_INVALID inside the data folder without `dev`: a copy of the folder must not open itself
 */
export function newRootKeyPath(path: string | undefined, place: StorePlace, dev: boolean): string {
  if (place.in === 'database') return resolve(rootKeyPath(path, place));
  const { data } = place;
  const chosen = resolve(path ?? (dev ? inside(data) : beside(data)));
  const apart = relative(real(data), join(real(dirname(chosen)), basename(chosen)));
  if (!dev && !apart.startsWith('..')) {
    throw new AppError('ERR_CONFIG_INVALID', 'The root key must lie outside the data folder.', {
      hint: 'Name another --root-key FILE, or add --dev to try things out.',
    });
  }
  return chosen;
}

/** The path with its links followed, also where its last parts are not there yet. */
function real(path: string): string {
  const full = resolve(path);
  if (existsSync(full)) return realpathSync(full);
  const parent = dirname(full);
  return parent === full ? full : join(real(parent), basename(full));
}
