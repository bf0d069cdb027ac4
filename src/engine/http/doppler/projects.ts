// Doppler routes of projects, environments and configs (contracts/doppler.md 2.2–2.4).
import { configAnswer, environmentAnswer, projectAnswer } from '#contract/doppler/answers.js';
import {
  configsQuery,
  environmentQuery,
  listPage,
  newConfig,
  newEnvironment,
  newProject,
  placeQuery,
  projectQuery,
} from '#contract/doppler/requests.js';
import type { Access } from '../../auth/access.ts';
import type { Configs } from '../../projects/configs.ts';
import type { Environments } from '../../projects/environments.ts';
import type { Projects } from '../../projects/projects.ts';
import { json } from '../answer.ts';
import { type Route, route } from '../route.ts';

type Parts = { access: Access; projects: Projects; environments: Environments; configs: Configs };
const DONE = { success: true };

export function projectRoutes({ access, projects }: Parts): Route[] {
  return [
    route('GET', '/projects', 'projects.list', async ({ caller, input }) => {
      const page = input(listPage);
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
    route('DELETE', '/projects/project', 'projects.delete', async ({ caller, input }) => {
      const name = await access.project(caller, input(projectQuery).project, 'projects.delete');
      await projects.remove(caller, name);
      return json(DONE);
    }),
  ];
}

export function environmentRoutes({ access, environments }: Parts): Route[] {
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
    route('DELETE', '/environments/environment', 'environments.delete', async ({ caller, input }) => {
      const { project, environment } = input(environmentQuery);
      const home = await access.project(caller, project, 'environments.delete', environment);
      await environments.remove(caller, home, environment);
      return json(DONE);
    }),
  ];
}

export function configRoutes({ access, configs }: Parts): Route[] {
  return [
    route('GET', '/configs', 'configs.list', async ({ caller, input }) => {
      const { project, ...filter } = input(configsQuery);
      const home = await access.project(caller, project, 'configs.list');
      const found = await configs.list(caller, home, filter);
      return json({ page: filter.page, configs: found.map(configAnswer), ...DONE });
    }),
    route('POST', '/configs', 'configs.manage', async ({ caller, input }) => {
      const { project, environment, name } = input(newConfig);
      const home = await access.project(caller, project, 'configs.manage', environment);
      const config = await configs.create(caller, { project: home, environment, name });
      return json({ config: configAnswer(config), ...DONE });
    }),
    route('GET', '/configs/config', 'configs.read', async ({ caller, input }) => {
      const place = await access.place(caller, input(placeQuery), 'configs.read');
      return json({ config: configAnswer(await configs.get(place)), ...DONE });
    }),
    route('DELETE', '/configs/config', 'configs.delete', async ({ caller, input }) => {
      const place = await access.place(caller, input(placeQuery), 'configs.delete');
      await configs.remove(caller, place);
      return json(DONE);
    }),
    // The CLI's liveness ping (contracts/doppler.md 2.4).
    route('GET', '/configs/config/ping', 'configs.read', async ({ caller, input }) => {
      await access.place(caller, input(placeQuery), 'configs.read');
      return json(DONE);
    }),
  ];
}
