// Main's story: read, check, lease, mask, check again, and only then hand over; or undo it all and say why.
import type { Connect } from '#client/client.js';
import { iso } from '#core/clock.js';
import { AppError, asAppError } from '#core/errors.js';
import type { LeaseHandle } from '#core/lease-handle.js';
import { type HandOverTools, handOver } from './hand-over.ts';
import type { Outcome } from './inject.ts';
import { readInputs } from './inputs/inputs.ts';
import { planLeases } from './lease-plan.ts';
import { LeaseRun } from './lease-run.ts';
import { hide } from './mask/hide.ts';
import { objections, refuse, replacements } from './naming.ts';
import { missingRequired, namesToAsk, staticDeliveries } from './static-read.ts';

/** `stop` aborts when the job is cancelled, with the name of the signal as its reason. */
export type LoadTools = HandOverTools & {
  readonly connect: Connect;
  readonly newHandle: () => LeaseHandle;
};

/** For ending leases after a failure: within the 7 s that a cancelled step has, grace for a late answer included. */
const ROLLBACK_MS = 5_000;
const CANCELLED_ROLLBACK_MS = 2_500;

/** Loads secrets and leases into the job. Never rejects: a failure is one error line and a failed step. */
export async function load(tools: LoadTools): Promise<void> {
  const { runner, connect, clock, stop, newHandle } = tools;
  let undo = async () => '';
  try {
    const inputs = await readInputs(runner);
    const { apiUrl } = inputs;
    const token = 'token' in inputs.credential ? inputs.credential.token : undefined;
    if (token) runner.mask([token.reveal()]);
    const client = connect({ apiUrl, token, budgetMs: inputs.timeoutMs, signal: stop });

    const names = namesToAsk(inputs);
    const reads = await Promise.all(
      inputs.places.map(async (place) => ({ place, read: await client.fetchSecrets(place, names) })),
    );
    const fixed = staticDeliveries(reads, inputs, client.tokenKind);
    for (const text of fixed.warnings) runner.warning(text);
    const rules = { ...inputs, platform: runner.platform };
    const early = inputs.leasing.dynamic.length > 0 ? [] : missingRequired(fixed.deliveries, inputs.require);
    const others = replacements(fixed.deliveries, inputs, runner);
    refuse([...fixed.objections, ...objections(fixed.deliveries, rules), ...others, ...early]);

    const all = [...fixed.deliveries];
    let outcome: Outcome = { leaseIds: [], expiresAt: undefined };
    const leases = await planLeases(client, reads, inputs);
    if (inputs.dryRun) {
      const { tellDryRun } = await import('./dry-run.ts');
      return tellDryRun(runner, inputs, fixed.deliveries, leases);
    }
    if (leases.length > 0) {
      const engine = reads.every(({ read }) => read.engine !== undefined);
      const plan = { inputs, leases, handle: newHandle(), engine };
      const run = new LeaseRun(tools, plan);
      undo = async () => {
        const budgetMs = stop.aborted ? CANCELLED_ROLLBACK_MS : ROLLBACK_MS;
        return run.rollBack(connect({ apiUrl, token, budgetMs }));
      };
      all.push(...(await run.issueAll(client)));
      outcome = { leaseIds: run.leaseIds, expiresAt: run.expiresAt };
    }

    hide(runner, all, inputs.maskMinLength);
    refuse([...objections(all, rules), ...replacements(all, inputs, runner), ...missingRequired(all, inputs.require)]);
    if (stop.aborted) throw new AppError('ERR_TIMEOUT', 'The job was cancelled.');
    const failure = await handOver(tools, inputs, all, outcome);
    // What only the script was to have ends with it.
    const ended = inputs.run ? await undo() : '';
    undo = async () => '';
    const until = outcome.expiresAt === undefined ? '' : `, the first ends ${iso(outcome.expiresAt)}`;
    runner.info(`${fixed.deliveries.length} static, ${outcome.leaseIds.length} leased${until}`);
    const { loadSummary } = await import('./summary.ts');
    runner.summarize(loadSummary(inputs, all, clock.now()));
    if (ended !== '') runner.info(ended);
    if (failure !== undefined) runner.fail(failure);
  } catch (error) {
    const undone = await undo();
    runner.fail([asAppError(error).line, undone].filter((text) => text !== '').join(' '));
  }
}
