// `rekey`: a new root key for a store. The values' keys are wrapped anew and nothing else; a run that was cut off is finished.
import { existsSync, linkSync, renameSync } from 'node:fs';
import { AppError } from '#core/errors.js';
import { readRootKeySource } from '../engine/config.ts';
import { Keyring } from '../engine/keyring/keyring.ts';
import { RECOVERY_SETTING, resealRootKey } from '../engine/keyring/recovery.ts';
import { createRootKeyFile, readRootKeyFile } from '../engine/keyring/root-key.ts';
import { rewrapKeys, rootKeyId } from '../engine/keyring/wrapping.ts';
import type { Store } from '../engine/storage/store.ts';
import { readFlags, required } from './flags.ts';
import type { Host } from './host.ts';
import { hasStore, rootKeyPath } from './root-key.ts';
import { openStore } from './store.ts';

const FLAGS = { data: { type: 'string' }, 'root-key': { type: 'string' } } as const;

/**
 * The order is what makes it safe to cut off: the new key is on disk as FILE.new, then one transaction wraps, then the old
 * key gets a second name and FILE.new becomes FILE. At every point one of the files opens the store, and a run that was
 * cut off is finished by the next.
 * @throws AppError ERR_CONFIG_INVALID, ERR_DECRYPT when no key opens the store
 */
export async function rekey(host: Host): Promise<number> {
  const flags = readFlags(host.args.slice(1), FLAGS);
  const data = required(flags.data, '--data DIR');
  if (!hasStore(data)) throw new AppError('ERR_CONFIG_INVALID', `There is no store in ${data}.`);
  const source = readRootKeySource(flags['root-key'], host.env, []);
  if (source.from === 'text') {
    throw new AppError('ERR_CONFIG_INVALID', 'rekey writes a key file, and SECRETS_ROOT_KEY holds the key itself.', {
      hint: 'Put the key into a file with mode 600 and name it with --root-key.',
    });
  }
  const path = rootKeyPath(source.path, data);
  const store = await openStore(host, data);
  try {
    await rewrap(host, store, path);
  } finally {
    await store.close();
  }
  const old = `${path}.old-${rootKeyId(readRootKeyFile(path))}`;
  if (!existsSync(old)) linkSync(path, old);
  renameSync(`${path}.new`, path);
  host.out(`The store opens with the new key in ${path}.
The old key is in ${old}: dumps that were made before need it. Delete it when they are gone.
`);
  return 0;
}

async function rewrap(host: Host, store: Store, path: string): Promise<void> {
  const fresh = `${path}.new`;
  const to = existsSync(fresh) ? readRootKeyFile(fresh) : createRootKeyFile(fresh);
  const keys = await store.read.listDataKeys({});
  // The transaction of an earlier run may have been the last thing that it did.
  if (keys.every((key) => key.root_key_id === rootKeyId(to))) return;
  const from = readRootKeyFile(path);
  const keyring = await Keyring.open(store, from, () => host.clock.now());
  await store.setAuditKey(keyring.auditKey);
  const recovery = await store.read.getSetting({ key: RECOVERY_SETTING });
  await store.write.rewrapDataKeys({
    from: rootKeyId(from),
    settings: recovery ? [{ key: RECOVERY_SETTING, value: resealRootKey(recovery, to) }] : [],
    keys: rewrapKeys(await store.read.listDataKeys({}), from, to),
    event: {
      at: host.clock.now(),
      actor: 'engine',
      action: 'keys.rekey',
      target: 'engine',
      outcome: 'ok',
      detail: { from: rootKeyId(from), to: rootKeyId(to), keys: keys.length },
    },
  });
}
