// Rows of leases as operations hand them out, and the one way in which a move and its event are written together.
import type { EndReason, LeaseState } from '#core/lease.js';
import type { AuditEvent } from '../audit-event.ts';
import { all, listOf, lists, parts, run, type Steps, valuesOf, type WriteContext } from '../operation.ts';

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
  created_at: number;
  issued_at: number | null;
  expires_at: number;
  next_action_at: number | null;
  data_key_id: string;
  revoke_plan_sealed: Uint8Array;
  integration_id: string;
  integration_type: string;
  integration_revision: number;
  integration_key_id: string;
  integration_sealed: Uint8Array;
};

const COLUMNS = `l.id, l.kind, l.state, l.end_reason, l.fence, l.attempts, l.failing_since, l.not_found_at, l.created_at,
  l.issued_at, l.expires_at, l.next_action_at, l.data_key_id, l.revoke_plan_sealed, l.integration_id, i.type as integration_type,
  i.revision as integration_revision, i.data_key_id as integration_key_id, i.data_sealed as integration_sealed`;
const ROWS = 'from leases l join integrations i on i.id = l.integration_id';

export const WORK = `select ${COLUMNS} ${ROWS}`;

/** With who holds it. */
export type ClaimedRow = WorkRow & { claimed_by: string | null; claim_until: number | null };
export const WORK_AND_CLAIM = `select ${COLUMNS}, l.claimed_by, l.claim_until ${ROWS}`;

/** In no final state, every move into which sets it; the same words as the partial indexes, so that they are used. */
export const LIVE = 'closed_at is null';

/** Its end has failed since it was asked for, and is tried again; as LIVE, the words of a partial index. */
export const FAILING = `failing_since is not null and ${LIVE}`;

/** Nobody is at work on it at a moment. */
export function unclaimed(moment: `$${number}`): string {
  return `(claim_until is null or claim_until <= ${moment})`;
}

/** What is to be done until a moment, of every integration: by integration, because that is how the index lies. */
export function dueBy(moment: `$${number}`): string {
  return `integration_id in (select id from integrations) and next_action_at <= ${moment}`;
}

export type Move = { id: string; at: number; from: LeaseState | null; to: LeaseState; cause: Cause; detail?: string };

/** Counts the lease's events up and writes this one, so that they have no gap. Call it in the transaction of the move. */
export function* recordMove({ id, at, from, to, cause, detail }: Move): Steps<void> {
  yield* run('update leases set event_seq = event_seq + 1 where id = $1', id);
  yield* run(
    `insert into lease_events(lease_id, seq, at, from_state, to_state, actor, detail)
     select id, event_seq, $2, $3, $4, $5, $6 from leases where id = $1`,
    id,
    at,
    from,
    to,
    cause.actor,
    detail ?? '',
  );
}

/** Writes the events of moves whose statements have counted `event_seq` up to `seq` themselves. */
export function* recordMoves(moves: readonly (Move & { seq: number })[]): Steps<void> {
  for (const some of parts(moves)) {
    const { sql, params } = valuesOf(
      some.map(({ id, seq, at, from, to, cause, detail }) => [id, seq, at, from, to, cause.actor, detail ?? '']),
    );
    const into = 'lease_events(lease_id, seq, at, from_state, to_state, actor, detail)';
    yield* run(`insert into ${into} values${sql}`, ...params);
  }
}

export type HeldRow = Pick<WorkRow, 'id' | 'state' | 'fence' | 'end_reason'> & {
  event_seq: number;
  dynamic_secret_id: string;
};

/** Leases that somebody says to hold, by their ids, as they are. */
export function* heldRows(
  { forUpdate }: Pick<WriteContext, 'forUpdate'>,
  leases: readonly { id: string }[],
): Steps<Map<string, HeldRow>> {
  const found = new Map<string, HeldRow>();
  for (const ids of lists(leases.map(({ id }) => id))) {
    const rows = yield* all<HeldRow>(
      `select l.id, l.state, l.fence, l.event_seq, l.end_reason, l.dynamic_secret_id from leases l
       where l.id in ${listOf(ids)}${forUpdate('l')}`,
      ...ids,
    );
    for (const row of rows) found.set(row.id, row);
  }
  return found;
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

/** Writes the event of a move that all of them make. Before the statement that moves them and counts `event_seq` up. */
export function* recordMovesTo(
  ids: readonly string[],
  { at, to, cause }: Pick<Move, 'at' | 'to' | 'cause'>,
): Steps<void> {
  for (const some of lists(ids)) {
    yield* run(
      `insert into lease_events(lease_id, seq, at, from_state, to_state, actor, detail)
       select id, event_seq + 1, $1, state, $2, $3, '' from leases where id in ${listOf(some, 3)}`,
      at,
      to,
      cause.actor,
      ...some,
    );
  }
}

/** The same after that statement: the row says where it is, and counted the event. */
export function* recordMoved(
  ids: readonly string[],
  { at, from, cause }: Pick<Move, 'at' | 'from' | 'cause'>,
): Steps<void> {
  for (const some of lists(ids)) {
    yield* run(
      `insert into lease_events(lease_id, seq, at, from_state, to_state, actor, detail)
       select id, event_seq, $1, $2, state, $3, '' from leases where id in ${listOf(some, 3)}`,
      at,
      from,
      cause.actor,
      ...some,
    );
  }
}

/**
 * `revoking` under a new fence: every earlier holder's finish is a no-op from here on. A claim that somebody asked for
 * starts the backoff anew, so that impatience does not push the next try into the distance.
 * @param reasonOf where the row has none yet
 */
export function* claimAll(
  rows: WorkRow[],
  { at, claimedBy, claimUntil, cause }: Claimant,
  { reasonOf, isAsked }: { reasonOf(row: WorkRow): EndReason; isAsked: boolean },
): Steps<WorkRow[]> {
  yield* recordMovesTo(
    rows.map(({ id }) => id),
    { at, to: 'revoking', cause },
  );
  const reasons = Map.groupBy(rows, (row) => row.end_reason ?? reasonOf(row));
  for (const [reason, claimed] of reasons) {
    for (const some of lists(claimed.map(({ id }) => id))) {
      yield* run(
        `update leases set state = 'revoking', end_reason = $1, fence = fence + 1, event_seq = event_seq + 1,
           attempts = ${isAsked ? '1' : 'attempts + 1'}, claimed_by = $2, claim_until = $3${isAsked ? ', next_action_at = $3' : ''}
         where id in ${listOf(some, 3)}`,
        reason,
        claimedBy,
        claimUntil,
        ...some,
      );
    }
  }
  for (const [reason, claimed] of reasons) for (const row of claimed) asClaimed(row, reason, isAsked);
  shareIntegrations(rows);
  return rows;
}

/** In place: these rows are nobody else's, and copying them would cost more than the statement. */
function asClaimed(row: WorkRow, reason: EndReason, isAsked: boolean): void {
  row.end_reason = reason;
  row.state = 'revoking';
  row.fence += 1;
  row.attempts = isAsked ? 1 : row.attempts + 1;
}

/** Leases of one integration share its bytes, so that they travel once and are opened once. */
function shareIntegrations(rows: readonly WorkRow[]): void {
  const sealed = new Map<string, Uint8Array>();
  for (const row of rows) {
    const known = sealed.get(row.integration_id);
    if (known) row.integration_sealed = known;
    else sealed.set(row.integration_id, row.integration_sealed);
  }
}

/** Who takes leases to end them, and until when nobody else may. */
export type Claimant = { at: number; claimedBy: string; claimUntil: number; cause: Cause };
