// `recover`: the lost root key of a store, opened with the private half of its recovery key and written to a new file.
import { readFileSync } from 'node:fs';
import { AppError } from '#core/errors.js';
import { RECOVERY_SETTING, openRootKey } from '../engine/keyring/recovery.ts';
import { createRootKeyFile } from '../engine/keyring/root-key.ts';
import { unwrapKey } from '../engine/keyring/wrapping.ts';
import { readFlags, required } from './flags.ts';
import type { Host } from './host.ts';
import { hasStore } from './root-key.ts';
import { openStore } from './store.ts';

const FLAGS = { data: { type: 'string' }, 'recovery-key': { type: 'string' }, 'root-key': { type: 'string' } } as const;

/** @throws AppError ERR_CONFIG_INVALID, ERR_DECRYPT, ERR_CONFLICT when the file is there */
export async function recover(host: Host): Promise<number> {
  const flags = readFlags(host.args.slice(1), FLAGS);
  const data = required(flags.data, '--data DIR');
  const out = required(flags['root-key'], '--root-key FILE');
  const privateKey = readRecoveryKey(required(flags['recovery-key'], '--recovery-key FILE'));
  if (!hasStore(data)) throw new AppError('ERR_CONFIG_INVALID', `There is no store in ${data}.`);
  const store = await openStore(host, data);
  try {
    const setting = await store.read.getSetting({ key: RECOVERY_SETTING });
    if (!setting) {
      throw new AppError('ERR_NOT_FOUND', 'This store was made without a recovery key.', {
        hint: 'Only its root key opens it.',
      });
    }
    const rootKey = openRootKey(setting, privateKey);
    for (const row of await store.read.listDataKeys({})) unwrapKey(rootKey, row);
    createRootKeyFile(out, rootKey);
  } finally {
    await store.close();
  }
  host.out(`The root key is in ${out}. Whoever has seen the recovery key can open this store: run rekey.\n`);
  return 0;
}

/** @throws AppError ERR_CONFIG_INVALID */
export function readRecoveryKey(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new AppError('ERR_CONFIG_INVALID', `The recovery key ${path} cannot be read.`, { cause });
  }
}
