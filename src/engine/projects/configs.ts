// Configs: the root of each environment, and branches that start from it.
import { randomUUID } from 'node:crypto';
import type { Clock } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import { CONFIG_NAME } from '#core/names.js';
import { type Caller, event } from '../auth/caller.ts';
import { sees } from '../auth/grants.ts';
import type { ConfigRow } from '../storage/operations/configs.ts';
import type { Store } from '../storage/store.ts';
import { notFound, type Place, type Places } from '../auth/places.ts';
import type { Page } from './projects.ts';

export type ConfigView = {
  slug: string;
  name: string;
  project: string;
  environment: string;
  root: boolean;
  locked: boolean;
  createdAt: number;
};

const MAX_CONFIGS = 100_000;

export class Configs {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #places: Places;

  constructor({ store, clock, places }: { store: Store; clock: Clock; places: Places }) {
    this.#store = store;
    this.#clock = clock;
    this.#places = places;
  }

  /** A service token sees its own config, an account those of its environments. */
  async list(
    caller: Caller,
    project: string,
    { environment, page, perPage }: Page & { environment: string | undefined },
  ): Promise<ConfigView[]> {
    if (caller.bound) {
      const { bound } = caller;
      if (page !== 1 || (environment !== undefined && environment !== bound.environment)) return [];
      return [await this.get(bound)];
    }
    const { id } = await this.#places.project(project);
    const [limit, offset] = [perPage, (page - 1) * perPage];
    const wanted = { projectId: id, environment: environment ?? null };
    if (caller.role !== 'account') return (await this.#store.read.listConfigs({ ...wanted, limit, offset })).map(view);
    const all = await this.#store.read.listConfigs({ ...wanted, limit: MAX_CONFIGS, offset: 0 });
    const seen = all.filter((row) => sees(caller, id, row.environment_id));
    return seen.slice(offset, offset + limit).map(view);
  }

  async get(place: Place): Promise<ConfigView> {
    return view(await this.#places.configRow(place.project, place.config));
  }

  /**
   * A branch; its name starts with its environment's (contracts/doppler.md 2.4).
   * @throws AppError ERR_REQUEST_INVALID, ERR_NOT_FOUND
   */
  async create(caller: Caller, wanted: { project: string; environment: string; name: string }): Promise<ConfigView> {
    const { project, environment, name } = wanted;
    const { id: projectId } = await this.#places.project(project);
    const parent = await this.#store.read.findEnvironment({ projectId, slug: environment });
    if (!parent) throw notFound('environment', environment);
    if (!CONFIG_NAME.test(name) || !name.startsWith(`${environment}_`) || name.length === environment.length + 1) {
      throw new AppError('ERR_REQUEST_INVALID', `The name of a config here must start with '${environment}_'.`, {
        hint: "It has at most 60 letters, digits, '_' and '-'.",
      });
    }
    const at = this.#clock.now();
    const config = { id: randomUUID(), name };
    await this.#store.write.createBranchConfig({
      config,
      environmentId: parent.id,
      at,
      event: event(caller, at, { action: 'configs.create', target: `config:${config.id}`, outcome: 'ok' }),
    });
    return { slug: config.id, ...wanted, root: false, locked: false, createdAt: at };
  }

  /** @throws AppError ERR_REQUEST_INVALID for a root config, and while it has live leases */
  async remove(caller: Caller, place: Place): Promise<void> {
    if (place.rootConfigId === null) {
      throw new AppError('ERR_REQUEST_INVALID', 'A root config cannot be deleted; it goes with its environment.');
    }
    const at = this.#clock.now();
    await this.#store.write.deleteConfig({
      id: place.configId,
      name: place.config,
      at,
      event: event(caller, at, { action: 'configs.delete', target: `config:${place.configId}`, outcome: 'ok' }),
    });
  }
}

function view(row: ConfigRow): ConfigView {
  return {
    slug: row.id,
    name: row.name,
    project: row.project,
    environment: row.environment,
    root: row.root_config_id === null,
    locked: row.locked !== 0,
    createdAt: row.created_at,
  };
}
