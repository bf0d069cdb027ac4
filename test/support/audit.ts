// The audit log as one list: what every chain of a store holds, by time.
import type { AuditRow } from '#engine/storage/audit-chain.js';
import type { Store } from '#engine/storage/store.js';

const MOST = 10_000;

/** Of each chain its first 10,000 rows. Rows of one moment stand by their chain, and there in their order. */
export async function auditRows({ read }: Pick<Store, 'read'>): Promise<AuditRow[]> {
  const chains = await read.listAuditChains({});
  const rows = await Promise.all(chains.map(({ chain }) => read.readAuditChain({ chain, afterSeq: 0, limit: MOST })));
  return rows.flat().sort((one, other) => one.at - other.at);
}
