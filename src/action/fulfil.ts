// Main's story, second half: check what was read, lease, mask, check again, and only then hand over; or undo it all and say why.
import type { SecretsClient } from '#client/client.js';
import type { Network } from '#client/network.js';
import { iso } from '#core/clock.js';
import { AppError, asAppError } from '#core/errors.js';
import type { Sensitive } from '#core/sensitive.js';
import { type HandOverTools, handOver } from './hand-over.ts';
import type { Outcome } from './inject.ts';
import type { Inputs } from './inputs/inputs.ts';
import type { LeasingTools } from './lease-run.ts';
import type { JobLeases } from './leasing.ts';
import { hide } from './mask/hide.ts';
import { type Delivery, objections, refuse, replacements } from './naming.ts';
import type { Runner } from './runner.ts';
import { type PlaceRead, missingRequired, staticDeliveries } from './static-read.ts';
import { loadSummary } from './summary.ts';

export type FulfilTools = LeasingTools & HandOverTools;

/** What the first half found out. */
export type Fulfilling = {
  readonly inputs: Inputs;
  readonly network: Network;
  readonly token: Sensitive;
  readonly client: SecretsClient;
  readonly reads: readonly PlaceRead[];
};

const NO_LEASES: Outcome = { leaseIds: [], expiresAt: undefined };

/** Never rejects: a failure is one error line and a failed step. */
export async function fulfil(tools: FulfilTools, asked: Fulfilling): Promise<void> {
  const { runner, clock, stop } = tools;
  const { inputs, network, token, client, reads } = asked;
  let leased: JobLeases | undefined;
  try {
    const all = [...checkedStatic(runner, inputs, reads, client.tokenKind)];
    const fixed = all.length;
    // Most jobs lease nothing, and load nothing of what leasing takes.
    const leasing = inputs.leasing.dynamic.length === 0 ? undefined : await import('./leasing.ts');
    const leases = (await leasing?.planLeases(client, reads, inputs)) ?? [];
    if (inputs.dryRun) {
      const { tellDryRun } = await import('./dry-run.ts');
      tellDryRun(runner, inputs, all, leases);
      return;
    }
    if (leasing && leases.length > 0) {
      leased = new leasing.JobLeases(tools, { inputs, network, token, reads, leases });
      all.push(...(await leased.issue(client)));
    }

    hide(runner, all, inputs.maskMinLength);
    // What was read has been checked; with what was leased there may be more to say.
    if (leasing) refuse([...objectionsTo(runner, inputs, all), ...missingRequired(all, inputs.require)]);
    await leased?.settle();
    if (stop.aborted) throw new AppError('ERR_TIMEOUT', 'The job was cancelled.');
    const outcome = leased?.outcome ?? NO_LEASES;
    const until = outcome.expiresAt === undefined ? '' : `, the first ends ${iso(outcome.expiresAt)}`;
    const told = `${fixed} static, ${outcome.leaseIds.length} leased${until}`;
    const failure = await handOver(tools, inputs, all, { ...outcome, told }, leased?.renewing);
    // What only the script was to have ends with it.
    const ended = inputs.run ? await leased?.undo('Leases of the script') : undefined;
    leased = undefined;
    runner.summarize(loadSummary(inputs, all, clock.now()));
    if (ended) runner.info(ended);
    if (failure !== undefined) runner.fail(failure);
  } catch (error) {
    const undone = (await leased?.undo()) ?? '';
    runner.fail([asAppError(error).line, undone].filter((text) => text !== '').join(' '));
  }
}

/** The static secrets to deliver. @throws AppError with every objection, before anything is leased */
function checkedStatic(
  runner: Runner,
  inputs: Inputs,
  reads: readonly PlaceRead[],
  tokenKind: string,
): readonly Delivery[] {
  const { deliveries, objections: found, warnings } = staticDeliveries(reads, inputs, tokenKind);
  for (const text of warnings) runner.warning(text);
  const early = inputs.leasing.dynamic.length > 0 ? [] : missingRequired(deliveries, inputs.require);
  refuse([...found, ...objectionsTo(runner, inputs, deliveries), ...early]);
  return deliveries;
}

function objectionsTo(runner: Runner, inputs: Inputs, deliveries: readonly Delivery[]): string[] {
  const rules = { ...inputs, platform: runner.platform };
  return [...objections(deliveries, rules), ...replacements(deliveries, inputs, runner)];
}
