// The part that mints, assembled: egress, integrations, definitions and leases over the engine's store and keyring.
import type { EngineConfig } from './config.ts';
import { createEgress, type EgressOptions } from './egress.ts';
import type { Base, Minting } from './engine.ts';
import { DefinitionService } from './integrations/definition-service.ts';
import { createPgSql } from './integrations/postgres/pg-sql.ts';
import { createPostgresIntegration } from './integrations/postgres/postgres.ts';
import { Leases } from './leases/leases.ts';
import { steadyNow } from './leases/moment.ts';
import { openEngineId } from './leases/parts.ts';

/** What of the machine the minting part needs. */
export type MintingTools = {
  /** All addresses of a name. */
  lookup: EgressOptions['lookup'];
  /** 0 ≤ random < 1, for the spread of retries. */
  random: () => number;
  /** A fresh unguessable id. */
  newId: () => string;
};

type Allowed = Pick<EngineConfig, 'allowEgress' | 'allowIntegration'>;

/**
 * @throws AppError ERR_CONFIG_INVALID when an allow list has an entry that is neither a host nor a block
 */
export async function createMinting(base: Base, allowed: Allowed, tools: MintingTools): Promise<Minting> {
  const { store, keyring, clock, log } = base;
  const egress = createEgress({
    clock,
    lookup: tools.lookup,
    allow: { outgoing: allowed.allowEgress, integration: allowed.allowIntegration },
  });
  const now = steadyNow(clock, await store.read.lastMoment({}));
  const integrations = [createPostgresIntegration({ sql: createPgSql(egress), now })];
  const leases = new Leases({
    store,
    keyring,
    integrations,
    clock,
    now,
    random: tools.random,
    engineId: await openEngineId(store, tools.newId().replaceAll('-', '').slice(0, 8)),
    processId: tools.newId(),
    log: (line) => log('warn', line),
  });
  return {
    leases,
    integrations: new DefinitionService({ store, keyring, integrations, leases, now }),
    onTokenDeleted: (tokenId, by) => leases.revokeOwnedBy({ tokenId }, by),
    start: () => leases.start(),
    stop: () => leases.stop(),
  };
}
