// What a manager asks about machines that sign in: service accounts, their identities, their place in projects (1.7, 2.2, 2.13).
import { type Json, count, entries, list, object, optionalText, text, word } from './decode.ts';
import { type WireRequest, bare, target, withJson } from './wire.ts';

const ACCOUNTS = '/workplace/service_accounts';
const account = (slug: string) => `${ACCOUNTS}/service_account/${encodeURIComponent(slug)}`;
const identities = (slug: string) => `${account(slug)}/identities`;
const identityAt = (slug: string, id: string) => `${identities(slug)}/identity/${encodeURIComponent(id)}`;
const MEMBERS = '/projects/project/members';
const member = (slug: string) => `${MEMBERS}/member/service_account/${encodeURIComponent(slug)}`;

/** A role of the workplace by its identifier, or permissions of the account's own. */
export type WorkplaceRole = { readonly identifier: string } | { readonly permissions: readonly string[] };
export type NewServiceAccount = { readonly name: string; readonly role: WorkplaceRole };
export type ServiceAccount = NewServiceAccount & { readonly slug: string };

export function createServiceAccountRequest({ name, role }: NewServiceAccount): WireRequest {
  return withJson('POST', target(ACCOUNTS, {}), { name, workplace_role: role });
}

export function listServiceAccountsRequest(page: number): WireRequest {
  return bare('GET', target(ACCOUNTS, { page: String(page), per_page: String(ACCOUNTS_PER_PAGE) }));
}
export const ACCOUNTS_PER_PAGE = 1000;

export function getServiceAccountRequest(slug: string): WireRequest {
  return bare('GET', target(account(slug), {}));
}

export function updateServiceAccountRequest(slug: string, { name, role }: NewServiceAccount): WireRequest {
  return withJson('PATCH', target(account(slug), {}), { name, workplace_role: role });
}

export function deleteServiceAccountRequest(slug: string): WireRequest {
  return bare('DELETE', target(account(slug), {}));
}

export function readServiceAccount(body: unknown): ServiceAccount {
  return serviceAccount(object(object(body, 'the body')['service_account'], 'service_account'));
}

export function readServiceAccounts(body: unknown): ServiceAccount[] {
  const all = list(object(body, 'the body')['service_accounts'], 'service_accounts');
  return all.map((one, n) => serviceAccount(object(one, `service_accounts[${n}]`)));
}

function serviceAccount(fields: Json): ServiceAccount {
  const role = object(fields['workplace_role'], 'workplace_role');
  const identifier = optionalText(role['identifier'], 'workplace_role.identifier') ?? '';
  const isInline = role['is_inline_role'] === true || identifier === '';
  return {
    slug: word(fields['slug'], 'slug'),
    name: word(fields['name'], 'name'),
    role: isInline ? { permissions: texts(role['permissions'], 'workplace_role.permissions') } : { identifier },
  };
}

/** contracts/doppler.md 1.7. `ttlSec` is the life of the token that is given in exchange; `singleUse` is the engine's. */
export type NewIdentity = {
  readonly name: string;
  readonly discoveryUrl: string;
  readonly claimsType: 'exact' | 'wildcard';
  readonly claims: ReadonlyMap<string, readonly string[]>;
  readonly ttlSec: number;
  readonly singleUse: boolean;
};
export type Identity = NewIdentity & { readonly slug: string };

export function createIdentityRequest(of: string, asked: NewIdentity): WireRequest {
  return withJson('POST', target(identities(of), {}), identityBody(asked));
}

export function getIdentityRequest(of: string, id: string): WireRequest {
  return bare('GET', target(identityAt(of, id), {}));
}

export function updateIdentityRequest(of: string, id: string, asked: NewIdentity): WireRequest {
  return withJson('PUT', target(identityAt(of, id), {}), identityBody(asked));
}

export function deleteIdentityRequest(of: string, id: string): WireRequest {
  return bare('DELETE', target(identityAt(of, id), {}));
}

function identityBody({ name, discoveryUrl, claimsType, claims, ttlSec, singleUse }: NewIdentity): object {
  const config = { discovery_url: discoveryUrl, claims_type: claimsType, claims: Object.fromEntries(claims) };
  // Left out where it is not asked for: the cloud does not know it.
  return { name, method: 'oidc', config: { ...config, ...(singleUse && { single_use: true }) }, ttl_seconds: ttlSec };
}

export function readIdentity(body: unknown): Identity {
  const fields = object(object(body, 'the body')['identity'], 'identity');
  const config = object(fields['config'], 'config');
  const claims = entries(config['claims'], 'config.claims');
  return {
    slug: word(fields['slug'], 'slug'),
    name: word(fields['name'], 'name'),
    discoveryUrl: word(config['discovery_url'], 'config.discovery_url'),
    claimsType: config['claims_type'] === 'wildcard' ? 'wildcard' : 'exact',
    claims: new Map(claims.map(([claim, values]) => [claim, texts(values, `config.claims.${claim}`)])),
    ttlSec: count(fields['ttl_seconds'], 'ttl_seconds'),
    singleUse: config['single_use'] === true,
  };
}

/** What a service account may do in a project. Undefined environments: all of them. */
export type Membership = { readonly role: string; readonly environments: readonly string[] | undefined };

export function addMemberRequest(project: string, slug: string, { role, environments }: Membership): WireRequest {
  return withJson('POST', target(MEMBERS, { project }), { type: 'service_account', slug, role, environments });
}

/** Null environments are all of them; absent ones would stay as they are. */
export function updateMemberRequest(project: string, slug: string, { role, environments }: Membership): WireRequest {
  return withJson('PATCH', target(member(slug), { project }), { role, environments: environments ?? null });
}

export function getMemberRequest(project: string, slug: string): WireRequest {
  return bare('GET', target(member(slug), { project }));
}

export function removeMemberRequest(project: string, slug: string): WireRequest {
  return bare('DELETE', target(member(slug), { project }));
}

export function readMembership(body: unknown): Membership {
  const fields = object(object(body, 'the body')['member'], 'member');
  const role = object(fields['role'], 'role');
  const isEverywhere = fields['access_all_environments'] === true;
  return {
    role: word(role['identifier'], 'role.identifier'),
    environments: isEverywhere ? undefined : texts(fields['environments'], 'environments'),
  };
}

function texts(value: unknown, where: string): string[] {
  return value === null || value === undefined ? [] : list(value, where).map((one) => text(one, where));
}
