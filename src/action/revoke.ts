// Post's story: end every lease of the job, say how that went, and never fail the job over it.
import type { Connect } from '#client/client.js';
import type { Clock } from '#core/clock.js';
import { asAppError } from '#core/errors.js';
import { type Ended, endLeases, nothingEnded, summary } from './end.ts';
import { type Handoff, loadHandoff } from './handoff.ts';
import { readRevokeInputs } from './inputs/inputs.ts';
import type { Runner } from './runner.ts';

export type RevokeTools = { readonly runner: Runner; readonly connect: Connect; readonly clock: Clock };

/** For all requests; with the pauses 25 s. The runner's own limit for a cancelled job is far, but a job's end should not wait. */
const BUDGET_MS = 20_000;
const PAUSES_MS = [500, 1500, 3000];

/** Revokes what main leased. Never rejects, never fails the job: the ttl ends what could not be ended here. */
export async function revoke(tools: RevokeTools): Promise<void> {
  const { runner } = tools;
  try {
    const left = loadHandoff(runner);
    if (!left) return;
    const ended = await end(tools, left.handoff, left.trusted);
    if (ended.left === 0) runner.info(summary(ended));
    else runner.warning(`${summary(ended)}. ${ended.reasons.join(' ')} ${advice(left.handoff)}`);
  } catch (error) {
    runner.warning(asAppError(error).line);
  }
}

async function end({ runner, connect, clock }: RevokeTools, handoff: Handoff, trusted: boolean): Promise<Ended> {
  const { apiUrl, revokeKey } = handoff;
  if (!trusted && apiUrl.startsWith('https:')) {
    return nothingEnded(handoff, 'A later step changed whom TLS trusts, so nothing was sent.');
  }
  if (revokeKey) {
    runner.mask([revokeKey.reveal()]);
    return endLeases(connect({ apiUrl, budgetMs: BUDGET_MS }), handoff, { clock, pausesMs: PAUSES_MS });
  }
  if (handoff.leases.length === 0) return nothingEnded(handoff, '');
  // State could be planted by a later step; the token goes nowhere but where the workflow itself sends it.
  const { credential, apiUrl: given } = readRevokeInputs(runner);
  const token = credential && 'token' in credential ? credential.token : undefined;
  if (!token) return nothingEnded(handoff, 'The token input is empty now.');
  if (given !== apiUrl) return nothingEnded(handoff, 'The api-url input has changed, so the token was not sent.');
  runner.mask([token.reveal()]);
  return endLeases(connect({ apiUrl, token, budgetMs: BUDGET_MS }), handoff);
}

function advice({ revokeKey }: Handoff): string {
  return revokeKey
    ? 'The engine ends what is left, at that time at the latest.'
    : 'What is left ends by itself at that time; to end it sooner, revoke it where it was made.';
}
