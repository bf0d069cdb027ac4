// Shapes of what clients send about people: users, groups, roles, members, service accounts, logins (1.3, 1.4, 1.7, 2.13).
import * as z from 'zod/mini';
import { boxed, flag, identifier, instant, name, page, paged, whole } from './requests.ts';

const text = z.string().check(z.maxLength(300));
const strings = z.array(text).check(z.maxLength(1000));

export const usersQuery = z.pipe(
  z.object({ ...page, email: identifier }),
  z.transform(({ email, ...at }) => ({ ...paged(at), email })),
);
export const userParams = z.object({ user: name });
export const userQuery = z.object({ user: name, settings: z.nullish(flag) });
export const userChange = z.object({ user: name, access: name });

export const groupsQuery = z.pipe(
  z.object({ ...page, name: identifier }),
  z.transform(({ name: wanted, ...at }) => ({ ...paged(at), name: wanted })),
);
/** A role is sent by its identifier; clients leave it out, or send null or nothing, to leave it as it is. */
const roleName = z.pipe(
  z.nullish(z.union([text, z.object({ identifier: text })])),
  z.transform((role) => (typeof role === 'object' ? role?.identifier : role) || undefined),
);
const groupFields = { workplace_role: roleName, default_project_role: roleName };
export const newGroup = z.pipe(
  z.object({ name, ...groupFields }),
  z.transform((body) => ({
    name: body.name,
    workplaceRole: body.workplace_role,
    defaultProjectRole: body.default_project_role,
  })),
);
export const groupChange = z.pipe(
  z.object({ group: name, name: identifier, ...groupFields }),
  z.transform((body) => ({
    group: body.group,
    change: {
      name: body.name,
      workplaceRole: body.workplace_role,
      defaultProjectRole: body.default_project_role,
    },
  })),
);
export const groupParams = z.object({ group: name });
export const groupMembersQuery = z.pipe(
  z.object({ group: name, ...page }),
  z.transform(({ group, ...at }) => ({ group, page: paged(at) })),
);
const user = z.literal('workplace_user');
export const newGroupMember = z.object({ group: name, type: user, slug: name });
export const groupMemberParams = z.object({ group: name, member_type: user, member_slug: name });
export const groupMemberList = z.pipe(
  z.object({ group: name, members: z.array(z.object({ type: user, slug: name })).check(z.maxLength(10_000)) }),
  z.transform(({ group, members }) => ({ group, users: members.map(({ slug }) => slug) })),
);

export const roleParams = z.object({ role: name });
export const newRole = z.object({ name, permissions: strings });
export const roleChange = z.pipe(
  z.object({ role: name, name: identifier, permissions: z.nullish(strings) }),
  z.transform((body) => ({
    role: body.role,
    change: { ...(body.name && { name: body.name }), ...(body.permissions && { permissions: body.permissions }) },
  })),
);

const memberType = z.enum(['workplace_user', 'group', 'service_account']);
const environments = z.nullish(strings);
export const membersQuery = z.pipe(
  z.object({ project: identifier, ...page }),
  z.transform(({ project, ...at }) => ({ project, page: paged(at) })),
);
export const newMember = z.object({
  project: identifier,
  type: memberType,
  slug: name,
  role: roleName,
  environments,
});
const memberParts = { project: identifier, member_type: memberType, member_slug: name };
export const memberParams = z.pipe(
  z.object(memberParts),
  z.transform((body) => ({ project: body.project, which: { type: body.member_type, slug: body.member_slug } })),
);
export const memberChange = z.pipe(
  z.object({ ...memberParts, role: roleName, environments: z.optional(z.nullable(strings)) }),
  z.transform((body) => ({
    project: body.project,
    which: { type: body.member_type, slug: body.member_slug },
    change: { role: body.role, environments: body.environments },
  })),
);

/** `identifier` or `permissions`, never both. */
const workplaceRole = z.pipe(
  z.nullish(
    z
      .object({ identifier, permissions: z.nullish(strings) })
      .check(z.refine((role) => (role.identifier === undefined) !== (role.permissions == null))),
  ),
  z.transform((role) => {
    if (!role) return undefined;
    return role.permissions ? { permissions: role.permissions } : { identifier: role.identifier ?? '' };
  }),
);
export const newServiceAccount = z.pipe(
  z.object({ name, workplace_role: workplaceRole }),
  z.transform((body) => ({ name: body.name, role: body.workplace_role })),
);
export const accountParams = z.object({ account: name });
export const serviceAccountChange = z.pipe(
  z.object({ account: name, name: identifier, workplace_role: workplaceRole }),
  z.transform((body) => ({ account: body.account, change: { name: body.name, role: body.workplace_role } })),
);
export const newAccountToken = z.pipe(
  z.object({ account: name, name, expires_at: z.nullish(instant) }),
  z.transform((body) => ({ account: body.account, wish: { name: body.name, expiresAt: body.expires_at ?? null } })),
);
export const accountTokenParams = z.object({ account: name, token: name });

const identityFields = {
  account: name,
  name,
  method: z.literal('oidc'),
  config: z.object({
    discovery_url: z.string().check(z.maxLength(1024)),
    claims_type: text,
    claims: z.record(text, z.array(z.string().check(z.maxLength(2048))).check(z.maxLength(1000))),
    single_use: z.nullish(flag),
  }),
  ttl_seconds: whole,
};
type IdentityBody = z.output<ReturnType<typeof identityShape>>;
const identityShape = () => z.object(identityFields);
const identityWish = ({ name: called, config, ttl_seconds }: IdentityBody) => ({
  name: called,
  discoveryUrl: config.discovery_url,
  claimsType: config.claims_type,
  claims: config.claims,
  ttlSec: ttl_seconds,
  singleUse: config.single_use ?? false,
});
export const newIdentity = z.pipe(
  identityShape(),
  z.transform((body) => ({ account: body.account, wish: identityWish(body) })),
);
export const identityChange = z.pipe(
  z.object({ ...identityFields, identity: name }),
  z.transform((body) => ({ account: body.account, identity: body.identity, wish: identityWish(body) })),
);
export const identitiesQuery = z.pipe(
  z.object({ account: name, ...page }),
  z.transform(({ account, ...at }) => ({ account, page: paged(at) })),
);
export const identityParams = z.object({ account: name, identity: name });

export const oidcExchange = z.object({ identity: name, token: z.string().check(z.minLength(1), z.maxLength(20_000)) });
export const shownToken = z.object({ token: boxed });
export const loginQuery = z.pipe(
  z.object({ hostname: z.optional(z.string()) }),
  z.transform(({ hostname = '' }) => ({ hostname: hostname.slice(0, 200) })),
);
export const loginPickup = z.object({ code: boxed });

/** Engine extensions. */
export const newUser = z.pipe(
  z.object({ email: name, name: identifier, access: identifier }),
  z.transform((body) => ({
    email: body.email,
    ...(body.name && { name: body.name }),
    ...(body.access && { access: body.access }),
  })),
);
/** `dialect`: whose clients the token is for. */
export const newUserToken = z.pipe(
  z.object({ user: name, name, expires_at: z.nullish(instant), dialect: z.nullish(z.enum(['doppler', 'phase'])) }),
  z.transform((body) => ({
    user: body.user,
    dialect: body.dialect ?? 'doppler',
    wish: { name: body.name, expiresAt: body.expires_at ?? null },
  })),
);
const directoryKind = z.enum(['scim', 'audit']);
export const tokenKindQuery = z.object({ kind: directoryKind });
export const newDirectoryToken = z.pipe(
  z.object({ kind: directoryKind, name, expires_at: z.nullish(instant) }),
  z.transform((body) => ({ kind: body.kind, wish: { name: body.name, expiresAt: body.expires_at ?? null } })),
);
export const tokenParams = z.object({ token: name });
/** Without a user the login is refused. */
export const loginDecision = z.object({ code: name, user: identifier });

/** What is not named, or null, stays as it is. */
const setting = z.pipe(
  z.nullish(z.string().check(z.maxLength(300))),
  z.transform((text) => text ?? undefined),
);
export const workplaceChange = z.pipe(
  z.object({ name: identifier, billing_email: setting, security_email: setting }),
  z.transform((body) => ({ name: body.name, billingEmail: body.billing_email, securityEmail: body.security_email })),
);
