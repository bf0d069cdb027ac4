// Store operations of references: the edges of a version, and what of other configs points at one.
import { AppError } from '#core/errors.js';
import type { AuditEvent } from '../audit-event.ts';
import { all, one, type ReadOperation, run, type Steps, type WriteOperation } from '../operation.ts';

export type NewEdge = { id: string; pathDigest: string; targetConfigId: string; targetDigest: string };
type Source = { secretId: string; version: number; at: number; actor: string };

/** Edges of a version that is being written. One whose target went away meanwhile is left out: its text is literal. */
export function* insertEdges(edges: readonly NewEdge[], { secretId, version, at, actor }: Source): Steps<void> {
  for (const { id, pathDigest, targetConfigId, targetDigest } of edges) {
    yield* run(
      `insert into secret_references(id, secret_id, version, path_digest, target_config_id, target_digest, created_at,
         created_by) select $1,$2,$3,$4,c.id,$6,$7,$8 from configs c where c.id = $5 on conflict do nothing`,
      id,
      secretId,
      version,
      pathDigest,
      targetConfigId,
      targetDigest,
      at,
      actor,
    );
  }
}

export type VersionEdgeRow = { path_digest: string; target_config_id: string };

const listVersionEdges: ReadOperation<{ secretId: string; version: number }, VersionEdgeRow[]> = function* (args) {
  return yield* all<VersionEdgeRow>(
    'select path_digest, target_config_id from secret_references where secret_id = $1 and version = $2',
    args.secretId,
    args.version,
  );
};

/** One reference as its target sees it, the name of its source still sealed. */
export type ReferenceRow = {
  id: string;
  secret_id: string;
  /** The folder of the source. */
  path: string;
  name_digest: string;
  name_sealed: Uint8Array;
  name_key_id: string;
  project: string;
  config: string;
  source_config_id: string;
  target_digest: string;
  created_at: number;
  created_by: string;
};

const INCOMING = `select r.id, r.secret_id, s.path, s.name_digest, s.name_sealed, s.name_key_id, p.name as project,
  c.name as config, c.id as source_config_id, r.target_digest, r.created_at, r.created_by
  from secret_references r join secrets s on s.id = r.secret_id and s.current_version = r.version
  join configs c on c.id = s.config_id join projects p on p.id = c.project_id
  where r.target_config_id = $1 and s.deleted_at is null`;

const listIncomingReferences: ReadOperation<{ configId: string }, ReferenceRow[]> = function* ({ configId }) {
  return yield* all<ReferenceRow>(`${INCOMING} order by r.created_at, r.id`, configId);
};

type DeleteArgs = { configId: string; id: string; event: AuditEvent };

/**
 * Ends a reference in every version of its source, so that no rollback brings it back.
 * @returns the config whose values change by it
 * @throws AppError ERR_NOT_FOUND
 */
const deleteReference: WriteOperation<DeleteArgs, string> = function* (context, { configId, id, event }) {
  const found = yield* one<{ secret_id: string; path_digest: string; config_id: string }>(
    `select r.secret_id, r.path_digest, s.config_id from secret_references r join secrets s on s.id = r.secret_id
     where r.id = $1 and r.target_config_id = $2`,
    id,
    configId,
  );
  if (!found) throw new AppError('ERR_NOT_FOUND', 'Could not find requested reference');
  yield* run(
    'delete from secret_references where secret_id = $1 and path_digest = $2 and target_config_id = $3',
    found.secret_id,
    found.path_digest,
    configId,
  );
  yield* run('update configs set version = version + 1 where id = $1', found.config_id);
  yield* context.audit(event);
  return found.config_id;
};

export const referenceReads = { listVersionEdges, listIncomingReferences };
export const referenceWrites = { deleteReference };
