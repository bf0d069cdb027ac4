// Store operations of the keyring: wrapped data keys and the small settings beside them.
import { AppError } from '#core/errors.js';
import type { AuditEvent } from '../audit-event.ts';
import { all, one, type ReadOperation, run, type WriteOperation } from '../operation.ts';

export type DataKeyRow = {
  id: string;
  scope: string;
  root_key_id: string;
  wrapped: Uint8Array;
  created_at: number;
  retired_at: number | null;
};

const listDataKeys: ReadOperation<Record<string, never>, DataKeyRow[]> = function* () {
  return yield* all<DataKeyRow>('select * from data_keys order by created_at, id');
};

const getSetting: ReadOperation<{ key: string }, Uint8Array | undefined> = function* ({ key }) {
  const row = yield* one<{ value: Uint8Array }>('select value from kv where key = $1', key);
  return row?.value;
};

/** Keeps the first value: two starts that race agree on one. */
const initSetting: WriteOperation<{ key: string; value: Uint8Array }, Uint8Array> = function* (_, { key, value }) {
  yield* run('insert into kv(key, value) values($1,$2) on conflict (key) do nothing', key, value);
  const row = yield* one<{ value: Uint8Array }>('select value from kv where key = $1', key);
  return row?.value ?? value;
};

/** Keeps the first key of a scope, so that two racing writers end up with the same one. */
const addDataKey: WriteOperation<Omit<DataKeyRow, 'retired_at'>, DataKeyRow> = function* (_, key) {
  yield* run(
    `insert into data_keys(id, scope, root_key_id, wrapped, created_at) values($1,$2,$3,$4,$5)
     on conflict (scope) where retired_at is null do nothing`,
    key.id,
    key.scope,
    key.root_key_id,
    key.wrapped,
    key.created_at,
  );
  const row = yield* one<DataKeyRow>('select * from data_keys where scope = $1 and retired_at is null', key.scope);
  return row ?? { ...key, retired_at: null };
};

export type Rewrap = {
  /** The root key that all of them must lie under now. */
  from: string;
  keys: readonly Pick<DataKeyRow, 'id' | 'root_key_id' | 'wrapped'>[];
  /** What else depends on the root key. */
  settings: readonly { key: string; value: Uint8Array }[];
  event: AuditEvent;
};

/** Lays every key under another root key, all of them or none. @throws AppError ERR_CONFLICT when one was missed */
const rewrapDataKeys: WriteOperation<Rewrap, void> = function* (context, { from, keys, settings, event }) {
  for (const { id, root_key_id, wrapped } of keys) {
    yield* run('update data_keys set root_key_id = $2, wrapped = $3 where id = $1', id, root_key_id, wrapped);
  }
  for (const { key, value } of settings) yield* run('update kv set value = $2 where key = $1', key, value);
  const left = yield* one('select id from data_keys where root_key_id = $1', from);
  if (left) throw new AppError('ERR_CONFLICT', 'A key was made while the keys were being wrapped anew.');
  yield* context.audit(event);
};

export const keyReads = { listDataKeys, getSetting };
export const keyWrites = { initSetting, addDataKey, rewrapDataKeys };
