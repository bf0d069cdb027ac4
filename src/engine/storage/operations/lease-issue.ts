// Store operations of issuing: the intent before the credential exists, and the activation that lets it out.
import { one, parts, run, type Steps, valuesOf, type WriteOperation } from '../operation.ts';
import { FENCE, type Intent, type IntentOutcome, openDesk } from './lease-desk.ts';
import { type Cause, heldRows, leaseAudit, recordMove, recordMoves } from './lease-rows.ts';

export type { Intent, IntentOutcome, Refusal } from './lease-desk.ts';

/**
 * The write-ahead rows, with the cap, the set and the idempotency key of each checked in the same transaction: what is
 * asked for at once is written in one stroke, and each has its outcome as if it had come alone, in their order.
 */
const intendLeases: WriteOperation<{ intents: readonly Intent[] }, IntentOutcome[]> = function* (context, { intents }) {
  const desk = yield* openDesk(intents);
  const outcomes = intents.map((intent) => desk.decide(intent));
  const taken = intents.filter((_, index) => 'fence' in (outcomes[index] as IntentOutcome));
  for (const id of desk.freed) yield* run('update leases set idem_key = null where id = $1', id);
  yield* insertSets(taken);
  for (const [id, count] of desk.counted) {
    yield* run('update dynamic_secrets set live = live + $2 where id = $1', id, count);
  }
  yield* insertIntents(taken);
  yield* recordMoves(
    taken.map(({ id, createdAt: at, cause }) => ({ id, seq: 1, at, from: null, to: 'pending', cause })),
  );
  const detail = ({ dynamicSecretId, externalRef }: Intent) => ({ dynamicSecret: dynamicSecretId, externalRef });
  yield* context.audit(
    ...taken.map((intent) =>
      leaseAudit(intent.id, intent.createdAt, intent.cause, {
        action: 'lease.issue',
        outcome: 'intent',
        detail: detail(intent),
      }),
    ),
  );
  return outcomes;
};

function* insertSets(intents: readonly Intent[]): Steps<void> {
  const sets = new Map<string, Intent>();
  for (const intent of intents) if (intent.setId !== null && !sets.has(intent.setId)) sets.set(intent.setId, intent);
  for (const some of parts([...sets])) {
    const { sql, params } = valuesOf(some.map(([id, { owner, createdAt }]) => [id, owner, createdAt]));
    yield* run(`insert into lease_sets(id, owner, created_at) values${sql} on conflict (id) do nothing`, ...params);
  }
}

function* insertIntents(intents: readonly Intent[]): Steps<void> {
  for (const some of parts(intents)) {
    const { sql, params } = valuesOf(
      some.map((intent) => [
        ...[intent.id, intent.dynamicSecretId, intent.kind, intent.integrationId, intent.owner, intent.tokenId],
        ...[intent.setId, intent.idempotencyKey, 'pending', intent.externalRef, intent.planKeyId, intent.planSealed],
        ...[intent.createdAt, intent.expiresAt, intent.hardExpiresAt, intent.pendingUntil, intent.claimedBy],
        ...[intent.pendingUntil, FENCE, 1],
      ]),
    );
    yield* run(
      `insert into leases(id, dynamic_secret_id, kind, integration_id, owner, token_id, set_id, idem_key, state,
         external_ref, data_key_id, revoke_plan_sealed, created_at, expires_at, hard_expires_at, next_action_at,
         claimed_by, claim_until, fence, event_seq) values${sql}`,
      ...params,
    );
  }
}

export type Activation = { id: string; fence: number; at: number; cause: Cause };

/**
 * Compare-and-swap pending → active, many in one stroke. False: somebody ended that one meanwhile, and its credential
 * must not be shown.
 */
const activateLeases: WriteOperation<{ leases: readonly Activation[] }, boolean[]> = function* (context, { leases }) {
  const held = yield* heldRows(context, leases);
  const moved = leases.map((lease) => {
    const row = held.get(lease.id);
    if (row?.state !== 'pending' || row.fence !== lease.fence) return null;
    held.delete(lease.id);
    return { ...lease, from: row.state, to: 'active' as const, seq: row.event_seq + 1 };
  });
  const done = moved.filter((move) => move !== null);
  for (const some of parts(done)) {
    const rows = some.map(({ id, at }) => [id, at]);
    const { sql, params } = valuesOf(rows, { types: ['text', 'bigint'] });
    yield* run(
      `with starts(lease_id, started_at) as (values${sql})
       update leases set state = 'active', issued_at = started_at, next_action_at = expires_at, claimed_by = null,
         claim_until = null, event_seq = event_seq + 1 from starts where id = lease_id`,
      ...params,
    );
  }
  yield* recordMoves(done);
  yield* context.audit(
    ...done.map(({ id, at, cause }) => leaseAudit(id, at, cause, { action: 'lease.issue', outcome: 'ok' })),
  );
  return moved.map((move) => move !== null);
};

/**
 * A credential that certainly was never asked for: the row goes through `revoking` to `aborted` in one step. False:
 * somebody else is ending it already.
 */
const abortIntent: WriteOperation<{ id: string; fence: number; at: number; cause: Cause }, boolean> = function* (
  context,
  { id, fence, at, cause },
) {
  const moved = yield* one<{ dynamic_secret_id: string }>(
    `update leases set state = 'aborted', end_reason = 'rollback', fence = fence + 1, closed_at = $3, claimed_by = null,
       next_action_at = null, claim_until = null where id = $1 and fence = $2 and state = 'pending'
     returning dynamic_secret_id`,
    id,
    fence,
    at,
  );
  if (!moved) return false;
  yield* run('update dynamic_secrets set live = live - 1 where id = $1', moved.dynamic_secret_id);
  yield* recordMove({ id, at, from: 'pending', to: 'revoking', cause });
  yield* recordMove({ id, at, from: 'revoking', to: 'aborted', cause });
  yield* context.audit(leaseAudit(id, at, cause, { action: 'lease.issue', outcome: 'failed' }));
  return true;
};

export const leaseIssueWrites = { intendLeases, activateLeases, abortIntent };
