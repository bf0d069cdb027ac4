// What the engine answers about people: users, groups, roles, members, service accounts, logins (1.3, 1.4, 1.7, 2.13).
import { iso } from '#core/clock.js';
import type { Sensitive } from '#core/sensitive.js';

type Json = Readonly<Record<string, unknown>>;
/** An engine is one workplace. */
export const WORKPLACE_ID = 'engine';
const isoOrNull = (at: number | null) => (at === null ? null : iso(at));

export function workplaceAnswer(workplace: { name: string; billingEmail: string; securityEmail: string }): Json {
  const { name, billingEmail, securityEmail } = workplace;
  return { id: WORKPLACE_ID, name, billing_email: billingEmail, security_email: securityEmail };
}

export function userAnswer(user: {
  slug: string;
  email: string;
  name: string;
  access: string;
  createdAt: number;
}): Json {
  const { slug, email, name, access, createdAt } = user;
  return {
    id: slug,
    access,
    created_at: iso(createdAt),
    user: { email, name, username: email, profile_image_url: null },
  };
}

/** With what an auditor asks of the user's sign-in: an engine has none of its own (2.13, `?settings`). */
export function auditedUserAnswer(user: Parameters<typeof userAnswer>[0]): Json {
  const answer = userAnswer(user);
  const settings = { mfa_enabled: false, thirdparty_sso_enabled: false, saml_sso_enabled: false };
  return { ...answer, user: { ...(answer['user'] as Json), ...settings } };
}

type Role = { identifier: string; name: string; permissions: readonly string[]; createdAt: number; isCustom: boolean };

export function roleAnswer({ identifier, name, permissions, createdAt, isCustom }: Role): Json {
  return { name, permissions, identifier, created_at: iso(createdAt), is_custom_role: isCustom };
}

export function groupAnswer(group: {
  slug: string;
  name: string;
  createdAt: number;
  workplaceRole: string;
  defaultProjectRole: string | null;
  projects: readonly { project: string; role: string }[];
  members: readonly string[];
}): Json {
  const { slug, name, createdAt, workplaceRole, defaultProjectRole, projects, members } = group;
  return {
    name,
    slug,
    created_at: iso(createdAt),
    default_project_role: defaultProjectRole === null ? null : { identifier: defaultProjectRole },
    workplace_role: { identifier: workplaceRole },
    projects: projects.map(({ project, role }) => ({ slug: project, name: project, role: { identifier: role } })),
    members: members.map(groupMemberAnswer),
  };
}

export function groupMemberAnswer(slug: string): Json {
  return { type: 'workplace_user', slug };
}

export function memberAnswer(member: {
  type: string;
  slug: string;
  role: string;
  environments: readonly string[] | null;
}): Json {
  const { type, slug, role, environments } = member;
  return {
    type,
    slug,
    role: { identifier: role },
    access_all_environments: environments === null,
    environments: environments ?? [],
  };
}

export function serviceAccountAnswer(account: { slug: string; name: string; createdAt: number; role: Role }): Json {
  const { slug, name, createdAt, role } = account;
  const is_inline_role = role.identifier === '';
  return { slug, name, created_at: iso(createdAt), workplace_role: { ...roleAnswer(role), is_inline_role } };
}

type AccountToken = {
  slug: string;
  name: string;
  createdAt: number;
  lastSeenAt: number | null;
  expiresAt: number | null;
};

export function accountTokenAnswer({ slug, name, createdAt, lastSeenAt, expiresAt }: AccountToken): Json {
  return {
    name,
    slug,
    created_at: iso(createdAt),
    last_seen_at: isoOrNull(lastSeenAt),
    expires_at: isoOrNull(expiresAt),
  };
}

/** With the key, which no later answer has. */
export function newAccountTokenAnswer(token: AccountToken & { key: Sensitive }): Json {
  return { api_token: accountTokenAnswer(token), api_key: token.key.reveal(), success: true };
}

export function identityAnswer(identity: {
  id: string;
  name: string;
  discoveryUrl: string;
  claimsType: string;
  claims: Readonly<Record<string, readonly string[]>>;
  ttlSec: number;
  singleUse: boolean;
  createdAt: number;
  lastSeenAt: number | null;
}): Json {
  const { id, name, discoveryUrl, claimsType, claims, ttlSec, singleUse, createdAt, lastSeenAt } = identity;
  const config = { discovery_url: discoveryUrl, claims_type: claimsType, claims };
  return {
    slug: id,
    name,
    method: 'oidc',
    config: singleUse ? { ...config, single_use: true } : config,
    ttl_seconds: ttlSec,
    created_at: iso(createdAt),
    last_seen_at: isoOrNull(lastSeenAt),
  };
}

/** Clients need all four (contracts/doppler.md 1.3). */
export function exchangeAnswer({ token, expiresAt }: { token: Sensitive; expiresAt: number }, dashboard: string): Json {
  return { success: true, token: token.reveal(), expires_at: iso(expiresAt), dashboard_url: dashboard };
}

export function loginAnswer({ code, pollingCode }: { code: Sensitive; pollingCode: Sensitive }, url: string): Json {
  return { code: code.reveal(), polling_code: pollingCode.reveal(), auth_url: url };
}

/** A login that is done; a refused one has an `error`, which the command line prints. */
export function pickedUpAnswer(login: { token: Sensitive; name: string } | { refused: true }, dashboard: string): Json {
  if ('refused' in login) return { error: 'The login was refused.' };
  return { token: login.token.reveal(), name: login.name, dashboard_url: dashboard };
}

export function rolledAnswer(token: Sensitive): Json {
  return { token: token.reveal(), success: true };
}
