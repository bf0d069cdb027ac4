// Store operations of notes: one per project and secret name, shared by all configs of the project.
import type { AuditEvent } from '../audit-event.ts';
import { all, run, type Steps, type WriteOperation } from '../operation.ts';

export type NoteChange = {
  projectId: string;
  nameDigest: string;
  /** Undefined clears it. */
  sealed: { keyId: string; sealed: Uint8Array } | undefined;
};
type PutNote = NoteChange & {
  actor: string;
  at: number;
  event: AuditEvent;
};

/** A note in the transaction of a change. Every config of the project gets the next version: what it answers changes. */
export function* writeNote(note: NoteChange, { at, actor }: { at: number; actor: string }): Steps<void> {
  const { projectId, nameDigest, sealed } = note;
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
}

/** @returns the ids of the project's configs, which all answer something else now */
const putNote: WriteOperation<PutNote, string[]> = function* (context, note) {
  yield* writeNote(note, note);
  yield* context.audit(note.event);
  const sql = 'select id from configs where project_id = $1 order by id';
  const configs = yield* all<{ id: string }>(sql, note.projectId);
  return configs.map(({ id }) => id);
};

export const noteWrites = { putNote };
