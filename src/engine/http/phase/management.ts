// Phase routes that manage apps and environments, which Doppler's side sees as projects and environments (contracts/phase.md 7).
import { appAnswer, environmentAnswer, listed } from '#contract/phase/management-answers.js';
import {
  appChange,
  appParams,
  environmentChange,
  environmentParams,
  environmentsQuery,
  newApp,
  newEnvironment,
} from '#contract/phase/management-requests.js';
import { AppError } from '#core/errors.js';
import type { PhaseManagement } from '../../phase/management.ts';
import type { Projects } from '../../projects/projects.ts';
import { json, noContent } from '../answer.ts';
import type { Route } from '../route.ts';
import { appOf, environmentOf, type PlaceParts } from './place.ts';
import { everyPage, phaseRoute } from './wire.ts';

export type ManagementParts = PlaceParts & { management: PhaseManagement; projects: Projects };

const APPS = '/v1/apps/';
const APP = `${APPS}:app/` as const;
const ENVIRONMENTS = '/v1/environments/';
const ENVIRONMENT = `${ENVIRONMENTS}:environment/` as const;
const CREATED = { status: 201 };

export function phaseAppRoutes(parts: ManagementParts): Route[] {
  const { management, projects } = parts;
  return [
    phaseRoute('GET', APPS, 'projects.list', async ({ caller }) => {
      const all = await everyPage((page) => projects.list(caller, page));
      return json(listed(all.map(appAnswer)));
    }),
    phaseRoute('POST', APPS, 'projects.create', async ({ caller, input }) =>
      json(appAnswer(await management.createApp(caller, input(newApp))), CREATED),
    ),
    phaseRoute('GET', APP, 'projects.read', async (call) => {
      const { created_at: createdAt, ...app } = await appOf(parts, call, call.input(appParams).app, 'projects.read');
      return json(appAnswer({ ...app, createdAt }));
    }),
    phaseRoute('PUT', APP, 'projects.manage', async (call) => {
      const { app: id, ...wanted } = call.input(appChange);
      const app = await appOf(parts, call, id, 'projects.manage');
      return json(appAnswer(await management.updateApp(call.caller, app, wanted)));
    }),
    phaseRoute('DELETE', APP, 'projects.delete', async (call) => {
      await management.removeApp(call.caller, await appOf(parts, call, call.input(appParams).app, 'projects.delete'));
      return noContent();
    }),
  ];
}

export function phaseEnvironmentRoutes(parts: ManagementParts): Route[] {
  const { apps, management } = parts;
  return [
    phaseRoute('GET', ENVIRONMENTS, 'environments.list', async (call) => {
      const app = await appOf(parts, call, named(call.input(environmentsQuery).app_id), 'environments.list');
      return json(listed((await apps.environments(call.caller, app.id)).map(environmentAnswer)));
    }),
    phaseRoute('POST', ENVIRONMENTS, 'environments.manage', async (call) => {
      const { app_id: id, name } = call.input(newEnvironment);
      const app = await appOf(parts, call, named(id), 'environments.manage');
      const made = await management.createEnvironment(call.caller, app, name);
      const shown = (await apps.environments(call.caller, app.id)).find((one) => one.id === made.id);
      return json(environmentAnswer({ ...made, index: shown?.index ?? 0 }), CREATED);
    }),
    phaseRoute('GET', ENVIRONMENT, 'environments.read', async (call) => {
      const { environment } = call.input(environmentParams);
      return json(environmentAnswer((await environmentOf(parts, call, environment, 'environments.read')).shown));
    }),
    phaseRoute('PUT', ENVIRONMENT, 'environments.rename', async (call) => {
      const { environment, name } = call.input(environmentChange);
      const { row, shown } = await environmentOf(parts, call, environment, 'environments.rename');
      const renamed = await management.renameEnvironment(call.caller, row, name);
      return json(environmentAnswer({ ...shown, name: renamed.name }));
    }),
    phaseRoute('DELETE', ENVIRONMENT, 'environments.delete', async (call) => {
      const { environment } = call.input(environmentParams);
      const { row } = await environmentOf(parts, call, environment, 'environments.delete');
      await management.removeEnvironment(call.caller, row);
      return noContent();
    }),
  ];
}

function named(id: string | undefined): string {
  if (id !== undefined) return id;
  throw new AppError('ERR_ACCESS_DENIED', 'The request names no app.', { hint: 'Give app_id in the query.' });
}
