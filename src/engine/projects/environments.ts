// Environments of a project: each comes with its root config and goes with all of its configs.
import { randomUUID } from 'node:crypto';
import type { Clock } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import { ENVIRONMENT_NAME } from '#core/names.js';
import { type Caller, event } from '../auth/caller.ts';
import { sees } from '../auth/grants.ts';
import type { EnvironmentRow, NewEnvironment } from '../storage/operations/projects.ts';
import type { Store } from '../storage/store.ts';
import type { Fetches } from '../auth/fetches.ts';
import { notFound, type Places } from '../auth/places.ts';
import type { Counts } from './counts.ts';
import { tell } from './telling.ts';

export type EnvironmentView = {
  id: string;
  slug: string;
  name: string;
  project: string;
  personalConfigs: boolean;
  createdAt: number;
  initialFetchAt: number | null;
};

export type NewEnvironmentWish = { slug: string; name: string; personalConfigs: boolean };

const DISPLAY_NAME = /^[^\u0000-\u001f\u007f]{2,50}$/u;

type Parts = { store: Store; clock: Clock; places: Places; counts: Counts; fetches: Fetches };

export class Environments {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #places: Places;
  readonly #counts: Counts;
  readonly #fetches: Fetches;

  constructor({ store, clock, places, counts, fetches }: Parts) {
    this.#store = store;
    this.#fetches = fetches;
    this.#clock = clock;
    this.#places = places;
    this.#counts = counts;
  }

  /** A service token is shown none, as Doppler does (contracts/doppler.md 1.2). */
  async list(caller: Caller, project: string): Promise<EnvironmentView[]> {
    if (caller.bound) return [];
    const { id } = await this.#places.project(project);
    const rows = await this.#store.read.listEnvironments({ projectId: id });
    return rows.filter((row) => sees(caller, id, row.id)).map((row) => this.#view(row));
  }

  /** @throws AppError ERR_NOT_FOUND */
  async get(project: string, slug: string): Promise<EnvironmentView> {
    return this.#view(await this.#row(project, slug));
  }

  /** @throws AppError ERR_REQUEST_INVALID, ERR_NOT_FOUND */
  async create(caller: Caller, project: string, wanted: NewEnvironmentWish): Promise<EnvironmentView> {
    checkEnvironment(wanted);
    const { id: projectId } = await this.#places.project(project);
    const at = this.#clock.now();
    const environment = newEnvironment(wanted);
    await this.#store.write.createEnvironment({
      ...{ projectId, environment, at },
      limit: this.#counts.limit('environments'),
      event: event(caller, at, {
        action: 'environments.create',
        target: `environment:${environment.id}`,
        outcome: 'ok',
      }),
      log: tell(caller, { project, environment: wanted.slug }, `Created environment ${wanted.slug}`),
    });
    return { ...wanted, id: environment.id, project, createdAt: at, initialFetchAt: null };
  }

  /**
   * A new slug renames its configs with it; references follow, since they know configs by id.
   * @throws AppError ERR_REQUEST_INVALID, ERR_NOT_FOUND
   */
  async update(
    caller: Caller,
    { project, slug }: { project: string; slug: string },
    wanted: Partial<NewEnvironmentWish>,
  ): Promise<EnvironmentView> {
    const row = await this.#row(project, slug);
    const next = {
      slug: wanted.slug ?? row.slug,
      name: wanted.name ?? row.name,
      personalConfigs: wanted.personalConfigs ?? row.personal_configs !== 0,
    };
    checkEnvironment(next);
    const at = this.#clock.now();
    await this.#store.write.updateEnvironment({
      ...{ id: row.id, at, ...next },
      event: event(caller, at, { action: 'environments.update', target: `environment:${row.id}`, outcome: 'ok' }),
      log: tell(caller, { project, environment: next.slug }, `Updated environment ${next.slug}`),
    });
    return { ...this.#view(row), ...next };
  }

  /** With all of its configs. @throws AppError ERR_NOT_FOUND, ERR_REQUEST_INVALID while one has live leases */
  async remove(caller: Caller, project: string, slug: string): Promise<void> {
    const { id } = await this.#row(project, slug);
    const at = this.#clock.now();
    await this.#store.write.deleteEnvironment({
      id,
      at,
      event: event(caller, at, { action: 'environments.delete', target: `environment:${id}`, outcome: 'ok' }),
      log: tell(caller, { project, environment: slug }, `Deleted environment ${slug}`),
    });
  }

  #view(row: EnvironmentRow): EnvironmentView {
    const { id, slug, name, project, created_at: createdAt } = row;
    const initialFetchAt = this.#fetches.ofEnvironment(id, row.initial_fetch_at);
    return { id, slug, name, project, personalConfigs: row.personal_configs !== 0, createdAt, initialFetchAt };
  }

  async #row(project: string, slug: string): Promise<EnvironmentRow> {
    const { id } = await this.#places.project(project);
    const row = await this.#store.read.findEnvironment({ projectId: id, slug });
    if (!row) throw notFound('environment', slug);
    return row;
  }
}

/** @throws AppError ERR_REQUEST_INVALID */
export function checkEnvironment({ slug, name }: NewEnvironmentWish): void {
  if (ENVIRONMENT_NAME.test(slug) && DISPLAY_NAME.test(name)) return;
  throw new AppError('ERR_REQUEST_INVALID', 'The environment name or slug is not valid.', {
    hint: "Names have 2 to 50 characters; slugs consist of letters, digits, '_' and '-'.",
  });
}

/** An environment to be written, with its root config of the same name. */
export function newEnvironment(
  wanted: { slug: string; name: string; personalConfigs: boolean },
  branches: readonly string[] = [],
): NewEnvironment {
  const config = (name: string) => ({ id: randomUUID(), name });
  return { id: randomUUID(), ...wanted, root: config(wanted.slug), branches: branches.map(config) };
}
