// Data sources: names, visibilities and versions, for they land in state, where no value may.
import { int, list, map, str } from '../framework/schema/words.ts';
import { configName, projectName } from './rules.ts';
import { dataSource } from './session.ts';

export const projectData = dataSource('project', {
  describe: 'A project and the slugs of its environments.',
  attrs: { name: projectName.required(), description: str.computed(), environments: list(str).computed() },
  read: async ({ client, config: { name }, signal }) => {
    const { description } = await client.read((engine) => engine.project(name, signal));
    const environments = await client.read((engine) => engine.environments(name, signal));
    return { description, environments: environments.map(({ slug }) => slug) };
  },
});

export const configData = dataSource('config', {
  describe: 'A config and what it holds: names with visibility and version, never a value.',
  attrs: {
    project: projectName.required(),
    config: configName.required(),
    environment: str.computed(),
    secrets: map(str).computed().describe('Name to visibility.'),
    versions: map(int).computed().describe('Name to version of the value; empty where the service has none.'),
  },
  read: async ({ client, config: { project, config }, signal }) => {
    const { environment } = await client.read((engine) => engine.config({ project, config }, signal));
    const secrets = await client.secrets.metadata({ project, config }, signal);
    return {
      environment,
      secrets: new Map([...secrets].map(([name, { visibility }]) => [name, visibility])),
      versions: new Map(
        [...secrets].flatMap(([name, { version }]) => (version === undefined ? [] : [[name, version]])),
      ),
    };
  },
});
