// Ending the leases of a job, for post and for a main that failed: by the set's handle, or one by one with the token.
import type { Clock } from '#core/clock.js';
import { iso } from '#core/clock.js';
import { asAppError } from '#core/errors.js';
import { GOES_ON } from '#client/answer.js';
import type { SecretsClient, SetOutcome } from '#client/client.js';
import type { HandedLease, Handoff } from './handoff.ts';

/** What there is to end. */
export type Holding = Pick<Handoff, 'revokeKey' | 'asked' | 'leases' | 'until'>;

/** How it went; `until` is when the last of those that are left runs out, 0 where nobody knows. */
export type Ended = {
  readonly leased: number;
  readonly revoked: number;
  readonly left: number;
  readonly until: number;
  /** Until when each credential goes on whose lease ended and whose target cannot end it. */
  readonly outliving: readonly number[];
  /** Why any is left, each a printable sentence. */
  readonly reasons: readonly string[];
  /** Whether the service is ending all that is left, and said so. */
  readonly goesOn: boolean;
  /** Whether the engine does not know some of them: it will not end these either. */
  readonly isUnknown?: boolean;
};

/** How to wait between looks at a set that the engine is still revoking. */
export type Patience = { readonly clock: Clock; readonly pausesMs: readonly number[] };

/** Ends what `holding` names. Never rejects: what cannot be ended is counted as left. */
export async function endLeases(client: SecretsClient, holding: Holding, patience?: Patience): Promise<Ended> {
  const { revokeKey } = holding;
  if (!revokeKey) return endEach(client, holding.leases);
  try {
    let outcome = await client.revokeSet(revokeKey);
    for (const pauseMs of patience?.pausesMs ?? []) {
      if (outcome.left === 0) break;
      await patience?.clock.sleep(pauseMs);
      // What the first look said stands if a later one fails.
      outcome = await client.revokeSet(revokeKey).catch(() => outcome);
    }
    return ofSet(outcome, holding);
  } catch (error) {
    return nothingEnded(holding, asAppError(error).line);
  }
}

/** When there was not even a way to ask. A lease whose answer was lost counts: it may be there. */
export function nothingEnded({ revokeKey, leases, asked, until: whatever }: Holding, reason: string): Ended {
  const known = leases.length;
  const left = revokeKey ? Math.max(known, asked.length) : known;
  const until = left > known ? whatever : latest(leases.map((lease) => lease.expiresAt));
  return { leased: left, revoked: 0, left, until, outliving: [], reasons: [reason], goesOn: false };
}

/** `3 leased, 3 revoked, 0 left`, and until when something goes on if anything does. */
export function summary({ leased, revoked, left, until, outliving }: Ended): string {
  const counts = `${leased} leased, ${revoked} revoked, ${left} left`;
  const expires = left === 0 || until === 0 ? '' : `, expires ${iso(until)}`;
  const valid = outliving.length === 0 ? '' : `, ${outliving.length} valid until ${iso(latest(outliving))}`;
  return counts + expires + valid;
}

async function endEach(client: SecretsClient, leases: readonly HandedLease[]): Promise<Ended> {
  const results = await Promise.allSettled(leases.map((lease) => client.revokeLease(lease)));
  const failures = results.flatMap((result, index) => {
    const lease = leases[index];
    return result.status === 'rejected' && lease ? [{ lease, error: asAppError(result.reason) }] : [];
  });
  return {
    leased: leases.length,
    revoked: leases.length - failures.length,
    left: failures.length,
    until: latest(failures.map(({ lease }) => lease.expiresAt)),
    outliving: results.flatMap((result) => (result.status === 'fulfilled' ? (result.value ?? []) : [])),
    reasons: [...new Set(failures.map(({ error }) => error.line))],
    goesOn: failures.every(({ error }) => error.hint === GOES_ON),
  };
}

function ofSet(outcome: SetOutcome, { leases, until }: Holding): Ended {
  // Of a lease that was handed over and is not in the answer nobody knows whether it has ended.
  const there = new Set(outcome.leases.map(({ id }) => id));
  const unknown = leases.filter(({ id }) => !there.has(id));
  const ends = [...outcome.leases, ...unknown].flatMap(({ expiresAt }) => expiresAt ?? []);
  const reasons = [
    ...(outcome.left === 0 ? [] : ['The engine goes on revoking by itself.']),
    ...(unknown.length === 0
      ? []
      : [`The engine does not know ${unknown.map(named).join(', ')}: its store is another, or an older one.`]),
  ];
  const left = outcome.left + unknown.length;
  const leased = Math.max(outcome.leases.length + unknown.length, left);
  const outliving = outcome.leases.flatMap((lease) => lease.validUntil ?? []);
  const last = ends.length === 0 ? until : latest(ends);
  const isUnknown = unknown.length > 0;
  return { leased, revoked: leased - left, left, until: last, outliving, reasons, goesOn: !isUnknown, isUnknown };
}

function named({ dynamic, project, config }: HandedLease): string {
  return `${dynamic} of ${project}/${config}`;
}

function latest(instants: readonly number[]): number {
  return Math.max(0, ...instants);
}
