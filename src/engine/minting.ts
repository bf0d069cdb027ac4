// The part that mints, as this build has it.
import { AppError } from '#core/errors.js';
import type { EngineConfig } from './config.ts';
import type { Base, Minting } from './engine.ts';

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
