// The heads of the audit chains: noted in the log of the store and told in the log of the process, each minute and at the end.
import type { Clock } from '#core/clock.js';
import type { Log } from '../log.ts';
import { headText } from '../storage/operations/audit-upkeep.ts';
import type { Store } from '../storage/store.ts';

/** Whoever keeps the process's log can say later that a chain was longer: `audit verify --head chain:seq:hash`. */
export async function linkHeads(parts: { store: Pick<Store, 'write'>; clock: Clock; log: Log }): Promise<void> {
  const heads = await parts.store.write.linkAuditHeads({ at: parts.clock.now() });
  for (const head of heads) parts.log('info', 'audit head', { head: `${head.chain}:${headText(head)}` });
}
