// `dump` and `restore`: a store as one file, and back, with what must not outlive a journey into the past ended.
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { AppError } from '#core/errors.js';
import { readRootKeySource } from '../engine/config.ts';
import { Keyring } from '../engine/keyring/keyring.ts';
import { dumpStore, placeDump } from '../engine/storage/sqlite/backup.ts';
import { readFlags, required } from './flags.ts';
import type { Host } from './host.ts';
import { hasStore, readRootKey } from './root-key.ts';
import { openStore } from './store.ts';

const DUMP = { data: { type: 'string' }, out: { type: 'string' } } as const;
const RESTORE = {
  data: { type: 'string' },
  from: { type: 'string' },
  'root-key': { type: 'string' },
  'hold-revocations': { type: 'boolean' },
} as const;

/** @throws AppError ERR_CONFIG_INVALID without a store, ERR_CONFLICT over an existing file */
export async function dump(host: Host): Promise<number> {
  const flags = readFlags(host.args.slice(1), DUMP);
  const [data, out] = [required(flags.data, '--data DIR'), required(flags.out, '--out FILE')];
  if (!hasStore(data)) throw new AppError('ERR_CONFIG_INVALID', `There is no store in ${data}.`);
  dumpStore(data, out);
  host.out(`Dumped to ${out}. It opens with the root key of ${data} only: keep that key too, elsewhere.\n`);
  return 0;
}

/** @throws AppError ERR_CONFLICT over an existing store, ERR_DECRYPT with a key that is not the dump's */
export async function restore(host: Host): Promise<number> {
  const flags = readFlags(host.args.slice(1), RESTORE);
  const [data, from] = [resolve(required(flags.data, '--data DIR')), required(flags.from, '--from FILE')];
  const hold = flags['hold-revocations'] ?? false;
  if (existsSync(data) && readdirSync(data).some((name) => name !== 'root-key')) {
    throw new AppError('ERR_CONFLICT', `The folder ${data} is not empty.`, { hint: 'Restore into a new --data DIR.' });
  }
  const problems: string[] = [];
  const source = readRootKeySource(flags['root-key'], host.env, problems);
  if (problems.length > 0) throw new AppError('ERR_CONFIG_INVALID', 'restore cannot start.', { details: problems });
  const rootKey = readRootKey(source, data);
  const epoch = await buildBeside(host, data, { from, rootKey, hold });
  host.out(restored(data, epoch, hold));
  return 0;
}

/** The store is whole and marked before it gets its name: what was cut off is no store. */
async function buildBeside(
  host: Host,
  data: string,
  { from, rootKey, hold }: { from: string; rootKey: Uint8Array; hold: boolean },
): Promise<number> {
  const staging = `${data}.restoring`;
  if (existsSync(`${staging}/root-key`)) {
    // The key moves in last of all: what lies here is whole, and holds the only copy of the key.
    throw new AppError('ERR_CONFLICT', `An earlier restore was cut off just before its end, in ${staging}.`, {
      hint: `Finish it: mv ${staging} ${data}`,
    });
  }
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true, mode: 0o700 });
  try {
    placeDump(from, staging);
    const epoch = await mark(host, staging, rootKey, hold);
    if (existsSync(`${data}/root-key`)) renameSync(`${data}/root-key`, `${staging}/root-key`);
    if (existsSync(data)) rmdirSync(data);
    renameSync(staging, data);
    return epoch;
  } catch (error) {
    if (!existsSync(`${staging}/root-key`)) rmSync(staging, { recursive: true, force: true });
    throw error;
  }
}

async function mark(host: Host, folder: string, rootKey: Uint8Array, hold: boolean): Promise<number> {
  const store = await openStore(host, folder);
  try {
    const keyring = await Keyring.open(store, rootKey, () => host.clock.now());
    await store.setAuditKey(keyring.auditKey);
    const at = host.clock.now();
    const event = { at, actor: 'engine', action: 'store.restore', target: 'engine', outcome: 'ok' } as const;
    return await store.write.markRestored({ at, engineId: randomUUID().slice(0, 8), hold, event });
  } finally {
    await store.close();
  }
}

function restored(data: string, epoch: number, hold: boolean): string {
  const held = hold
    ? `\nRevocations are held: 'serve' lists what is due, 'serve --release-revocations' lets them go on.\n`
    : '';
  return `Restored into ${data} (epoch ${epoch}). Exchanged tokens and the admin token are ended.
Look through the other tokens: one that was revoked after the dump is alive again.
${held}
Next:
  secrets-action init  --data ${data} --new-admin
  secrets-action serve --data ${data}
`;
}
