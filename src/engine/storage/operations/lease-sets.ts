// Store operations of lease sets: what a job's handle ends in one stroke. A set is made by its first lease.
import { one, type ReadOperation, type Steps } from '../operation.ts';

export type LeaseSetRow = { id: string; owner: string; created_at: number; closed_at: number | null };

/** Nothing can join it any more. Answers whether there is such a set. */
export function* closeSet(setId: string, at: number): Steps<boolean> {
  const set = yield* one(
    'update lease_sets set closed_at = coalesce(closed_at, $2) where id = $1 returning id',
    setId,
    at,
  );
  return set !== undefined;
}

/** The one answer to a lease for a set that may not grow: closed, or of another principal, in the same words. */
export const SET_REFUSED = {
  code: 'ERR_CONFLICT',
  message: 'The lease set is closed or not yours.',
  hint: 'Start a new set.',
} as const;

const getLeaseSet: ReadOperation<{ id: string }, LeaseSetRow | undefined> = function* ({ id }) {
  return yield* one<LeaseSetRow>('select * from lease_sets where id = $1', id);
};

export const leaseSetReads = { getLeaseSet };
