// Ending the leases of a job, for post and for a main that failed: by the set's handle, or one by one with the token.
import type { Clock } from '#core/clock.js';
import { iso } from '#core/clock.js';
import { asAppError } from '#core/errors.js';
import type { SecretsClient, SetOutcome } from '#client/client.js';
import type { HandedLease, Handoff } from './handoff.ts';

/** How it went; `until` is when the last of those that are left runs out. */
export type Ended = {
  readonly leased: number;
  readonly revoked: number;
  readonly left: number;
  readonly until: number;
  /** Why any is left, each a printable sentence. */
  readonly reasons: readonly string[];
};

/** How to wait between looks at a set that the engine is still revoking. */
export type Patience = { readonly clock: Clock; readonly pausesMs: readonly number[] };

/** Ends what `handoff` names. Never rejects: what cannot be ended is counted as left. */
export async function endLeases(client: SecretsClient, handoff: Handoff, patience?: Patience): Promise<Ended> {
  if (!handoff.revokeKey) return endEach(client, handoff.leases);
  try {
    let outcome = await client.revokeSet(handoff.revokeKey);
    for (const pauseMs of patience?.pausesMs ?? []) {
      if (outcome.left === 0) break;
      await patience?.clock.sleep(pauseMs);
      // What the first look said stands if a later one fails.
      outcome = await client.revokeSet(handoff.revokeKey).catch(() => outcome);
    }
    return ofSet(outcome, handoff.until);
  } catch (error) {
    return nothingEnded(handoff, asAppError(error).line);
  }
}

/** When there was not even a way to ask. A lease whose answer was lost counts: it may be there. */
export function nothingEnded(handoff: Handoff, reason: string): Ended {
  const known = handoff.leases.length;
  const left = handoff.revokeKey ? Math.max(known, handoff.asked.length) : known;
  const until = left > known ? handoff.until : latest(handoff.leases.map((lease) => lease.expiresAt));
  return { leased: left, revoked: 0, left, until, reasons: [reason] };
}

/** `3 leased, 3 revoked, 0 left`, and until when if any is. */
export function summary({ leased, revoked, left, until }: Ended): string {
  const counts = `${leased} leased, ${revoked} revoked, ${left} left`;
  return left === 0 ? counts : `${counts}, expires ${iso(until)}`;
}

async function endEach(client: SecretsClient, leases: readonly HandedLease[]): Promise<Ended> {
  const results = await Promise.allSettled(leases.map((lease) => client.revokeLease(lease)));
  const failures = results.flatMap((result, index) => {
    const lease = leases[index];
    return result.status === 'rejected' && lease ? [{ lease, reason: asAppError(result.reason).line }] : [];
  });
  return {
    leased: leases.length,
    revoked: leases.length - failures.length,
    left: failures.length,
    until: latest(failures.map(({ lease }) => lease.expiresAt)),
    reasons: [...new Set(failures.map(({ reason }) => reason))],
  };
}

function ofSet(outcome: SetOutcome, until: number): Ended {
  const known = outcome.leases.flatMap((lease) => (lease.expiresAt === undefined ? [] : [lease.expiresAt]));
  const reasons = outcome.left === 0 ? [] : ['The engine goes on revoking by itself.'];
  const { left } = outcome;
  const leased = Math.max(outcome.leases.length, left);
  return { leased, revoked: leased - left, left, until: known.length === 0 ? until : latest(known), reasons };
}

function latest(instants: readonly number[]): number {
  return Math.max(0, ...instants);
}
