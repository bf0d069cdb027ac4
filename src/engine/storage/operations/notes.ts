// Store operations of notes: one per project and secret name, shared by all configs of the project.
import type { AuditEvent } from '../audit-event.ts';
import { all, run, type WriteOperation } from '../operation.ts';

type PutNote = {
  projectId: string;
  nameDigest: string;
  /** Undefined clears it. */
  sealed: { keyId: string; sealed: Uint8Array } | undefined;
  actor: string;
  at: number;
  event: AuditEvent;
};

/**
 * Every config of the project gets the next version, because what it answers changes.
 * @returns their ids
 */
const putNote: WriteOperation<PutNote, string[]> = function* (context, note) {
  const { projectId, nameDigest, sealed, at, actor, event } = note;
  if (sealed) {
    yield* run(
      `insert into secret_notes(project_id, name_digest, data_key_id, sealed, updated_at, updated_by)
       values($1,$2,$3,$4,$5,$6) on conflict (project_id, name_digest) do update set
       data_key_id = excluded.data_key_id, sealed = excluded.sealed, updated_at = excluded.updated_at,
       updated_by = excluded.updated_by`,
      projectId,
      nameDigest,
      sealed.keyId,
      sealed.sealed,
      at,
      actor,
    );
  } else {
    yield* run('delete from secret_notes where project_id = $1 and name_digest = $2', projectId, nameDigest);
  }
  yield* run('update configs set version = version + 1 where project_id = $1', projectId);
  yield* context.audit(event);
  const configs = yield* all<{ id: string }>('select id from configs where project_id = $1 order by id', projectId);
  return configs.map(({ id }) => id);
};

export const noteWrites = { putNote };
