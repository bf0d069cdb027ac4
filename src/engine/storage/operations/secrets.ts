// Store operations of secrets: one config as a reader meets it, and one checked change of it.
import { AppError } from '#core/errors.js';
import type { AuditEvent } from '../audit-event.ts';
import { all, one, type ReadOperation, run, type Steps, type WriteOperation } from '../operation.ts';
import { enqueueWebhooks } from './webhooks.ts';

export type SecretRow = {
  id: string;
  config_id: string;
  name_digest: string;
  name_sealed: Uint8Array;
  name_key_id: string;
  visibility: string;
  value_type: string;
  version: number;
  data_key_id: string;
  sealed: Uint8Array;
};

/** Secrets of a config and of its root, with the versions that a change must find unchanged. */
export type ConfigSecrets = {
  secrets: SecretRow[];
  configs: { id: string; version: number; locked: number }[];
};

type ConfigIds = { configId: string; rootConfigId: string | null };
const readConfigSecrets: ReadOperation<ConfigIds, ConfigSecrets> = function* ({ configId, rootConfigId }) {
  const secrets = yield* all<SecretRow>(
    `select s.id, s.config_id, s.name_digest, s.name_sealed, s.name_key_id, s.visibility, s.value_type,
       s.current_version as version, v.data_key_id, v.sealed
     from secrets s join secret_versions v on v.secret_id = s.id and v.version = s.current_version
     where s.config_id in ($1,$2) and s.path = '/' and s.deleted_at is null`,
    configId,
    rootConfigId,
  );
  const configs = yield* all<ConfigSecrets['configs'][number]>(
    'select id, version, locked from configs where id in ($1,$2)',
    configId,
    rootConfigId,
  );
  return { secrets, configs };
};

export type SecretPut = {
  id: string;
  configId: string;
  isNew: boolean;
  nameDigest: string;
  nameSealed: Uint8Array;
  nameKeyId: string;
  visibility: string;
  valueType: string;
  version: number;
  /** Absent: the current version stays. */
  value?: { dataKeyId: string; sealed: Uint8Array };
};

export type SecretsChange = {
  /** Every config that the change was decided on; `touched` ones get the next version. */
  configs: readonly { id: string; version: number; touched: boolean }[];
  puts: readonly SecretPut[];
  deletes: readonly string[];
  dialect: string;
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
  for (const id of change.deletes) yield* run('update secrets set deleted_at = $2 where id = $1', id, change.at);
  // Renames of one request may pass a name on: step aside first, so that no two hold it at once.
  for (const put of change.puts) {
    if (!put.isNew) yield* run('update secrets set name_digest = $2 where id = $1', put.id, `moving:${put.id}`);
  }
  for (const put of change.puts) yield* writeSecret(put, change);
  const touched = change.configs.flatMap((config) => (config.touched ? [config.id] : []));
  yield* enqueueWebhooks({ configIds: touched, at: change.at });
  yield* context.audit(change.event);
  return true;
};

function* writeSecret(put: SecretPut, { at, actor, dialect }: SecretsChange): Steps<void> {
  const fields = [put.id, put.nameDigest, put.nameSealed, put.nameKeyId, put.visibility, put.valueType, put.version];
  if (put.isNew) {
    yield* run(
      `insert into secrets(id, name_digest, name_sealed, name_key_id, visibility, value_type, current_version,
         config_id, created_at) values($1,$2,$3,$4,$5,$6,$7,$8,$9)`,
      ...fields,
      put.configId,
      at,
    );
  } else {
    yield* run(
      `update secrets set name_digest = $2, name_sealed = $3, name_key_id = $4, visibility = $5, value_type = $6,
         current_version = $7 where id = $1`,
      ...fields,
    );
  }
  if (!put.value) return;
  yield* run(
    `insert into secret_versions(secret_id, version, data_key_id, sealed, dialect, created_at, created_by)
     values($1,$2,$3,$4,$5,$6,$7)`,
    put.id,
    put.version,
    put.value.dataKeyId,
    put.value.sealed,
    dialect,
    at,
    actor,
  );
}

export const secretReads = { readConfigSecrets };
export const secretWrites = { changeSecrets };
