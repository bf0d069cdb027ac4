// Where secrets lie: a config found by its names, with the ids that everything below works with.
import { AppError } from '#core/errors.js';
import type { ConfigRow } from '../storage/operations/configs.ts';
import type { ProjectRow } from '../storage/operations/projects.ts';
import type { Store } from '../storage/store.ts';

/** One config with its surroundings. */
export type Place = {
  projectId: string;
  project: string;
  environmentId: string;
  environment: string;
  configId: string;
  config: string;
  /** Null where the config is the root of its environment itself. */
  rootConfigId: string | null;
};

/** Doppler's words, also where the caller merely may not see it (contracts/doppler.md 2.1). */
export function notFound(what: 'project' | 'environment' | 'config', name: string): AppError {
  return new AppError('ERR_NOT_FOUND', `Could not find requested ${what} '${name.slice(0, 80)}'`);
}

/** By name in any case, then by slug. */
export function environmentNamed<Row extends { name: string; slug: string }>(
  rows: readonly Row[],
  wanted: string,
): Row | undefined {
  const lower = wanted.toLowerCase();
  return rows.find(({ name }) => name.toLowerCase() === lower) ?? rows.find(({ slug }) => slug.toLowerCase() === lower);
}

export class Places {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** @throws AppError ERR_NOT_FOUND */
  async project(name: string): Promise<ProjectRow> {
    const row = await this.#store.read.findProject({ name });
    if (!row) throw notFound('project', name);
    return row;
  }

  /** @throws AppError ERR_NOT_FOUND */
  async configRow(project: string, config: string): Promise<ConfigRow> {
    const { id } = await this.project(project);
    const row = await this.#store.read.findConfig({ projectId: id, name: config });
    if (!row) throw notFound('config', config);
    return row;
  }

  /** @throws AppError ERR_NOT_FOUND */
  async config(project: string, config: string): Promise<Place> {
    return toPlace(await this.configRow(project, config));
  }

  /** Undefined where there is none of these names. */
  async find(project: string, config: string): Promise<Place | undefined> {
    const home = await this.#store.read.findProject({ name: project });
    const row = home && (await this.#store.read.findConfig({ projectId: home.id, name: config }));
    return row && toPlace(row);
  }

  /**
   * The root of an environment as Phase's dialect names it: the app by id or in any case by name, the environment in any
   * case by name or by slug. Undefined where there is none, or where several apps could be meant.
   */
  async rootOf(app: string, environment: string): Promise<Place | undefined> {
    const apps = await this.#store.read.findApps({ app });
    const home = apps.find(({ id }) => id === app) ?? (apps.length === 1 ? apps[0] : undefined);
    if (!home) return undefined;
    const rows = await this.#store.read.listEnvironments({ projectId: home.id });
    const slug = environmentNamed(rows, environment)?.slug;
    if (slug === undefined) return undefined;
    // The root of an environment comes before its branches.
    const page = { projectId: home.id, environment: slug, limit: 1, offset: 0 };
    const [root] = await this.#store.read.listConfigs(page);
    return root && toPlace(root);
  }

  /** Undefined where there is none with this id. */
  async byId(configId: string): Promise<Place | undefined> {
    const row = await this.#store.read.getConfig({ id: configId });
    return row && toPlace(row);
  }
}

export function toPlace(row: ConfigRow): Place {
  return {
    projectId: row.project_id,
    project: row.project,
    environmentId: row.environment_id,
    environment: row.environment,
    configId: row.id,
    config: row.name,
    rootConfigId: row.root_config_id,
  };
}
