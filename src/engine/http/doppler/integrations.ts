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
import { newExternalId } from '#contract/doppler/integration-members.js';
import type { Access } from '../../auth/access.ts';
import { by, type Caller } from '../../auth/caller.ts';
import { may } from '../../auth/permissions.ts';
import type { IntegrationService, IntegrationView } from '../../integrations/definitions.ts';
import type { ExternalIds } from '../../people/external-ids.ts';
import type { IntegrationGate } from '../../people/integration-gate.ts';
import { json } from '../answer.ts';
import { type Route, route } from '../route.ts';

type Parts = { access: Access; gate: IntegrationGate; integrations: IntegrationService };
const DONE = { success: true };

/** Who does not manage it is not told of the projects and the bounds in it. */
function shown(caller: Caller, integration: IntegrationView) {
  return integrationAnswer(integration, may(caller, 'integrations.manage', { integrationId: integration.slug }));
}

type IntegrationParts = Omit<Parts, 'access'> & { externalIds: ExternalIds };

export function integrationRoutes({ gate, integrations, externalIds }: IntegrationParts): Route[] {
  const ONE = '/integrations/integration';
  return [
    route('GET', '/integrations', 'integrations.list', async ({ caller }) =>
      json({ integrations: (await gate.list(caller)).map((one) => shown(caller, one)), ...DONE }),
    ),
    route('POST', '/integrations', 'integrations.create', async ({ caller, input }) => {
      const wanted = await externalIds.complete(caller, input(newIntegration));
      const integration = await integrations.createIntegration(wanted, by(caller));
      return json({ integration: integrationAnswer(integration, true), ...DONE });
    }),
    route('POST', '/integrations/generate_external_id', 'integrations.create', async ({ caller, input }) => {
      const pendingExternalId = await externalIds.generate(caller, input(newExternalId).type);
      return json({ pendingExternalId, ...DONE });
    }),
    route('GET', ONE, 'integrations.read', async ({ caller, input }) => {
      const found = await gate.at(caller, input(integrationQuery).integration, 'integrations.read');
      return json({ integration: shown(caller, found), ...DONE });
    }),
    route('PUT', ONE, 'integrations.manage', async ({ caller, input }) => {
      const { integration, changes } = input(integrationUpdate);
      const { slug } = await gate.at(caller, integration, 'integrations.manage');
      const updated = await integrations.updateIntegration(slug, changes, by(caller));
      return json({ integration: shown(caller, updated), ...DONE });
    }),
    route('DELETE', ONE, 'integrations.manage', async ({ caller, input }) => {
      const { slug } = await gate.at(caller, input(integrationQuery).integration, 'integrations.manage');
      await integrations.deleteIntegration(slug, by(caller));
      return json(DONE);
    }),
  ];
}

export function dynamicSecretRoutes({ access, gate, integrations }: Parts): Route[] {
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
      await gate.use(caller, wanted.integration);
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
      await gate.use(caller, (await integrations.getDynamicSecret(place.configId, name)).integration);
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
