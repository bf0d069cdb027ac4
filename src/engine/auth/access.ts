// The gate that every route passes: may this caller do this, and in this place; refusals are audited before they leave.
import type { Clock } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import type { Store } from '../storage/store.ts';
import { type Caller, event } from './caller.ts';
import { type At, holds, MEMBER } from './grants.ts';
import { type Action, denied, may, type Where } from './permissions.ts';
import { notFound, type Place, type Places } from './places.ts';

/** Names from a request; with a service token both may be absent. */
export type ConfigNames = { project?: string | undefined; config?: string | undefined };

export class Access {
  readonly #store: Store;
  readonly #places: Places;
  readonly #clock: Clock;

  constructor({ store, places, clock }: { store: Store; places: Places; clock: Clock }) {
    this.#store = store;
    this.#places = places;
    this.#clock = clock;
  }

  /** @throws AppError ERR_ACCESS_DENIED, or `refusal`, audited */
  async require(caller: Caller, action: Action, where: Where, refusal?: AppError): Promise<void> {
    if (may(caller, action, where)) return;
    // Made here: an error costs its stack, and hardly anybody is refused.
    await this.#refuse(caller, { action, target: targetOf(where) }, refusal ?? denied(caller, action));
  }

  /**
   * The project that was asked for, if this caller may know of it and do this in it. Where `environment` is named, doing
   * it there is enough.
   * @throws AppError ERR_REQUEST_INVALID in Doppler's words for a service token of another project (1.2),
   * ERR_NOT_FOUND, ERR_ACCESS_DENIED
   */
  async project(caller: Caller, name: string | undefined, action: Action, environment?: string): Promise<string> {
    await this.#stayInBounds(caller, { project: name }, action);
    const project = name ?? caller.bound?.project;
    if (project === undefined) throw missing('project');
    if (caller.role === 'account') {
      const { id: projectId } = await this.#places.project(project);
      const at = { projectId, environmentId: await this.#environmentId(projectId, environment) };
      await this.#allow(caller, { action, at: { projectId }, hidden: notFound('project', project), done: at });
    }
    return project;
  }

  /**
   * The config that was asked for; a service token's own where nothing was named.
   * @throws AppError as `project`, for the config too
   */
  async place(caller: Caller, names: ConfigNames, action: Action): Promise<Place> {
    await this.#stayInBounds(caller, names, action);
    if (caller.bound) return caller.bound;
    if (names.project === undefined) throw missing('project');
    if (names.config === undefined) throw missing('config');
    if (caller.role !== 'account') return this.#places.config(names.project, names.config);
    // A project that may not be seen is found no more than one that is not there, and so are its configs.
    await this.project(caller, names.project, 'projects.read');
    const place = await this.#places.config(names.project, names.config);
    await this.#allow(caller, { action, at: place, hidden: notFound('config', names.config), done: place });
    return place;
  }

  async #environmentId(projectId: string, slug: string | undefined): Promise<string | undefined> {
    if (slug === undefined) return undefined;
    return (await this.#store.read.findEnvironment({ projectId, slug }))?.id;
  }

  async #allow(caller: Caller, ask: { action: Action; at: At; hidden: AppError; done: At }): Promise<void> {
    const { action, at, hidden, done } = ask;
    const target = `project:${at.projectId}`;
    if (!holds(caller.grants, MEMBER, at)) await this.#refuse(caller, { action, target }, hidden);
    if (!may(caller, action, done)) await this.#refuse(caller, { action, target }, denied(caller, action));
  }

  async #stayInBounds({ bound, ...caller }: Caller, { project, config }: ConfigNames, action: Action): Promise<void> {
    if (!bound) return;
    const strayed =
      project !== undefined && project !== bound.project
        ? { what: 'project', name: project }
        : config !== undefined && config !== bound.config
          ? { what: 'config', name: config }
          : undefined;
    if (!strayed) return;
    const message = `This token does not have access to requested ${strayed.what} '${strayed.name.slice(0, 80)}'`;
    const target = `config:${bound.configId}`;
    await this.#refuse(caller, { action, target }, new AppError('ERR_REQUEST_INVALID', message));
  }

  async #refuse(caller: Caller, what: { action: Action; target: string }, error: AppError): Promise<never> {
    const refused = event(caller, this.#clock.now(), { ...what, outcome: 'denied' });
    await this.#store.write.recordAudit({ events: [refused] });
    throw error;
  }
}

function targetOf(where: Where): string {
  if (where === 'somewhere') return 'engine';
  return 'projectId' in where ? `project:${where.projectId}` : `integration:${where.integrationId}`;
}

function missing(what: 'project' | 'config'): AppError {
  return new AppError('ERR_REQUEST_INVALID', `You must specify a ${what}`);
}
