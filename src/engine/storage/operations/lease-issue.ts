// Store operations of issuing: the intent before the credential exists, and the activation that lets it out.
import { AppError } from '#core/errors.js';
import { isFinal, type LeaseState } from '#core/lease.js';
import { one, run, type Steps, type WriteOperation } from '../operation.ts';
import { type Cause, leaseAudit, recordMove } from './lease-rows.ts';
import { joinSet } from './lease-sets.ts';

export type Intent = {
  id: string;
  dynamicSecretId: string;
  kind: string;
  integrationId: string;
  owner: string;
  tokenId: string | null;
  setId: string | null;
  idempotencyKey: string | null;
  /** Whether a repeated key may take the place of a lease that has ended. */
  replace: boolean;
  externalRef: string;
  planKeyId: string;
  planSealed: Uint8Array;
  createdAt: number;
  expiresAt: number;
  hardExpiresAt: number;
  /** When others may roll it back: after the last moment at which its credential can still be made. */
  pendingUntil: number;
  claimedBy: string;
  cause: Cause;
};

/** `fence`: the row is written. `duplicate`: the key was used by that lease, nothing was written. */
export type IntentOutcome = { fence: number } | { duplicate: Duplicate };

/** `last_error` is printable: why ending it did not work so far. */
export type Duplicate = {
  id: string;
  state: LeaseState;
  last_error: string | null;
  token_id: string | null;
  set_id: string | null;
};

const FENCE = 1;

/**
 * The write-ahead row, with the cap, the set and the idempotency key checked in the same transaction.
 * @throws AppError ERR_RATE_LIMITED at the cap, ERR_NOT_FOUND without the dynamic secret, ERR_CONFLICT for the set
 */
const intendLease: WriteOperation<Intent, IntentOutcome> = function* (context, intent) {
  yield* refuseEndedToken(intent.tokenId);
  const duplicate = yield* takeKey(intent);
  if (duplicate) return { duplicate };
  if (intent.setId !== null) yield* joinSet(intent.setId, intent.owner, intent.createdAt);
  yield* countIn(intent.dynamicSecretId);
  yield* insertIntent(intent);
  const { id, createdAt, cause } = intent;
  yield* recordMove({ id, at: createdAt, from: null, to: 'pending', cause });
  yield* context.audit(
    leaseAudit(id, createdAt, cause, {
      action: 'lease.issue',
      outcome: 'intent',
      detail: { dynamicSecret: intent.dynamicSecretId, externalRef: intent.externalRef },
    }),
  );
  return { fence: FENCE };
};

/** A request may have been authenticated just before its token was ended: its leases end with it, so none may follow. */
function* refuseEndedToken(id: string | null): Steps<void> {
  const ended = yield* one('select id from tokens where id = $1 and revoked_at is not null', id);
  if (ended) throw new AppError('ERR_UNAUTHENTICATED', 'The token has been revoked.');
}

/** Frees the key where its lease never came to be, or has ended and may be replaced; otherwise answers with that lease. */
function* takeKey(intent: Intent): Steps<Duplicate | undefined> {
  if (intent.idempotencyKey === null) return undefined;
  const earlier = yield* one<Duplicate>(
    `select id, state, last_error, token_id, set_id from leases
     where dynamic_secret_id = $1 and owner = $2 and idem_key = $3`,
    intent.dynamicSecretId,
    intent.owner,
    intent.idempotencyKey,
  );
  if (!earlier) return undefined;
  // Another job of the same account may have hit on the same key: its lease is not ours to end (design.md §5, Owner).
  const isOurs = earlier.token_id === intent.tokenId || (earlier.set_id !== null && earlier.set_id === intent.setId);
  if (intent.replace && !isOurs) {
    throw new AppError('ERR_CONFLICT', 'This Idempotency-Key belongs to a lease of another token.', {
      hint: 'Use a key that nobody else uses, such as a random one.',
    });
  }
  const free = earlier.state === 'aborted' || (intent.replace && isFinal(earlier.state));
  if (!free) return earlier;
  yield* run('update leases set idem_key = null where id = $1', earlier.id);
  return undefined;
}

function* countIn(dynamicSecretId: string): Steps<void> {
  const counted = yield* one(
    `update dynamic_secrets set live = live + 1
     where id = $1 and deleted_at is null and live < max_live_leases returning id`,
    dynamicSecretId,
  );
  if (counted) return;
  const found = yield* one<{ max_live_leases: number }>(
    'select max_live_leases from dynamic_secrets where id = $1 and deleted_at is null',
    dynamicSecretId,
  );
  if (!found) throw new AppError('ERR_NOT_FOUND', 'The dynamic secret does not exist any more.');
  throw new AppError('ERR_RATE_LIMITED', `All ${found.max_live_leases} leases of this dynamic secret are in use.`, {
    hint: 'Wait until some end, or raise max_live_leases.',
  });
}

function* insertIntent(intent: Intent): Steps<void> {
  yield* run(
    `insert into leases(id, dynamic_secret_id, kind, integration_id, owner, token_id, set_id, idem_key, state,
       external_ref, data_key_id, revoke_plan_sealed, created_at, expires_at, hard_expires_at, next_action_at,
       claimed_by, claim_until, fence) values($1,$2,$3,$4,$5,$6,$7,$8,'pending',$9,$10,$11,$12,$13,$14,$15,$16,$15,$17)`,
    intent.id,
    intent.dynamicSecretId,
    intent.kind,
    intent.integrationId,
    intent.owner,
    intent.tokenId,
    intent.setId,
    intent.idempotencyKey,
    intent.externalRef,
    intent.planKeyId,
    intent.planSealed,
    intent.createdAt,
    intent.expiresAt,
    intent.hardExpiresAt,
    intent.pendingUntil,
    intent.claimedBy,
    FENCE,
  );
}

/** Compare-and-swap pending → active. False: somebody ended it meanwhile, and its credential must not be shown. */
const activateLease: WriteOperation<{ id: string; fence: number; at: number; cause: Cause }, boolean> = function* (
  context,
  { id, fence, at, cause },
) {
  const row = yield* one(
    `update leases set state = 'active', issued_at = $3, next_action_at = expires_at, claimed_by = null,
       claim_until = null where id = $1 and fence = $2 and state = 'pending' returning id`,
    id,
    fence,
    at,
  );
  if (!row) return false;
  yield* recordMove({ id, at, from: 'pending', to: 'active', cause });
  yield* context.audit(leaseAudit(id, at, cause, { action: 'lease.issue', outcome: 'ok' }));
  return true;
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

export const leaseIssueWrites = { intendLease, activateLease, abortIntent };
