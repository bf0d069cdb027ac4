// Store operations of secrets: one checked change of a config, with its versions, references and logs.
import { AppError } from '#core/errors.js';
import type { AuditEvent } from '../audit-event.ts';
import { one, run, type Steps, type WriteOperation } from '../operation.ts';
import { insertLog, type NewLog } from './logs.ts';
import { insertEdges, type NewEdge } from './references.ts';
import { enqueueWebhooks } from './webhooks.ts';

export type SecretPut = {
  id: string;
  configId: string;
  isNew: boolean;
  nameDigest: string;
  nameSealed: Uint8Array;
  nameKeyId: string;
  visibility: string;
  valueType: string;
  isProtected: boolean;
  version: number;
  /** Absent: the current version stays. */
  value?: { dataKeyId: string; sealed: Uint8Array; dialect: string; edges: readonly NewEdge[] };
};

export type SecretsChange = {
  /** Every config that the change was decided on; `touched` ones get the next version. */
  configs: readonly { id: string; version: number; touched: boolean }[];
  puts: readonly SecretPut[];
  deletes: readonly string[];
  logs: readonly NewLog[];
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
  for (const log of change.logs) yield* insertLog(log, change.at);
  yield* context.audit(change.event);
  return true;
};

/** One secret, new or not, with its new version where it has one. */
export function* writeSecret(put: SecretPut, { at, actor }: { at: number; actor: string }): Steps<void> {
  const state = [put.visibility, put.valueType, put.isProtected ? 1 : 0, put.version];
  const fields = [put.id, put.nameDigest, put.nameSealed, put.nameKeyId, ...state];
  if (put.isNew) {
    yield* run(
      `insert into secrets(id, name_digest, name_sealed, name_key_id, visibility, value_type, deletion_protection,
         current_version, config_id, created_at) values($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`,
      ...fields,
      put.configId,
      at,
    );
  } else {
    yield* run(
      `update secrets set name_digest = $2, name_sealed = $3, name_key_id = $4, visibility = $5, value_type = $6,
         deletion_protection = $7, current_version = $8 where id = $1`,
      ...fields,
    );
  }
  yield* put.value ? writeVersion(put, put.value, { at, actor }) : tightenVersion(put);
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

export const secretWrites = { changeSecrets };
