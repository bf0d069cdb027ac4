// The real lease service for an engine under test, with a target that is a set in memory.
import type { Integration } from '#engine/integrations/integration.js';
import { DefinitionService } from '#engine/integrations/definition-service.js';
import { Leases } from '#engine/leases/leases.js';
import { steadyNow } from '#engine/leases/moment.js';
import { openEngineId } from '#engine/leases/parts.js';
import type { Base, Minting } from '#engine/minting.js';
import { FakeTarget } from '../leasing/fake-integration.ts';

/** `settle` does what is due now, as the sweeper would by itself. */
export type RealMinting = { target: FakeTarget; minting(base: Base): Promise<Minting>; settle(): Promise<void> };

/** Another target than the set stands in its place where one is given. */
export function realMinting(other?: (now: () => number) => Integration): RealMinting {
  const target = new FakeTarget();
  let leases: Leases | undefined;
  return {
    target,
    minting: async ({ store, keyring, clock, metrics }) => {
      const now = steadyNow(clock, await store.read.lastMoment({}));
      const integrations = [other?.(now) ?? target.integration()];
      const engineId = await openEngineId(store, 'test0001');
      const parts = {
        store,
        keyring,
        integrations,
        clock,
        now,
        metrics,
        engineId,
        processId: 'p1',
        log: () => undefined,
      };
      const made = new Leases({ ...parts, random: () => 0.5 });
      leases = made;
      return {
        leases: made,
        integrations: new DefinitionService({ store, keyring, integrations, leases: made, now }),
        onTokenDeleted: (tokenId, by) => made.revokeOwnedBy({ tokenId }, by),
        onPrincipalDeleted: (principalId, by) => made.revokeOwnedBy({ principalId }, by),
        now,
        integrationsDown: () => made.integrationsDown,
        reconcile: async () => void (await made.reconcile()),
        // The test's clock sleeps until it is moved: what is due is done when a test settles it.
        start: async () => undefined,
        stop: () => made.stop(),
      };
    },
    settle: async () => void (await leases?.settle()),
  };
}
