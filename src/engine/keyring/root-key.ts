// The root key file: made once by init, readable by its owner alone, never replaced by accident.
import { randomBytes } from 'node:crypto';
import { closeSync, constants, fchmodSync, fstatSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { AppError } from '#core/errors.js';

const BYTES = 32;

/** Reads 32 bytes from their base64 text. @throws AppError ERR_CONFIG_INVALID */
export function parseRootKey(text: string): Uint8Array {
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== BYTES || key.toString('base64') !== text.trim()) {
    throw new AppError('ERR_CONFIG_INVALID', 'The root key is not 32 bytes in base64.', {
      hint: 'Use the file that `secrets-action init` wrote.',
    });
  }
  return new Uint8Array(key);
}

/**
 * Writes a root key, a new one unless one is given.
 * @throws AppError ERR_CONFLICT when the file exists: a key is never overwritten
 */
export function createRootKeyFile(path: string, given?: Uint8Array): Uint8Array {
  const key = Buffer.from(given ?? randomBytes(BYTES));
  try {
    const file = openSync(
      path,
      constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW,
      0o600,
    );
    fchmodSync(file, 0o600);
    writeSync(file, `${key.toString('base64')}\n`);
    fsyncSync(file);
    closeSync(file);
  } catch (cause) {
    const exists = (cause as { code?: string }).code === 'EEXIST';
    throw new AppError(
      exists ? 'ERR_CONFLICT' : 'ERR_CONFIG_INVALID',
      exists ? `There is a root key at ${path} already.` : `The root key cannot be written to ${path}.`,
      {
        hint: exists
          ? 'Keep it: without it the store cannot be opened.'
          : 'Check that its folder exists and is writable.',
        cause,
      },
    );
  }
  return new Uint8Array(key);
}

/** @throws AppError ERR_CONFIG_INVALID when it is missing, readable by others, or not a key */
export function readRootKeyFile(path: string): Uint8Array {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY);
  } catch (cause) {
    throw new AppError('ERR_CONFIG_INVALID', `The root key ${path} cannot be read.`, {
      hint: 'Name the key with --root-key FILE; if it is lost: secrets-action recover.',
      cause,
    });
  }
  try {
    if (!fstatSync(file).isFile()) {
      throw new AppError('ERR_CONFIG_INVALID', `The root key ${path} is not a file.`, {
        hint: `Name a file, such as ${path.replace(/\/+$/, '')}/root.key.`,
      });
    }
    if ((fstatSync(file).mode & 0o077) !== 0) {
      throw new AppError('ERR_CONFIG_INVALID', `The root key ${path} is readable by others.`, {
        hint: `Run: chmod 600 ${path}`,
      });
    }
    return parseRootKey(readFileSync(file, 'utf8'));
  } finally {
    closeSync(file);
  }
}
