// `init`: a store, its root key and its admin token; or a new admin token for a store that is there.
import { existsSync, mkdirSync } from 'node:fs';
import { AppError } from '#core/errors.js';
import type { Sensitive } from '#core/sensitive.js';
import { renewAdminToken } from '../engine/auth/admin.ts';
import { readRootKeySource, type RootKeySource } from '../engine/config.ts';
import { Keyring } from '../engine/keyring/keyring.ts';
import { RECOVERY_SETTING, sealRootKey } from '../engine/keyring/recovery.ts';
import { createRootKeyFile, parseRootKey, readRootKeyFile } from '../engine/keyring/root-key.ts';
import { readFlags } from './flags.ts';
import type { Host } from './host.ts';
import { readRecoveryKey } from './recover.ts';
import { hasStore, newRootKeyPath, readRootKey } from './root-key.ts';
import { openStore } from './store.ts';

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
  if (data === '') problems.push('--data DIR is missing: the folder of the store.');
  const source = readRootKeySource(flags['root-key'], host.env, problems);
  if (problems.length > 0) {
    throw new AppError('ERR_CONFIG_INVALID', 'init cannot start like this.', { details: problems });
  }
  if (flags['new-admin']) {
    host.out(`admin token (shown once): ${await newAdmin(host, data, source)}\n`);
    return 0;
  }
  const recovery = flags['recovery-key'] === undefined ? undefined : readRecoveryKey(flags['recovery-key']);
  const { token, where } = await newStore(host, { data, source, dev: flags.dev ?? false, recovery });
  const named = flags['root-key'] === undefined ? '' : ` --root-key ${flags['root-key']}`;
  host.out(welcome(token, `${data}${named}`, `The store is in ${data}, its root key ${where}.`));
  return 0;
}

async function newAdmin(host: Host, data: string, source: RootKeySource): Promise<string> {
  if (!hasStore(data)) {
    throw new AppError('ERR_CONFIG_INVALID', `There is no store in ${data}.`, { hint: 'Leave out --new-admin.' });
  }
  return (await renewAdmin(host, data, readRootKey(source, data))).reveal();
}

type NewStore = { data: string; source: RootKeySource; dev: boolean; recovery: string | undefined };

async function newStore(host: Host, { data, source, dev, recovery }: NewStore) {
  if (hasStore(data)) {
    throw new AppError('ERR_CONFLICT', `There is a store in ${data} already.`, {
      hint: 'Serve it, or use --new-admin for a new admin token.',
    });
  }
  if (source.from === 'text') {
    const token = await renewAdmin(host, data, parseRootKey(source.text), recovery);
    return { token: token.reveal(), where: 'in SECRETS_ROOT_KEY' };
  }
  const path = newRootKeyPath(source.path, data, dev);
  // A key that is none is told before anything is made.
  if (recovery !== undefined) sealRootKey(recovery, new Uint8Array(32));
  makeFolder(data);
  // A key without a store is what an init that was cut off left: it has opened nothing yet.
  const key = existsSync(path) ? readRootKeyFile(path) : createRootKeyFile(path);
  return { token: (await renewAdmin(host, data, key, recovery)).reveal(), where: `in ${path}` };
}

function makeFolder(data: string): void {
  try {
    mkdirSync(data, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new AppError('ERR_CONFIG_INVALID', `${data} cannot be used as a folder.`, {
      hint: 'Name another --data DIR, whose parent exists and is writable.',
      cause,
    });
  }
}

async function renewAdmin(host: Host, data: string, rootKey: Uint8Array, recovery?: string): Promise<Sensitive> {
  const store = await openStore(host, data);
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
  secrets-action serve --data ${flags}
  export SECRETS_URL=http://127.0.0.1:8090 SECRETS_TOKEN=${token}
  curl -H "Authorization: Bearer $SECRETS_TOKEN" -H 'content-type: application/json' -d '{"name":"app"}' $SECRETS_URL/v3/projects
`;
}
