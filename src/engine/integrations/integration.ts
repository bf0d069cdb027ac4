// The port to a system that mints credentials: plan, create, revoke, extend, and what a failure of it means.
import { AppError, type ErrorCode } from '#core/errors.js';
import type { Kind } from '#core/kinds.js';
import type { Sensitive } from '#core/sensitive.js';
import type { IntegrationType } from './definitions.ts';

/** JSON as it was declared and checked: connection and credential, or parameters, or a ceiling. */
export type Declared = Readonly<Record<string, unknown>>;

/** Where a value came from, and how to speak about it: problems are whole sentences without the value itself. */
export type Checked = { readonly value: Declared; readonly problems: readonly string[] };

/** All that revoke needs beside the integration's credential; written down before the credential exists. */
export type Planned = { readonly externalRef: string; readonly plan: Declared };

export type PlanRequest = {
  leaseId: string;
  /** Starts every name that this engine makes, so that its own can be told from others. */
  engineId: string;
  kind: Kind;
  data: Declared;
  parameters: Declared;
};

/** One target call: the plan, and the integration's data as it is today (a rotated credential must still revoke). */
export type Target = { readonly plan: Declared; readonly data: Declared };

export type CreateRequest = Target & { expiresAt: number; hardExpiresAt: number; deadlineAt: number };

/** `done`: it was there and is gone. `not_found`: it was not there; whether that settles it is the kind's rule. */
export type RevokeOutcome = 'done' | 'not_found';

/**
 * One system. Every method rejects with AppError only, scrubbed of every value, and settles soon after `signal`
 * aborts; an aborted or broken call may still have had its effect. `now` is the engine's clock at the moment of call.
 */
export interface Integration {
  readonly type: IntegrationType;
  readonly kinds: readonly Kind[];
  /** Calls at once that the system bears beside its other users; five where nothing is said (leases.md C7). */
  readonly parallel?: number;
  /** Connection and credential as declared. The value is the normalized form, to be sealed. */
  checkData(data: unknown): Checked;
  checkCeiling(ceiling: unknown): Checked;
  checkParameters(kind: Kind, parameters: unknown): Checked;
  /** What of `parameters` lies above the ceiling, a sentence each. */
  aboveCeiling(ceiling: Declared, parameters: Declared, data: Declared): readonly string[];
  /** Pure. */
  plan(request: PlanRequest): Planned;
  /** Never makes anything after `deadlineAt`, however late it wakes. */
  create(request: CreateRequest, signal: AbortSignal): Promise<ReadonlyMap<string, Sensitive>>;
  /** Idempotent, and never finishes before a create of the same plan that is under way. */
  revoke(target: Target, signal: AbortSignal): Promise<RevokeOutcome>;
  /** Moves the credential's own end forward, never back. */
  extend?(target: Target & { expiresAt: number }, signal: AbortSignal): Promise<void>;
}

/** contracts/leases.md C4. `ambiguous`: the effect may have happened. */
export type Verdict = 'retryable' | 'throttled' | 'permanent' | 'ambiguous';

const VERDICTS: Partial<Record<ErrorCode, Verdict>> = {
  ERR_UNAVAILABLE: 'retryable',
  ERR_RATE_LIMITED: 'throttled',
  ERR_TIMEOUT: 'ambiguous',
};

/** What an error of an integration says about trying again; anything unknown needs an operator. */
export function classify(error: unknown): Verdict {
  return (error instanceof AppError ? VERDICTS[error.code] : undefined) ?? 'permanent';
}
