// `load`: a store moves from a folder, or from a dump, into the database of SECRETS_DATABASE_URL.
import { AppError } from '#core/errors.js';
import { readRootKeySource } from '../engine/config.ts';
import { Keyring } from '../engine/keyring/keyring.ts';
import { dumpStore, placeDump } from '../engine/storage/sqlite/backup.ts';
import { type Carried, carryOver, inStaging } from './carry.ts';
import { readFlags, UsageError } from './flags.ts';
import type { Host } from './host.ts';
import { readRootKey } from './root-key.ts';
import { type Database, type Folder, openStore, placeName, readPlace, requireStore, type StorePlace } from './store.ts';

const FLAGS = { data: { type: 'string' }, from: { type: 'string' }, 'root-key': { type: 'string' } } as const;

/**
 * The store goes on where it was: with all its tokens and leases. So the old one must never be served again.
 * @throws AppError ERR_CONFIG_INVALID, ERR_CONFLICT when the target has a store or an engine still serves the source
 */
export async function load(host: Host): Promise<number> {
  const flags = readFlags(host.args.slice(1), FLAGS);
  if (!host.env['SECRETS_DATABASE_URL']) throw new UsageError('SECRETS_DATABASE_URL is not set: where to load into.');
  const target = readPlace(undefined, host.env) as Database;
  const { data, from } = flags;
  if ((data === undefined) === (from === undefined)) throw new UsageError('Name one: --data DIR or --from FILE.');
  const source: StorePlace = data === undefined ? target : { in: 'folder', data };
  const problems: string[] = [];
  const keySource = readRootKeySource(flags['root-key'], host.env, problems);
  if (problems.length > 0) throw new AppError('ERR_CONFIG_INVALID', 'load cannot start.', { details: problems });
  if (source.in === 'folder') await requireStore(host, source);
  const rootKey = readRootKey(keySource, source);
  const carried = await inStaging(async (folder) => {
    if (source.in === 'folder') await stage(host, source, folder);
    else placeDump(from ?? '', folder);
    await note(host, folder, rootKey);
    return carryOver(host, target, { folder, rootKey });
  });
  host.out(loaded(target, carried, data ?? from ?? ''));
  return 0;
}

/** Under the lock of the folder: an engine that still served it would write on where nobody looks any more. */
async function stage(host: Host, source: Folder, folder: string): Promise<void> {
  const store = await openStore(host, source);
  try {
    dumpStore(source.data, `${folder}/secrets.db`);
  } finally {
    await store.close();
  }
}

async function note(host: Host, folder: string, rootKey: Uint8Array): Promise<void> {
  const store = await openStore(host, { in: 'folder', data: folder });
  try {
    const keyring = await Keyring.open(store, rootKey, () => host.clock.now());
    await store.setAuditKey(keyring.auditKey);
    const event = {
      at: host.clock.now(),
      actor: 'engine',
      action: 'store.load',
      target: 'engine',
      outcome: 'ok',
    } as const;
    await store.write.recordAudit({ events: [event] });
  } finally {
    await store.close();
  }
}

function loaded(target: Database, { counts, chains, auditRows }: Carried, source: string): string {
  const tables = Object.entries(counts).filter(([, rows]) => rows > 0);
  return `${tables.map(([table, rows]) => `  ${table}: ${rows}\n`).join('')}audit: ${chains} chains, ${auditRows} rows, 0 gaps
Loaded into ${placeName(target)}. Serve it with the same root key, and never serve ${source} again.
`;
}
