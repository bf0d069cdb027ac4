// What a manager is answered on the Doppler wire, read by hand decoders; only a new token's key holds a value.
import { Sensitive } from '#core/sensitive.js';
import type { AwsCeiling, Ceiling } from './management-lending.ts';
import { type Json, count, list, object, offContract, optionalText, text, word } from './decode.ts';

export type Project = { readonly name: string; readonly description: string };
export type Environment = {
  readonly project: string;
  readonly slug: string;
  readonly name: string;
  readonly personalConfigs: boolean;
};
export type Config = {
  readonly id: string;
  readonly project: string;
  readonly environment: string;
  readonly name: string;
  readonly root: boolean;
};

export function readProject(body: unknown): Project {
  const fields = inside(body, 'project');
  return { name: word(fields['name'], 'name'), description: optionalText(fields['description'], 'description') ?? '' };
}

export function readEnvironment(body: unknown): Environment {
  return environment(inside(body, 'environment'));
}

export function readEnvironments(body: unknown): Environment[] {
  const all = list(object(body, 'the body')['environments'], 'environments');
  return all.map((one, n) => environment(object(one, `environments[${n}]`)));
}

function environment(fields: Json): Environment {
  return {
    project: word(fields['project'], 'project'),
    slug: word(fields['slug'] ?? fields['id'], 'slug'),
    name: word(fields['name'], 'name'),
    personalConfigs: fields['personal_configs'] === true,
  };
}

export function readConfig(body: unknown): Config {
  const fields = inside(body, 'config');
  const name = word(fields['name'], 'name');
  return {
    id: optionalText(fields['slug'], 'slug') ?? name,
    project: word(fields['project'], 'project'),
    environment: word(fields['environment'], 'environment'),
    name,
    root: fields['root'] === true,
  };
}

export type Comparison = { readonly equal: boolean; readonly version: number };

/** How the values compared, by name. */
export function readComparison(body: unknown, names: readonly string[]): Map<string, Comparison> {
  const fields = object(body, 'the body');
  return new Map(
    names.map((name) => {
      const one = object(fields[name], name);
      return [name, { equal: one['equal'] === true, version: count(one['version'], `${name}.version`) }];
    }),
  );
}

export type TokenHead = { readonly slug: string; readonly name: string };

export function readTokens(body: unknown): TokenHead[] {
  const all = list(object(body, 'the body')['tokens'], 'tokens');
  return all.map((one, n) => tokenHead(object(one, `tokens[${n}]`)));
}

/** The only answer that tells the key. */
export function readNewToken(body: unknown): TokenHead & { readonly key: Sensitive } {
  const fields = inside(body, 'token');
  return { ...tokenHead(fields), key: new Sensitive(word(fields['key'], 'key')) };
}

function tokenHead(fields: Json): TokenHead {
  return { slug: word(fields['slug'], 'slug'), name: text(fields['name'], 'name') };
}

export type Integration = {
  readonly slug: string;
  readonly name: string;
  readonly type: string;
  readonly allowed: readonly string[];
  readonly ceiling: Ceiling;
  /** Of an aws integration; of others nothing is allowed. */
  readonly awsCeiling: AwsCeiling;
};

export function readIntegration(body: unknown): Integration {
  const fields = inside(body, 'integration');
  const ceiling = object(fields['ceiling'] ?? {}, 'ceiling');
  return {
    slug: word(fields['slug'], 'slug'),
    name: word(fields['name'], 'name'),
    type: word(fields['type'], 'type'),
    allowed: texts(fields['allowed'], 'allowed'),
    ceiling: {
      groupRoles: texts(ceiling['group_roles'], 'ceiling.group_roles'),
      databases: texts(ceiling['databases'], 'ceiling.databases'),
      maxTtlSec: optionalCount(ceiling['max_ttl_sec'], 'ceiling.max_ttl_sec'),
    },
    awsCeiling: {
      roleArns: texts(ceiling['role_arns'], 'ceiling.role_arns'),
      policyArns: texts(ceiling['policy_arns'], 'ceiling.policy_arns'),
      groups: texts(ceiling['groups'], 'ceiling.groups'),
      permissionsBoundary: optionalText(ceiling['permissions_boundary'], 'ceiling.permissions_boundary'),
      federationToken: ceiling['federation_token'] === true,
      maxTtlSec: optionalCount(ceiling['max_ttl_sec'], 'ceiling.max_ttl_sec'),
    },
  };
}

export type DynamicSecret = {
  readonly slug: string;
  readonly name: string;
  readonly kind: string;
  readonly integration: string;
  readonly groupRoles: readonly string[];
  readonly databases: readonly string[];
  readonly connectionLimit: number | undefined;
  readonly owned: string | undefined;
  readonly keyMap: ReadonlyMap<string, string>;
  readonly defaultTtlSec: number;
  readonly maxTtlSec: number;
  readonly maxLiveLeases: number;
  /** As the engine keeps them, in the names of the wire; policies are text without white space. */
  readonly parameters: Readonly<Record<string, unknown>>;
};

export function readDynamicSecret(body: unknown): DynamicSecret {
  const fields = inside(body, 'dynamicSecret');
  const parameters = object(fields['parameters'] ?? {}, 'parameters');
  const keyMap = Object.entries(object(fields['key_map'] ?? {}, 'key_map'));
  return {
    slug: word(fields['slug'], 'slug'),
    name: word(fields['name'], 'name'),
    kind: word(fields['kind'], 'kind'),
    integration: word(fields['integration'], 'integration'),
    groupRoles: texts(parameters['group_roles'], 'parameters.group_roles'),
    databases: texts(parameters['databases'], 'parameters.databases'),
    connectionLimit: optionalCount(parameters['connection_limit'], 'parameters.connection_limit'),
    owned: optionalText(parameters['owned'], 'parameters.owned'),
    keyMap: new Map(keyMap.map(([field, name]) => [field, text(name, `key_map.${field}`)])),
    defaultTtlSec: count(fields['default_ttl_sec'], 'default_ttl_sec'),
    maxTtlSec: count(fields['max_ttl_sec'], 'max_ttl_sec'),
    maxLiveLeases: count(fields['max_live_leases'], 'max_live_leases'),
    parameters,
  };
}

/** The new end of a lease in epoch milliseconds; `capped` says that it will not grow much more. */
export function readRenewal(body: unknown): { readonly expiresAt: number; readonly capped: boolean } {
  const fields = object(body, 'the body');
  const expiresAt = Date.parse(text(fields['expires_at'], 'expires_at'));
  if (Number.isNaN(expiresAt)) throw offContract('expires_at', 'a date');
  return { expiresAt, capped: fields['capped'] === true };
}

function inside(body: unknown, name: string): Json {
  return object(object(body, 'the body')[name], name);
}

function texts(value: unknown, where: string): string[] {
  return value === null || value === undefined ? [] : list(value, where).map((one) => text(one, where));
}

function optionalCount(value: unknown, where: string): number | undefined {
  return value === null || value === undefined ? undefined : count(value, where);
}
