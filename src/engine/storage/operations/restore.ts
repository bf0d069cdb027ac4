// Store operations around a restore: a store that comes back from the past must not act as if nothing had happened since.
import type { AuditEvent } from '../audit-event.ts';
import { all, one, type ReadOperation, run, type WriteOperation } from '../operation.ts';
import { dueBy } from './lease-rows.ts';

const EPOCH = 'engine.epoch';
const ENGINE_ID = 'engine.id';
const FORMER_IDS = 'engine.former';
const HELD = 'leases.held';
const SET = 'insert into kv(key, value) values($1,$2) on conflict (key) do update set value = excluded.value';

export type Restored = {
  at: number;
  /** A new `engine.id`: nothing made from here on can be taken for something that was made after the dump. */
  engineId: string;
  hold: boolean;
  event: AuditEvent;
};

/** The ids that started the names of this store's leases before it was restored, the oldest first. */
const formerEngineIds: ReadOperation<Record<string, never>, string[]> = function* () {
  const row = yield* one<{ value: Uint8Array }>('select value from kv where key = $1', FORMER_IDS);
  return row ? Buffer.from(row.value).toString('utf8').split(' ') : [];
};

/**
 * Marks a restored store: the next epoch, tokens that were only lent or that open everything are ended, and revokes
 * wait where that is asked for. A token that was revoked after the dump lives again: the admin must look at them.
 * @returns the epoch
 */
const markRestored: WriteOperation<Restored, number> = function* (context, { at, engineId, hold, event }) {
  const row = yield* one<{ value: Uint8Array }>('select value from kv where key = $1', EPOCH);
  const epoch = Number(Buffer.from(row?.value ?? Buffer.from('0')).toString('utf8')) + 1;
  yield* run(SET, EPOCH, Buffer.from(String(epoch)));
  const former = yield* one<{ value: Uint8Array }>('select value from kv where key = $1', ENGINE_ID);
  if (former) {
    const ids = [...(yield* formerEngineIds({})), Buffer.from(former.value).toString('utf8')];
    yield* run(SET, FORMER_IDS, Buffer.from(ids.join(' ')));
  }
  yield* run(SET, ENGINE_ID, Buffer.from(engineId));
  if (hold) yield* run(SET, HELD, Buffer.from('1'));
  yield* run(
    `update tokens set revoked_at = $1 where revoked_at is null and (kind = 'service_account_identity' or principal_id in
       (select id from principals where builtin = 1 and kind = 'service_account'))`,
    at,
  );
  yield* context.audit({ ...event, detail: { ...event.detail, epoch, held: hold } });
  return epoch;
};

/** Lets the revokes of a restored store go on. */
const releaseRevocations: WriteOperation<{ event: AuditEvent }, void> = function* (context, { event }) {
  yield* run('delete from kv where key = $1', HELD);
  yield* context.audit(event);
};

export type HeldLease = { id: string; external_ref: string; state: string; expires_at: number };

/** Whether revokes wait, and what would be revoked at `at` if they did not: how many, and the first 100. */
const heldRevocations: ReadOperation<{ at: number }, { held: boolean; due: number; first: HeldLease[] }> = function* ({
  at,
}) {
  const row = yield* one('select key from kv where key = $1', HELD);
  const due = yield* one<{ due: number }>(`select count(*) as due from leases where ${dueBy('$1')}`, at);
  const first = yield* all<HeldLease>(
    `select id, external_ref, state, expires_at from leases where ${dueBy('$1')}
     order by next_action_at, id limit 100`,
    at,
  );
  return { held: row !== undefined, due: Number(due?.due ?? 0), first };
};

export const restoreReads = { formerEngineIds, heldRevocations };
export const restoreWrites = { markRestored, releaseRevocations };
