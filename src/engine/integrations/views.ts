// Rows of integrations and dynamic secrets as the routes see them; nothing sealed is opened here.
import type { Kind } from '#core/kinds.js';
import type { DynamicSecretRow } from '../storage/operations/dynamic-secrets.ts';
import type { IntegrationRow } from '../storage/operations/integrations.ts';
import type { DynamicSecretView, IntegrationScope, IntegrationType, IntegrationView } from './definitions.ts';

type ScopeColumns = Pick<IntegrationRow, 'allowed' | 'ceiling'>;

/** The stored scope, which was checked when it was declared. */
export function readScope({ allowed, ceiling }: ScopeColumns): IntegrationScope {
  return { allowed: JSON.parse(allowed) as string[], ceiling: JSON.parse(ceiling) as Record<string, unknown> };
}

/** Without the credential. */
export function integrationView(
  row: Pick<IntegrationRow, 'id' | 'name' | 'type' | 'created_at'> & ScopeColumns,
): IntegrationView {
  return {
    slug: row.id,
    name: row.name,
    type: row.type as IntegrationType,
    scope: readScope(row),
    createdAt: row.created_at,
  };
}

/** One dynamic secret with its count of live leases. */
export function dynamicSecretView(row: DynamicSecretRow & { integration_name: string }): DynamicSecretView {
  return {
    slug: row.id,
    name: row.name,
    kind: row.kind as Kind,
    integration: row.integration_name,
    parameters: JSON.parse(row.parameters) as Record<string, unknown>,
    keyMap: JSON.parse(row.key_map) as Record<string, string>,
    defaultTtlSec: row.default_ttl_sec,
    maxTtlSec: row.max_ttl_sec,
    maxLiveLeases: row.max_live_leases,
    liveLeases: row.live,
    createdAt: row.created_at,
  };
}
