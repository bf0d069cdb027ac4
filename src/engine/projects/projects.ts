// Projects: made with their usual environments, listed, deleted when nothing live hangs on them.
import { randomUUID } from 'node:crypto';
import type { Clock } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import { PROJECT_NAME } from '#core/names.js';
import { type Caller, event } from '../auth/caller.ts';
import { holds, MEMBER } from '../auth/grants.ts';
import type { Keyring } from '../keyring/keyring.ts';
import type { MemberRow } from '../storage/operations/members.ts';
import type { NewEnvironment, ProjectRow } from '../storage/operations/projects.ts';
import type { Store } from '../storage/store.ts';
import type { Counts } from './counts.ts';
import { checkEnvironment, newEnvironment, type NewEnvironmentWish } from './environments.ts';
import { tell } from './telling.ts';
import type { Places } from '../auth/places.ts';

export type ProjectView = { id: string; name: string; description: string; isProtected: boolean; createdAt: number };
export type ProjectUpdate = { name: string; description?: string | undefined; isProtected?: boolean | undefined };
export type Page = { page: number; perPage: number };

const MAX_DESCRIPTION = 1000;
const MAX_PROJECTS = 100_000;

type Parts = { store: Store; keyring: Keyring; clock: Clock; places: Places; counts: Counts };

export class Projects {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** A service token sees its own project, an account those that it is in; with `tags` those that wear one of them. */
  async list(caller: Caller, { page, perPage, tags }: Page & { tags?: readonly string[] }): Promise<ProjectView[]> {
    const { store } = this.#parts;
    const [limit, offset] = [perPage, (page - 1) * perPage];
    if (caller.role !== 'account' && !caller.bound) {
      return (await store.read.listProjects({ limit, offset, tags })).map(projectView);
    }
    const all = await store.read.listProjects({ limit: MAX_PROJECTS, offset: 0, tags });
    const mine = caller.bound?.projectId;
    const seen = all.filter(({ id: projectId }) =>
      mine === undefined ? holds(caller.grants, MEMBER, { projectId }) : projectId === mine,
    );
    return seen.slice(offset, offset + limit).map(projectView);
  }

  /** @throws AppError ERR_NOT_FOUND */
  async get(name: string): Promise<ProjectView> {
    return projectView(await this.#parts.places.project(name));
  }

  /**
   * With dev, stg and prd, and the branch config dev_personal, unless `bare` (contracts/doppler.md 2.2) or others are
   * named.
   * @throws AppError ERR_REQUEST_INVALID
   */
  async create(caller: Caller, wanted: NewProject): Promise<ProjectView> {
    const { store, keyring, clock, counts } = this.#parts;
    const { name, description, bare, environments } = wanted;
    checkProject(wanted);
    environments?.forEach(checkEnvironment);
    const isProtected = wanted.isProtected ? 1 : 0;
    const id = randomUUID();
    const project: ProjectRow = { id, name, description, deletion_protection: isProtected, created_at: clock.now() };
    await keyring.prepare(`project:${project.id}`);
    await store.write.createProject({
      project,
      environments: environments?.map((one) => newEnvironment(one)) ?? (bare ? [] : usualEnvironments()),
      member: founder(caller, project),
      limit: counts.limit('projects'),
      event: event(caller, project.created_at, { action: 'projects.create', target: `project:${id}`, outcome: 'ok' }),
      log: tell(caller, { project: name }, `Created project ${name}`),
    });
    return projectView(project);
  }

  /** @throws AppError ERR_REQUEST_INVALID, ERR_NOT_FOUND */
  async update(caller: Caller, project: string, wanted: ProjectUpdate): Promise<ProjectView> {
    const { store, clock, places } = this.#parts;
    const row = await places.project(project);
    const next: ProjectRow = {
      ...row,
      name: wanted.name,
      description: wanted.description ?? row.description,
      deletion_protection: wanted.isProtected === undefined ? row.deletion_protection : Number(wanted.isProtected),
    };
    checkProject(next);
    const at = clock.now();
    await store.write.updateProject({
      ...next,
      at,
      event: event(caller, at, { action: 'projects.update', target: `project:${row.id}`, outcome: 'ok' }),
      log: tell(caller, { project: next.name }, `Updated project ${next.name}`),
    });
    return projectView(next);
  }

  /** @throws AppError ERR_NOT_FOUND, ERR_REQUEST_INVALID while it has live leases */
  async remove(caller: Caller, name: string): Promise<void> {
    const { store, clock, places } = this.#parts;
    const { id } = await places.project(name);
    const at = clock.now();
    await store.write.deleteProject({
      id,
      at,
      event: event(caller, at, { action: 'projects.delete', target: `project:${id}`, outcome: 'ok' }),
      log: tell(caller, { project: name }, `Deleted project ${name}`),
    });
  }
}

/** Whoever makes a project may do everything in it. */
export function founder({ role, isUser, principalId }: Caller, { id, created_at }: ProjectRow): MemberRow | null {
  if (role !== 'account') return null;
  const type = isUser ? 'workplace_user' : 'service_account';
  return { project_id: id, type, member_id: principalId, role: 'admin', environments: null, created_at };
}

export type NewProject = {
  name: string;
  description: string;
  bare?: boolean;
  isProtected?: boolean;
  environments?: readonly NewEnvironmentWish[] | undefined;
};

export function checkProject({ name, description }: { name: string; description: string }): void {
  if (PROJECT_NAME.test(name) && description.length <= MAX_DESCRIPTION) return;
  throw new AppError('ERR_REQUEST_INVALID', 'The project name or description is not valid.', {
    hint: `Names have 2 to 80 letters, digits, '_', '-' or '.'; descriptions at most ${MAX_DESCRIPTION} characters.`,
  });
}

export function usualEnvironments(): NewEnvironment[] {
  return [
    newEnvironment({ slug: 'dev', name: 'Development', personalConfigs: true }, ['dev_personal']),
    newEnvironment({ slug: 'stg', name: 'Staging', personalConfigs: false }),
    newEnvironment({ slug: 'prd', name: 'Production', personalConfigs: false }),
  ];
}

export function projectView({ id, name, description, deletion_protection, created_at }: ProjectRow): ProjectView {
  return { id, name, description, isProtected: deletion_protection !== 0, createdAt: created_at };
}
