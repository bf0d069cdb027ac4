// Everything about integrations that Doppler's dialect serves, put together: themselves, their members, dynamic secrets.
import type { Access } from '../../auth/access.ts';
import type { IntegrationService } from '../../integrations/definitions.ts';
import { ExternalIds } from '../../people/external-ids.ts';
import { IntegrationGate } from '../../people/integration-gate.ts';
import { IntegrationMembers } from '../../people/integration-members.ts';
import type { Route } from '../route.ts';
import { integrationMemberRoutes } from './integration-members.ts';
import { dynamicSecretRoutes, integrationRoutes } from './integrations.ts';

type Base = { access: Access } & ConstructorParameters<typeof IntegrationMembers>[0];

export function integrationRoom(base: Base, integrations: IntegrationService): Route[] {
  const parts = { ...base, integrations, gate: new IntegrationGate({ ...base, integrations }) };
  return [
    ...integrationRoutes({ ...parts, externalIds: new ExternalIds(base) }),
    ...integrationMemberRoutes({ ...parts, members: new IntegrationMembers(base) }),
    ...dynamicSecretRoutes(parts),
  ];
}
