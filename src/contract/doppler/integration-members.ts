// Members of integrations and external ids as they cross the wire (contracts/doppler.md 2.11).
import * as z from 'zod/mini';
import { name, page, paged } from './requests.ts';

const type = z.enum(['workplace_user', 'group', 'service_account']);
const which = { integration: name, member_type: type, member_slug: name };

export const integrationMembersQuery = z.pipe(
  z.object({ integration: name, ...page }),
  z.transform(({ integration, ...at }) => ({ integration, page: paged(at) })),
);
export const newIntegrationMember = z.object({ integration: name, type, slug: name, role: name });
export const integrationMemberParams = z.pipe(
  z.object(which),
  z.transform((body) => ({
    integration: body.integration,
    which: { type: body.member_type, slug: body.member_slug },
  })),
);
export const integrationMemberChange = z.pipe(
  z.object({ ...which, role: name }),
  z.transform((body) => ({
    integration: body.integration,
    which: { type: body.member_type, slug: body.member_slug },
    role: body.role,
  })),
);
export const newExternalId = z.object({ type: name });

/** One member. */
export function integrationMemberAnswer(member: { type: string; slug: string; role: string }) {
  const { type: kind, slug, role } = member;
  return { type: kind, slug, role: { identifier: role } };
}
