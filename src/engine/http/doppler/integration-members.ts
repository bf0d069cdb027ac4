// Doppler routes of an integration's members, under the three addresses that are in use (contracts/doppler.md 2.11).
import {
  integrationMemberAnswer,
  integrationMemberChange,
  integrationMemberParams,
  integrationMembersQuery,
  newIntegrationMember,
} from '#contract/doppler/integration-members.js';
import type { IntegrationGate } from '../../people/integration-gate.ts';
import type { IntegrationMembers } from '../../people/integration-members.ts';
import { json, noContent } from '../answer.ts';
import { type Route, route } from '../route.ts';

const MEMBERS = '/integrations/integration/members';
const HOMES = [MEMBERS, `/workplace${MEMBERS}`];
const ONE = '/:member_type/:member_slug';
/** The reference has two of them, terraform the third. */
const ADDRESSES = [...HOMES.map((home) => home + ONE), `${MEMBERS}/member${ONE}`];

type Parts = { gate: IntegrationGate; members: IntegrationMembers };

export function integrationMemberRoutes(parts: Parts): Route[] {
  return [...HOMES.flatMap((home) => manyRoutes(home, parts)), ...ADDRESSES.flatMap((one) => oneRoutes(one, parts))];
}

function manyRoutes(home: string, { gate, members }: Parts): Route[] {
  return [
    route('GET', home, 'integrations.read', async ({ caller, input }) => {
      const { integration, page } = input(integrationMembersQuery);
      const { slug } = await gate.at(caller, integration, 'integrations.read');
      const found = await members.list(slug, page);
      return json({ page: page.page, members: found.map(integrationMemberAnswer), success: true });
    }),
    route('POST', home, 'integrations.manage', async ({ caller, input }) => {
      const { integration, ...wanted } = input(newIntegrationMember);
      const { slug } = await gate.at(caller, integration, 'integrations.manage');
      const member = await members.add(caller, slug, wanted);
      return json({ member: integrationMemberAnswer(member), success: true });
    }),
  ];
}

function oneRoutes(address: string, { gate, members }: Parts): Route[] {
  return [
    route('GET', address, 'integrations.read', async ({ caller, input }) => {
      const { integration, which } = input(integrationMemberParams);
      const { slug } = await gate.at(caller, integration, 'integrations.read');
      return json({ member: integrationMemberAnswer(await members.get(slug, which)), success: true });
    }),
    route('PATCH', address, 'integrations.manage', async ({ caller, input }) => {
      const { integration, which, role } = input(integrationMemberChange);
      const { slug } = await gate.at(caller, integration, 'integrations.manage');
      return json({ member: integrationMemberAnswer(await members.update(caller, slug, which, role)), success: true });
    }),
    route('DELETE', address, 'integrations.manage', async ({ caller, input }) => {
      const { integration, which } = input(integrationMemberParams);
      const { slug } = await gate.at(caller, integration, 'integrations.manage');
      await members.remove(caller, slug, which);
      return noContent();
    }),
  ];
}
