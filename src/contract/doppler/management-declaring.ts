// What a manager declares for credentials to be minted: integrations and dynamic secrets of any kind (design.md §6).
import { Sensitive } from '#core/sensitive.js';
import { type Json, count, entries, list, object, text, word } from './decode.ts';
import type { ConfigPlace } from './management.ts';
import { type WireRequest, bare, target, withJson } from './wire.ts';

const DYNAMIC = '/configs/config/dynamic_secrets';
const ONE = `${DYNAMIC}/dynamic_secret`;
const INTEGRATION = '/integrations/integration';

/** Fields under their names on the wire; undefined ones are left to the engine, boxes are opened here. */
export type Declared = { readonly [field: string]: DeclaredValue };
export type DeclaredValue = string | number | boolean | undefined | Sensitive | readonly string[] | Declared;

export type NewIntegration = {
  readonly type: string;
  readonly name: string;
  /** How it is reached, with its credential: told to the engine and by it to nobody. */
  readonly data: Declared;
  /** `project`, or `project/config`. */
  readonly allowed: readonly string[];
  readonly ceiling: Declared;
};
export type Integration = {
  readonly slug: string;
  readonly name: string;
  readonly type: string;
  readonly allowed: readonly string[];
  readonly ceiling: Json;
};

export function createIntegrationRequest({ type, name, data, allowed, ceiling }: NewIntegration): WireRequest {
  const opened = { type, name, data: open(data), allowed, ceiling: open(ceiling) };
  return withJson('POST', target('/integrations', {}), opened);
}

/** By slug or by name. */
export function getIntegrationRequest(integration: string): WireRequest {
  return bare('GET', target(INTEGRATION, { integration }));
}

export function deleteIntegrationRequest(integration: string): WireRequest {
  return bare('DELETE', target(INTEGRATION, { integration }));
}

export function readIntegration(body: unknown): Integration {
  const fields = object(object(body, 'the body')['integration'], 'integration');
  const allowed = fields['allowed'] ?? [];
  return {
    slug: word(fields['slug'], 'slug'),
    name: word(fields['name'], 'name'),
    type: word(fields['type'], 'type'),
    allowed: list(allowed, 'allowed').map((one) => text(one, 'allowed')),
    ceiling: object(fields['ceiling'] ?? {}, 'ceiling'),
  };
}

/** What of a dynamic secret can change. An undefined limit is left to the engine. */
export type DynamicSecretTerms = {
  readonly parameters: Declared;
  /** Leased field to the name of the variable. */
  readonly keyMap: ReadonlyMap<string, string>;
  readonly defaultTtlSec: number | undefined;
  readonly maxTtlSec: number | undefined;
  readonly maxLiveLeases: number | undefined;
};
export type NewDynamicSecret = ConfigPlace &
  DynamicSecretTerms & { readonly name: string; readonly kind: string; readonly integration: string };
export type DynamicSecret = {
  readonly slug: string;
  readonly name: string;
  readonly kind: string;
  readonly integration: string;
  readonly parameters: Json;
  readonly keyMap: ReadonlyMap<string, string>;
  readonly defaultTtlSec: number;
  readonly maxTtlSec: number;
  readonly maxLiveLeases: number;
};

export function createDynamicSecretRequest(asked: NewDynamicSecret): WireRequest {
  const { project, config, name, kind, integration } = asked;
  return withJson('POST', target(DYNAMIC, {}), { project, config, name, kind, integration, ...terms(asked) });
}

export function updateDynamicSecretRequest(place: ConfigPlace, name: string, next: DynamicSecretTerms): WireRequest {
  return withJson('PUT', target(ONE, {}), { ...place, dynamic_secret: name, ...terms(next) });
}

function terms({ parameters, keyMap, defaultTtlSec, maxTtlSec, maxLiveLeases }: DynamicSecretTerms): object {
  return {
    parameters: open(parameters),
    key_map: Object.fromEntries(keyMap),
    default_ttl_sec: defaultTtlSec,
    max_ttl_sec: maxTtlSec,
    max_live_leases: maxLiveLeases,
  };
}

/** With a token that is bound to one config the place may be empty. */
export function getDynamicSecretRequest(place: Partial<ConfigPlace>, name: string): WireRequest {
  return bare('GET', target(ONE, { ...place, dynamic_secret: name }));
}

export function deleteDynamicSecretRequest(place: ConfigPlace, name: string): WireRequest {
  return bare('DELETE', target(ONE, { ...place, dynamic_secret: name }));
}

export function readDynamicSecret(body: unknown): DynamicSecret {
  const fields = object(object(body, 'the body')['dynamicSecret'], 'dynamicSecret');
  const keyMap = entries(fields['key_map'] ?? {}, 'key_map');
  return {
    slug: word(fields['slug'], 'slug'),
    name: word(fields['name'], 'name'),
    kind: word(fields['kind'], 'kind'),
    integration: word(fields['integration'], 'integration'),
    parameters: object(fields['parameters'] ?? {}, 'parameters'),
    keyMap: new Map(keyMap.map(([field, name]) => [field, text(name, `key_map.${field}`)])),
    defaultTtlSec: count(fields['default_ttl_sec'], 'default_ttl_sec'),
    maxTtlSec: count(fields['max_ttl_sec'], 'max_ttl_sec'),
    maxLiveLeases: count(fields['max_live_leases'], 'max_live_leases'),
  };
}

function open(declared: Declared): Json {
  return Object.fromEntries(Object.entries(declared).map(([field, value]) => [field, opened(value)]));
}

function opened(value: DeclaredValue): unknown {
  if (value instanceof Sensitive) return value.reveal();
  return typeof value === 'object' && !isList(value) ? open(value) : value;
}

function isList(value: readonly string[] | Declared): value is readonly string[] {
  return Array.isArray(value);
}
