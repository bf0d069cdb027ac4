// Store operations of ending leases: asked for, due, taken over from an earlier process, finished or failed.
import { canMove, END_REASONS, type EndReason, finalState, isFinal, type LeaseState } from '#core/lease.js';
import type { AuditEvent } from '../audit-event.ts';
import { all, listOf, lists, one, run, type Steps, type WriteContext, type WriteOperation } from '../operation.ts';
import {
  claimAll,
  type Claimant,
  type ClaimedRow,
  dueBy,
  FAILING,
  type Cause,
  type HeldRow,
  leaseAudit,
  LIVE,
  recordMove,
  recordMoved,
  unclaimed,
  WORK,
  WORK_AND_CLAIM,
  type WorkRow,
} from './lease-rows.ts';
import { closeSet } from './lease-sets.ts';

/** Which leases. */
export type Selector = { by: 'lease' | 'set' | 'token' | 'principal' | 'dynamicSecret'; id: string };

export type EndRequest = Claimant & { selector: Selector };

/** `claimed`: ours to end now. `others`: ids that somebody else is ending or that must wait for their creator. */
export type Ending = { claimed: WorkRow[]; others: string[] };

const COLUMN = {
  lease: 'l.id',
  set: 'l.set_id',
  token: 'l.token_id',
  principal: 'l.owner',
  dynamicSecret: 'l.dynamic_secret_id',
} as const;

/** Moves every live lease of the selection to `revoking`. */
const endLeases: WriteOperation<EndRequest, Ending> = function* (context, request) {
  return yield* endSelected(context, request);
};

/** Closes the set first, so that no intent can slip in behind. Undefined: there is no such set. */
const endLeaseSet: WriteOperation<Claimant & { setId: string }, Ending | undefined> = function* (context, request) {
  const known = yield* closeSet(request.setId, request.at);
  if (!known) return undefined;
  const { claimedBy, claimUntil, at, cause } = request;
  yield* context.audit({
    ...cause,
    at,
    action: 'lease-set.close',
    target: `lease-set:${request.setId}`,
    outcome: 'ok',
  });
  return yield* endSelected(context, {
    claimedBy,
    claimUntil,
    at,
    cause,
    selector: { by: 'set', id: request.setId },
  });
};

/** Nothing can be leased from it any more, and what lives is being ended: one transaction. */
const removeDynamicSecret: WriteOperation<Claimant & { id: string; audit: AuditEvent }, Ending> = function* (
  context,
  { id, audit, ...claimant },
) {
  yield* run('update dynamic_secrets set deleted_at = $2 where id = $1 and deleted_at is null', id, claimant.at);
  yield* context.audit(audit);
  return yield* endSelected(context, { ...claimant, selector: { by: 'dynamicSecret', id } });
};

/** For an operation that has more to do in the same transaction. */
export function* endSelected(context: WriteContext, request: EndRequest): Steps<Ending> {
  const ending: Ending = { claimed: [], others: [] };
  const rows = yield* all<ClaimedRow>(
    `${WORK_AND_CLAIM} where ${COLUMN[request.selector.by]} = $1 and l.${LIVE}
     order by l.created_at, l.id${context.forUpdate('l')}`,
    request.selector.id,
  );
  const free: WorkRow[] = [];
  for (const row of rows) {
    const held = row.claim_until !== null && row.claim_until >= request.at;
    const foreignCreate = row.state === 'pending' && held && row.claimed_by !== request.claimedBy;
    if ((row.state === 'revoking' && held) || foreignCreate) {
      // Another engine is creating it: its activation must miss, and its deadline must pass before anybody revokes.
      if (foreignCreate) yield* holdBack(context, row, request);
      ending.others.push(row.id);
    } else free.push(row);
  }
  const reasonOf = ({ state }: WorkRow): EndReason => (state === 'pending' ? 'rollback' : 'revoke');
  // Before they are claimed: what they were is gone then.
  const events = free.map((row) => {
    const about = {
      action: 'lease.revoke',
      outcome: 'intent',
      detail: { reason: reasonOf(row), by: request.selector.by },
    } as const;
    return leaseAudit(row.id, request.at, request.cause, about);
  });
  ending.claimed = yield* claimAll(free, request, { reasonOf, isAsked: true });
  yield* context.audit(...events);
  return ending;
}

function* holdBack(context: WriteContext, row: WorkRow, { at, cause, selector }: EndRequest): Steps<void> {
  yield* run(
    `update leases set state = 'revoking', end_reason = 'rollback', fence = fence + 1, claimed_by = null where id = $1`,
    row.id,
  );
  yield* recordMove({ id: row.id, at, from: 'pending', to: 'revoking', cause });
  const detail = { reason: 'rollback', by: selector.by };
  yield* context.audit(leaseAudit(row.id, at, cause, { action: 'lease.revoke', outcome: 'intent', detail }));
}

/** `from`: nothing that was due before it is looked at. */
type ClaimDue = Claimant & { integrationId: string; from: number; limit: number };

/** Takes at most `limit` of an integration's leases whose time has come: expired, to be retried, left by a creator. */
const claimDueLeases: WriteOperation<ClaimDue, WorkRow[]> = function* (context, request) {
  const rows = yield* all<WorkRow>(
    `${WORK} where l.integration_id = $1 and l.next_action_at >= $4 and l.next_action_at <= $2 and ${unclaimed('$2')}
     order by l.next_action_at limit $3${context.skipLocked('l')}`,
    request.integrationId,
    request.at,
    request.limit,
    request.from,
  );
  const reasonOf = ({ state }: WorkRow): EndReason => (state === 'pending' ? 'rollback' : 'expiry');
  return yield* claimAll(rows, request, { reasonOf, isAsked: false });
};

/** What somebody works on is due sooner than this: an intent with the settle time of its kind, or a claim. */
const FARTHEST_CLAIM_MS = 15 * 60_000;

/**
 * At start: whatever an earlier process was doing to a lease, it does no more; and what waits for a retry or for an
 * operator is tried at once, because a start is what an operator does after a repair. Beside other engines a claim may
 * be one of theirs: it is left to run out, and the sweep takes it then.
 */
const takeOverLeases: WriteOperation<{ claimedBy: string; at: number }, number> = function* (context, args) {
  const { claimedBy, at } = args;
  yield* run(
    `update leases set next_action_at = $1 where ${FAILING} and state in ('revoke_failed','needs_operator')`,
    at,
  );
  if ((yield* context.countOthers()) > 0) return 0;
  const rows = yield* all(
    `update leases set claimed_by = null, claim_until = null, next_action_at = $2
     where ${dueBy('$3')} and state in ('pending','revoking') and (claimed_by is null or claimed_by <> $1) returning id`,
    claimedBy,
    at,
    at + FARTHEST_CLAIM_MS,
  );
  return rows.length;
};

/** A lease, and the fence under which somebody holds it. */
export type Held = { id: string; fence: number };
export type Finished = { leases: readonly Held[]; at: number; cause: Cause };

type EndedRow = Pick<HeldRow, 'id' | 'state' | 'end_reason' | 'dynamic_secret_id'>;

/** What `finalState` says of a lease's reason; without one, somebody asked for it. */
const FINAL_STATE = `case coalesce(end_reason, 'revoke')
  ${END_REASONS.map((reason) => `when '${reason}' then '${finalState(reason)}'`).join(' ')} end`;

/**
 * The final moves, each by the holder of its fence alone, in one stroke. Null in place of a state: somebody else holds
 * that lease, and nothing was done to it.
 */
const finishLeases: WriteOperation<Finished, (LeaseState | null)[]> = function* (context, { leases, at, cause }) {
  const ended = new Map<string, EndedRow>();
  for (const [fence, held] of Map.groupBy(leases, (lease) => lease.fence)) {
    for (const ids of lists([...new Set(held.map(({ id }) => id))])) {
      const rows = yield* all<EndedRow>(
        `update leases set state = ${FINAL_STATE}, closed_at = $2, next_action_at = null, claimed_by = null,
           claim_until = null, failing_since = null, event_seq = event_seq + 1
         where id in ${listOf(ids, 2)} and fence = $1 and state = 'revoking'
         returning id, state, end_reason, dynamic_secret_id`,
        fence,
        at,
        ...ids,
      );
      for (const row of rows) ended.set(row.id, row);
    }
  }
  const done = [...new Set(leases.map(({ id }) => id))].flatMap((id) => ended.get(id) ?? []);
  yield* recordMoved(
    done.map(({ id }) => id),
    { at, from: 'revoking', cause },
  );
  yield* countOut(done.map((row) => row.dynamic_secret_id));
  yield* context.audit(
    ...done.map(({ id, end_reason: reason }) =>
      leaseAudit(id, at, cause, { action: 'lease.revoke', outcome: 'ok', detail: { reason: reason ?? 'revoke' } }),
    ),
  );
  return leases.map(({ id }) => {
    const state = ended.get(id)?.state ?? null;
    // Asked for twice, it is finished once.
    ended.delete(id);
    return state;
  });
};

function* countOut(dynamicSecretIds: readonly string[]): Steps<void> {
  const ended = new Map<string, number>();
  for (const id of dynamicSecretIds) ended.set(id, (ended.get(id) ?? 0) + 1);
  for (const [id, count] of ended) yield* run('update dynamic_secrets set live = live - $2 where id = $1', id, count);
}

export type Failed = Held & {
  at: number;
  cause: Cause;
  to: 'revoke_failed' | 'needs_operator';
  nextActionAt: number;
  /** Printable, one line. */
  error: string;
  /** First sighting of its absence, for kinds where one does not settle it. */
  notFoundAt: number | null;
};

/** Puts it back for a later try. False: somebody else holds the fence. */
const failLease: WriteOperation<Failed, boolean> = function* (context, failed) {
  const { id, fence, at, to, cause } = failed;
  if (!canMove('revoking', to) || isFinal(to)) return false;
  const moved = yield* one(
    `update leases set state = $3, next_action_at = $4, last_error = $5, not_found_at = coalesce(not_found_at, $6),
       failing_since = coalesce(failing_since, $7), claimed_by = null, claim_until = null
     where id = $1 and fence = $2 and state = 'revoking' returning id`,
    id,
    fence,
    to,
    failed.nextActionAt,
    failed.error,
    failed.notFoundAt,
    at,
  );
  if (!moved) return false;
  yield* recordMove({ id, at, from: 'revoking', to, cause, detail: failed.error });
  yield* context.audit(
    leaseAudit(id, at, cause, { action: 'lease.revoke', outcome: 'failed', detail: { reason: failed.error, to } }),
  );
  return true;
};

/** The target answers again: what waits for it need not wait any longer. */
const wakeLeases: WriteOperation<{ integrationId: string; at: number }, number> = function* (_, { integrationId, at }) {
  const rows = yield* all(
    `update leases set next_action_at = $2
     where integration_id = $1 and ${FAILING} and state = 'revoke_failed' and next_action_at > $2 returning id`,
    integrationId,
    at,
  );
  return rows.length;
};

export const leaseEndWrites = {
  endLeases,
  endLeaseSet,
  removeDynamicSecret,
  claimDueLeases,
  takeOverLeases,
  finishLeases,
  failLease,
  wakeLeases,
};
