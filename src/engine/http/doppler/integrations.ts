// Routes of integrations and of dynamic secrets (contracts/doppler.md 2.11; engine extension of design.md §6).
import { dynamicSecretAnswer, integrationAnswer } from '#contract/doppler/answers.js';
import {
  dynamicSecretQuery,
  dynamicSecretUpdate,
  integrationQuery,
  integrationUpdate,
  newDynamicSecret,
  newIntegration,
  placeQuery,
} from '#contract/doppler/requests.js';
import { AppError } from '#core/errors.js';
import type { Access } from '../../auth/access.ts';
import { by } from '../../auth/caller.ts';
import type { IntegrationService } from '../../integrations/definitions.ts';
import { json } from '../answer.ts';
import { type Route, route } from '../route.ts';

type Parts = { access: Access; integrations: IntegrationService };
const DONE = { success: true };

export function integrationRoutes({ integrations }: Parts): Route[] {
  return [
    route('GET', '/integrations', 'integrations.manage', async () =>
      json({ integrations: (await integrations.listIntegrations()).map(integrationAnswer), ...DONE }),
    ),
    route('POST', '/integrations', 'integrations.manage', async ({ caller, input }) => {
      const integration = await integrations.createIntegration(input(newIntegration), by(caller));
      return json({ integration: integrationAnswer(integration), ...DONE });
    }),
    route('GET', '/integrations/integration', 'integrations.manage', async ({ input }) => {
      const wanted = input(integrationQuery).integration;
      const all = await integrations.listIntegrations();
      const found = all.find(({ slug, name }) => slug === wanted || name === wanted);
      if (!found) throw new AppError('ERR_NOT_FOUND', 'Could not find requested integration');
      return json({ integration: integrationAnswer(found), ...DONE });
    }),
    route('PUT', '/integrations/integration', 'integrations.manage', async ({ caller, input }) => {
      const { integration, changes } = input(integrationUpdate);
      const updated = await integrations.updateIntegration(integration, changes, by(caller));
      return json({ integration: integrationAnswer(updated), ...DONE });
    }),
    route('DELETE', '/integrations/integration', 'integrations.manage', async ({ caller, input }) => {
      await integrations.deleteIntegration(input(integrationQuery).integration, by(caller));
      return json(DONE);
    }),
  ];
}

export function dynamicSecretRoutes({ access, integrations }: Parts): Route[] {
  const ALL = '/configs/config/dynamic_secrets';
  const ONE = `${ALL}/dynamic_secret`;
  return [
    route('GET', ALL, 'dynamic_secrets.read', async ({ caller, input }) => {
      const place = await access.place(caller, input(placeQuery), 'dynamic_secrets.read');
      const found = await integrations.listDynamicSecrets(place.configId);
      return json({ dynamicSecrets: found.map((one) => dynamicSecretAnswer(one, place)), ...DONE });
    }),
    route('POST', ALL, 'dynamic_secrets.manage', async ({ caller, input }) => {
      const { project, config, ...wanted } = input(newDynamicSecret);
      const place = await access.place(caller, { project, config }, 'dynamic_secrets.manage');
      const where = { configId: place.configId, project: place.project, config: place.config };
      const created = await integrations.createDynamicSecret({ ...wanted, ...where }, by(caller));
      return json({ dynamicSecret: dynamicSecretAnswer(created, place), ...DONE });
    }),
    route('GET', ONE, 'dynamic_secrets.read', async ({ caller, input }) => {
      const { dynamic_secret: name, ...where } = input(dynamicSecretQuery);
      const place = await access.place(caller, where, 'dynamic_secrets.read');
      const found = await integrations.getDynamicSecret(place.configId, name);
      return json({ dynamicSecret: dynamicSecretAnswer(found, place), ...DONE });
    }),
    route('PUT', ONE, 'dynamic_secrets.manage', async ({ caller, input }) => {
      const { project, config, name, ...changes } = input(dynamicSecretUpdate);
      const place = await access.place(caller, { project, config }, 'dynamic_secrets.manage');
      const where = { configId: place.configId, project: place.project, config: place.config, name };
      const updated = await integrations.updateDynamicSecret(where, changes, by(caller));
      return json({ dynamicSecret: dynamicSecretAnswer(updated, place), ...DONE });
    }),
    route('DELETE', ONE, 'dynamic_secrets.manage', async ({ caller, input }) => {
      const { dynamic_secret: name, ...where } = input(dynamicSecretQuery);
      const place = await access.place(caller, where, 'dynamic_secrets.manage');
      await integrations.deleteDynamicSecret(place.configId, name, by(caller));
      return json(DONE);
    }),
  ];
}
