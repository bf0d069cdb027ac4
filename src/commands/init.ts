// `init`: a store, its root key and its admin token; or a new admin token for a store that is there.
import { existsSync } from 'node:fs';
import { AppError } from '#core/errors.js';
import type { Sensitive } from '#core/sensitive.js';
import { renewAdminToken } from '../engine/auth/admin.ts';
import { readRootKeySource, type RootKeySource } from '../engine/config.ts';
import { Keyring } from '../engine/keyring/keyring.ts';
import { RECOVERY_SETTING, sealRootKey } from '../engine/keyring/recovery.ts';
import { createRootKeyFile, parseRootKey, readRootKeyFile } from '../engine/keyring/root-key.ts';
import { makeFolders } from './folders.ts';
import { readFlags } from './flags.ts';
import type { Host } from './host.ts';
import { readRecoveryKey } from './recover.ts';
import { newRootKeyPath, readRootKey } from './root-key.ts';
import { hasStore, openStore, placeFlag, placeName, readPlace, requireStore, type StorePlace } from './store.ts';

const FLAGS = {
  data: { type: 'string' },
  'root-key': { type: 'string' },
  dev: { type: 'boolean' },
  'new-admin': { type: 'boolean' },
  'recovery-key': { type: 'string' },
} as const;

/** @throws AppError ERR_CONFLICT over an existing store, ERR_CONFIG_INVALID */
export async function init(host: Host): Promise<number> {
  const flags = readFlags(host.args.slice(1), FLAGS);
  const problems: string[] = [];
  const { data = '' } = flags;
  if (data === '' && !host.env['SECRETS_DATABASE_URL']) {
    problems.push('--data DIR is missing: the folder of the store.');
  }
  const source = readRootKeySource(flags['root-key'], host.env, problems);
  if (problems.length > 0) {
    throw new AppError('ERR_CONFIG_INVALID', 'init cannot start like this.', { details: problems });
  }
  const place = readPlace(data, host.env);
  if (flags['new-admin']) {
    host.out(`admin token (shown once): ${await newAdmin(host, place, source)}\n`);
    return 0;
  }
  const recovery = flags['recovery-key'] === undefined ? undefined : readRecoveryKey(flags['recovery-key']);
  const { token, where } = await newStore(host, { place, source, dev: flags.dev ?? false, recovery });
  const named = flags['root-key'] === undefined ? '' : ` --root-key ${flags['root-key']}`;
  host.out(
    welcome(token, `${placeFlag(place)}${named}`, `The store is in ${placeName(place)}, its root key ${where}.`),
  );
  return 0;
}

async function newAdmin(host: Host, place: StorePlace, source: RootKeySource): Promise<string> {
  await requireStore(host, place, 'Leave out --new-admin.');
  return (await renewAdmin(host, place, { rootKey: readRootKey(source, place) })).reveal();
}

type NewStore = { place: StorePlace; source: RootKeySource; dev: boolean; recovery: string | undefined };

async function newStore(host: Host, { place, source, dev, recovery }: NewStore) {
  if (await hasStore(host, place)) {
    throw new AppError('ERR_CONFLICT', `There is a store in ${placeName(place)} already.`, {
      hint: 'Serve it, or use --new-admin for a new admin token.',
    });
  }
  if (source.from === 'text') {
    const token = await renewAdmin(host, place, { rootKey: parseRootKey(source.text), recovery, alone: true });
    return { token: token.reveal(), where: 'in SECRETS_ROOT_KEY' };
  }
  const path = newRootKeyPath(source.path, place, dev);
  // A key that is none is told before anything is made.
  if (recovery !== undefined) sealRootKey(recovery, new Uint8Array(32));
  if (place.in === 'folder') makeFolder(place.data);
  // A key without a store is what an init that was cut off left: it has opened nothing yet.
  const rootKey = existsSync(path) ? readRootKeyFile(path) : createRootKeyFile(path);
  const token = await renewAdmin(host, place, { rootKey, recovery, alone: true });
  return { token: token.reveal(), where: `in ${path}` };
}

function makeFolder(data: string): void {
  try {
    makeFolders(data, 0o700);
  } catch (cause) {
    throw new AppError('ERR_CONFIG_INVALID', `${data} cannot be used as a folder.`, {
      hint: 'Name another --data DIR, whose parent exists and is writable.',
      cause,
    });
  }
}

type Renewal = { rootKey: Uint8Array; recovery?: string | undefined; alone?: boolean };

async function renewAdmin(host: Host, place: StorePlace, renewal: Renewal): Promise<Sensitive> {
  const { rootKey, recovery, alone = false } = renewal;
  const store = await openStore(host, place, { alone });
  try {
    const keyring = await Keyring.open(store, rootKey, () => host.clock.now());
    await store.setAuditKey(keyring.auditKey);
    if (recovery !== undefined) {
      await store.write.initSetting({ key: RECOVERY_SETTING, value: sealRootKey(recovery, rootKey) });
    }
    return await renewAdminToken({ store, keyring, clock: host.clock });
  } finally {
    await store.close();
  }
}

function welcome(token: string, flags: string, where: string): string {
  return `${where} Keep the key apart and safe: without it all is lost.

admin token (shown once): ${token}

Next:
  secrets-action serve${flags}
  export SECRETS_URL=http://127.0.0.1:8090 SECRETS_TOKEN=${token}
  curl -H "Authorization: Bearer $SECRETS_TOKEN" -H 'content-type: application/json' -d '{"name":"app"}' $SECRETS_URL/v3/projects
`;
}
