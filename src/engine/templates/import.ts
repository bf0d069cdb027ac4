// Projects made from a template: environments, configs and secrets in one go or none, references among them kept.
import { randomUUID } from 'node:crypto';
import type { Clock } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import type { Sensitive } from '#core/sensitive.js';
import { by, type Caller, done } from '../auth/caller.ts';
import type { Place } from '../auth/places.ts';
import type { Keyring } from '../keyring/keyring.ts';
import type { SecretChanges } from '../secrets/changes.ts';
import { Draft } from '../secrets/draft.ts';
import { EdgeMaker } from '../secrets/edges.ts';
import type { SecretParts } from '../secrets/parts.ts';
import { checkForm } from '../secrets/plan.ts';
import type { CountLimit } from '../storage/operations/configs.ts';
import type { NewEnvironment, ProjectRow } from '../storage/operations/projects.ts';
import { checkBranchName } from '../projects/configs.ts';
import type { Counts } from '../projects/counts.ts';
import { checkEnvironment, newEnvironment } from '../projects/environments.ts';
import { checkProject, founder, projectView, type ProjectView, usualEnvironments } from '../projects/projects.ts';
import { tell } from '../projects/telling.ts';
import { readTemplate, type TemplateProject } from './template.ts';

type Parts = SecretParts & { clock: Clock; keyring: Keyring; counts: Counts };
type Planned = {
  project: ProjectRow;
  environments: readonly NewEnvironment[];
  places: readonly Place[];
  drafts: readonly Draft[];
};

export class TemplateImport {
  readonly #parts: Parts;
  readonly #changes: SecretChanges;

  constructor(parts: Parts, changes: SecretChanges) {
    this.#parts = parts;
    this.#changes = changes;
  }

  /**
   * References into configs outside the template are followed where the caller may read what they name, as always.
   * @throws AppError ERR_REQUEST_INVALID for a template that is none, a name that is taken, or one thing too many
   */
  async import(caller: Caller, template: Sensitive): Promise<ProjectView[]> {
    const { store, keyring, clock, counts } = this.#parts;
    const at = clock.now();
    const planned = readTemplate(template).map((one) => this.#plan(one, at));
    for (const { project } of planned) await keyring.prepare(`project:${project.id}`);
    const edges = new EdgeMaker(
      this.#parts,
      caller,
      planned.flatMap(({ places }) => places),
    );
    const full = planned.flatMap(({ places, drafts }) =>
      places.flatMap((home) => drafts.flatMap((draft) => (draft.configId === home.configId ? [{ home, draft }] : []))),
    );
    const puts = (await Promise.all(full.map((one) => this.#changes.putsAt(caller, { ...one, edges })))).flat();
    await store.write.importProjects({
      projects: planned.map(({ project, environments }) => ({
        ...{ project, environments, member: founder(caller, project), limit: counts.limit('projects') },
        log: tell(caller, { project: project.name }, `Created project ${project.name}`),
      })),
      ...{ puts, at, actor: by(caller).actor },
      logs: full.flatMap(({ home, draft }) => this.#changes.logsAt(caller, home, draft)),
      events: planned.map(({ project, places, drafts }) => {
        const detail = {
          configs: places.length,
          secrets: drafts.reduce((sum, { touched }) => sum + touched.length, 0),
        };
        return done(caller, at, 'projects.import', `project:${project.id}`, detail);
      }),
    });
    return planned.map(({ project }) => projectView(project));
  }

  #plan(wanted: TemplateProject, at: number): Planned {
    const { name, description } = wanted;
    checkProject(wanted);
    const project = { id: randomUUID(), name, description, deletion_protection: 0, created_at: at };
    const environments = wanted.environments?.map((one) => this.#environment(one)) ?? usualEnvironments();
    const { limit } = this.#parts.counts;
    refuseMore(environments.length, limit('environments'));
    const places = environments.flatMap((environment) => placesOf(project, environment));
    for (const { branches } of environments) refuseMore(1 + branches.length, limit('configs'));
    return { project, environments, places, drafts: draftsOf(wanted, places) };
  }

  #environment({ slug, name, branches }: { slug: string; name: string; branches: readonly string[] }): NewEnvironment {
    const wish = { slug, name, personalConfigs: false };
    checkEnvironment(wish);
    for (const branch of branches) checkBranchName(slug, branch);
    return newEnvironment(wish, branches);
  }
}

function placesOf(project: ProjectRow, { id, slug, root, branches }: NewEnvironment): Place[] {
  const around = { projectId: project.id, project: project.name, environmentId: id, environment: slug };
  return [
    { ...around, configId: root.id, config: root.name, rootConfigId: null },
    ...branches.map((branch) => ({ ...around, configId: branch.id, config: branch.name, rootConfigId: root.id })),
  ];
}

/** Roots come before their branches, whose limits count what they have from them. */
function draftsOf({ secrets }: TemplateProject, places: readonly Place[]): Draft[] {
  for (const config of secrets.keys()) {
    if (places.some((place) => place.config === config)) continue;
    throw invalid(`The template has secrets for a config '${config.slice(0, 80)}' that it does not have.`);
  }
  const drafts = new Map<string, Draft>();
  for (const { configId, config, rootConfigId } of places) {
    const draft = new Draft(configId, new Map());
    for (const [name, text] of secrets.get(config) ?? []) {
      checkForm({ name, value: text, valueType: 'string' }, (why) => {
        throw invalid(`In the template's config '${config}': ${why}`);
      });
      const size = Buffer.byteLength(text.reveal());
      draft.put(name, { value: { text, size }, visibility: 'masked', valueType: 'string', isProtected: false });
    }
    draft.checkLimits(drafts.get(rootConfigId ?? ''));
    drafts.set(configId, draft);
  }
  return [...drafts.values()];
}

function refuseMore(count: number, limit: CountLimit): void {
  if (limit && count > limit.most) throw invalid(limit.message);
}

function invalid(message: string): AppError {
  return new AppError('ERR_REQUEST_INVALID', message);
}
