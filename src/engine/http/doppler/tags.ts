// Doppler routes of tags: the workplace's own, and those that a project wears (contracts/doppler.md 2.2).
import { newTag, projectTag, tagAnswer, tagQuery, tagUpdate } from '#contract/doppler/tags.js';
import { projectQuery } from '#contract/doppler/requests.js';
import type { Access } from '../../auth/access.ts';
import type { Tags } from '../../projects/tags.ts';
import { json, noContent } from '../answer.ts';
import { type Call, type Route, route } from '../route.ts';

const ALL = '/workplace/tags';
const ONE = `${ALL}/tag/:tag`;
const WORN = '/projects/project/tags';

export function tagRoutes({ access, tags }: { access: Access; tags: Tags }): Route[] {
  const unassign = async ({ caller, input }: Call) => {
    const { project, tag } = input(projectTag);
    await tags.unassign(caller, await access.project(caller, project, 'projects.tag'), tag);
    return noContent();
  };
  return [
    route('GET', ALL, 'tags.read', async () => json({ tags: (await tags.list()).map(tagAnswer), success: true })),
    route('POST', ALL, 'tags.create', async ({ caller, input }) =>
      json({ tag: tagAnswer(await tags.create(caller, input(newTag))), success: true }),
    ),
    route('GET', ONE, 'tags.read', async ({ input }) =>
      json({ tag: tagAnswer(await tags.get(input(tagQuery).tag)), success: true }),
    ),
    route('PATCH', ONE, 'tags.update', async ({ caller, input }) => {
      const { tag, change } = input(tagUpdate);
      return json({ tag: tagAnswer(await tags.update(caller, tag, change)), success: true });
    }),
    route('DELETE', ONE, 'tags.delete', async ({ caller, input }) => {
      await tags.remove(caller, input(tagQuery).tag);
      return noContent();
    }),
    route('GET', WORN, 'projects.read', async ({ caller, input }) => {
      const home = await access.project(caller, input(projectQuery).project, 'projects.read');
      return json({ tags: (await tags.ofProject(home)).map(tagAnswer), success: true });
    }),
    route('POST', WORN, 'projects.tag', async ({ caller, input }) => {
      const { project, tag } = input(projectTag);
      const home = await access.project(caller, project, 'projects.tag');
      return json({ tag: tagAnswer(await tags.assign(caller, home, tag)), success: true });
    }),
    // The reference names the tag in the path, the contract in the body or the query.
    route('DELETE', WORN, 'projects.tag', unassign),
    route('DELETE', `${WORN}/tag/:tag`, 'projects.tag', unassign),
  ];
}
