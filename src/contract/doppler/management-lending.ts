// What a manager asks about credentials: service tokens, integrations, dynamic secrets, renewal (contracts/doppler.md 2.6–2.11).
import type { Kind } from '#core/kinds.js';
import type { Sensitive } from '#core/sensitive.js';
import type { ConfigPlace } from './management.ts';
import { LEASE_HANDLE_HEADER, type WireRequest, bare, target, withJson } from './wire.ts';

const TOKENS = '/configs/config/tokens';
const DYNAMIC = '/configs/config/dynamic_secrets';

export type TokenAccess = 'read' | 'read/write';

/** `expiresAt` in epoch milliseconds. */
export function createTokenRequest(
  place: ConfigPlace,
  asked: { name: string; access: TokenAccess; expiresAt: number },
): WireRequest {
  const { name, access, expiresAt } = asked;
  const expire_at = Math.ceil(expiresAt / 1000);
  return withJson('POST', target(TOKENS, {}), { ...place, name, access, expire_at });
}

export function listTokensRequest(place: ConfigPlace): WireRequest {
  return bare('GET', target(TOKENS, place));
}

export function deleteTokenRequest(place: ConfigPlace, slug: string): WireRequest {
  return bare('DELETE', target(`${TOKENS}/token`, { ...place, slug }));
}

export type PostgresIntegration = {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly username: string;
  readonly password: Sensitive;
  readonly sslmode?: string | undefined;
  readonly ca?: string | undefined;
  readonly databases?: readonly string[] | undefined;
  readonly allowed: readonly string[];
  readonly ceiling: Ceiling;
};

/** What no dynamic secret over the integration may exceed. */
export type Ceiling = {
  readonly groupRoles: readonly string[];
  readonly databases: readonly string[];
  readonly maxTtlSec: number | undefined;
};

export function createPostgresRequest(asked: PostgresIntegration): WireRequest {
  const { name, allowed, ceiling, host, port, database, username, password, sslmode, ca, databases } = asked;
  const data = { host, port, database, username, password: password.reveal(), sslmode, ca, databases };
  const bounds = {
    group_roles: ceiling.groupRoles,
    ...(ceiling.databases.length > 0 ? { databases: ceiling.databases } : {}),
    ...(ceiling.maxTtlSec === undefined ? {} : { max_ttl_sec: ceiling.maxTtlSec }),
  };
  return withJson('POST', target('/integrations', {}), { type: 'postgres', name, data, allowed, ceiling: bounds });
}

export type AwsIntegration = {
  readonly name: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: Sensitive;
  readonly sessionToken?: Sensitive | undefined;
  /** The role that the integration works as. */
  readonly roleArn?: string | undefined;
  readonly externalId?: string | undefined;
  readonly endpoints?: { readonly sts?: string; readonly iam?: string } | undefined;
  readonly allowed: readonly string[];
  readonly ceiling: AwsCeiling;
};

/** What no dynamic secret over an aws integration may exceed. */
export type AwsCeiling = {
  readonly roleArns: readonly string[];
  readonly policyArns: readonly string[];
  readonly groups: readonly string[];
  readonly permissionsBoundary: string | undefined;
  readonly federationToken: boolean;
  readonly maxTtlSec: number | undefined;
};

/** What is undefined is left to the engine. */
export function createAwsRequest(asked: AwsIntegration): WireRequest {
  const { name, allowed, ceiling } = asked;
  const data = {
    region: asked.region,
    access_key_id: asked.accessKeyId,
    secret_access_key: asked.secretAccessKey.reveal(),
    session_token: asked.sessionToken?.reveal(),
    role_arn: asked.roleArn,
    external_id: asked.externalId,
    endpoints: asked.endpoints,
  };
  const bounds = {
    role_arns: ceiling.roleArns,
    policy_arns: ceiling.policyArns,
    groups: ceiling.groups,
    permissions_boundary: ceiling.permissionsBoundary,
    federation_token: ceiling.federationToken,
    max_ttl_sec: ceiling.maxTtlSec,
  };
  return withJson('POST', target('/integrations', {}), { type: 'aws', name, data, allowed, ceiling: bounds });
}

/** By slug or by name. */
export function getIntegrationRequest(integration: string): WireRequest {
  return bare('GET', target('/integrations/integration', { integration }));
}

export function deleteIntegrationRequest(integration: string): WireRequest {
  return bare('DELETE', target('/integrations/integration', { integration }));
}

/** What every dynamic secret has, whatever its kind. */
export type DynamicSecretTerms = ConfigPlace & {
  readonly name: string;
  readonly integration: string;
  readonly keyMap: ReadonlyMap<string, string>;
  readonly defaultTtlSec: number | undefined;
  readonly maxTtlSec: number | undefined;
  readonly maxLiveLeases: number | undefined;
};

export type PostgresDynamicSecret = DynamicSecretTerms & {
  readonly groupRoles: readonly string[];
  readonly databases: readonly string[];
  readonly connectionLimit: number;
  readonly owned: string | undefined;
};

/** `policy`: JSON text. Without a role it is a federation token. */
export type AwsStsDynamicSecret = DynamicSecretTerms & {
  readonly roleArn: string | undefined;
  readonly policy: string | undefined;
  readonly policyArns: readonly string[];
  readonly sessionTags: Readonly<Record<string, string>>;
  readonly transitiveTagKeys: readonly string[];
  readonly externalId: string | undefined;
  readonly sourceIdentity: string | undefined;
  readonly hardRevoke: boolean;
};

export type AwsIamUserDynamicSecret = DynamicSecretTerms & {
  readonly policy: string | undefined;
  readonly policyArns: readonly string[];
  readonly groups: readonly string[];
  readonly permissionsBoundary: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
};

/** What is undefined is left to the engine. */
export function createDynamicPostgresRequest(asked: PostgresDynamicSecret): WireRequest {
  return createDynamicRequest('postgres', asked, {
    group_roles: asked.groupRoles,
    ...(asked.databases.length > 0 ? { databases: asked.databases } : {}),
    connection_limit: asked.connectionLimit,
    owned: asked.owned,
  });
}

/** What is undefined or empty is left out. */
export function createDynamicAwsStsRequest(asked: AwsStsDynamicSecret): WireRequest {
  const isRole = asked.roleArn !== undefined;
  return createDynamicRequest('aws_sts', asked, {
    method: isRole ? 'assume_role' : 'federation_token',
    role_arn: asked.roleArn,
    policy: asked.policy,
    policy_arns: asked.policyArns,
    session_tags: asked.sessionTags,
    transitive_tag_keys: asked.transitiveTagKeys.length > 0 ? asked.transitiveTagKeys : undefined,
    external_id: asked.externalId,
    source_identity: asked.sourceIdentity,
    hard_revoke: asked.hardRevoke ? true : undefined,
  });
}

export function createDynamicAwsIamUserRequest(asked: AwsIamUserDynamicSecret): WireRequest {
  return createDynamicRequest('aws_iam_user', asked, {
    policy: asked.policy,
    policy_arns: asked.policyArns,
    groups: asked.groups,
    permissions_boundary: asked.permissionsBoundary,
    tags: asked.tags,
  });
}

function createDynamicRequest(kind: Kind, asked: DynamicSecretTerms, parameters: object): WireRequest {
  return withJson('POST', target(DYNAMIC, {}), {
    project: asked.project,
    config: asked.config,
    name: asked.name,
    kind,
    integration: asked.integration,
    parameters,
    key_map: Object.fromEntries(asked.keyMap),
    default_ttl_sec: asked.defaultTtlSec,
    max_ttl_sec: asked.maxTtlSec,
    max_live_leases: asked.maxLiveLeases,
  });
}

/** With a token that is bound to one config the place may be empty. */
export function getDynamicSecretRequest(place: Partial<ConfigPlace>, name: string): WireRequest {
  return bare('GET', target(`${DYNAMIC}/dynamic_secret`, { ...place, dynamic_secret: name }));
}

export function deleteDynamicSecretRequest(place: ConfigPlace, name: string): WireRequest {
  return bare('DELETE', target(`${DYNAMIC}/dynamic_secret`, { ...place, dynamic_secret: name }));
}

/** Engine extension: lengthens a lease; k0 of its handle stands for the token. */
export function renewLeaseRequest(handle: Sensitive, lease: { id: string; ttlSec: number }): WireRequest {
  const body = { slug: lease.id, ttl_sec: lease.ttlSec };
  const request = withJson('PUT', target(`${DYNAMIC}/dynamic_secret/leases/lease`, {}), body);
  return { ...request, headers: { ...request.headers, [LEASE_HANDLE_HEADER]: handle }, authorized: false };
}
