// secrets_config: a branch config of an environment; root configs come with their environments.
import { AppError } from '#core/errors.js';
import { byAddress } from '../framework/import-address.ts';
import { str } from '../framework/schema/words.ts';
import { configName, environmentSlug, projectName } from './rules.ts';
import { resource } from './session.ts';

export const config = resource('config', {
  describe: 'A branch config, which starts from the secrets of its environment. Every change makes another config.',
  attrs: {
    id: str.computed().keep().describe('project/name'),
    project: projectName.required().replaces(),
    environment: environmentSlug.required().replaces(),
    name: configName.required().replaces().describe('Begins with the environment and an underscore.'),
  },
  create: async ({ client, planned }) => {
    const asked = {
      project: String(planned.project),
      environment: String(planned.environment),
      name: String(planned.name),
    };
    const made = await client.write((engine) => engine.createConfig(asked));
    return { id: `${made.project}/${made.name}` };
  },
  read: async ({ client, prior, signal }) => {
    const place = { project: prior.project ?? '', config: prior.name ?? '' };
    const { project, environment, name, root } = await client.read((engine) => engine.config(place, signal));
    if (root) {
      throw new AppError('ERR_REQUEST_INVALID', `${project}/${name} is the root config of its environment.`, {
        hint: 'It is part of secrets_environment: import that.',
      });
    }
    return { id: `${project}/${name}`, project, environment, name };
  },
  delete: async ({ client, prior }) =>
    client.write((engine) => engine.deleteConfig({ project: prior.project, config: prior.name })),
  import: byAddress('project/name'),
});
