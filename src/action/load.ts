// Main's story: read, check, lease, mask, check again, and only then hand over; or undo it all and say why.
import type { SecretsClient } from '#client/client.js';
import { iso } from '#core/clock.js';
import { AppError, asAppError } from '#core/errors.js';
import { type HandOverTools, handOver } from './hand-over.ts';
import type { Session, SessionTools } from './identity.ts';
import type { Outcome } from './inject.ts';
import { type Inputs, readInputs } from './inputs/inputs.ts';
import type { LeasingTools } from './lease-run.ts';
import type { JobLeases } from './leasing.ts';
import { type Delivery, objections, refuse, replacements } from './naming.ts';
import { openNetwork } from './network.ts';
import type { Runner } from './runner.ts';
import { openSession } from './session.ts';
import { type PlaceRead, missingRequired, namesToAsk, staticDeliveries } from './static-read.ts';

/** `stop` aborts when the job is cancelled, with the name of the signal as its reason. */
export type LoadTools = LeasingTools & SessionTools & HandOverTools;

/** For ending the token of this job; it ends by itself in minutes. */
const END_MS = 5_000;
const CANCELLED_END_MS = 1_000;
const NO_LEASES: Outcome = { leaseIds: [], expiresAt: undefined };

/** Loads secrets and leases into the job. Never rejects: a failure is one error line and a failed step. */
export async function load(tools: LoadTools): Promise<void> {
  const { runner, connect, clock, stop } = tools;
  let leased: JobLeases | undefined;
  let session: Session | undefined;
  try {
    const inputs = await readInputs(runner);
    recommendAudience(runner, inputs);
    const network = await openNetwork(runner, inputs.network);
    const { backend, apiUrl, credential } = inputs;
    const terms = { backend, apiUrl, network, budgetMs: inputs.timeoutMs, signal: stop };
    session = await openSession(tools, { ...terms, credential });
    const { token } = session;
    const client = connect({ ...terms, token });

    // Read from disk while the far side answers.
    const masking = import('./mask/hide.ts');
    const reads = await readAll(client, inputs);
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

    (await masking).hide(runner, all, inputs.maskMinLength);
    refuse([...objectionsTo(runner, inputs, all), ...missingRequired(all, inputs.require)]);
    await leased?.settle();
    if (stop.aborted) throw new AppError('ERR_TIMEOUT', 'The job was cancelled.');
    const outcome = leased?.outcome ?? NO_LEASES;
    const failure = await handOver(tools, inputs, all, outcome, leased?.renewing);
    // What only the script was to have ends with it.
    const ended = inputs.run ? await leased?.undo() : undefined;
    leased = undefined;
    const until = outcome.expiresAt === undefined ? '' : `, the first ends ${iso(outcome.expiresAt)}`;
    runner.info(`${fixed} static, ${outcome.leaseIds.length} leased${until}`);
    const { loadSummary } = await import('./summary.ts');
    runner.summarize(loadSummary(inputs, all, clock.now()));
    if (ended) runner.info(ended);
    if (failure !== undefined) runner.fail(failure);
  } catch (error) {
    const undone = (await leased?.undo()) ?? '';
    runner.fail([asAppError(error).line, undone].filter((text) => text !== '').join(' '));
  } finally {
    const unended = await session?.end(stop.aborted ? CANCELLED_END_MS : END_MS);
    if (unended) runner.warning(unended);
  }
}

function recommendAudience(runner: Runner, { dropIn, credential }: Inputs): void {
  if (!dropIn || !('identity' in credential) || credential.audience !== undefined) return;
  runner.notice(
    'Set oidc-audience, and allow it at the identity, so that no other service takes the token of this job.',
  );
}

async function readAll(client: SecretsClient, inputs: Inputs): Promise<PlaceRead[]> {
  const names = namesToAsk(inputs);
  return Promise.all(inputs.places.map(async (place) => ({ place, read: await client.fetchSecrets(place, names) })));
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
