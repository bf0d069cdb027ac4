// The part that mints: what the engine asks of it, and how this build assembles it.
import type { Clock } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import type { EngineConfig } from './config.ts';
import type { By, IntegrationService } from './integrations/definitions.ts';
import type { Keyring } from './keyring/keyring.ts';
import type { LeaseService } from './leases/lease-service.ts';
import type { Log } from './log.ts';
import type { Store } from './storage/store.ts';

/** What it gets from the engine. */
export type Base = { store: Store; keyring: Keyring; clock: Clock; log: Log };

/** Integrations, dynamic secrets, leases, and the work that goes on behind requests. */
export type Minting = {
  leases: LeaseService;
  integrations: IntegrationService;
  /** Ends the leases of a deleted service token, whose id is also that of its principal. */
  onTokenDeleted(tokenId: string, by: By): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
};

/** A fresh minting part over the engine's store and keyring. */
export function createMinting(_base: Base, _config: Pick<EngineConfig, 'allowEgress' | 'allowIntegration'>): Minting {
  const absent = async (): Promise<never> => {
    throw new AppError('ERR_UNAVAILABLE', 'This engine has no integrations.');
  };
  const none = async () => [];
  const nothing = async () => undefined;
  return {
    leases: { issue: absent, renew: absent, revoke: absent, revokeSet: none, list: none },
    integrations: {
      createIntegration: absent,
      listIntegrations: none,
      deleteIntegration: absent,
      createDynamicSecret: absent,
      listDynamicSecrets: none,
      getDynamicSecret: absent,
      deleteDynamicSecret: absent,
    },
    onTokenDeleted: nothing,
    start: nothing,
    stop: nothing,
  };
}
