// `audit verify`: reads the whole audit log of a store and names every place where it was tampered with.
import { parseHead, verifyAudit } from '../engine/audit/verify.ts';
import { readRootKeySource } from '../engine/config.ts';
import { Keyring } from '../engine/keyring/keyring.ts';
import { readFlags, UsageError } from './flags.ts';
import type { Host } from './host.ts';
import { readRootKey } from './root-key.ts';
import { openStore, readPlace, requireStore } from './store.ts';

const FLAGS = {
  data: { type: 'string' },
  'root-key': { type: 'string' },
  head: { type: 'string', multiple: true },
} as const;

/** 0 when the log is whole, 1 when it is not. @throws AppError when the store cannot be opened */
export async function audit(host: Host): Promise<number> {
  const [, what, ...rest] = host.args;
  if (what !== 'verify') throw new UsageError("The command is 'audit verify'.");
  const flags = readFlags(rest, FLAGS);
  const place = readPlace(flags.data, host.env);
  await requireStore(host, place);
  const heads = (flags.head ?? []).map(parseHead);
  const rootKey = readRootKey(readRootKeySource(flags['root-key'], host.env, []), place);
  const store = await openStore(host, place);
  try {
    const keyring = await Keyring.open(store, rootKey, () => host.clock.now());
    const { chains, rows, gaps } = await verifyAudit(store, keyring.auditKey, heads);
    for (const { chain, seq, why } of gaps) host.out(`gap: chain ${chain} row ${seq}: ${why}\n`);
    host.out(`audit: ${chains} chains, ${rows} rows, ${gaps.length} gaps\n`);
    return gaps.length === 0 ? 0 : 1;
  } finally {
    await store.close();
  }
}
