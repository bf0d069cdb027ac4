// What the lease engine is made of, and how the sealed half of a lease is opened for a call to its target.
import type { Clock } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import type { Declared, Integration, Target } from '../integrations/integration.ts';
import { openIntegration } from '../integrations/sealed.ts';
import type { Keyring, Sealed } from '../keyring/keyring.ts';
import type { WorkRow } from '../storage/operations/lease-rows.ts';
import type { Metrics } from '../metrics.ts';
import type { Store } from '../storage/store.ts';

export type LeaseParts = {
  store: Pick<Store, 'read' | 'write'>;
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
  metrics: Pick<Metrics, 'issued' | 'revoked'>;
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

/** The plan as it was, and the integration's data as it is. @throws AppError ERR_DECRYPT */
export function openTarget({ keyring }: LeaseParts, row: WorkRow): Target {
  const plan = keyring.open(['lease-plan', row.id], { keyId: row.data_key_id, sealed: row.revoke_plan_sealed });
  const data = openIntegration(
    keyring,
    { id: row.integration_id, revision: row.integration_revision },
    { keyId: row.integration_key_id, sealed: row.integration_sealed },
  );
  return { plan: JSON.parse(plan.toString('utf8')) as Declared, data };
}

/** The id of this store, made once: eight characters that are legal in every target's names. */
export async function openEngineId(store: Pick<Store, 'write'>, fresh: string): Promise<string> {
  const kept = await store.write.initSetting({ key: 'engine.id', value: Buffer.from(fresh) });
  return Buffer.from(kept).toString('utf8');
}
