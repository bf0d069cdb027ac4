// secrets_dynamic_secret_postgres: what a lease of a database login looks like, and how long it may live.
import type { DynamicSecret } from '#client/management.js';
import { KIND_RULES } from '#core/kinds.js';
import { byAddress } from '../framework/import-address.ts';
import { int, list, map, oneOf, set, str } from '../framework/schema/words.ts';
import { configName, projectName, secretName } from './rules.ts';
import { resource } from './session.ts';

const OWNED = ['drop', 'reassign'] as const;
const { minTtlSec, maxTtlSec } = KIND_RULES.postgres;

export const dynamicSecretPostgres = resource('dynamic_secret_postgres', {
  describe:
    'A dynamic secret: each lease of it is a login of its own, gone at the end. Every change makes another one.',
  attrs: {
    id: str.computed().keep(),
    project: projectName.required().replaces(),
    config: configName.required().replaces(),
    name: secretName.required().replaces(),
    integration: str.required().replaces().describe('The name of a secrets_integration_postgres.'),
    group_roles: set(str).required().replaces().describe('Roles whose rights a leased login inherits.'),
    databases: list(str).optional().replaces().describe('The first one is named in the leased values.'),
    connection_limit: int.default(10).between(1, 1000).replaces(),
    owned: oneOf(...OWNED)
      .optional()
      .replaces()
      .describe('What becomes of what a leased login made.'),
    key_map: map(str).optional().replaces().describe('Leased field to the name of the variable.'),
    default_ttl_sec: int.optional().computed().between(minTtlSec, maxTtlSec).keep().replaces(),
    max_ttl_sec: int.optional().computed().between(minTtlSec, maxTtlSec).keep().replaces(),
    max_live_leases: int.optional().computed().between(1, 100_000).keep().replaces(),
  },
  create: async ({ client, config }) => {
    const made = await client.write((engine) =>
      engine.createDynamicPostgres({
        project: config.project,
        config: config.config,
        name: config.name,
        integration: config.integration,
        groupRoles: config.group_roles,
        databases: config.databases ?? [],
        connectionLimit: config.connection_limit ?? 10,
        owned: config.owned ?? undefined,
        keyMap: config.key_map ?? new Map(),
        defaultTtlSec: config.default_ttl_sec ?? undefined,
        maxTtlSec: config.max_ttl_sec ?? undefined,
        maxLiveLeases: config.max_live_leases ?? undefined,
      }),
    );
    return { id: made.slug, ...limitsOf(made) };
  },
  read: async ({ client, prior, signal }) => {
    const place = { project: prior.project ?? '', config: prior.config ?? '' };
    const found = await client.read((engine) => engine.dynamicSecret(place, prior.name ?? '', signal));
    return {
      ...place,
      id: found.slug,
      name: found.name,
      integration: found.integration,
      group_roles: found.groupRoles,
      databases: found.databases.length > 0 ? found.databases : emptyAsBefore(prior.databases),
      connection_limit: found.connectionLimit ?? 10,
      owned: OWNED.find((one) => one === found.owned) ?? null,
      key_map: found.keyMap.size > 0 ? found.keyMap : prior.key_map && prior.key_map.size === 0 ? prior.key_map : null,
      ...limitsOf(found),
    };
  },
  delete: async ({ client, prior }) =>
    client.write((engine) => engine.deleteDynamicSecret({ project: prior.project, config: prior.config }, prior.name)),
  import: byAddress('project/config/name'),
});

function limitsOf({ defaultTtlSec, maxTtlSec: longest, maxLiveLeases }: DynamicSecret) {
  return { default_ttl_sec: defaultTtlSec, max_ttl_sec: longest, max_live_leases: maxLiveLeases };
}

/** An empty list and none mean the same to the engine, but not to Terraform. */
function emptyAsBefore(before: readonly string[] | null): readonly string[] | null {
  return before?.length === 0 ? before : null;
}
