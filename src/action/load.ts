// Main's story: read, check, lease, mask, check again, and only then hand over; or undo it all and say why.
import type { Connect } from '#client/client.js';
import type { Wire } from '#client/http.js';
import type { Clock } from '#core/clock.js';
import { iso } from '#core/clock.js';
import { AppError, asAppError } from '#core/errors.js';
import type { LeaseHandle } from '#core/lease-handle.js';
import type { Session } from './identity.ts';
import { inject } from './inject.ts';
import { readInputs } from './inputs/inputs.ts';
import { planLeases } from './lease-plan.ts';
import { LeaseRun } from './lease-run.ts';
import { masksFor } from './mask.ts';
import { objections, refuse } from './naming.ts';
import { openNetwork } from './network.ts';
import type { Runner } from './runner.ts';
import { openSession } from './session.ts';
import { missingRequired, namesToAsk, staticDeliveries } from './static-read.ts';

export type LoadTools = {
  readonly runner: Runner;
  readonly connect: Connect;
  readonly wire: Wire;
  readonly clock: Clock;
  /** Aborts when the job is cancelled. */
  readonly stop: AbortSignal;
  readonly newHandle: () => LeaseHandle;
};

/** For ending leases after a failure: within the 7 s that a cancelled step has, grace for a late answer included. */
const ROLLBACK_MS = 5_000;
const CANCELLED_ROLLBACK_MS = 2_500;
/** For ending the token of this job; it ends by itself in minutes. */
const END_MS = 5_000;
const CANCELLED_END_MS = 1_000;

/** Loads secrets and leases into the job. Never rejects: a failure is one error line and a failed step. */
export async function load(tools: LoadTools): Promise<void> {
  const { runner, connect, stop, newHandle } = tools;
  let undo = async () => '';
  let session: Session | undefined;
  try {
    const inputs = readInputs(runner);
    const { apiUrl, exportEnv, credential } = inputs;
    const network = await openNetwork(runner, inputs.network);
    const terms = { apiUrl, network, budgetMs: inputs.timeoutMs, signal: stop };
    session = await openSession(tools, { ...terms, credential });
    const { token } = session;
    const client = connect({ ...terms, token });

    const names = namesToAsk(inputs);
    const reads = await Promise.all(
      inputs.places.map(async (place) => ({ place, read: await client.fetchSecrets(place, names) })),
    );
    const fixed = staticDeliveries(reads, inputs, client.tokenKind);
    for (const text of fixed.warnings) runner.warning(text);
    const leasing = inputs.leasing.dynamic.length > 0;
    const early = leasing ? [] : missingRequired(fixed.deliveries, inputs.require);
    refuse([...fixed.objections, ...objections(fixed.deliveries, inputs), ...early]);

    const all = [...fixed.deliveries];
    let outcome: Parameters<typeof inject>[2] = { leaseIds: [], expiresAt: undefined };
    const leases = await planLeases(client, reads, inputs);
    if (leases.length > 0) {
      const engine = reads.every(({ read }) => read.engine !== undefined);
      const plan = { inputs, network, leases, handle: newHandle(), engine };
      const run = new LeaseRun(tools, plan);
      undo = async () => {
        const budgetMs = stop.aborted ? CANCELLED_ROLLBACK_MS : ROLLBACK_MS;
        return run.rollBack(connect({ apiUrl, network, token, budgetMs }));
      };
      all.push(...(await run.issueAll(client)));
      outcome = { leaseIds: run.leaseIds, expiresAt: run.expiresAt };
    }

    runner.mask(masksFor(all, inputs.maskMinLength));
    refuse([...objections(all, inputs), ...missingRequired(all, inputs.require)]);
    if (stop.aborted) throw new AppError('ERR_TIMEOUT', 'The job was cancelled.');
    inject(runner, all, outcome, exportEnv);
    undo = async () => '';
    const until = outcome.expiresAt === undefined ? '' : `, the first ends ${iso(outcome.expiresAt)}`;
    runner.info(`${fixed.deliveries.length} static, ${outcome.leaseIds.length} leased${until}`);
  } catch (error) {
    const undone = await undo();
    runner.fail([asAppError(error).line, undone].filter((text) => text !== '').join(' '));
  }
  const unended = await session?.end(stop.aborted ? CANCELLED_END_MS : END_MS);
  if (unended) runner.warning(unended);
}
