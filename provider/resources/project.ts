// secrets_project: a project, which holds environments and goes with everything in it.
import { byAddress } from '../framework/import-address.ts';
import { str } from '../framework/schema/words.ts';
import { known } from '../framework/unknown.ts';
import { deletionProtection, projectName, refuseProtected } from './rules.ts';
import { resource } from './session.ts';

export const project = resource('project', {
  describe: 'A project. Deleting it deletes its environments and every secret in them.',
  attrs: {
    id: str.computed().keep().describe('The name.'),
    name: projectName.required().replaces().describe('Another name is another project: secrets do not move along.'),
    description: str.default(''),
    deletion_protection: deletionProtection,
  },
  create: async ({ client, planned }) => {
    const { name } = await client.write((engine) =>
      engine.createProject({
        name: String(planned.name),
        description: String(planned.description),
        usual: false,
        isProtected: orAbsent(known(planned.deletion_protection)),
      }),
    );
    return { id: name };
  },
  read: async ({ client, prior, signal }) => {
    const found = await client.read((engine) => engine.project(prior.name ?? prior.id ?? '', signal));
    const { name, description, isProtected } = found;
    return { id: name, name, description, deletion_protection: isProtected ?? prior.deletion_protection ?? false };
  },
  update: async ({ client, planned, prior }) => {
    const isProtected = known(planned.deletion_protection);
    const next = {
      description: String(planned.description),
      isProtected: isProtected === prior.deletion_protection ? undefined : isProtected,
    };
    await client.write((engine) => engine.updateProject(prior.name, next));
    return { id: prior.id };
  },
  delete: async ({ client, prior }) => client.write((engine) => engine.deleteProject(prior.name)),
  import: byAddress('name'),
  refuseDelete: refuseProtected,
});

/** A cloud does not know protection: it is only told of it where somebody asks for it. */
function orAbsent(isProtected: boolean | undefined): true | undefined {
  return isProtected === true ? true : undefined;
}
