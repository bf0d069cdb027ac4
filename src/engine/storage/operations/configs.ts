// Store operations of configs: the root that comes with its environment, and the branches beside it.
import { AppError } from '#core/errors.js';
import type { AuditEvent } from '../audit-event.ts';
import { all, one, type Param, type ReadOperation, run, type Steps, type WriteOperation } from '../operation.ts';
import { moveScope, scopeOfConfig } from './integration-scope.ts';
import { insertLog, type NewLog } from './logs.ts';
import { type SecretPut, writeSecret } from './secrets.ts';

export type ConfigRow = {
  id: string;
  name: string;
  project_id: string;
  project: string;
  environment_id: string;
  environment: string;
  root_config_id: string | null;
  locked: number;
  inheritable: number;
  deletion_protection: number;
  version: number;
  created_at: number;
  initial_fetch_at: number | null;
  last_fetch_at: number | null;
};

export type NewConfig = { id: string; name: string };
type Home = { projectId: string; environmentId: string; rootConfigId: string | null; at: number };

const SELECT = `select c.id, c.name, c.project_id, p.name as project, c.environment_id, e.slug as environment,
  c.root_config_id, c.locked, c.inheritable, c.deletion_protection, c.version, c.created_at,
  c.initial_fetch_at, c.last_fetch_at
  from configs c join projects p on p.id = c.project_id join environments e on e.id = c.environment_id`;

const findConfig: ReadOperation<{ projectId: string; name: string }, ConfigRow | undefined> = function* (args) {
  return yield* one<ConfigRow>(`${SELECT} where c.project_id = $1 and c.name = $2`, args.projectId, args.name);
};

const getConfig: ReadOperation<{ id: string }, ConfigRow | undefined> = function* ({ id }) {
  return yield* one<ConfigRow>(`${SELECT} where c.id = $1`, id);
};

type ConfigPage = { projectId: string; environment: string | null; limit: number; offset: number };
const listConfigs: ReadOperation<ConfigPage, ConfigRow[]> = function* ({ projectId, environment, limit, offset }) {
  const where = `${SELECT} where c.project_id = $1`;
  const order = 'order by e.created_at, e.slug, c.root_config_id is not null, c.name';
  return environment === null
    ? yield* all<ConfigRow>(`${where} ${order} limit $2 offset $3`, projectId, limit, offset)
    : yield* all<ConfigRow>(
        `${where} and e.slug = $2 ${order} limit $3 offset $4`,
        projectId,
        environment,
        limit,
        offset,
      );
};

/** One config of an environment; a root where `rootConfigId` is null. */
export function* insertConfig({ id, name }: NewConfig, home: Home): Steps<void> {
  const taken = yield* one('select id from configs where project_id = $1 and name = $2', home.projectId, name);
  if (taken) throw new AppError('ERR_REQUEST_INVALID', 'Name is already in use');
  yield* run(
    `insert into configs(id, project_id, environment_id, name, root_config_id, created_at)
     values($1,$2,$3,$4,$5,$6)`,
    id,
    home.projectId,
    home.environmentId,
    name,
    home.rootConfigId,
    home.at,
  );
}

/** How many of something there may be, and what to say of it; undefined is no limit. */
export type CountLimit = { most: number; message: string } | undefined;

/** @throws AppError ERR_REQUEST_INVALID when `sql` counts as many as there may be */
export function* checkCount(limit: CountLimit, sql: string, ...params: Param[]): Steps<void> {
  if (!limit) return;
  const found = yield* one<{ count: number }>(sql, ...params);
  if (Number(found?.count ?? 0) >= limit.most) throw new AppError('ERR_REQUEST_INVALID', limit.message);
}

type BranchArgs = {
  config: NewConfig;
  environmentId: string;
  limit: CountLimit;
  at: number;
  event: AuditEvent;
  log: NewLog;
};

function* insertBranch({ config, environmentId, limit, at }: Omit<BranchArgs, 'event' | 'log'>): Steps<void> {
  const root = yield* one<{ id: string; project_id: string }>(
    'select id, project_id from configs where environment_id = $1 and root_config_id is null',
    environmentId,
  );
  if (!root) throw new AppError('ERR_NOT_FOUND', 'Could not find requested environment');
  yield* checkCount(limit, 'select count(*) as count from configs where environment_id = $1', environmentId);
  yield* insertConfig(config, { projectId: root.project_id, environmentId, rootConfigId: root.id, at });
}

const createBranchConfig: WriteOperation<BranchArgs, void> = function* (context, { event, log, ...branch }) {
  yield* insertBranch(branch);
  yield* insertLog(log, branch.at);
  yield* context.audit(event);
};

type CloneArgs = BranchArgs & {
  source: { id: string; version: number };
  puts: readonly SecretPut[];
  inherits: readonly string[];
  actor: string;
};

/** @returns false, with nothing changed, when the source has moved: read it again */
const cloneConfig: WriteOperation<CloneArgs, boolean> = function* (context, { event, log, source, ...clone }) {
  const { config, puts, inherits, at, actor } = clone;
  const now = yield* one<{ version: number }>('select version from configs where id = $1', source.id);
  if (!now) throw new AppError('ERR_NOT_FOUND', 'Could not find requested config');
  if (Number(now.version) !== source.version) return false;
  yield* insertBranch(clone);
  for (const put of puts) yield* writeSecret(put, { at, actor });
  yield* run(
    `insert into config_inherits(config_id, position, target_config_id, created_at, created_by)
     select $1, position, target_config_id, $3, $4 from config_inherits where config_id = $2
     and target_config_id in (${inherits.map((_, index) => `$${index + 5}`).join(',') || 'null'})`,
    config.id,
    source.id,
    at,
    actor,
    ...inherits,
  );
  yield* insertLog(log, at);
  yield* context.audit(event);
  return true;
};

/** @throws AppError ERR_REQUEST_INVALID when the config, or a secret in it, is protected from deletion */
export function* refuseProtected({ id, name }: { id: string; name: string }): Steps<void> {
  if (yield* one('select id from configs where id = $1 and deletion_protection <> 0', id)) {
    throw new AppError('ERR_REQUEST_INVALID', `The config '${name}' is protected from deletion.`, {
      hint: 'Set deletion_protection to false first.',
    });
  }
  const secret = 'select id from secrets where config_id = $1 and deletion_protection <> 0 and deleted_at is null';
  if (yield* one(secret, id)) {
    throw new AppError('ERR_REQUEST_INVALID', `The config '${name}' has secrets that are protected from deletion.`, {
      hint: 'Set deletion_protection to false on them first.',
    });
  }
}

/**
 * Takes away what would outlive these configs: dynamic secrets with their closed leases, and who their tokens were.
 * @throws AppError ERR_REQUEST_INVALID while one of them is protected or has a live lease: its credential would be
 * forgotten
 */
export function* clearConfigs(configs: readonly { id: string; name: string }[], at: number): Steps<void> {
  for (const config of configs) {
    yield* refuseProtected(config);
    const { id, name } = config;
    const found = yield* one<{ live: number }>(
      'select coalesce(sum(live), 0) as live from dynamic_secrets where config_id = $1',
      id,
    );
    const live = Number(found?.live ?? 0);
    if (live > 0) {
      throw new AppError('ERR_REQUEST_INVALID', `The config '${name}' has ${live} live lease(s).`, {
        hint: 'Revoke them, or wait until they end, then delete it.',
      });
    }
    yield* moveScope(yield* scopeOfConfig(id), null);
    const dynamic = 'select id from dynamic_secrets where config_id = $1';
    const leases = `select id from leases where dynamic_secret_id in (${dynamic})`;
    yield* run(`delete from lease_events where lease_id in (${leases})`, id);
    yield* run(`delete from leases where dynamic_secret_id in (${dynamic})`, id);
    yield* run('delete from dynamic_secrets where config_id = $1', id);
    yield* run(
      `update principals set deleted_at = $2 where deleted_at is null
       and id in (select principal_id from tokens where config_id = $1)`,
      id,
      at,
    );
  }
}

type DeleteArgs = { id: string; name: string; at: number; event: AuditEvent; log: NewLog };
const deleteConfig: WriteOperation<DeleteArgs, void> = function* (context, { id, name, at, event, log }) {
  yield* clearConfigs([{ id, name }], at);
  yield* run('delete from configs where id = $1', id);
  yield* insertLog(log, at);
  yield* context.audit(event);
};

export const configReads = { findConfig, getConfig, listConfigs };
export const configWrites = { createBranchConfig, cloneConfig, deleteConfig };
