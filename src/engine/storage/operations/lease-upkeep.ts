// Store operations for whoever runs the engine: leases that do not end, closing one by hand, and the figures of all.
import { canMove } from '#core/lease.js';
import { all, one, type ReadOperation, run, type WriteOperation } from '../operation.ts';
import { type Cause, FAILING, leaseAudit, LIVE, recordMove, unclaimed } from './lease-rows.ts';
import { type LeaseRow, VIEW } from './leases.ts';

const STUCK_LIMIT = 1000;
/** Counting stops here: beyond it the exact number tells nobody more. */
const DUE_LIMIT = 100_000;

/** Leases whose revocation fails, the longest failing first, at most 1,000. */
const stuckLeases: ReadOperation<Record<string, never>, LeaseRow[]> = function* () {
  return yield* all<LeaseRow>(
    `${VIEW} where l.failing_since is not null and l.${LIVE} and l.state in ('revoke_failed','needs_operator') order by l.failing_since, l.id limit ${STUCK_LIMIT}`,
  );
};

export type ForceClose = { id: string; at: number; cause: Cause };

/**
 * Gives a lease up whose credential the engine cannot end: somebody says it is gone. Event and audit row keep its name
 * at the target. False: it is in no state for that.
 */
const forceCloseLease: WriteOperation<ForceClose, boolean> = function* (context, { id, at, cause }) {
  const row = yield* one<Pick<LeaseRow, 'state' | 'external_ref' | 'dynamic_secret_id'>>(
    `select l.state, l.external_ref, l.dynamic_secret_id from leases l where l.id = $1${context.forUpdate('l')}`,
    id,
  );
  // One that is being tried just now is left alone; its try will put it back.
  if (!row || row.state === 'revoking' || !canMove(row.state, 'aborted')) return false;
  yield* run(
    `update leases set state = 'aborted', closed_at = $2, next_action_at = null, claimed_by = null, claim_until = null,
       fence = fence + 1 where id = $1`,
    id,
    at,
  );
  yield* run('update dynamic_secrets set live = live - 1 where id = $1', row.dynamic_secret_id);
  const detail = `closed by hand; the credential ${row.external_ref} was not ended by the engine`;
  yield* recordMove({ id, at, from: row.state, to: 'aborted', cause, detail });
  const about = { external_ref: row.external_ref };
  yield* context.audit(leaseAudit(id, at, cause, { action: 'lease.force_close', outcome: 'ok', detail: about }));
  return true;
};

/** More than these are not compared one by one; the others are found when they end. */
const ACTIVE_LIMIT = 10_000;

/** Names at their target of an integration's active leases, the oldest first, at most 10,000. */
type ActiveRef = { id: string; kind: string; external_ref: string };
const activeRefs: ReadOperation<{ integrationId: string }, ActiveRef[]> = function* (asked) {
  return yield* all<ActiveRef>(
    `select id, kind, external_ref from leases where integration_id = $1 and state = 'active'
       and next_action_at is not null order by next_action_at, id limit ${ACTIVE_LIMIT}`,
    asked.integrationId,
  );
};

export type LeaseFigures = {
  live: { kind: string; count: number }[];
  failing: { kind: string; state: string; count: number }[];
  /** Waiting to be ended; counted up to 100,000. */
  due: number;
  /** Epoch milliseconds since when the longest of them has waited. */
  dueSince: number | undefined;
};

/** What is counted by the way or by an index: no figure walks through the live leases. */
const leaseFigures: ReadOperation<{ at: number }, LeaseFigures> = function* ({ at }) {
  const failing = (state: string) =>
    all<{ kind: string; state: string; count: number }>(
      `select kind, state, count(*) as count from leases where ${FAILING} and state = '${state}' group by kind, state order by kind`,
    );
  const live = yield* all<{ kind: string; count: number }>(
    'select kind, sum(live) as count from dynamic_secrets group by kind order by kind',
  );
  const waiting = yield* one<{ count: number | null; since: number | null }>(
    `select sum(waiting) as count, min(first_due) as since from (select
       (select count(*) from (select 1 as due from leases where integration_id = i.id
          and next_action_at <= $1 and ${unclaimed('$1')} limit ${DUE_LIMIT}) as counted) as waiting,
       (select min(next_action_at) from leases where integration_id = i.id
          and next_action_at <= $1 and ${unclaimed('$1')}) as first_due
       from integrations i) as lines`,
    at,
  );
  return {
    live: live.map((one) => ({ kind: one.kind, count: Number(one.count) })),
    failing: [...(yield* failing('revoke_failed')), ...(yield* failing('needs_operator'))].map((one) => ({
      ...one,
      count: Number(one.count),
    })),
    due: Math.min(DUE_LIMIT, Number(waiting?.count ?? 0)),
    dueSince: waiting?.since ?? undefined,
  };
};

export const leaseUpkeepReads = { stuckLeases, activeRefs, leaseFigures };
export const leaseUpkeepWrites = { forceCloseLease };
