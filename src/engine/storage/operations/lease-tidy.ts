// Store operations of tidying: which ended leases may have left something at their target, and how far that is done.
import { KIND_RULES, KINDS } from '#core/kinds.js';
import { all, one, type ReadOperation, run, type Steps, type WriteOperation } from '../operation.ts';
import { WORK, type WorkRow } from './lease-rows.ts';

const MOMENT = 'leases.tidied';

const DENYING = KINDS.filter((kind) => KIND_RULES[kind].leavesDenies);
/** The same words as the partial index, so that it is used. */
const ENDED = `kind in (${DENYING.map((kind) => `'${kind}'`).join(',')}) and closed_at is not null`;

/**
 * Ended leases whose time runs out in (after, until], or at `after` behind the lease `afterId`; of one integration where
 * one is named. In that order, so that the last row of a page says where the next begins.
 */
export type SpentQuery = {
  after: number;
  /** Null: whatever runs out at `after` itself is left out. */
  afterId: string | null;
  until: number;
  integrationId: string | null;
  limit: number;
};

const listSpentLeases: ReadOperation<SpentQuery, WorkRow[]> = function* (asked) {
  return yield* all<WorkRow>(
    `${WORK} where l.id in (select id from leases where ${ENDED}
       and (expires_at > $1 or (expires_at = $1 and id > $2)) and expires_at <= $3
       and (cast($4 as text) is null or integration_id = $4) order by expires_at, id limit $5)
     order by l.expires_at, l.id`,
    asked.after,
    asked.afterId,
    asked.until,
    asked.integrationId,
    asked.limit,
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

/** Whether tidying up after an integration may still need its credential. */
export function* mayNeedTidying(integrationId: string): Steps<boolean> {
  const after = yield* tidiedUntil({});
  const row = yield* one(
    `select 1 as needed from leases where ${ENDED} and expires_at > $1 and integration_id = $2 limit 1`,
    after,
    integrationId,
  );
  return row !== undefined;
}

/** Integrations that were deleted with their credential kept. */
const keptIntegrations: ReadOperation<Record<string, never>, string[]> = function* () {
  const rows = yield* all<{ id: string }>(
    'select id from integrations where deleted_at is not null and length(data_sealed) > 0 order by id',
  );
  return rows.map(({ id }) => id);
};

/** Empties the credential of a deleted integration. */
const emptyIntegration: WriteOperation<{ id: string; at: number }, boolean> = function* (context, { id, at }) {
  const emptied = yield* one(
    `update integrations set data_sealed = $2
     where id = $1 and deleted_at is not null and length(data_sealed) > 0 returning id`,
    id,
    new Uint8Array(0),
  );
  if (!emptied) return false;
  const event = { at, actor: 'engine', action: 'integration.forget', outcome: 'ok' } as const;
  yield* context.audit({ ...event, target: `integration:${id}` });
  return true;
};

export const leaseTidyReads = { listSpentLeases, tidiedUntil, keptIntegrations };
export const leaseTidyWrites = { saveTidied, emptyIntegration };
