// The part that mints: what the engine asks of it, and how it is assembled over the engine's store and keyring.
import type { Clock } from '#core/clock.js';
import type { EngineConfig } from './config.ts';
import { createEgress, type EgressOptions } from './egress.ts';
import { DefinitionService } from './integrations/definition-service.ts';
import type { By, IntegrationService } from './integrations/definitions.ts';
import { createAwsIntegration } from './integrations/aws/aws.ts';
import { createAwsSdk } from './integrations/aws/sdk.ts';
import { createPgSql } from './integrations/postgres/pg-sql.ts';
import { createPostgresIntegration } from './integrations/postgres/postgres.ts';
import type { Keyring } from './keyring/keyring.ts';
import type { LeaseService } from './leases/lease-service.ts';
import { Leases } from './leases/leases.ts';
import { steadyNow } from './leases/moment.ts';
import { openEngineId } from './leases/parts.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Store } from './storage/store.ts';

/** What it gets from the engine. */
export type Base = { store: Store; keyring: Keyring; clock: Clock; log: Log; metrics: Metrics };

/** Integrations, dynamic secrets, leases, and the work that goes on behind requests. */
export type Minting = {
  leases: LeaseService;
  integrations: IntegrationService;
  /** Ends the leases of a deleted service token, whose id is also that of its principal. */
  onTokenDeleted(tokenId: string, by: By): Promise<void>;
  /** Ends the leases of a deleted user or service account, whichever token minted them. */
  onPrincipalDeleted(principalId: string, by: By): Promise<void>;
  /** The moment by which leases are ended, epoch milliseconds: it never goes back. */
  now(): number;
  /** Targets that count as down. */
  integrationsDown(): number;
  /** Compares with the targets once; not while revocations are held after a restore. */
  reconcile(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
};

/** What of the machine the minting part needs. */
export type MintingTools = {
  /** All addresses of a name. */
  lookup: EgressOptions['lookup'];
  /** 0 ≤ random < 1, for the spread of retries. */
  random: () => number;
  /** A fresh unguessable id. */
  newId: () => string;
};

/** After a restore that holds revocations nothing is taken over and nothing swept; what is asked for is still done. */
async function areHeld({ store, log, now }: Pick<Base, 'store' | 'log'> & { now: () => number }): Promise<boolean> {
  const { held, due, first } = await store.read.heldRevocations({ at: now() });
  if (!held) return false;
  const leases = first.map(({ id, state }) => `${id} ${state}`);
  log('warn', 'revocations held', { due, leases, release: 'serve --release-revocations' });
  return true;
}

type Allowed = Pick<EngineConfig, 'allowEgress' | 'allowIntegration'>;

/**
 * @throws AppError ERR_CONFIG_INVALID when an allow list has an entry that is neither a host nor a block
 */
export async function createMinting(base: Base, allowed: Allowed, tools: MintingTools): Promise<Minting> {
  const { store, keyring, clock, log, metrics } = base;
  const egress = createEgress({
    clock,
    lookup: tools.lookup,
    allow: { outgoing: allowed.allowEgress, integration: allowed.allowIntegration },
  });
  const now = steadyNow(clock, await store.read.lastMoment({}));
  const { random } = tools;
  const integrations = [
    createPostgresIntegration({ sql: createPgSql(egress), now }),
    createAwsIntegration({ aws: createAwsSdk({ egress, now }), now, random, sleep: (...args) => clock.sleep(...args) }),
  ];
  const leases = new Leases({
    store,
    keyring,
    integrations,
    clock,
    now,
    random,
    engineId: await openEngineId(store, tools.newId().replaceAll('-', '').slice(0, 8)),
    processId: tools.newId(),
    log: (line) => log('warn', line),
    metrics,
  });
  return {
    leases,
    integrations: new DefinitionService({ store, keyring, integrations, leases, now }),
    onTokenDeleted: (tokenId, by) => leases.revokeOwnedBy({ tokenId }, by),
    onPrincipalDeleted: (principalId, by) => leases.revokeOwnedBy({ principalId }, by),
    now,
    integrationsDown: () => leases.integrationsDown,
    reconcile: async () => {
      if (!(await store.read.heldRevocations({ at: now() })).held) await leases.reconcile();
    },
    start: async () => {
      if (!(await areHeld({ store, log, now }))) await leases.start();
    },
    stop: () => leases.stop(),
  };
}
