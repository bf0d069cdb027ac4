// Main's story: read, check, lease, mask, check again, and only then hand over; or undo it all and say why.
import type { Connect, SecretsClient } from '#client/client.js';
import type { Wire } from '#client/http.js';
import { iso } from '#core/clock.js';
import { AppError, asAppError } from '#core/errors.js';
import type { LeaseHandle } from '#core/lease-handle.js';
import type { Session } from './identity.ts';
import { type HandOverTools, handOver } from './hand-over.ts';
import type { Outcome } from './inject.ts';
import { type Inputs, readInputs } from './inputs/inputs.ts';
import { type Delivery, objections, refuse, replacements } from './naming.ts';
import { openNetwork } from './network.ts';
import type { Runner } from './runner.ts';
import { openSession } from './session.ts';
import { type PlaceRead, missingRequired, namesToAsk, staticDeliveries } from './static-read.ts';

/** `stop` aborts when the job is cancelled, with the name of the signal as its reason. */
export type LoadTools = HandOverTools & {
  readonly connect: Connect;
  readonly wire: Wire;
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
  const { runner, connect, clock, stop, newHandle } = tools;
  let undo = async () => '';
  let session: Session | undefined;
  try {
    const inputs = await readInputs(runner);
    const { apiUrl, credential } = inputs;
    if (inputs.dropIn && 'identity' in credential && credential.audience === undefined) {
      runner.notice(
        'Set oidc-audience, and allow it at the identity, so that no other service takes the token of this job.',
      );
    }
    const network = await openNetwork(runner, inputs.network);
    const terms = { apiUrl, network, budgetMs: inputs.timeoutMs, signal: stop };
    session = await openSession(tools, { ...terms, credential });
    const { token } = session;
    const client = connect({ ...terms, token });

    // Read from disk while the far side answers.
    const masking = import('./mask/hide.ts');
    const reads = await readAll(client, inputs);
    const all = [...checkedStatic(runner, inputs, reads, client.tokenKind)];
    const fixed = all.length;
    // Most jobs lease nothing, and load nothing of what leasing takes.
    const leasing = inputs.leasing.dynamic.length === 0 ? undefined : await import('./lease-run.ts');
    const leases = (await leasing?.planLeases(client, reads, inputs)) ?? [];
    if (inputs.dryRun) {
      const { tellDryRun } = await import('./dry-run.ts');
      tellDryRun(runner, inputs, all, leases);
      return;
    }
    let outcome: Outcome = { leaseIds: [], expiresAt: undefined };
    if (leasing && leases.length > 0) {
      const engine = reads.every(({ read }) => read.engine !== undefined);
      const run = new leasing.LeaseRun(tools, { inputs, network, leases, handle: newHandle(), engine });
      undo = async () => {
        const budgetMs = stop.aborted ? CANCELLED_ROLLBACK_MS : ROLLBACK_MS;
        return run.rollBack(connect({ apiUrl, network, token, budgetMs }));
      };
      all.push(...(await run.issueAll(client)));
      outcome = { leaseIds: run.leaseIds, expiresAt: run.expiresAt };
    }

    (await masking).hide(runner, all, inputs.maskMinLength);
    refuse([...objectionsTo(runner, inputs, all), ...missingRequired(all, inputs.require)]);
    if (stop.aborted) throw new AppError('ERR_TIMEOUT', 'The job was cancelled.');
    const failure = await handOver(tools, inputs, all, outcome);
    // What only the script was to have ends with it.
    const ended = inputs.run ? await undo() : '';
    undo = async () => '';
    const until = outcome.expiresAt === undefined ? '' : `, the first ends ${iso(outcome.expiresAt)}`;
    runner.info(`${fixed} static, ${outcome.leaseIds.length} leased${until}`);
    const { loadSummary } = await import('./summary.ts');
    runner.summarize(loadSummary(inputs, all, clock.now()));
    if (ended !== '') runner.info(ended);
    if (failure !== undefined) runner.fail(failure);
  } catch (error) {
    const undone = await undo();
    runner.fail([asAppError(error).line, undone].filter((text) => text !== '').join(' '));
  } finally {
    const unended = await session?.end(stop.aborted ? CANCELLED_END_MS : END_MS);
    if (unended) runner.warning(unended);
  }
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
