// Store operations of projects and their environments.
import { AppError } from '#core/errors.js';
import type { AuditEvent } from '../audit-event.ts';
import { all, one, type ReadOperation, run, type Steps, type WriteOperation } from '../operation.ts';
import { insertMember, type MemberRow } from './members.ts';
import { clearConfigs, insertConfig, type NewConfig } from './configs.ts';

export type ProjectRow = { id: string; name: string; description: string; created_at: number };
export type EnvironmentRow = {
  id: string;
  project_id: string;
  project: string;
  slug: string;
  name: string;
  personal_configs: number;
  created_at: number;
};
export type NewEnvironment = {
  id: string;
  slug: string;
  name: string;
  personalConfigs: boolean;
  root: NewConfig;
  branches: readonly NewConfig[];
};

const ENVIRONMENT = `select e.id, e.project_id, p.name as project, e.slug, e.name, e.personal_configs, e.created_at
  from environments e join projects p on p.id = e.project_id`;

const findProject: ReadOperation<{ name: string }, ProjectRow | undefined> = function* ({ name }) {
  return yield* one<ProjectRow>('select id, name, description, created_at from projects where name = $1', name);
};

const listProjects: ReadOperation<{ limit: number; offset: number }, ProjectRow[]> = function* ({ limit, offset }) {
  return yield* all<ProjectRow>(
    'select id, name, description, created_at from projects order by name limit $1 offset $2',
    limit,
    offset,
  );
};

type EnvironmentKey = { projectId: string; slug: string };
const findEnvironment: ReadOperation<EnvironmentKey, EnvironmentRow | undefined> = function* ({ projectId, slug }) {
  return yield* one<EnvironmentRow>(`${ENVIRONMENT} where e.project_id = $1 and e.slug = $2`, projectId, slug);
};

const listEnvironments: ReadOperation<{ projectId: string }, EnvironmentRow[]> = function* ({ projectId }) {
  return yield* all<EnvironmentRow>(`${ENVIRONMENT} where e.project_id = $1 order by e.created_at, e.slug`, projectId);
};

function* insertEnvironment(projectId: string, environment: NewEnvironment, at: number): Steps<void> {
  const { id, slug, name, personalConfigs, root, branches } = environment;
  const taken = yield* one('select id from environments where project_id = $1 and slug = $2', projectId, slug);
  if (taken) throw new AppError('ERR_REQUEST_INVALID', 'Environment slug is already in use');
  yield* run(
    `insert into environments(id, project_id, slug, name, personal_configs, created_at) values($1,$2,$3,$4,$5,$6)`,
    id,
    projectId,
    slug,
    name,
    personalConfigs ? 1 : 0,
    at,
  );
  const home = { projectId, environmentId: id, at };
  yield* insertConfig(root, { ...home, rootConfigId: null });
  for (const branch of branches) yield* insertConfig(branch, { ...home, rootConfigId: root.id });
}

type CreateProject = {
  project: ProjectRow;
  environments: readonly NewEnvironment[];
  member: MemberRow | null;
  event: AuditEvent;
};
const createProject: WriteOperation<CreateProject, void> = function* (context, args) {
  const { project, environments, member, event } = args;
  const taken = yield* one('select id from projects where name = $1', project.name);
  if (taken) throw new AppError('ERR_REQUEST_INVALID', 'Project name already exists in this workplace.');
  yield* run(
    'insert into projects(id, name, description, created_at) values($1,$2,$3,$4)',
    project.id,
    project.name,
    project.description,
    project.created_at,
  );
  for (const environment of environments) yield* insertEnvironment(project.id, environment, project.created_at);
  if (member) yield* insertMember(member);
  yield* context.audit(event);
};

type DeleteArgs = { id: string; at: number; event: AuditEvent };
const deleteProject: WriteOperation<DeleteArgs, void> = function* (context, { id, at, event }) {
  yield* clearConfigs(yield* all('select id, name from configs where project_id = $1', id), at);
  yield* run('delete from projects where id = $1', id);
  yield* context.audit(event);
};

type CreateEnvironment = { projectId: string; environment: NewEnvironment; at: number; event: AuditEvent };
const createEnvironment: WriteOperation<CreateEnvironment, void> = function* (context, args) {
  yield* insertEnvironment(args.projectId, args.environment, args.at);
  yield* context.audit(args.event);
};

const deleteEnvironment: WriteOperation<DeleteArgs, void> = function* (context, { id, at, event }) {
  yield* clearConfigs(yield* all('select id, name from configs where environment_id = $1', id), at);
  yield* run('delete from environments where id = $1', id);
  yield* context.audit(event);
};

export const projectReads = { findProject, listProjects, findEnvironment, listEnvironments };
export const projectWrites = { createProject, deleteProject, createEnvironment, deleteEnvironment };
