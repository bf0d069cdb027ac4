// secrets_project: a project, which holds environments and goes with everything in it.
import { AppError } from '#core/errors.js';
import { byAddress } from '../framework/import-address.ts';
import { bool, str } from '../framework/schema/words.ts';
import { projectName, refuseChange } from './rules.ts';
import { resource } from './session.ts';

const FROZEN = ['description'] as const;

export const project = resource('project', {
  describe: 'A project. Deleting it deletes its environments and every secret in them.',
  attrs: {
    id: str.computed().keep().describe('The name.'),
    name: projectName.required().replaces().describe('Another name is another project.'),
    description: str.default('').describe('Set when the project is made; the engine cannot change it.'),
    deletion_protection: bool
      .default(false)
      .describe('Refuses, at plan, to delete or replace the project. Known to Terraform only.'),
  },
  create: async ({ client, planned }) => {
    const asked = { name: String(planned.name), description: String(planned.description), usual: false };
    const { name } = await client.write((engine) => engine.createProject(asked));
    return { id: name };
  },
  read: async ({ client, prior, signal }) => {
    const { name, description } = await client.read((engine) => engine.project(prior.name ?? prior.id ?? '', signal));
    return { id: name, name, description, deletion_protection: prior.deletion_protection ?? false };
  },
  review: ({ prior, planned }) => refuseChange({ prior, planned }, FROZEN, 'all that is in the project'),
  // Only deletion_protection changes in place, and that is ours alone.
  update: async ({ planned, prior }) => {
    if (planned.description !== prior.description) throw new AppError('ERR_CONFLICT', 'The description cannot change.');
    return { id: prior.id };
  },
  delete: async ({ client, prior }) => client.write((engine) => engine.deleteProject(prior.name)),
  import: byAddress('name'),
  refuseDelete: ({ prior }) =>
    prior.deletion_protection ? 'It is protected: set deletion_protection to false and apply that first.' : undefined,
});
