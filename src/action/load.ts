// Main's story: read, check, lease, mask, check again, and only then hand over; or undo it all and say why.
import { iso } from '#core/clock.js';
import { AppError, asAppError } from '#core/errors.js';
import type { Session, SessionTools } from './identity.ts';
import { inject } from './inject.ts';
import { readInputs } from './inputs/inputs.ts';
import { planLeases } from './lease-plan.ts';
import type { LeasingTools } from './lease-run.ts';
import type { JobLeases } from './leasing.ts';
import { masksFor } from './mask.ts';
import { openNetwork } from './network.ts';
import { objections, refuse, replacements } from './naming.ts';
import { openSession } from './session.ts';
import { missingRequired, namesToAsk, staticDeliveries } from './static-read.ts';

export type LoadTools = LeasingTools & SessionTools;

/** For ending the token of this job; it ends by itself in minutes. */
const END_MS = 5_000;
const CANCELLED_END_MS = 1_000;

/** Loads secrets and leases into the job. Never rejects: a failure is one error line and a failed step. */
export async function load(tools: LoadTools): Promise<void> {
  const { runner, connect, wire, stop } = tools;
  let leased: JobLeases | undefined;
  let session: Session | undefined;
  try {
    const inputs = await readInputs(runner);
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
    const rules = { ...inputs, platform: runner.platform };
    const early = inputs.leasing.dynamic.length > 0 ? [] : missingRequired(fixed.deliveries, inputs.require);
    const others = replacements(fixed.deliveries, inputs, runner);
    refuse([...fixed.objections, ...objections(fixed.deliveries, rules), ...others, ...early]);

    const all = [...fixed.deliveries];
    const leases = await planLeases(client, reads, inputs);
    if (inputs.dryRun) {
      const { tellDryRun } = await import('./dry-run.ts');
      return tellDryRun(runner, inputs, fixed.deliveries, leases);
    }
    if (leases.length > 0) {
      const { JobLeases } = await import('./leasing.ts');
      leased = new JobLeases(tools, { inputs, network, token, reads, leases });
      all.push(...(await leased.issue(client)));
    }

    runner.mask(masksFor(all, inputs.maskMinLength));
    refuse([...objections(all, rules), ...replacements(all, inputs, runner), ...missingRequired(all, inputs.require)]);
    await leased?.settle();
    if (stop.aborted) throw new AppError('ERR_TIMEOUT', 'The job was cancelled.');
    const outcome = leased?.outcome ?? { leaseIds: [], expiresAt: undefined };
    inject(runner, all, outcome, exportEnv);
    leased = undefined;
    const until = outcome.expiresAt === undefined ? '' : `, the first ends ${iso(outcome.expiresAt)}`;
    runner.info(`${fixed.deliveries.length} static, ${outcome.leaseIds.length} leased${until}`);
    const { loadSummary } = await import('./summary.ts');
    runner.summarize(loadSummary(inputs, all, wire.clock.now()));
  } catch (error) {
    const undone = (await leased?.undo()) ?? '';
    runner.fail([asAppError(error).line, undone].filter((text) => text !== '').join(' '));
  } finally {
    const unended = await session?.end(stop.aborted ? CANCELLED_END_MS : END_MS);
    if (unended) runner.warning(unended);
  }
}
