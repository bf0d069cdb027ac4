// Apps and environments as Phase's clients name them: found by id and name, and listed as far as a caller may read them.
import { AppError } from '#core/errors.js';
import type { Caller } from '../auth/caller.ts';
import { sees } from '../auth/grants.ts';
import { may } from '../auth/permissions.ts';
import { environmentNamed } from '../auth/places.ts';
import type { EnvironmentRow, ProjectRow } from '../storage/operations/projects.ts';
import type { Store } from '../storage/store.ts';

/** What a request names; the id of an environment, or of a secret in it, dynamic or not, stands for both names. */
export type Wanted = {
  app?: string | undefined;
  environment?: string | undefined;
  environmentId?: string | undefined;
  secretId?: string | undefined;
};

/** The root config of an environment, by the names that everything below works with. */
export type Home = { project: string; config: string };

export type AppView = { id: string; name: string; environments: readonly EnvironmentView[] };
export type EnvironmentView = { id: string; name: string; slug: string; index: number; createdAt: number };

/** Phase's words (contracts/phase.md 1.2), also where the caller merely may not see it. */
export function notFound({ app, environment, environmentId, secretId }: Wanted): AppError {
  if (secretId !== undefined) return new AppError('ERR_NOT_FOUND', 'Secret not found');
  if (environmentId !== undefined) return new AppError('ERR_UNAUTHENTICATED', 'Environment not found');
  if (environment === undefined) return new AppError('ERR_NOT_FOUND', `App with ID ${cut(app)} not found`);
  return new AppError('ERR_NOT_FOUND', `Environment '${cut(environment)}' not found in App ${cut(app)}`);
}

const PAGE = 200;

export class PhaseApps {
  readonly #store: Pick<Store, 'read'>;

  constructor(store: Pick<Store, 'read'>) {
    this.#store = store;
  }

  /** Undefined where there is none of these names; environments are known by name, in whatever case, and by slug. */
  async find(wanted: Wanted): Promise<Home | undefined> {
    if (wanted.secretId !== undefined) return this.#homeOf(wanted.secretId);
    const row = await this.#environment(wanted);
    if (!row) return undefined;
    const { project_id: projectId, slug, project } = row;
    // The root of an environment comes before its branches.
    const [root] = await this.#store.read.listConfigs({ projectId, environment: slug, limit: 1, offset: 0 });
    return root && { project, config: root.name };
  }

  async #homeOf(id: string): Promise<Home | undefined> {
    const { read } = this.#store;
    const secret = (await read.getDynamicSecret({ id })) ?? (await read.findSecretConfig({ id }));
    const config = secret && (await this.#store.read.getConfig({ id: secret.config_id }));
    return config && { project: config.project, config: config.name };
  }

  /** @throws AppError ERR_NOT_FOUND */
  async app(id: string): Promise<ProjectRow> {
    const row = await this.#store.read.getProject({ id });
    if (!row) throw notFound({ app: id });
    return row;
  }

  /** @throws AppError ERR_NOT_FOUND */
  async environment(id: string): Promise<EnvironmentRow> {
    const row = await this.#store.read.getEnvironment({ id });
    if (!row) throw new AppError('ERR_NOT_FOUND', 'Environment not found');
    return row;
  }

  /** Those of an app that the caller may know of. */
  async environments(caller: Caller, projectId: string): Promise<EnvironmentView[]> {
    const { bound } = caller;
    const all = await this.#environments(projectId);
    return all.filter(({ id }) => (bound ? id === bound.environmentId : sees(caller, projectId, id)));
  }

  /** Every app with the environments whose values an account may read; environments in the order of their making. */
  async readable(caller: Caller): Promise<AppView[]> {
    if (caller.role !== 'account') return [];
    const apps: AppView[] = [];
    for (let offset = 0; ; offset += PAGE) {
      const page = await this.#store.read.listProjects({ limit: PAGE, offset });
      for (const project of page) {
        const environments = await this.#readable(caller, project);
        if (environments.length > 0) apps.push({ id: project.id, name: project.name, environments });
      }
      if (page.length < PAGE) return apps;
    }
  }

  async #environment({ app, environment, environmentId }: Wanted): Promise<EnvironmentRow | undefined> {
    if (environmentId !== undefined) return this.#store.read.getEnvironment({ id: environmentId });
    if (app === undefined || environment === undefined) return undefined;
    return environmentNamed(await this.#store.read.listEnvironments({ projectId: app }), environment);
  }

  async #readable(caller: Caller, { id: projectId }: ProjectRow): Promise<EnvironmentView[]> {
    const all = await this.#environments(projectId);
    return all.filter(({ id: environmentId }) => may(caller, 'secrets.values', { projectId, environmentId }));
  }

  async #environments(projectId: string): Promise<EnvironmentView[]> {
    const rows = await this.#store.read.listEnvironments({ projectId });
    return rows.map(({ id, name, slug, created_at: createdAt }, index) => ({ id, name, slug, index, createdAt }));
  }
}

function cut(text: string | undefined): string {
  return (text ?? '').slice(0, 80);
}
