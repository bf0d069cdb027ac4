// Store operations of what a config is beside its secrets: name, lock, protection, inheritance.
import { AppError } from '#core/errors.js';
import type { AuditEvent } from '../audit-event.ts';
import { all, one, type ReadOperation, run, type Steps, type WriteOperation } from '../operation.ts';
import { moveScope, scopeOfConfig } from './integration-scope.ts';
import { insertLog, type NewLog } from './logs.ts';

type Changed = { id: string; at: number; event: AuditEvent; log: NewLog };

/** @throws AppError ERR_REQUEST_INVALID when another config of the project has the name */
export function* renameConfigRow(id: string, name: string): Steps<void> {
  const taken = yield* one(
    `select o.id from configs o join configs c on c.project_id = o.project_id
     where c.id = $1 and o.id <> $1 and o.name = $2`,
    id,
    name,
  );
  if (taken) throw new AppError('ERR_REQUEST_INVALID', 'Name is already in use');
  const from = yield* scopeOfConfig(id);
  yield* run('update configs set name = $2, version = version + 1 where id = $1', id, name);
  yield* moveScope(from, yield* scopeOfConfig(id));
}

/** @throws AppError ERR_REQUEST_INVALID */
export function* refuseLocked(id: string): Steps<void> {
  if (yield* one('select id from configs where id = $1 and locked <> 0', id)) {
    throw new AppError('ERR_REQUEST_INVALID', 'The config is locked.', { hint: 'Unlock it first.' });
  }
}

type Settings = { name?: string; locked?: boolean; isProtected?: boolean };

const updateConfig: WriteOperation<Changed & Settings, void> = function* (context, change) {
  const { id, name, locked, isProtected } = change;
  if (name !== undefined) {
    yield* refuseLocked(id);
    yield* renameConfigRow(id, name);
  }
  if (locked !== undefined) yield* run('update configs set locked = $2 where id = $1', id, locked ? 1 : 0);
  if (isProtected !== undefined) {
    yield* run('update configs set deletion_protection = $2 where id = $1', id, isProtected ? 1 : 0);
  }
  yield* insertLog(change.log, change.at);
  yield* context.audit(change.event);
};

const INHERITORS = 'select config_id from config_inherits where target_config_id = $1';

const setInheritable: WriteOperation<Changed & { inheritable: boolean }, void> = function* (context, change) {
  const { id, inheritable } = change;
  if (inheritable && (yield* one('select 1 as one from config_inherits where config_id = $1', id))) {
    throw new AppError('ERR_REQUEST_INVALID', 'A config that inherits cannot be made inheritable.');
  }
  if (!inheritable && (yield* one(INHERITORS, id))) {
    throw new AppError('ERR_REQUEST_INVALID', 'Other configs inherit this config.', {
      hint: 'Take it out of their inherits first.',
    });
  }
  yield* run('update configs set inheritable = $2 where id = $1', id, inheritable ? 1 : 0);
  yield* insertLog(change.log, change.at);
  yield* context.audit(change.event);
};

type Inherits = Changed & { targets: readonly string[]; actor: string };
const setInherits: WriteOperation<Inherits, void> = function* (context, change) {
  const { id, targets, at, actor } = change;
  yield* refuseLocked(id);
  const own = yield* one<{ inheritable: number }>('select inheritable from configs where id = $1', id);
  if (targets.length > 0 && own?.inheritable) {
    throw new AppError('ERR_REQUEST_INVALID', 'An inheritable config cannot inherit from others.');
  }
  yield* run('delete from config_inherits where config_id = $1', id);
  for (const [position, target] of targets.entries()) {
    const row = yield* one<{ inheritable: number; name: string }>(
      'select inheritable, name from configs where id = $1',
      target,
    );
    if (!row?.inheritable) {
      throw new AppError('ERR_REQUEST_INVALID', `The config '${row?.name ?? target}' is not inheritable.`);
    }
    yield* run(
      `insert into config_inherits(config_id, position, target_config_id, created_at, created_by)
       values($1,$2,$3,$4,$5)`,
      id,
      position,
      target,
      at,
      actor,
    );
  }
  yield* run('update configs set version = version + 1 where id = $1', id);
  yield* insertLog(change.log, at);
  yield* context.audit(change.event);
};

export type RelationRow = { config_id: string; other_id: string; project: string; config: string; kind: string };

/** Both directions of inheritance of every config of a project. */
const listInheritance: ReadOperation<{ projectId: string }, RelationRow[]> = function* ({ projectId }) {
  const select = (from: string, to: string, kind: string) =>
    `select i.${from} as config_id, o.id as other_id, p.name as project, o.name as config, '${kind}' as kind,
       i.position as position
     from config_inherits i join configs c on c.id = i.${from} join configs o on o.id = i.${to}
     join projects p on p.id = o.project_id where c.project_id = $1`;
  return yield* all<RelationRow>(
    `${select('config_id', 'target_config_id', 'inherits')} union all
     ${select('target_config_id', 'config_id', 'inheritedBy')} order by position, project, config`,
    projectId,
  );
};

export const configSettingReads = { listInheritance };
export const configSettingWrites = { updateConfig, setInheritable, setInherits };
