// Store operations that keep the audit log whole: heads that chains note of each other, and closed segments.
import type { AuditEvent } from '../audit-event.ts';
import { all, one, type ReadOperation, run, type Steps, type WriteOperation } from '../operation.ts';

/** Where a chain stands. */
export type AuditHead = { chain: string; seq: number; hash: Uint8Array };
type HeadRow = AuditHead & { action: string; noted: number | null };

export const HEADS_ACTION = 'audit.heads';

/** Steps from chain to chain by the primary key: counting through a long log every minute would hold up writers. */
const CHAINS = `with recursive c(chain) as (
  select min(chain) from audit
  union all select (select min(a.chain) from audit a where a.chain > c.chain) from c where c.chain is not null)`;

function* heads(): Steps<HeadRow[]> {
  return yield* all<HeadRow>(
    `${CHAINS} select a.chain, a.seq, a.hash, a.action, h.seq as noted from c
     join audit a on a.chain = c.chain and a.seq = (select max(seq) from audit m where m.chain = c.chain)
     left join audit_heads h on h.chain = a.chain order by a.chain`,
  );
}

/**
 * Writes where every chain stands into the chain of this process: the end of one chain cannot be cut off without
 * another one telling. Nothing is written where nothing has happened.
 * @returns what was noted
 */
const linkAuditHeads: WriteOperation<{ at: number }, AuditHead[]> = function* (context, { at }) {
  // The row of the last linking is itself the newest of this chain; noting it would make one more, for ever.
  const isOwnNote = (row: HeadRow) => row.chain === context.chain && row.action === HEADS_ACTION;
  const moved = (yield* heads()).filter((row) => row.seq !== row.noted && !isOwnNote(row));
  if (moved.length === 0) return [];
  for (const { chain, seq, hash } of moved) {
    yield* run(
      `insert into audit_heads(chain, seq, hash, at) values($1,$2,$3,$4)
       on conflict (chain) do update set seq = excluded.seq, hash = excluded.hash, at = excluded.at`,
      chain,
      seq,
      hash,
      at,
    );
  }
  const detail = Object.fromEntries(moved.map((head) => [head.chain, headText(head)]));
  yield* context.audit({ at, actor: 'engine', action: HEADS_ACTION, target: 'audit:heads', outcome: 'ok', detail });
  return moved.map(({ chain, seq, hash }) => ({ chain, seq, hash }));
};

/** `seq:hash` as it is noted and logged. */
export function headText({ seq, hash }: Pick<AuditHead, 'seq' | 'hash'>): string {
  return `${seq}:${Buffer.from(hash).toString('hex')}`;
}

export type AuditSegment = { chain: string; last_seq: number; last_hash: Uint8Array; signature: Uint8Array };

const listAuditSegments: ReadOperation<Record<string, never>, AuditSegment[]> = function* () {
  return yield* all<AuditSegment>('select * from audit_segments order by chain');
};

/** The last row of each chain that is older than `before`: what ends there may be closed. */
const oldAuditEnds: ReadOperation<{ before: number }, AuditHead[]> = function* ({ before }) {
  return yield* all<AuditHead>(
    `select a.chain, a.seq, a.hash from audit a
     join (select chain, max(seq) as seq from audit where at < $1 group by chain) t
       on t.chain = a.chain and t.seq = a.seq order by a.chain`,
    before,
  );
};

type CloseArgs = { head: AuditHead; signature: Uint8Array; at: number; event: AuditEvent };

/** Forgets the rows up to `head`, leaving its signed hash in their place. False: the chain is not what it was. */
const closeAuditSegment: WriteOperation<CloseArgs, boolean> = function* (context, { head, signature, at, event }) {
  const { chain, seq, hash } = head;
  const row = yield* one<{ hash: Uint8Array }>('select hash from audit where chain = $1 and seq = $2', chain, seq);
  if (!row || Buffer.compare(row.hash, hash) !== 0) return false;
  yield* run('delete from audit where chain = $1 and seq <= $2', chain, seq);
  yield* run(
    `insert into audit_segments(chain, last_seq, last_hash, closed_at, signature) values($1,$2,$3,$4,$5)
     on conflict (chain) do update set last_seq = excluded.last_seq, last_hash = excluded.last_hash,
       closed_at = excluded.closed_at, signature = excluded.signature`,
    chain,
    seq,
    hash,
    at,
    signature,
  );
  yield* context.audit(event);
  return true;
};

/** What chains have noted of each other, oldest first. */
const listAuditNotes: ReadOperation<{ afterRow: number; limit: number }, { row: number; detail: string }[]> =
  function* ({ afterRow, limit }) {
    return yield* all<{ row: number; detail: string }>(
      `select row, detail from (
         select detail, row_number() over (order by at, chain, seq) as row from audit where action = $1) n
       where row > $2 order by row limit $3`,
      HEADS_ACTION,
      afterRow,
      limit,
    );
  };

export const auditUpkeepReads = { listAuditSegments, oldAuditEnds, listAuditNotes };
export const auditUpkeepWrites = { linkAuditHeads, closeAuditSegment };
