// Where the root key of a data folder lies: as told, else beside the folder, else inside it (made with --dev).
import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { AppError } from '#core/errors.js';
import type { RootKeySource } from '../engine/config.ts';
import { parseRootKey, readRootKeyFile } from '../engine/keyring/root-key.ts';

const inside = (data: string) => join(resolve(data), 'root-key');
const beside = (data: string) => `${resolve(data)}.root-key`;

/** Whether the folder has a store. */
export function hasStore(data: string): boolean {
  return existsSync(join(data, 'secrets.db'));
}

/**
 * The key of an existing store. It is never made here: a new key would open nothing.
 * @throws AppError ERR_CONFIG_INVALID
 */
export function readRootKey(source: RootKeySource, data: string): Uint8Array {
  return source.from === 'text' ? parseRootKey(source.text) : readRootKeyFile(rootKeyPath(source.path, data));
}

/** Where the key of an existing store lies, or should. */
export function rootKeyPath(path: string | undefined, data: string): string {
  return path ?? [beside(data), inside(data)].find((known) => existsSync(known)) ?? beside(data);
}

/**
 * Where `init` writes the key.
 * @throws AppError ERR_CONFIG_INVALID inside the data folder without `dev`: a copy of the folder must not open itself
 */
export function newRootKeyPath(path: string | undefined, data: string, dev: boolean): string {
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
