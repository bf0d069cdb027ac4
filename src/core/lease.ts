// A lease: its states, the moves between them, and what follows from time; pure, with `now` given.
import { AppError } from './errors.ts';

export const LEASE_STATES = [
  'pending',
  'active',
  'revoking',
  'revoke_failed',
  'needs_operator',
  'revoked',
  'expired',
  'aborted',
] as const;
export type LeaseState = (typeof LEASE_STATES)[number];

/** Why a lease is being ended; decides the final state. */
export const END_REASONS = ['revoke', 'expiry', 'rollback'] as const;
export type EndReason = (typeof END_REASONS)[number];

/** contracts/leases.md C2. Final states have no way out. */
const MOVES: Record<LeaseState, readonly LeaseState[]> = {
  pending: ['active', 'revoking'],
  active: ['active', 'revoking'],
  revoking: ['revoking', 'revoke_failed', 'needs_operator', 'revoked', 'expired', 'aborted'],
  // `aborted`: somebody who runs the engine closed it by hand.
  revoke_failed: ['revoking', 'aborted'],
  needs_operator: ['revoking', 'aborted'],
  revoked: [],
  expired: [],
  aborted: [],
};

/** Whether the state machine allows the move. */
export function canMove(from: LeaseState, to: LeaseState): boolean {
  return MOVES[from].includes(to);
}

/** Whether nothing more will happen to it: the credential is gone or never was. */
export function isFinal(state: LeaseState): boolean {
  return MOVES[state].length === 0;
}

/** Whether it counts against `max_live_leases`. */
export function isLive(state: LeaseState): boolean {
  return !isFinal(state);
}

/** The final state that a reason leads to. */
export function finalState(reason: EndReason): LeaseState {
  return { revoke: 'revoked', expiry: 'expired', rollback: 'aborted' }[reason] as LeaseState;
}

/** A session of the shortest length is counted from when it was made, and clocks differ. */
const OVERRUN_MS = 60_000;

/** When a credential that ends by itself is over at the latest. */
export function latestEnd(expiresAt: number): number {
  return expiresAt + OVERRUN_MS;
}

export type RenewTerms = {
  now: number;
  ttlSec: number;
  expiresAt: number;
  hardExpiresAt: number;
  /** Phase's style: added to the expiry that there is (contracts/phase.md 3.6). */
  isAdded?: boolean;
};

/**
 * The new expiry in Doppler's and Vault's style: counted from now, never past the hard limit and never earlier than it
 * was. `capped` says that less than asked was given.
 * @throws AppError ERR_LEASE_EXPIRED when it has run out already
 */
export function renewedExpiry(terms: RenewTerms): { expiresAt: number; capped: boolean } {
  if (terms.now >= terms.expiresAt) {
    throw new AppError('ERR_LEASE_EXPIRED', 'The lease has expired.', { hint: 'Issue a new one.' });
  }
  const wanted = (terms.isAdded ? terms.expiresAt : terms.now) + terms.ttlSec * 1000;
  const expiresAt = Math.max(terms.expiresAt, Math.min(wanted, terms.hardExpiresAt));
  return { expiresAt, capped: wanted > expiresAt };
}

const BACKOFF_BASE_MS = 10_000;
const BACKOFF_CAP_MS = 15 * 60_000;
const BACKOFF_LONG_MS = 60 * 60_000;
const GIVE_UP_HURRY_MS = 24 * 60 * 60_000;

/**
 * How long to wait before revoke attempt `attempts + 1`: 10 s doubling to 15 min, ± 50 %, hourly after a day of
 * failures. There is no last attempt (contracts/leases.md C2).
 * @param random 0 ≤ random < 1
 */
export function revokeBackoffMs(attempts: number, failingForMs: number, random: number): number {
  const base =
    failingForMs >= GIVE_UP_HURRY_MS
      ? BACKOFF_LONG_MS
      : Math.min(BACKOFF_BASE_MS * 2 ** Math.min(Math.max(attempts - 1, 0), 20), BACKOFF_CAP_MS);
  return Math.round(base * (0.5 + random));
}
