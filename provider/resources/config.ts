// secrets_config: a branch config of an environment; root configs come with their environments.
import type { ConfigPlace } from '#client/management.js';
import { AppError, asAppError } from '#core/errors.js';
import { partial } from '../framework/definitions.ts';
import { byAddress } from '../framework/import-address.ts';
import { bool, list, str } from '../framework/schema/words.ts';
import { known } from '../framework/unknown.ts';
import {
  configName,
  deletionProtection,
  emptyAsBefore,
  environmentSlug,
  projectName,
  refuseProtected,
} from './rules.ts';
import { resource, type Session } from './session.ts';

const ADDRESS = /^[^/]+\/[^/]+$/;

type Settings = { inheritable: boolean; inherits: readonly string[]; isProtected: boolean };

export const config = resource('config', {
  describe: 'A branch config, which starts from the secrets of its environment.',
  attrs: {
    id: str.computed().keep().describe('project/name'),
    project: projectName.required().replaces(),
    environment: environmentSlug.required().replaces(),
    name: configName.required().describe('Begins with the environment and an underscore. Renamed in place.'),
    inheritable: bool.default(false).describe('Whether other configs may inherit from it.'),
    inherits: list(str.matches(ADDRESS, 'have the form project/config'))
      .optional()
      .describe('Configs whose secrets it has too, as project/config; later ones win.'),
    deletion_protection: deletionProtection,
  },
  create: async ({ client, planned, config: wanted }) => {
    const asked = { project: wanted.project, environment: wanted.environment, name: wanted.name };
    const made = await client.write((engine) => engine.createConfig(asked));
    const id = `${made.project}/${made.name}`;
    try {
      await settle(client, { project: made.project, config: made.name }, NEW, settingsOf(planned));
      return { id };
    } catch (error) {
      return partial({ id }, asAppError(error));
    }
  },
  read: async ({ client, prior, signal }) => {
    const place = { project: prior.project ?? '', config: prior.name ?? '' };
    const found = await client.read((engine) => engine.config(place, signal));
    const { project, environment, name, root, inheritable, inherits, isProtected } = found;
    if (root) {
      throw new AppError('ERR_REQUEST_INVALID', `${project}/${name} is the root config of its environment.`, {
        hint: 'It is part of secrets_environment: import that.',
      });
    }
    const sources = inherits.map((source) => `${source.project}/${source.config}`);
    return {
      ...{ id: `${project}/${name}`, project, environment, name, inheritable },
      inherits: emptyAsBefore(sources, prior.inherits),
      deletion_protection: isProtected ?? prior.deletion_protection ?? false,
    };
  },
  update: async ({ client, planned, prior }) => {
    const name = String(planned.name);
    const place = { project: prior.project, config: prior.name };
    const id = `${prior.project}/${name}`;
    if (name !== prior.name) await client.write((engine) => engine.updateConfig(place, { name }));
    try {
      await settle(client, { ...place, config: name }, settingsOf(prior), settingsOf(planned));
      return { id };
    } catch (error) {
      return partial({ id, name }, asAppError(error));
    }
  },
  differs: async ({ prior, config: wanted }) => (wanted.name === prior.name ? [] : ['id']),
  delete: async ({ client, prior }) =>
    client.write((engine) => engine.deleteConfig({ project: prior.project, config: prior.name })),
  import: byAddress('project/name'),
  refuseDelete: refuseProtected,
});

const NEW: Settings = { inheritable: false, inherits: [], isProtected: false };

function settingsOf(fields: { inheritable: unknown; inherits: unknown; deletion_protection: unknown }): Settings {
  const inherits = known(fields.inherits);
  return {
    inheritable: fields.inheritable === true,
    inherits: Array.isArray(inherits) ? inherits.map(String) : [],
    isProtected: fields.deletion_protection === true,
  };
}

/**
 * Only what differs is sent: a cloud without inheritance is not asked about it. What inherits cannot be inherited from,
 * so that what is given up goes first.
 */
async function settle(client: Session, place: ConfigPlace, before: Settings, after: Settings): Promise<void> {
  const share = async () => {
    if (after.inheritable === before.inheritable) return;
    await client.write((engine) => engine.setInheritable(place, after.inheritable));
  };
  const inherit = async () => {
    if (after.inherits.join() === before.inherits.join()) return;
    await client.write((engine) => engine.setInherits(place, after.inherits.map(sourceAt)));
  };
  for (const step of after.inheritable ? [inherit, share] : [share, inherit]) await step();
  if (after.isProtected === before.isProtected) return;
  await client.write((engine) => engine.updateConfig(place, { isProtected: after.isProtected }));
}

function sourceAt(address: string): ConfigPlace {
  const [project = '', config = ''] = address.split('/');
  return { project, config };
}
