// Comparing with the targets: what is there of ours without a live lease is ended, and what is not there is told.
import { AppError, asAppError } from '#core/errors.js';
import { isFinal } from '#core/lease.js';
import type { Integration } from '../integrations/integration.ts';
import { openIntegration } from '../integrations/sealed.ts';
import type { IntegrationRow } from '../storage/operations/integrations.ts';
import type { WorkRow } from '../storage/operations/lease-rows.ts';
import { type LeaseParts, openTarget } from './parts.ts';
import { REVOKE_DEADLINE_MS, withDeadline } from './timing.ts';

/** Every name of ours ends in the lease's id without its dashes (integrations' names). */
const LEASE_ID = /([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})$/;
/** So many names are told one by one; the count is always whole. */
const TOLD = 20;

/** Names at one target. `unknown`: made by this store's engine, with no lease here, as after an older backup came back. */
export type Reconciled = { ended: string[]; unknown: string[]; missing: string[] };

export class Reconciler {
  readonly #parts: LeaseParts;

  constructor(parts: LeaseParts) {
    this.#parts = parts;
  }

  /** Once over every integration that can list. A target that cannot be asked is left for the next time. */
  async reconcile(): Promise<Reconciled> {
    const all: Reconciled = { ended: [], unknown: [], missing: [] };
    for (const row of await this.#parts.store.read.listIntegrations({})) {
      const integration = this.#parts.integrations.find(({ type, list }) => type === row.type && list);
      if (!integration) continue;
      try {
        const found = await this.#compare(row, integration);
        for (const part of ['ended', 'unknown', 'missing'] as const) all[part].push(...found[part]);
      } catch (error) {
        this.#parts.log(`integration ${row.id} could not be compared: ${asAppError(error).line}`);
      }
    }
    this.#parts.metrics.reconciled({ unknown: all.unknown.length, missing: all.missing.length });
    return all;
  }

  async #compare(row: IntegrationRow, integration: Integration): Promise<Reconciled> {
    const { store, keyring, engineId, clock, log } = this.#parts;
    // Before the list is asked for: what is issued meanwhile may be in it or not.
    const kinds: readonly string[] = integration.listedKinds ?? integration.kinds;
    const active = await store.read.activeRefs({ integrationId: row.id });
    const data = openIntegration(keyring, row, { keyId: row.data_key_id, sealed: row.data_sealed });
    const there = new Set<string>();
    // What was issued between a dump and its restore has its name from before, and is known to nobody but the target.
    for (const id of [engineId, ...(await store.read.formerEngineIds({}))]) {
      const listed = await withDeadline(clock, REVOKE_DEADLINE_MS, async (signal) =>
        integration.list?.({ engineId: id, data }, signal),
      );
      for (const { externalRef } of listed ?? []) there.add(externalRef);
    }
    const result: Reconciled = { ended: [], unknown: [], missing: [] };
    for (const ref of there) {
      const lease = await this.#leaseOf(ref);
      if (!lease) result.unknown.push(ref);
      else if (isFinal(lease.state) && (await this.#end(integration, lease, ref))) result.ended.push(ref);
    }
    for (const { id, kind, external_ref: ref } of active) {
      const now = there.has(ref) || !kinds.includes(kind) ? undefined : await store.read.getLease({ id });
      if (now?.state === 'active') result.missing.push(ref);
    }
    if (result.unknown.length > 0)
      log(`integration ${row.id} has credentials without a lease: ${told(result.unknown)}`);
    if (result.missing.length > 0) log(`integration ${row.id} lacks credentials of leases: ${told(result.missing)}`);
    return result;
  }

  async #leaseOf(ref: string): Promise<WorkRow | undefined> {
    const id = LEASE_ID.exec(ref)?.slice(1).join('-');
    return id === undefined ? undefined : this.#parts.store.read.getLeaseWork({ id });
  }

  /** A lease that is over, whose credential is not: closed by hand, or made by a creator that woke too late. */
  async #end(integration: Integration, lease: WorkRow, ref: string): Promise<boolean> {
    const { clock, now, store, log } = this.#parts;
    const about = { action: 'lease.orphan', target: `lease:${lease.id}`, actor: 'engine' };
    try {
      const target = { ...openTarget(this.#parts, lease), expiresAt: lease.expires_at };
      const outcome = await withDeadline(clock, REVOKE_DEADLINE_MS, (signal) => integration.revoke(target, signal));
      if (outcome !== 'done') return false;
      await store.write.recordAudit({
        events: [{ ...about, at: now(), outcome: 'ok', detail: { external_ref: ref } }],
      });
      return true;
    } catch (error) {
      const why = error instanceof AppError ? error.code : 'ERR_INTERNAL';
      log(`lease ${lease.id} is over and its credential is there: ${asAppError(error).line}`);
      await store.write.recordAudit({ events: [{ ...about, at: now(), outcome: 'failed', detail: { code: why } }] });
      return false;
    }
  }
}

function told(refs: readonly string[]): string {
  const shown = refs.slice(0, TOLD).join(', ');
  return refs.length > TOLD ? `${shown} and ${refs.length - TOLD} more` : shown;
}
