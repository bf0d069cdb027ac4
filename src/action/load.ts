// Main's story, first half: read the inputs, sign in, ask; the second half is read from disk while the far side answers.
import { asAppError } from '#core/errors.js';
import type { Fulfilling, FulfilTools } from './fulfil.ts';
import type { Session, SessionTools } from './identity.ts';
import { type Inputs, readInputs } from './inputs/inputs.ts';
import { openNetwork } from './network.ts';
import type { Runner } from './runner.ts';
import { openSession } from './session.ts';
import { namesToAsk } from './static-ask.ts';

/** `stop` aborts when the job is cancelled, with the name of the signal as its reason. */
export type LoadTools = FulfilTools & SessionTools;

/** For ending the token of this job; it ends by itself in minutes. */
const END_MS = 5_000;
const CANCELLED_END_MS = 1_000;

/** Loads secrets and leases into the job. Never rejects: a failure is one error line and a failed step. */
export async function load(tools: LoadTools): Promise<void> {
  const { runner, connect, stop } = tools;
  let session: Session | undefined;
  try {
    const inputs = await readInputs(runner);
    if (inputs.dropIn) recommendAudience(runner, inputs);
    const network = await openNetwork(runner, inputs.network);
    const { backend, apiUrl, credential } = inputs;
    const terms = { backend, apiUrl, network, budgetMs: inputs.timeoutMs, signal: stop };
    session = await openSession(tools, { ...terms, credential });
    const { token } = session;
    const client = connect({ ...terms, token });
    const [reads, { fulfil }] = await Promise.all([readAll(client, inputs), secondHalf()]);
    await fulfil(tools, { inputs, network, token, client, reads });
  } catch (error) {
    runner.fail(asAppError(error).line);
  } finally {
    const unended = await session?.end(stop.aborted ? CANCELLED_END_MS : END_MS);
    if (unended) runner.warning(unended);
  }
}

function recommendAudience(runner: Runner, { credential }: Inputs): void {
  if (!('identity' in credential) || credential.audience !== undefined) return;
  runner.notice(
    'Set oidc-audience, and allow it at the identity, so that no other service takes the token of this job.',
  );
}

async function readAll(client: Fulfilling['client'], inputs: Inputs): Promise<Fulfilling['reads']> {
  const names = namesToAsk(inputs);
  return Promise.all(inputs.places.map(async (place) => ({ place, read: await client.fetchSecrets(place, names) })));
}

/** Loading blocks: only once the turn is over, in which the connection was opened. */
async function secondHalf() {
  await new Promise((done) => void setImmediate(done));
  return import('./fulfil.ts');
}
