// Data sources: names and visibilities, for they land in state, where no value may.
import { list, map, str } from '../framework/schema/words.ts';
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
  describe: 'A config and what it holds: names with their visibility, never a value.',
  attrs: {
    project: projectName.required(),
    config: configName.required(),
    environment: str.computed(),
    secrets: map(str).computed().describe('Name to visibility.'),
  },
  read: async ({ client, config: { project, config }, signal }) => {
    const { environment } = await client.read((engine) => engine.config({ project, config }, signal));
    return { environment, secrets: await client.secretNames({ project, config }, signal) };
  },
});
