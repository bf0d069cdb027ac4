// What the lease engine is made of, and how the sealed half of a lease is opened for a call to its target.
import type { Clock } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import { latestEnd } from '#core/lease.js';
import type { Declared, Integration, Target } from '../integrations/integration.ts';
import { openIntegration } from '../integrations/sealed.ts';
import type { Keyring, Sealed } from '../keyring/keyring.ts';
import type { WorkRow } from '../storage/operations/lease-rows.ts';
import type { Metrics } from '../metrics.ts';
import type { LeaseRow } from '../storage/operations/leases.ts';
import type { Store } from '../storage/store.ts';

export type LeaseParts = {
  store: Pick<Store, 'read' | 'write' | 'stroke'>;
  keyring: Keyring;
  integrations: readonly Integration[];
  clock: Clock;
  /** Steady time (moment.ts), the same that the integrations were given. */
  now: () => number;
  /** 0 ≤ random < 1, for the spread of retries. */
  random: () => number;
  /** Starts the names of everything made for this store; `openEngineId`. */
  engineId: string;
  /** Different for every process that opens the store. */
  processId: string;
  /** One line for the operator; never a value. */
  log: (line: string) => void;
  /** Counts what was issued and ended. */
  metrics: Pick<Metrics, 'issued' | 'revoked' | 'reconciled'>;
};

const SCOPE = 'leases';

/** @throws AppError ERR_INTEGRATION_FAILED when this engine has no integration of that type */
export function integrationOf(parts: LeaseParts, type: string): Integration {
  const found = parts.integrations.find((one) => one.type === type);
  if (found) return found;
  throw new AppError('ERR_INTEGRATION_FAILED', `This engine has no integration of type ${type}.`);
}

/** Seals what revoking will need, bound to the lease. */
export async function sealPlan({ keyring }: LeaseParts, leaseId: string, plan: Declared): Promise<Sealed> {
  await keyring.prepare(SCOPE);
  return keyring.seal(SCOPE, ['lease-plan', leaseId], Buffer.from(JSON.stringify(plan)));
}

/** What was opened, by the sealed bytes: leases that were claimed together share them. Forgotten with them. */
export type Opened = WeakMap<Uint8Array, Declared>;

/** The plan as it was, and the integration's data as it is. @throws AppError ERR_DECRYPT */
export function openTarget({ keyring }: LeaseParts, row: WorkRow, opened: Opened = new WeakMap()): Target {
  const known = opened.get(row.integration_sealed);
  const data =
    known ??
    openIntegration(
      keyring,
      { id: row.integration_id, revision: row.integration_revision },
      { keyId: row.integration_key_id, sealed: row.integration_sealed },
    );
  if (!known) opened.set(row.integration_sealed, data);
  return { plan: openPlan({ keyring }, row), data };
}

/** The plan as it was. @throws AppError ERR_DECRYPT */
export function openPlan({ keyring }: Pick<LeaseParts, 'keyring'>, row: WorkRow): Declared {
  const plan = keyring.open(['lease-plan', row.id], { keyId: row.data_key_id, sealed: row.revoke_plan_sealed });
  return JSON.parse(plan.toString('utf8')) as Declared;
}

/**
 * When the credential of an ended lease is over by itself, where nobody can end it (STS without hard revoke); undefined
 * for all others. The plan tells, as it was when the lease was issued.
 */
export async function credentialEnd(
  parts: LeaseParts,
  { id, kind, state, expires_at }: LeaseRow,
): Promise<number | undefined> {
  const end = latestEnd(expires_at);
  if (kind !== 'aws_sts' || state === 'pending' || state === 'active' || parts.now() >= end) return undefined;
  const row = await parts.store.read.getLeaseWork({ id });
  if (!row) return undefined;
  const integration = integrationOf(parts, row.integration_type);
  return integration.outlivesRevoke?.(openPlan(parts, row)) ? end : undefined;
}

/** The id of this store, made once: eight characters that are legal in every target's names. */
export async function openEngineId(store: Pick<Store, 'write'>, fresh: string): Promise<string> {
  const kept = await store.write.initSetting({ key: 'engine.id', value: Buffer.from(fresh) });
  return Buffer.from(kept).toString('utf8');
}
