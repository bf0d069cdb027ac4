// `dump` and `restore`: a store as one file, and back, with what must not outlive a journey into the past ended.
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { AppError } from '#core/errors.js';
import { readRootKeySource } from '../engine/config.ts';
import { Keyring } from '../engine/keyring/keyring.ts';
import { unloadDatabase } from '../engine/storage/postgres/transfer.ts';
import { dumpStore, placeDump, refuseExisting } from '../engine/storage/sqlite/backup.ts';
import { carryOver, inStaging } from './carry.ts';
import { makeFolders } from './folders.ts';
import { readFlags, required } from './flags.ts';
import type { Host } from './host.ts';
import { readRootKey } from './root-key.ts';
import {
  type Database,
  openStore,
  placeFlag,
  placeName,
  readPlace,
  requireStore,
  sessionName,
  type StorePlace,
} from './store.ts';

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
  const [place, out] = [readPlace(flags.data, host.env), required(flags.out, '--out FILE')];
  await requireStore(host, place);
  if (place.in === 'folder') dumpStore(place.data, out);
  else await dumpDatabase(host, place, out);
  host.out(`Dumped to ${out}. It opens with the root key of ${placeName(place)} only: keep that key too, elsewhere.\n`);
  return 0;
}

/** By way of a folder, so that every dump is the same kind of file, whole and compact. */
async function dumpDatabase(host: Host, { settings }: Database, out: string): Promise<void> {
  refuseExisting(out);
  await inStaging(async (folder) => {
    await unloadDatabase({ settings, folder, now: host.clock.now(), name: sessionName(host) });
    dumpStore(folder, out);
  });
}

/** @throws AppError ERR_CONFLICT over an existing store, ERR_DECRYPT with a key that is not the dump's */
export async function restore(host: Host): Promise<number> {
  const flags = readFlags(host.args.slice(1), RESTORE);
  const [place, from] = [readPlace(flags.data && resolve(flags.data), host.env), required(flags.from, '--from FILE')];
  const hold = flags['hold-revocations'] ?? false;
  if (place.in === 'folder') refuseFull(place.data);
  refuseMissing(from);
  const problems: string[] = [];
  const source = readRootKeySource(flags['root-key'], host.env, problems);
  if (problems.length > 0) throw new AppError('ERR_CONFIG_INVALID', 'restore cannot start.', { details: problems });
  const order = { from, rootKey: readRootKey(source, place), hold };
  const epoch =
    place.in === 'folder' ? await buildBeside(host, place.data, order) : await restoreDatabase(host, place, order);
  const named = flags['root-key'] === undefined ? '' : ` --root-key ${flags['root-key']}`;
  host.out(restored(place, `${placeFlag(place)}${named}`, { epoch, hold }));
  return 0;
}

function refuseFull(data: string): void {
  if (existsSync(data) && readdirSync(data).some((name) => name !== 'root-key')) {
    throw new AppError('ERR_CONFLICT', `The folder ${data} is not empty.`, { hint: 'Restore into a new --data DIR.' });
  }
}

function refuseMissing(dump: string): void {
  if (existsSync(dump)) return;
  throw new AppError('ERR_CONFIG_INVALID', `There is no dump ${dump}.`, {
    hint: "Name the file that 'secrets-action dump --out FILE' wrote.",
  });
}

type Order = { from: string; rootKey: Uint8Array; hold: boolean };

/** Marked before it is carried over: an engine that finds the store in the database finds it restored. */
async function restoreDatabase(host: Host, place: Database, { from, rootKey, hold }: Order): Promise<number> {
  return inStaging(async (folder) => {
    placeDump(from, folder);
    const epoch = await mark(host, folder, rootKey, hold);
    await carryOver(host, place, { folder, rootKey });
    return epoch;
  });
}

/** The store is whole and marked before it gets its name: what was cut off is no store. */
async function buildBeside(host: Host, data: string, { from, rootKey, hold }: Order): Promise<number> {
  const staging = `${data}.restoring`;
  if (existsSync(`${staging}/root-key`)) {
    // The key moves in last of all: what lies here is whole, and holds the only copy of the key.
    throw new AppError('ERR_CONFLICT', `An earlier restore was cut off just before its end, in ${staging}.`, {
      hint: `Finish it: mv ${staging} ${data}`,
    });
  }
  rmSync(staging, { recursive: true, force: true });
  makeFolders(staging, 0o700);
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
  const store = await openStore(host, { in: 'folder', data: folder });
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

function restored(place: StorePlace, flags: string, { epoch, hold }: { epoch: number; hold: boolean }): string {
  const held = hold
    ? `\nRevocations are held: 'serve' lists what is due, 'serve --release-revocations' lets them go on.\n`
    : '';
  return `Restored into ${placeName(place)} (epoch ${epoch}). Exchanged tokens and the admin token are ended.
Look through the other tokens: one that was revoked after the dump is alive again.
${held}
Next:
  secrets-action init${flags} --new-admin
  secrets-action serve${flags}
`;
}
