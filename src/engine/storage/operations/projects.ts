// Store operations of projects and their environments.
import { AppError } from '#core/errors.js';
import type { AuditEvent } from '../audit-event.ts';
import { all, one, type ReadOperation, run, type Steps, type WriteOperation } from '../operation.ts';
import { moveScope } from './integration-scope.ts';
import { insertMember, type MemberRow } from './members.ts';
import { checkCount, clearConfigs, type CountLimit, insertConfig, type NewConfig } from './configs.ts';
import { renameConfigRow } from './config-settings.ts';
import { insertLog, type NewLog } from './logs.ts';
import { type SecretPut, writeSecret } from './secrets.ts';

export type ProjectRow = {
  id: string;
  name: string;
  description: string;
  deletion_protection: number;
  created_at: number;
};
export type EnvironmentRow = {
  id: string;
  project_id: string;
  project: string;
  slug: string;
  name: string;
  personal_configs: number;
  created_at: number;
  initial_fetch_at: number | null;
};
export type NewEnvironment = {
  id: string;
  slug: string;
  name: string;
  personalConfigs: boolean;
  root: NewConfig;
  branches: readonly NewConfig[];
};

const ENVIRONMENT = `select e.id, e.project_id, p.name as project, e.slug, e.name, e.personal_configs, e.created_at,
  e.initial_fetch_at
  from environments e join projects p on p.id = e.project_id`;

const findProject: ReadOperation<{ name: string }, ProjectRow | undefined> = function* ({ name }) {
  return yield* one<ProjectRow>('select * from projects where name = $1', name);
};

/** The one of this id, or those of this name in any case; names are ASCII. */
const findApps: ReadOperation<{ app: string }, ProjectRow[]> = function* ({ app }) {
  const sql = 'select * from projects where id = $1 or lower(name) = $2 order by id';
  return yield* all<ProjectRow>(sql, app, app.toLowerCase());
};

const getProject: ReadOperation<{ id: string }, ProjectRow | undefined> = function* ({ id }) {
  return yield* one<ProjectRow>('select * from projects where id = $1', id);
};

const getEnvironment: ReadOperation<{ id: string }, EnvironmentRow | undefined> = function* ({ id }) {
  return yield* one<EnvironmentRow>(`${ENVIRONMENT} where e.id = $1`, id);
};

/** `tags`: only projects that wear one of them. */
type ProjectPage = { limit: number; offset: number; tags?: readonly string[] | undefined };
const listProjects: ReadOperation<ProjectPage, ProjectRow[]> = function* ({ limit, offset, tags }) {
  const slots = tags && (tags.map((_, index) => `$${index + 3}`).join(',') || 'null');
  const where = slots === undefined ? '' : `where id in (select project_id from project_tags where tag in (${slots}))`;
  const sql = `select * from projects ${where} order by name limit $1 offset $2`;
  return yield* all<ProjectRow>(sql, limit, offset, ...(tags ?? []));
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

type Logged = { at: number; event: AuditEvent; log: NewLog };
type NewProject = {
  project: ProjectRow;
  environments: readonly NewEnvironment[];
  member: MemberRow | null;
  limit: CountLimit;
  log: NewLog;
};
type CreateProject = NewProject & { event: AuditEvent };

function* insertProject({ project, environments, member, limit, log }: NewProject): Steps<void> {
  yield* refuseTakenProject(project.name, project.id);
  yield* checkCount(limit, 'select count(*) as count from projects');
  yield* run(
    'insert into projects(id, name, description, deletion_protection, created_at) values($1,$2,$3,$4,$5)',
    project.id,
    project.name,
    project.description,
    project.deletion_protection,
    project.created_at,
  );
  for (const environment of environments) yield* insertEnvironment(project.id, environment, project.created_at);
  if (member) yield* insertMember(member);
  yield* insertLog(log, project.created_at);
}

const createProject: WriteOperation<CreateProject, void> = function* (context, { event, ...project }) {
  yield* insertProject(project);
  yield* context.audit(event);
};

type ImportProjects = {
  projects: readonly NewProject[];
  puts: readonly SecretPut[];
  logs: readonly NewLog[];
  at: number;
  actor: string;
  events: readonly AuditEvent[];
};

/** All of them with their secrets, or none. */
const importProjects: WriteOperation<ImportProjects, void> = function* (context, args) {
  for (const project of args.projects) yield* insertProject(project);
  // References among them need every secret's config to be there.
  for (const put of args.puts) yield* writeSecret(put, args);
  for (const log of args.logs) yield* insertLog(log, args.at);
  yield* context.audit(...args.events);
};

function* refuseTakenProject(name: string, id: string): Steps<void> {
  const taken = yield* one('select id from projects where name = $1 and id <> $2', name, id);
  if (taken) throw new AppError('ERR_REQUEST_INVALID', 'Project name already exists in this workplace.');
}

type UpdateProject = Logged & Pick<ProjectRow, 'id' | 'name' | 'description' | 'deletion_protection'>;
const updateProject: WriteOperation<UpdateProject, void> = function* (context, args) {
  const { id, name, description } = args;
  yield* refuseTakenProject(name, id);
  const before = yield* one<ProjectRow>('select * from projects where id = $1', id);
  if (before && before.name !== name) yield* moveScope(before.name, name);
  yield* run(
    'update projects set name = $2, description = $3, deletion_protection = $4 where id = $1',
    id,
    name,
    description,
    args.deletion_protection,
  );
  yield* run('update configs set version = version + 1 where project_id = $1', id);
  yield* insertLog(args.log, args.at);
  yield* context.audit(args.event);
};

/** The project, if there is one. @throws AppError ERR_REQUEST_INVALID when it is protected from deletion */
export function* refuseProtectedProject(id: string): Steps<ProjectRow | undefined> {
  const project = yield* one<ProjectRow>('select * from projects where id = $1', id);
  if (!project?.deletion_protection) return project;
  throw new AppError('ERR_REQUEST_INVALID', `The project '${project.name}' is protected from deletion.`, {
    hint: 'Set deletion_protection to false first.',
  });
}

type DeleteArgs = Logged & { id: string };
const deleteProject: WriteOperation<DeleteArgs, void> = function* (context, { id, at, event, log }) {
  const project = yield* refuseProtectedProject(id);
  yield* clearConfigs(yield* all('select id, name from configs where project_id = $1 order by name', id), at);
  if (project) yield* moveScope(project.name, null);
  yield* run('delete from projects where id = $1', id);
  yield* insertLog(log, at);
  yield* context.audit(event);
};

type CreateEnvironment = Logged & { projectId: string; environment: NewEnvironment; limit: CountLimit };
const createEnvironment: WriteOperation<CreateEnvironment, void> = function* (context, args) {
  const { projectId, environment, limit, at } = args;
  yield* checkCount(limit, 'select count(*) as count from environments where project_id = $1', projectId);
  yield* insertEnvironment(projectId, environment, at);
  yield* insertLog(args.log, at);
  yield* context.audit(args.event);
};

type UpdateEnvironment = Logged & { id: string; slug: string; name: string; personalConfigs: boolean };

/** A new slug renames the root config, and the beginning of every branch's name, with it (contracts/doppler.md 2.4). */
const updateEnvironment: WriteOperation<UpdateEnvironment, void> = function* (context, args) {
  const { id, slug, name, personalConfigs } = args;
  const old = yield* one<{ slug: string; project_id: string }>(
    'select slug, project_id from environments where id = $1',
    id,
  );
  if (!old) throw new AppError('ERR_NOT_FOUND', 'Could not find requested environment');
  const same = 'select id from environments where project_id = $1 and slug = $2 and id <> $3';
  if (yield* one(same, old.project_id, slug, id)) {
    throw new AppError('ERR_REQUEST_INVALID', 'Environment slug is already in use');
  }
  yield* run(
    'update environments set slug = $2, name = $3, personal_configs = $4 where id = $1',
    id,
    slug,
    name,
    personalConfigs ? 1 : 0,
  );
  if (slug !== old.slug) {
    const configs = yield* all<{ id: string; name: string }>(
      'select id, name from configs where environment_id = $1 order by name',
      id,
    );
    for (const config of configs) yield* renameConfigRow(config.id, slug + config.name.slice(old.slug.length));
  }
  yield* insertLog(args.log, args.at);
  yield* context.audit(args.event);
};

const deleteEnvironment: WriteOperation<DeleteArgs, void> = function* (context, { id, at, event, log }) {
  yield* clearConfigs(yield* all('select id, name from configs where environment_id = $1 order by name', id), at);
  yield* run('delete from environments where id = $1', id);
  yield* insertLog(log, at);
  yield* context.audit(event);
};

export const projectReads = {
  findProject,
  getProject,
  getEnvironment,
  listProjects,
  findApps,
  findEnvironment,
  listEnvironments,
};
export const projectWrites = {
  createProject,
  importProjects,
  updateProject,
  deleteProject,
  createEnvironment,
  updateEnvironment,
  deleteEnvironment,
};
