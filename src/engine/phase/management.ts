// Apps and environments managed in Phase's words: what is deleted takes its leases with it, to the target.
import { AppError } from '#core/errors.js';
import { by, type Caller } from '../auth/caller.ts';
import type { IntegrationService } from '../integrations/definitions.ts';
import type { Environments, EnvironmentView } from '../projects/environments.ts';
import type { Projects, ProjectView } from '../projects/projects.ts';
import type { PlaceId } from '../storage/operations/place-end.ts';
import type { EnvironmentRow, ProjectRow } from '../storage/operations/projects.ts';
import type { Store } from '../storage/store.ts';

type Parts = {
  store: Pick<Store, 'read'>;
  projects: Projects;
  environments: Environments;
  integrations: Pick<IntegrationService, 'deleteDynamicSecretsIn'>;
};

export type NewApp = {
  name: string;
  description?: string | undefined;
  /** Instead of the usual ones. */
  environments?: readonly string[] | undefined;
};

/** What is undefined stays. */
export type AppChange = { name?: string | undefined; description?: string | undefined };

export class PhaseManagement {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** @throws AppError ERR_REQUEST_INVALID */
  async createApp(caller: Caller, { name, description = '', environments }: NewApp): Promise<ProjectView> {
    return this.#parts.projects.create(caller, { name, description, environments: environments?.map(wish) });
  }

  /** @throws AppError ERR_REQUEST_INVALID */
  async updateApp(caller: Caller, app: ProjectRow, wanted: AppChange): Promise<ProjectView> {
    const { name = app.name, description } = wanted;
    return this.#parts.projects.update(caller, app.name, { name, description });
  }

  /** With everything in it, leases first. @throws AppError as `removeEnvironment` */
  async removeApp(caller: Caller, app: ProjectRow): Promise<void> {
    await this.#endLeases(caller, { projectId: app.id });
    await this.#parts.projects.remove(caller, app.name);
  }

  /** @throws AppError ERR_CONFLICT where the app has one of that name, in whatever case */
  async createEnvironment(caller: Caller, app: ProjectRow, name: string): Promise<EnvironmentView> {
    await this.#refuseTaken(app.id, name);
    return this.#parts.environments.create(caller, app.name, wish(name));
  }

  /** Doppler's side goes on to know it by its slug. @throws AppError ERR_CONFLICT as `createEnvironment` */
  async renameEnvironment(caller: Caller, row: EnvironmentRow, name: string): Promise<EnvironmentView> {
    await this.#refuseTaken(row.project_id, name, row.id);
    return this.#parts.environments.update(caller, row, { name });
  }

  /**
   * With everything in it. Its leases are ended first, for which a target gets 10 s.
   * @throws AppError ERR_REQUEST_INVALID where something is protected, before anything is done; ERR_CONFLICT while a
   * target has not ended everything, when nothing can be leased there any more and the ends are tried on
   */
  async removeEnvironment(caller: Caller, row: EnvironmentRow): Promise<void> {
    await this.#endLeases(caller, { environmentId: row.id });
    await this.#parts.environments.remove(caller, row.project, row.slug);
  }

  async #endLeases(caller: Caller, place: PlaceId): Promise<void> {
    const left = await this.#parts.integrations.deleteDynamicSecretsIn(place, by(caller));
    if (left === 0) return;
    throw new AppError('ERR_CONFLICT', `Of the leases in it ${left} are still being revoked at their targets.`, {
      hint: 'Nothing can be leased there any more. Delete it again when the targets have answered.',
    });
  }

  async #refuseTaken(projectId: string, name: string, except?: string): Promise<void> {
    const all = await this.#parts.store.read.listEnvironments({ projectId });
    const wanted = name.toLowerCase();
    const others = all.filter(({ id }) => id !== except);
    if (!others.some((one) => one.name.toLowerCase() === wanted || one.slug.toLowerCase() === wanted)) return;
    throw new AppError('ERR_CONFLICT', 'The app has an environment of this name already.');
  }
}

function wish(name: string) {
  return { name, slug: name.toLowerCase(), personalConfigs: false };
}
