// Configs: the root of each environment, and branches that start from it.
import { randomUUID } from 'node:crypto';
import type { Clock } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import { CONFIG_NAME } from '#core/names.js';
import { type Caller, event } from '../auth/caller.ts';
import { sees } from '../auth/grants.ts';
import { notFound, type Place, type Places } from '../auth/places.ts';
import type { ConfigRow, CountLimit } from '../storage/operations/configs.ts';
import type { RelationRow } from '../storage/operations/config-settings.ts';
import type { NewLog } from '../storage/operations/logs.ts';
import type { Store } from '../storage/store.ts';
import type { Fetches, FetchTimes } from '../auth/fetches.ts';
import type { Counts } from './counts.ts';
import type { Page } from './projects.ts';
import { tell } from './telling.ts';

export type ConfigRef = { project: string; config: string };
export type ConfigView = {
  slug: string;
  name: string;
  project: string;
  environment: string;
  root: boolean;
  locked: boolean;
  inheritable: boolean;
  isProtected: boolean;
  inherits: readonly ConfigRef[];
  inheritedBy: readonly ConfigRef[];
  createdAt: number;
} & FetchTimes;

const MAX_CONFIGS = 100_000;

export type ConfigParts = {
  store: Store;
  clock: Clock;
  places: Places;
  counts: Counts;
  fetches: Fetches;
  /** Tells those who watch that these configs answer differently now. */
  changed(configIds: readonly string[]): void;
};

export class Configs {
  readonly #parts: ConfigParts;

  constructor(parts: ConfigParts) {
    this.#parts = parts;
  }

  /** A service token sees its own config, an account those of its environments. */
  async list(
    caller: Caller,
    project: string,
    { environment, page, perPage }: Page & { environment: string | undefined },
  ): Promise<ConfigView[]> {
    const { store, places } = this.#parts;
    if (caller.bound) {
      const { bound } = caller;
      if (page !== 1 || (environment !== undefined && environment !== bound.environment)) return [];
      return [await this.get(bound)];
    }
    const { id } = await places.project(project);
    const [limit, offset] = [perPage, (page - 1) * perPage];
    const wanted = { projectId: id, environment: environment ?? null };
    const isWhole = caller.role !== 'account';
    const range = isWhole ? { limit, offset } : { limit: MAX_CONFIGS, offset: 0 };
    const rows = await store.read.listConfigs({ ...wanted, ...range });
    const relations = await store.read.listInheritance({ projectId: id });
    const seen = isWhole
      ? rows
      : rows.filter((row) => sees(caller, id, row.environment_id)).slice(offset, offset + limit);
    return seen.map((row) => this.#view(row, relations));
  }

  async get(place: Place): Promise<ConfigView> {
    const row = await this.#parts.store.read.getConfig({ id: place.configId });
    if (!row) throw notFound('config', place.config);
    return this.#view(row, await this.#parts.store.read.listInheritance({ projectId: row.project_id }));
  }

  /**
   * A branch; its name starts with its environment's (contracts/doppler.md 2.4).
   * @throws AppError ERR_REQUEST_INVALID, ERR_NOT_FOUND
   */
  async create(caller: Caller, wanted: { project: string; environment: string; name: string }): Promise<ConfigView> {
    const { store, clock, places } = this.#parts;
    const { project, environment, name } = wanted;
    const { id: projectId } = await places.project(project);
    const parent = await store.read.findEnvironment({ projectId, slug: environment });
    if (!parent) throw notFound('environment', environment);
    const branch = this.branch(caller, { project, environment }, name);
    const at = clock.now();
    await store.write.createBranchConfig({
      config: { id: branch.id, name },
      environmentId: parent.id,
      limit: branch.limit,
      log: branch.log,
      at,
      event: event(caller, at, { action: 'configs.create', target: `config:${branch.id}`, outcome: 'ok' }),
    });
    const place = await places.config(project, name);
    return this.get(place);
  }

  /** What a new branch of an environment needs to be written. @throws AppError ERR_REQUEST_INVALID for its name */
  branch(
    caller: Caller,
    { project, environment }: { project: string; environment: string },
    name: string,
  ): { id: string; name: string; limit: CountLimit; log: NewLog } {
    checkBranchName(environment, name);
    const log = tell(caller, { project, environment, config: name }, `Created config ${name}`);
    return { id: randomUUID(), name, limit: this.#parts.counts.limit('configs'), log };
  }

  #view(row: ConfigRow, relations: readonly RelationRow[]): ConfigView {
    return { ...view(row, relations), ...this.#parts.fetches.ofConfig(row.id, row) };
  }

  /** @throws AppError ERR_REQUEST_INVALID for a root config, a protected one, and while it has live leases */
  async remove(caller: Caller, place: Place): Promise<void> {
    const { store, clock } = this.#parts;
    if (place.rootConfigId === null) {
      throw new AppError('ERR_REQUEST_INVALID', 'A root config cannot be deleted; it goes with its environment.');
    }
    const { project, environment, config } = place;
    const at = clock.now();
    await store.write.deleteConfig({
      id: place.configId,
      name: config,
      at,
      event: event(caller, at, { action: 'configs.delete', target: `config:${place.configId}`, outcome: 'ok' }),
      log: tell(caller, { project, environment, config }, `Deleted config ${config}`),
    });
    this.#parts.changed([place.configId]);
  }
}

/** @throws AppError ERR_REQUEST_INVALID */
export function checkBranchName(environment: string, name: string): void {
  if (CONFIG_NAME.test(name) && name.startsWith(`${environment}_`) && name.length > environment.length + 1) return;
  throw new AppError('ERR_REQUEST_INVALID', `The name of a config here must start with '${environment}_'.`, {
    hint: "It has at most 60 letters, digits, '_' and '-'.",
  });
}

function view(row: ConfigRow, relations: readonly RelationRow[]): Omit<ConfigView, keyof FetchTimes> {
  const related = (kind: string) =>
    relations
      .filter((one) => one.config_id === row.id && one.kind === kind)
      .map(({ project, config }) => ({ project, config }));
  return {
    slug: row.id,
    name: row.name,
    project: row.project,
    environment: row.environment,
    root: row.root_config_id === null,
    locked: row.locked !== 0,
    inheritable: row.inheritable !== 0,
    isProtected: row.deletion_protection !== 0,
    inherits: related('inherits'),
    inheritedBy: related('inheritedBy'),
    createdAt: row.created_at,
  };
}
