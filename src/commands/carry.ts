// A whole store on its way into a database: staged in a folder of its own, and verified before it is committed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '#core/errors.js';
import { verifyAudit } from '../engine/audit/verify.ts';
import { Keyring } from '../engine/keyring/keyring.ts';
import { type Counts, loadDatabase } from '../engine/storage/postgres/transfer.ts';
import type { Host } from './host.ts';
import { type Database, openStore, sessionName } from './store.ts';

/** Runs `work` with a folder that is gone afterwards. What lies in it is sealed, as every store is. */
export async function inStaging<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'secrets-action-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export type Carried = { counts: Counts; chains: number; auditRows: number };

/**
 * Carries the store of a folder into an empty database, which has all of it or nothing afterwards.
 * @throws AppError ERR_DECRYPT with a key that is not the store's, ERR_CONFLICT when the database has a store or an engine
 * is on it, ERR_INTERNAL when rows were lost or the audit log is not whole on arrival
 */
export async function carryOver(
  host: Host,
  { settings }: Database,
  { folder, rootKey }: { folder: string; rootKey: Uint8Array },
): Promise<Carried> {
  const key = await auditKeyOf(host, folder, rootKey);
  let audit = { chains: 0, auditRows: 0 };
  const counts = await loadDatabase({
    ...{ settings, folder, now: host.clock.now(), name: sessionName(host) },
    check: async (store) => {
      const { chains, rows, gaps } = await verifyAudit(store, key);
      if (gaps.length > 0) {
        const details = gaps.map(({ chain, seq, why }) => `Chain ${chain} row ${seq}: ${why}.`);
        throw new AppError('ERR_CONFLICT', 'The audit log is not whole; nothing was loaded.', { details });
      }
      audit = { chains, auditRows: rows };
    },
  });
  return { counts, ...audit };
}

/** Opening it also brings an older store to the schema of this version. */
async function auditKeyOf(host: Host, folder: string, rootKey: Uint8Array): Promise<Uint8Array> {
  const store = await openStore(host, { in: 'folder', data: folder });
  try {
    return (await Keyring.open(store, rootKey, () => host.clock.now())).auditKey;
  } finally {
    await store.close();
  }
}
