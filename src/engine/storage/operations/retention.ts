// Store operations of retention: what is over is forgotten in small bites, so that nobody waits behind a large one.
import { all, run, type WriteOperation } from '../operation.ts';

type Bite = { before: number; limit: number };

/** Closed leases with their events, oldest first. A live one is never touched, however old. */
const purgeClosedLeases: WriteOperation<Bite, number> = function* (_, { before, limit }) {
  const old = yield* all<{ id: string }>(
    `select id from leases where closed_at < $1 and state in ('revoked','expired','aborted')
     order by closed_at limit $2`,
    before,
    limit,
  );
  for (const { id } of old) {
    yield* run('delete from lease_events where lease_id = $1', id);
    yield* run('delete from leases where id = $1', id);
  }
  return old.length;
};

/** Idempotency keys of leases that are over: a repeat that comes so late is a new request. */
const purgeIdempotencyKeys: WriteOperation<Bite, number> = function* (_, { before, limit }) {
  const old = yield* all(
    `update leases set idem_key = null where id in
       (select id from leases where idem_key is not null and closed_at < $1 limit $2) returning id`,
    before,
    limit,
  );
  return old.length;
};

/** Lease sets that nothing is in any more and nothing can join. */
const purgeLeaseSets: WriteOperation<Bite, number> = function* (_, { before, limit }) {
  const old = yield* all(
    `delete from lease_sets where id in (select s.id from lease_sets s
       where coalesce(s.closed_at, s.created_at) < $1
       and not exists (select 1 from leases l where l.set_id = s.id) limit $2) returning id`,
    before,
    limit,
  );
  return old.length;
};

export const retentionWrites = { purgeClosedLeases, purgeIdempotencyKeys, purgeLeaseSets };
