// Store operations of secrets: one checked change of a config, with its versions, references and logs.
import { AppError } from '#core/errors.js';
import type { AuditEvent } from '../audit-event.ts';
import { all, one, type ReadOperation, run, type Steps, type WriteOperation } from '../operation.ts';
import { insertLog, type NewLog } from './logs.ts';
import { type NoteChange, writeNote } from './notes.ts';
import { insertEdges, type NewEdge } from './references.ts';
import { enqueueWebhooks } from './webhooks.ts';

export type SecretPut = {
  id: string;
  configId: string;
  /** The folder; `/` is what every dialect sees. */
  path: string;
  isNew: boolean;
  nameDigest: string;
  nameSealed: Uint8Array;
  nameKeyId: string;
  visibility: string;
  valueType: string;
  isProtected: boolean;
  version: number;
  /** Whether it is changed in something that no version tells of. */
  isEdit?: boolean;
  /** JSON; absent: they stay. */
  tags?: string | undefined;
  override?: NewOverride | undefined;
  /** Absent: the current version stays. */
  value?: { dataKeyId: string; sealed: Uint8Array; dialect: string; edges: readonly NewEdge[] };
};

/** What a user puts over a secret for himself; the first one keeps its id. */
export type NewOverride = { id: string; principalId: string; keyId: string; sealed: Uint8Array; active: boolean };

export type SecretsChange = {
  /** Every config that the change was decided on; `touched` ones get the next version. */
  configs: readonly { id: string; version: number; touched: boolean }[];
  puts: readonly SecretPut[];
  deletes: readonly string[];
  logs: readonly NewLog[];
  notes?: readonly NoteChange[];
  actor: string;
  at: number;
  event: AuditEvent;
};

/**
 * Applies a change that was decided on certain config versions.
 * @returns false, with nothing changed, when one of them has moved: decide again
 */
const changeSecrets: WriteOperation<SecretsChange, boolean> = function* (context, change) {
  for (const { id, version } of change.configs) {
    const now = yield* one<{ version: number }>('select version from configs where id = $1', id);
    if (!now) throw new AppError('ERR_NOT_FOUND', 'Could not find requested config');
    if (Number(now.version) !== version) return false;
  }
  for (const { id, version, touched } of change.configs) {
    if (touched) yield* run('update configs set version = $2 where id = $1', id, version + 1);
  }
  for (const id of change.deletes) {
    yield* run('update secrets set deleted_at = $2 where id = $1', id, change.at);
    yield* run('delete from secret_overrides where secret_id = $1', id);
  }
  // Renames of one request may pass a name on: step aside first, so that no two hold it at once.
  for (const put of change.puts) {
    if (!put.isNew) yield* run('update secrets set name_digest = $2 where id = $1', put.id, `moving:${put.id}`);
  }
  for (const put of change.puts) yield* writeSecret(put, change);
  for (const note of change.notes ?? []) yield* writeNote(note, change);
  const touched = change.configs.flatMap((config) => (config.touched ? [config.id] : []));
  yield* enqueueWebhooks({ configIds: touched, at: change.at });
  for (const log of change.logs) yield* insertLog(log, change.at);
  yield* context.audit(change.event);
  return true;
};

/** One secret, new or not, with its new version where it has one. */
export function* writeSecret(put: SecretPut, { at, actor }: { at: number; actor: string }): Steps<void> {
  const state = [put.visibility, put.valueType, put.isProtected ? 1 : 0, put.version];
  const fields = [put.id, put.nameDigest, put.nameSealed, put.nameKeyId, ...state, put.path];
  if (put.isNew) {
    yield* run(
      `insert into secrets(id, name_digest, name_sealed, name_key_id, visibility, value_type, deletion_protection,
         current_version, path, config_id, created_at, tags) values($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)`,
      ...fields,
      put.configId,
      at,
      put.tags ?? '[]',
    );
  } else {
    yield* run(
      `update secrets set name_digest = $2, name_sealed = $3, name_key_id = $4, visibility = $5, value_type = $6,
         deletion_protection = $7, current_version = $8, path = $9, tags = coalesce($10, tags), edits = edits + $11
       where id = $1`,
      ...fields,
      put.tags ?? null,
      put.isEdit ? 1 : 0,
    );
  }
  yield* put.value ? writeVersion(put, put.value, { at, actor }) : tightenVersion(put);
  if (put.override) yield* writeOverride(put.id, put.override, at);
}

function* writeVersion(put: SecretPut, value: NonNullable<SecretPut['value']>, by: { at: number; actor: string }) {
  yield* run(
    `insert into secret_versions(secret_id, version, data_key_id, sealed, dialect, created_at, created_by, visibility)
     values($1,$2,$3,$4,$5,$6,$7,$8)`,
    put.id,
    put.version,
    value.dataKeyId,
    value.sealed,
    value.dialect,
    by.at,
    by.actor,
    put.visibility,
  );
  yield* insertEdges(value.edges, { secretId: put.id, version: put.version, ...by });
}

/** A value stays as closed as it has ever been, also in logs and rollbacks. */
function* tightenVersion({ id, version, visibility }: SecretPut): Steps<void> {
  yield* run(
    `update secret_versions set visibility = $3 where secret_id = $1 and version = $2
     and (visibility = 'unmasked' or $3 = 'restricted')`,
    id,
    version,
    visibility,
  );
}

function* writeOverride(secretId: string, override: NewOverride, at: number): Steps<void> {
  const { id, principalId, keyId, sealed, active } = override;
  yield* run(
    `insert into secret_overrides(secret_id, principal_id, id, data_key_id, sealed, active, created_at, updated_at)
     values($1,$2,$3,$4,$5,$6,$7,$7) on conflict (secret_id, principal_id) do update set
     data_key_id = excluded.data_key_id, sealed = excluded.sealed, active = excluded.active,
     updated_at = excluded.updated_at`,
    secretId,
    principalId,
    id,
    keyId,
    sealed,
    active ? 1 : 0,
    at,
  );
}

export type OverrideRow = {
  id: string;
  secret_id: string;
  principal_id: string;
  data_key_id: string;
  sealed: Uint8Array;
  active: number;
  created_at: number;
  updated_at: number;
};

/** What one user has put over the secrets of a config. */
const listOverrides: ReadOperation<{ configId: string; principalId: string }, OverrideRow[]> = function* (args) {
  return yield* all<OverrideRow>(
    `select o.* from secret_overrides o join secrets s on s.id = o.secret_id
     where s.config_id = $1 and o.principal_id = $2 and s.deleted_at is null order by o.secret_id`,
    args.configId,
    args.principalId,
  );
};

/** The config of a secret that is there. */
const findSecretConfig: ReadOperation<{ id: string }, { config_id: string } | undefined> = function* ({ id }) {
  const sql = 'select config_id from secrets where id = $1 and deleted_at is null';
  return yield* one<{ config_id: string }>(sql, id);
};

export const secretReads = { listOverrides, findSecretConfig };
export const secretWrites = { changeSecrets };
