// Store operations of configs: the root that comes with its environment, and the branches beside it.
import { AppError } from '#core/errors.js';
import type { AuditEvent } from '../audit-event.ts';
import { all, one, type ReadOperation, run, type Steps, type WriteOperation } from '../operation.ts';

export type ConfigRow = {
  id: string;
  name: string;
  project_id: string;
  project: string;
  environment_id: string;
  environment: string;
  root_config_id: string | null;
  locked: number;
  version: number;
  created_at: number;
};

export type NewConfig = { id: string; name: string };
type Home = { projectId: string; environmentId: string; rootConfigId: string | null; at: number };

const SELECT = `select c.id, c.name, c.project_id, p.name as project, c.environment_id, e.slug as environment,
  c.root_config_id, c.locked, c.version, c.created_at
  from configs c join projects p on p.id = c.project_id join environments e on e.id = c.environment_id`;

const findConfig: ReadOperation<{ projectId: string; name: string }, ConfigRow | undefined> = function* (args) {
  return yield* one<ConfigRow>(`${SELECT} where c.project_id = $1 and c.name = $2`, args.projectId, args.name);
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

type BranchArgs = { config: NewConfig; environmentId: string; at: number; event: AuditEvent };
const createBranchConfig: WriteOperation<BranchArgs, void> = function* (context, { config, environmentId, at, event }) {
  const root = yield* one<{ id: string; project_id: string }>(
    'select id, project_id from configs where environment_id = $1 and root_config_id is null',
    environmentId,
  );
  if (!root) throw new AppError('ERR_NOT_FOUND', 'Could not find requested environment');
  yield* insertConfig(config, { projectId: root.project_id, environmentId, rootConfigId: root.id, at });
  yield* context.audit(event);
};

/**
 * Takes away what would outlive these configs: dynamic secrets with their closed leases, and who their tokens were.
 * @throws AppError ERR_REQUEST_INVALID while one of them has a live lease: its credential would be forgotten
 */
export function* clearConfigs(configs: readonly { id: string; name: string }[], at: number): Steps<void> {
  for (const { id, name } of configs) {
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

type DeleteArgs = { id: string; name: string; at: number; event: AuditEvent };
const deleteConfig: WriteOperation<DeleteArgs, void> = function* (context, { id, name, at, event }) {
  yield* clearConfigs([{ id, name }], at);
  yield* run('delete from configs where id = $1', id);
  yield* context.audit(event);
};

export const configReads = { findConfig, listConfigs };
export const configWrites = { createBranchConfig, deleteConfig };
