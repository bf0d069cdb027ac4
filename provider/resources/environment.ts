// secrets_environment: an environment of a project, with the root config of the same name.
import { byAddress } from '../framework/import-address.ts';
import { bool, str } from '../framework/schema/words.ts';
import { deletionProtection, environmentSlug, projectName, refuseProtected } from './rules.ts';
import { resource } from './session.ts';

export const environment = resource('environment', {
  describe: 'An environment. It comes with a root config of the name of its slug, and goes with all of its configs.',
  attrs: {
    id: str.computed().keep().describe('project/slug'),
    project: projectName.required().replaces(),
    slug: environmentSlug.required().replaces().describe('Also the name of its root config.'),
    name: str.required().describe('For people.'),
    personal_configs: bool.default(false),
    config: str.computed().keep().describe('The root config, for what lives in it.'),
    deletion_protection: deletionProtection.describe('Refuses, at plan, to delete or to replace it.'),
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
  update: async ({ client, planned, prior }) => {
    const next = {
      name: String(planned.name),
      slug: prior.slug,
      personalConfigs: planned.personal_configs === true,
    };
    if (next.name !== prior.name || next.personalConfigs !== prior.personal_configs) {
      const place = { project: prior.project, environment: prior.slug };
      await client.write((engine) => engine.updateEnvironment(place, next));
    }
    return { id: prior.id, config: prior.config };
  },
  delete: async ({ client, prior }) =>
    client.write((engine) => engine.deleteEnvironment({ project: prior.project, environment: prior.slug })),
  import: byAddress('project/slug'),
  refuseDelete: refuseProtected,
});
