// Store operations of the logs that users read: what was changed in a config, by which version to which.
import { all, one, type ReadOperation, run, type Steps } from '../operation.ts';

export type LogRow = {
  id: string;
  seq: number;
  at: number;
  config_id: string | null;
  project: string;
  environment: string | null;
  config: string | null;
  body: string;
  rollback: number;
  actor: string;
  actor_name: string;
};

/** What one log says about one secret; `before` and `after` are JSON of a state, null where there was none. */
export type LogChangeRow = { secret_id: string; before: string | null; after: string | null };

export type NewLog = {
  id: string;
  configId: string | null;
  project: string;
  environment: string | null;
  config: string | null;
  body: string;
  rollback: boolean;
  actor: string;
  actorName: string;
  changes: readonly { secretId: string; before: string | null; after: string | null }[];
};

/** Writes a log in the transaction of what it tells of. */
export function* insertLog(log: NewLog, at: number): Steps<void> {
  yield* run(
    `insert into logs(id, seq, at, config_id, project, environment, config, body, rollback, actor, actor_name)
     values($1, (select coalesce(max(seq), 0) + 1 from logs), $2,$3,$4,$5,$6,$7,$8,$9,$10)`,
    log.id,
    at,
    log.configId,
    log.project,
    log.environment,
    log.config,
    log.body,
    log.rollback ? 1 : 0,
    log.actor,
    log.actorName,
  );
  for (const { secretId, before, after } of log.changes) {
    yield* run(
      'insert into log_changes(log_id, secret_id, before, after) values($1,$2,$3,$4)',
      log.id,
      secretId,
      before,
      after,
    );
  }
}

type Page = { limit: number; offset: number };

const listConfigLogs: ReadOperation<Page & { configId: string }, LogRow[]> = function* ({ configId, limit, offset }) {
  return yield* all<LogRow>(
    'select * from logs where config_id = $1 order by seq desc limit $2 offset $3',
    configId,
    limit,
    offset,
  );
};

const listLogs: ReadOperation<Page, LogRow[]> = function* ({ limit, offset }) {
  return yield* all<LogRow>('select * from logs order by seq desc limit $1 offset $2', limit, offset);
};

const findLog: ReadOperation<{ id: string }, LogRow | undefined> = function* ({ id }) {
  return yield* one<LogRow>('select * from logs where id = $1', id);
};

/** A stored value as it was at one version. */
export type VersionRow = {
  secret_id: string;
  version: number;
  data_key_id: string;
  sealed: Uint8Array;
  dialect: string;
  visibility: string;
};
export type LogDetail = { changes: LogChangeRow[]; versions: VersionRow[] };

/** The changes of a log, with every version of the secrets that it names. */
const readLogChanges: ReadOperation<{ logId: string }, LogDetail> = function* ({ logId }) {
  const changes = yield* all<LogChangeRow>(
    'select secret_id, before, after from log_changes where log_id = $1 order by secret_id',
    logId,
  );
  const versions = yield* all<VersionRow>(
    `select v.secret_id, v.version, v.data_key_id, v.sealed, v.dialect, v.visibility from secret_versions v
     join log_changes c on c.secret_id = v.secret_id where c.log_id = $1`,
    logId,
  );
  return { changes, versions };
};

export const logReads = { listConfigLogs, listLogs, findLog, readLogChanges };
