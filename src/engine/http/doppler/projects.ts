// Doppler routes of projects and environments (contracts/doppler.md 2.2, 2.3).
import { environmentAnswer, projectAnswer } from '#contract/doppler/answers.js';
import { environmentUpdate, projectUpdate } from '#contract/doppler/config-requests.js';
import {
  environmentQuery,
  newEnvironment,
  newProject,
  projectQuery,
  projectsPage,
  templateImport,
} from '#contract/doppler/requests.js';
import type { Access } from '../../auth/access.ts';
import type { Environments } from '../../projects/environments.ts';
import type { TemplateImport } from '../../templates/import.ts';
import type { Projects } from '../../projects/projects.ts';
import { json } from '../answer.ts';
import { type Route, route } from '../route.ts';

type Parts = { access: Access; projects: Projects; imports: TemplateImport; environments: Environments };
const DONE = { success: true };

export function projectRoutes({ access, projects, imports }: Omit<Parts, 'environments'>): Route[] {
  return [
    route('POST', '/workplace/template/import', 'projects.create', async ({ caller, input }) => {
      const made = await imports.import(caller, input(templateImport).template);
      return json({ projects: made.map(projectAnswer), ...DONE });
    }),
    route('GET', '/projects', 'projects.list', async ({ caller, input }) => {
      const page = input(projectsPage);
      const found = await projects.list(caller, page);
      return json({ page: page.page, projects: found.map(projectAnswer), ...DONE });
    }),
    route('POST', '/projects', 'projects.create', async ({ caller, input }) => {
      const project = await projects.create(caller, input(newProject));
      return json({ project: projectAnswer(project), ...DONE });
    }),
    route('GET', '/projects/project', 'projects.read', async ({ caller, input }) => {
      const name = await access.project(caller, input(projectQuery).project, 'projects.read');
      return json({ project: projectAnswer(await projects.get(name)), ...DONE });
    }),
    route('POST', '/projects/project', 'projects.manage', async ({ caller, input }) => {
      const { project, name, ...wanted } = input(projectUpdate);
      const home = await access.project(caller, project, 'projects.manage');
      // Whoever lifts the protection could then delete.
      if (wanted.isProtected !== undefined) await access.project(caller, project, 'projects.delete');
      const updated = await projects.update(caller, home, { ...wanted, name: name ?? home });
      return json({ project: projectAnswer(updated), ...DONE });
    }),
    route('DELETE', '/projects/project', 'projects.delete', async ({ caller, input }) => {
      const name = await access.project(caller, input(projectQuery).project, 'projects.delete');
      await projects.remove(caller, name);
      return json(DONE);
    }),
  ];
}

export function environmentRoutes({ access, environments }: Pick<Parts, 'access' | 'environments'>): Route[] {
  return [
    route('GET', '/environments', 'environments.list', async ({ caller, input }) => {
      const project = await access.project(caller, input(projectQuery).project, 'environments.list');
      const found = await environments.list(caller, project);
      return json({ page: 1, environments: found.map(environmentAnswer), ...DONE });
    }),
    route('POST', '/environments', 'environments.manage', async ({ caller, input }) => {
      const { project, wanted } = input(newEnvironment);
      const home = await access.project(caller, project, 'environments.manage');
      return json({ environment: environmentAnswer(await environments.create(caller, home, wanted)), ...DONE });
    }),
    route('GET', '/environments/environment', 'environments.read', async ({ caller, input }) => {
      const { project, environment } = input(environmentQuery);
      const home = await access.project(caller, project, 'environments.read', environment);
      return json({ environment: environmentAnswer(await environments.get(home, environment)), ...DONE });
    }),
    route('PUT', '/environments/environment', 'environments.rename', async ({ caller, input }) => {
      const { project, environment, wanted } = input(environmentUpdate);
      const home = await access.project(caller, project, 'environments.rename', environment);
      const updated = await environments.update(caller, { project: home, slug: environment }, wanted);
      return json({ environment: environmentAnswer(updated), ...DONE });
    }),
    route('DELETE', '/environments/environment', 'environments.delete', async ({ caller, input }) => {
      const { project, environment } = input(environmentQuery);
      const home = await access.project(caller, project, 'environments.delete', environment);
      await environments.remove(caller, home, environment);
      return json(DONE);
    }),
  ];
}
