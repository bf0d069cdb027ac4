// secrets_environment: an environment of a project, with the root config of the same name.
import { AppError } from '#core/errors.js';
import { byAddress } from '../framework/import-address.ts';
import { bool, str } from '../framework/schema/words.ts';
import { environmentSlug, projectName, refuseChange } from './rules.ts';
import { resource } from './session.ts';

const FROZEN = ['name', 'personal_configs'] as const;

export const environment = resource('environment', {
  describe: 'An environment. It comes with a root config of the name of its slug, and goes with all of its configs.',
  attrs: {
    id: str.computed().keep().describe('project/slug'),
    project: projectName.required().replaces(),
    slug: environmentSlug.required().replaces().describe('Also the name of its root config.'),
    name: str.required().describe('For people. The engine cannot change it later.'),
    personal_configs: bool.default(false).describe('The engine cannot change it later.'),
    config: str.computed().keep().describe('The root config, for what lives in it.'),
    deletion_protection: bool
      .default(false)
      .describe('Refuses, at plan, to delete or replace the environment. Known to Terraform only.'),
  },
  create: async ({ client, planned }) => {
    const made = await client.write((engine) =>
      engine.createEnvironment({
        project: String(planned.project),
        slug: String(planned.slug),
        name: String(planned.name),
        personalConfigs: planned.personal_configs === true,
      }),
    );
    return { id: `${made.project}/${made.slug}`, config: made.slug };
  },
  read: async ({ client, prior, signal }) => {
    const place = { project: prior.project ?? '', environment: prior.slug ?? '' };
    const found = await client.read((engine) => engine.environment(place, signal));
    return {
      id: `${found.project}/${found.slug}`,
      project: found.project,
      slug: found.slug,
      name: found.name,
      personal_configs: found.personalConfigs,
      config: found.slug,
      deletion_protection: prior.deletion_protection ?? false,
    };
  },
  review: ({ prior, planned }) => refuseChange({ prior, planned }, FROZEN, 'every secret in it'),
  // Only deletion_protection changes in place, and that is ours alone.
  update: async ({ planned, prior }) => {
    const changed = FROZEN.find((name) => planned[name] !== prior[name]);
    if (changed) throw new AppError('ERR_CONFLICT', `The engine cannot change ${changed} of an environment.`);
    return { id: prior.id, config: prior.config };
  },
  delete: async ({ client, prior }) =>
    client.write((engine) => engine.deleteEnvironment({ project: prior.project, environment: prior.slug })),
  import: byAddress('project/slug'),
  refuseDelete: ({ prior }) =>
    prior.deletion_protection ? 'It is protected: set deletion_protection to false and apply that first.' : undefined,
});
