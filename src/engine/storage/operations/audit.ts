// Store operations of the audit log itself: events that accompany no other change, and reading a chain back.
import type { AuditRow } from '../audit-chain.ts';
import type { AuditEvent } from '../audit-event.ts';
import { all, type ReadOperation, type WriteOperation } from '../operation.ts';

/** For reads of values and refused attempts: committed before the answer leaves. */
const recordAudit: WriteOperation<{ events: readonly AuditEvent[] }, void> = function* (context, { events }) {
  yield* context.audit(...events);
};

const listAuditChains: ReadOperation<Record<string, never>, { chain: string; rows: number }[]> = function* () {
  return yield* all<{ chain: string; rows: number }>(
    'select chain, count(*) as rows from audit group by chain order by min(at), chain',
  );
};

const readAuditChain: ReadOperation<{ chain: string; afterSeq: number; limit: number }, AuditRow[]> = function* (args) {
  return yield* all<AuditRow>(
    'select * from audit where chain = $1 and seq > $2 order by seq limit $3',
    args.chain,
    args.afterSeq,
    args.limit,
  );
};

export const auditReads = { listAuditChains, readAuditChain };
export const auditWrites = { recordAudit };
