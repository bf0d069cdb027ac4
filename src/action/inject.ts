// How values reach the job: step outputs always, the environment of later steps on request.
import type { Backend } from '#client/client.js';
import { iso } from '#core/clock.js';
import type { Delivery } from './naming.ts';
import type { Runner } from './runner.ts';

/** One lease as the `lease-ids` output and the revoke action know it. Phase: app and environment under the same names. */
export type LeaseId = {
  readonly backend: Backend;
  readonly project: string;
  readonly config: string;
  readonly dynamic: string;
  readonly id: string;
};

export type Outcome = { readonly leaseIds: readonly LeaseId[]; readonly expiresAt: number | undefined };

/**
 * One append to each command file. With `run` the values themselves are the child's alone; `emptied` variables are
 * exported beside the others, without a value. Every value must be masked by now.
 */
export function inject(
  runner: Runner,
  deliveries: readonly Delivery[],
  outcome: Outcome,
  {
    exportEnv,
    run,
    emptied,
  }: { readonly exportEnv: boolean; readonly run?: unknown; readonly emptied: readonly string[] },
): void {
  const values = new Map(deliveries.map(({ name, value }) => [name, value.reveal()]));
  const outputs = new Map(run ? [] : values);
  outputs.set('lease-ids', JSON.stringify(outcome.leaseIds));
  outputs.set('expires-at', outcome.expiresAt === undefined ? '' : iso(outcome.expiresAt));
  outputs.set('secret-names', JSON.stringify([...values.keys()].sort()));
  const variables = exportEnv ? [...emptied.map((name) => [name, ''] as const), ...values] : [];
  runner.deliver(outputs, new Map(variables));
}
