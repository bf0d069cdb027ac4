// Post's story: end every lease of the job, and say how that went.
import type { Connect, SecretsClient } from '#client/client.js';
import { isLoopbackHost } from '#core/address.js';
import { iso } from '#core/clock.js';
import { asAppError } from '#core/errors.js';
import { type Ended, endLeases, nothingEnded, summary } from './end.ts';
import { removeFile } from './file/remove.ts';
import { type Handoff, type Left, loadHandoff } from './handoff.ts';
import type { SessionTools } from './identity.ts';
import { readRevokeInputs, type RevokeInputs } from './inputs/inputs.ts';
import { networkOf } from './network.ts';
import type { Processes } from './processes.ts';
import type { Runner } from './runner.ts';
import { openSession } from './session.ts';
import { revokeSummary } from './summary.ts';

export type RevokeTools = SessionTools & {
  readonly runner: Runner;
  readonly connect: Connect;
  readonly openProcesses: () => Promise<Processes>;
};

/** For all requests; with the pauses 25 s. The runner's own limit for a cancelled job is far, but a job's end should not wait. */
const BUDGET_MS = 20_000;
const PAUSES_MS = [500, 1500, 3000];
/** Of the budget, so that ending leases keeps the larger part. */
const SIGN_IN_MS = 7_000;
const SIGN_OUT_MS = 2_000;

/**
 * Revokes what main leased. Never rejects. What could not be ended is a warning, since the ttl ends it, and an error
 * only where the workflow asked for one.
 */
export async function revoke(tools: RevokeTools): Promise<void> {
  const { runner } = tools;
  const inputs = await readRevokeInputs(runner);
  const complain = (text: string) => (inputs.onRevokeFailure === 'error' ? runner.fail(text) : runner.warning(text));
  try {
    const kept = removeFile(runner);
    if (kept !== undefined) runner.warning(kept);
    const left = loadHandoff(runner);
    if (!left) return;
    const { revokeKey, asked, leases, until } = left.handoff;
    const { candidates, ...ended } = await end(tools, left, inputs);
    if (!revokeKey && asked.length > leases.length) {
      const told = `Main ended before it knew every lease of ${asked.join(', ')}: one that it does not know may live until`;
      complain([`${told} ${iso(until)}.`, ...candidates].join(' '));
    }
    if (ended.leased > 0) runner.summarize(revokeSummary(summary(ended)));
    if (ended.left === 0) runner.info(summary(ended));
    else complain(`${summary(ended)}. ${ended.reasons.join(' ')} ${advice(left.handoff, ended)}`);
  } catch (error) {
    complain(asAppError(error).line);
  }
}

/** `candidates`: which leases those may be that main never heard of, as sentences. */
type End = Ended & { readonly candidates: readonly string[] };

async function end(tools: RevokeTools, left: Left, inputs: RevokeInputs): Promise<End> {
  const { runner, connect, wire } = tools;
  const { trusts } = left;
  const handoff = asRenewed(left.handoff, wire.clock.now());
  const { backend, apiUrl, revokeKey, proxied, keeper } = handoff;
  // First, or it might renew what is being ended.
  if (keeper) (await tools.openProcesses()).stop(keeper);
  const nothing = (reason: string): End => ({ ...nothingEnded(handoff, reason), candidates: [] });
  if (!inputs.network) return nothing('The network inputs cannot be read any more, so nothing was sent.');
  const network = networkOf(runner, inputs.network, proxied);
  const { protocol, hostname } = new URL(apiUrl);
  // Only plain http within this machine goes where no setting can lead it elsewhere.
  if ((protocol === 'https:' || !isLoopbackHost(hostname)) && !trusts(network)) {
    return nothing('A later step changed whom TLS trusts or which proxy is used, so nothing was sent.');
  }
  const terms = { backend, apiUrl, network, budgetMs: BUDGET_MS };
  if (revokeKey) {
    runner.mask([revokeKey.reveal()]);
    const ended = await endLeases(connect(terms), handoff, { clock: wire.clock, pausesMs: PAUSES_MS });
    return { ...ended, candidates: [] };
  }
  if (handoff.leases.length === 0 && !handoff.doubt) return nothing('');
  // State could be planted by a later step; a token goes nowhere but where the workflow itself sends it.
  const { credential } = inputs;
  if (!credential) return nothing('The token input is empty now.');
  if (inputs.apiUrl !== apiUrl || inputs.backend !== backend)
    return nothing('The api-url or backend input has changed, so the token was not sent.');
  const session = await openSession(tools, { ...terms, credential, budgetMs: SIGN_IN_MS });
  const { token } = session;
  const client = connect({ ...terms, token, budgetMs: BUDGET_MS - SIGN_IN_MS });
  const ended = await endLeases(client, handoff);
  const candidates = await candidatesOf(client, handoff);
  const unended = await session.end(SIGN_OUT_MS);
  if (unended) runner.warning(unended);
  return { ...ended, candidates };
}

/** Named and left alone: any of them may be another job's. */
async function candidatesOf(client: SecretsClient, { doubt, leases }: Handoff): Promise<readonly string[]> {
  if (!doubt || doubt.asks.length <= leases.length) return [];
  const known = new Set(leases.map(({ id }) => id));
  const { since, asks } = doubt;
  const told = await Promise.all(asks.map(async (ask) => client.nameCandidates?.({ ...ask, since }, known)));
  return told.flatMap((text) => (text ? [text] : []));
}

/** What main wrote down about the ends of leases is old where they were renewed: at worst just now. */
function asRenewed(handoff: Handoff, now: number): Handoff {
  const { renewedSec, leases, until } = handoff;
  if (renewedSec === null) return handoff;
  const latest = now + renewedSec * 1000;
  const moved = leases.map((lease) => ({ ...lease, expiresAt: Math.max(lease.expiresAt, latest) }));
  return { ...handoff, leases: moved, until: Math.max(until, latest) };
}

function advice({ revokeKey }: Handoff, { goesOn, isUnknown }: Pick<Ended, 'goesOn' | 'isUnknown'>): string {
  return goesOn || (revokeKey && !isUnknown)
    ? 'The engine ends what is left, at that time at the latest.'
    : 'What is left ends by itself at that time; to end it sooner, revoke it where it was made.';
}
