// Rows of leases as operations hand them out, and the one way in which a move and its event are written together.
import type { EndReason, LeaseState } from '#core/lease.js';
import type { AuditEvent } from '../audit-event.ts';
import { one, run, type Steps } from '../operation.ts';

/** Who caused a change, for the event and the audit row. */
export type Cause = { actor: string; requestId?: string; ip?: string };

/** What ending a lease needs. Plan and integration are still sealed. */
export type WorkRow = {
  id: string;
  kind: string;
  state: LeaseState;
  end_reason: EndReason | null;
  fence: number;
  attempts: number;
  failing_since: number | null;
  not_found_at: number | null;
  claimed_by: string | null;
  claim_until: number | null;
  next_action_at: number | null;
  created_at: number;
  issued_at: number | null;
  expires_at: number;
  hard_expires_at: number;
  data_key_id: string;
  revoke_plan_sealed: Uint8Array;
  integration_id: string;
  integration_type: string;
  integration_revision: number;
  integration_key_id: string;
  integration_sealed: Uint8Array;
};

export const WORK = `select l.*, i.type as integration_type, i.revision as integration_revision,
  i.data_key_id as integration_key_id, i.data_sealed as integration_sealed
  from leases l join integrations i on i.id = l.integration_id`;

/** Not final; the same words as the partial indexes, so that they are used. */
export const LIVE = `state in ('pending','active','revoking','revoke_failed','needs_operator')`;

export type Move = { id: string; at: number; from: LeaseState | null; to: LeaseState; cause: Cause; detail?: string };

/** Counts the lease's events up and writes this one, so that they have no gap. Call it in the transaction of the move. */
export function* recordMove({ id, at, from, to, cause, detail }: Move): Steps<void> {
  const row = yield* one<{ event_seq: number }>(
    'update leases set event_seq = event_seq + 1 where id = $1 returning event_seq',
    id,
  );
  yield* run(
    `insert into lease_events(lease_id, seq, at, from_state, to_state, actor, detail) values($1,$2,$3,$4,$5,$6,$7)`,
    id,
    row?.event_seq ?? 0,
    at,
    from,
    to,
    cause.actor,
    detail ?? '',
  );
}

/** The audit event of something done to a lease. */
export function leaseAudit(
  id: string,
  at: number,
  cause: Cause,
  what: Pick<AuditEvent, 'action' | 'outcome' | 'detail'>,
): AuditEvent {
  return { ...what, ...cause, at, target: `lease:${id}` };
}

/** `revoking` under a new fence: every earlier holder's finish is a no-op from here on. */
export function* claim(row: WorkRow, claimant: Claimant, reason: EndReason): Steps<WorkRow> {
  const kept = row.end_reason ?? reason;
  yield* run(
    `update leases set state = 'revoking', end_reason = $2, fence = fence + 1, attempts = attempts + 1,
       claimed_by = $3, claim_until = $4, next_action_at = $4 where id = $1`,
    row.id,
    kept,
    claimant.claimedBy,
    claimant.claimUntil,
  );
  yield* recordMove({ id: row.id, at: claimant.at, from: row.state, to: 'revoking', cause: claimant.cause });
  return { ...row, state: 'revoking', end_reason: kept, fence: row.fence + 1, attempts: row.attempts + 1 };
}

/** Who takes leases to end them, and until when nobody else may. */
export type Claimant = { at: number; claimedBy: string; claimUntil: number; cause: Cause };
