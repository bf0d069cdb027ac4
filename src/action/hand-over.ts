// Hands masked values to whom they are for: a file, outputs and variables, or one child process.
import type { Clock } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import type { RenewingProfile } from './credentials/plan.ts';
import type { Machine } from './github-runner.ts';
import { inject, type Outcome } from './inject.ts';
import type { Inputs } from './inputs/inputs.ts';
import type { Delivery } from './naming.ts';
import type { Runner } from './runner.ts';

export type HandOverTools = {
  readonly runner: Runner;
  readonly machine: Pick<Machine, 'env' | 'relay' | 'kill'>;
  readonly clock: Clock;
  readonly stop: AbortSignal;
  /** What runs the credential process: Node and its bundle. */
  readonly credentialProcess: readonly string[];
};

/**
 * All of it or nothing: what fails later takes the file away again. `told` is written last, and must be heard. Returns
 * why the script of `run` failed, in a sentence; undefined when all went well.
 * @throws AppError when something could not be handed over, or the job is cancelled or gone meanwhile
 */
export async function handOver(
  tools: HandOverTools,
  inputs: Inputs,
  deliveries: readonly Delivery[],
  outcome: Outcome & { readonly told: string },
  renewing: readonly RenewingProfile[] = [],
): Promise<string | undefined> {
  const { runner } = tools;
  const reachesAws = (inputs.exportEnv || inputs.run) && deliveries.some(({ name }) => name === 'AWS_ACCESS_KEY_ID');
  const emptied = reachesAws ? await overruling(runner, inputs.run, deliveries) : [];
  const removeFile = inputs.file ? await writeFile(tools, inputs.file, deliveries, renewing) : undefined;
  try {
    inject(runner, deliveries, outcome, { ...inputs, emptied });
    const failure = inputs.run ? await run(tools, inputs, deliveries, emptied) : undefined;
    if (failure !== undefined) removeFile?.();
    runner.info(outcome.told);
    if (!runner.isHeard)
      throw new AppError('ERR_UNAVAILABLE', 'Nobody reads what this step writes: no post will come.');
    return failure;
  } catch (error) {
    removeFile?.();
    throw error;
  }
}

/** Variables of the job that would stand over an AWS key of ours; a later step gets them empty, a child not at all. */
async function overruling(
  runner: Runner,
  input: Inputs['run'],
  deliveries: readonly Delivery[],
): Promise<readonly string[]> {
  const { blankedBy, refusedEmpty } = await import('./aws.ts');
  const found = blankedBy(
    deliveries.map(({ name }) => name),
    runner,
  );
  const how = input ? 'Kept from the script' : 'Emptied';
  if (found.length > 0) runner.notice(`${how}, since they would stand over AWS_ACCESS_KEY_ID: ${found.join(', ')}.`);
  const refused = input ? '' : refusedEmpty(found);
  if (refused !== '') runner.warning(refused);
  return found;
}

async function writeFile(
  { runner, credentialProcess: command }: HandOverTools,
  file: NonNullable<Inputs['file']>,
  deliveries: readonly Delivery[],
  profiles: readonly RenewingProfile[],
): Promise<() => void> {
  const { writeValues } = await import('./file/write.ts');
  const values = new Map(deliveries.map(({ name, value }) => [name, value.reveal()]));
  return writeValues(runner, file, values, { command, profiles });
}

async function run(
  { runner, machine, clock, stop }: HandOverTools,
  { run: input, maskMinLength }: Inputs,
  deliveries: readonly Delivery[],
  without: readonly string[],
): Promise<string | undefined> {
  if (!input) return undefined;
  const { runScript } = await import('./run/run.ts');
  const given = { values: deliveries, without, minLength: maskMinLength };
  const failure = await runScript({ runner, clock, stop, ...machine }, input, given);
  if (stop.aborted) throw new AppError('ERR_TIMEOUT', 'The job was cancelled.');
  return failure;
}
