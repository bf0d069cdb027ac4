// Store operations of lease sets: what a job's handle ends in one stroke. A set is made by its first lease.
import { AppError } from '#core/errors.js';
import { one, type ReadOperation, run, type Steps } from '../operation.ts';

export type LeaseSetRow = { id: string; owner: string; created_at: number; closed_at: number | null };

/**
 * Makes the set or joins it, inside the transaction of the lease's intent.
 * @throws AppError ERR_CONFLICT when it is closed or belongs to another principal: the same words for both
 */
export function* joinSet(setId: string, owner: string, at: number): Steps<void> {
  yield* run(
    'insert into lease_sets(id, owner, created_at) values($1,$2,$3) on conflict (id) do nothing',
    setId,
    owner,
    at,
  );
  const set = yield* one<LeaseSetRow>('select * from lease_sets where id = $1', setId);
  if (!set || set.closed_at !== null || set.owner !== owner) throw setRefused();
}

/** Nothing can join it any more. Answers whether there is such a set. */
export function* closeSet(setId: string, at: number): Steps<boolean> {
  const set = yield* one(
    'update lease_sets set closed_at = coalesce(closed_at, $2) where id = $1 returning id',
    setId,
    at,
  );
  return set !== undefined;
}

/** The one answer to a lease for a set that may not grow. */
export function setRefused(): AppError {
  return new AppError('ERR_CONFLICT', 'The lease set is closed or not yours.', { hint: 'Start a new set.' });
}

const getLeaseSet: ReadOperation<{ id: string }, LeaseSetRow | undefined> = function* ({ id }) {
  return yield* one<LeaseSetRow>('select * from lease_sets where id = $1', id);
};

export const leaseSetReads = { getLeaseSet };
