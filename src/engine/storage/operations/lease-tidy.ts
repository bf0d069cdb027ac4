// Store operations of tidying: which ended leases may have left something at their target, and how far that is done.
import { all, one, type ReadOperation, run, type WriteOperation } from '../operation.ts';
import { WORK, type WorkRow } from './lease-rows.ts';

const MOMENT = 'leases.tidied';

/**
 * Of each dynamic secret of `kind` one lease that was ended early and whose time ran out in (after, until]: what it
 * and its kin left at their target is left at one place.
 */
const listSpentLeases: ReadOperation<{ kind: string; after: number; until: number }, WorkRow[]> = function* (asked) {
  return yield* all<WorkRow>(
    `${WORK} where l.id in (select max(id) from leases where kind = $1 and state in ('revoked','aborted')
       and expires_at > $2 and expires_at <= $3 group by dynamic_secret_id) order by l.id`,
    asked.kind,
    asked.after,
    asked.until,
  );
};

/** How far tidying has come, 0 before the first time. */
const tidiedUntil: ReadOperation<Record<string, never>, number> = function* () {
  const row = yield* one<{ value: Uint8Array }>('select value from kv where key = $1', MOMENT);
  return row ? Number(Buffer.from(row.value).toString('utf8')) : 0;
};

const saveTidied: WriteOperation<{ until: number }, void> = function* (_, { until }) {
  yield* run(
    'insert into kv(key, value) values($1,$2) on conflict (key) do update set value = excluded.value',
    MOMENT,
    Buffer.from(String(until)),
  );
};

export const leaseTidyReads = { listSpentLeases, tidiedUntil };
export const leaseTidyWrites = { saveTidied };
