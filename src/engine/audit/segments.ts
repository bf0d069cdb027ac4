// Closed segments of the audit log: what was forgotten leaves its last hash behind, signed with the audit key.
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AuditHead, AuditSegment } from '../storage/operations/audit-upkeep.ts';
import type { Store } from '../storage/store.ts';

/** HMAC-SHA256 over chain, number and hash of the last row that was forgotten. */
export function signSegment(key: Uint8Array, { chain, seq, hash }: AuditHead): Uint8Array {
  const text = JSON.stringify(['audit segment', chain, seq, Buffer.from(hash).toString('hex')]);
  return new Uint8Array(createHmac('sha256', key).update(text).digest());
}

/** Whether the segment was closed by somebody with the audit key. */
export function isSigned(key: Uint8Array, segment: AuditSegment): boolean {
  const head = { chain: segment.chain, seq: segment.last_seq, hash: segment.last_hash };
  const wanted = signSegment(key, head);
  return segment.signature.length === wanted.length && timingSafeEqual(segment.signature, wanted);
}

/** Closes every chain up to its last row before `before`; answers how many chains. */
export async function closeOldSegments(
  { store, key, now }: { store: Pick<Store, 'read' | 'write'>; key: Uint8Array; now: () => number },
  before: number,
): Promise<number> {
  const ends = await store.read.oldAuditEnds({ before });
  for (const head of ends) {
    const at = now();
    await store.write.closeAuditSegment({
      head,
      signature: signSegment(key, head),
      at,
      event: {
        at,
        actor: 'engine',
        action: 'audit.segment_closed',
        target: `audit:${head.chain}`,
        outcome: 'ok',
        detail: { seq: head.seq },
      },
    });
  }
  return ends.length;
}
