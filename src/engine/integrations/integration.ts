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

/** Seconds that the target itself allows, and the reason, as the middle of a sentence. */
export type Lifetime = { readonly maxTtlSec: number; readonly because: string };

/** Something that the engine made at the target, by its `externalRef`. */
export type Listed = { readonly externalRef: string };

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
  /** What the target allows beyond the kind's bounds. Pure. */
  lifetime?(kind: Kind, parameters: Declared, data: Declared): Lifetime | undefined;
  /**
   * Idempotent, and never finishes before a create of the same plan that is under way.
   * @param target with the lease's expiry, after which some credentials need no revoking
   */
  revoke(target: Target & { expiresAt: number }, signal: AbortSignal): Promise<RevokeOutcome>;
  /** Moves the credential's own end forward, never back. */
  extend?(target: Target & { expiresAt: number }, signal: AbortSignal): Promise<void>;
  /** Whether a revoked credential goes on working until its own end, because the target has no way to end it. Pure. */
  outlivesRevoke?(plan: Declared): boolean;
  /** Where revoking leaves something for `tidy`: equal for one place; undefined where it leaves nothing. Pure. */
  leavesAt?(plan: Declared): string | undefined;
  /** Takes away what revoking left behind at the plan's place, of credentials that are over by themselves. Idempotent. */
  tidy?(target: Target, signal: AbortSignal): Promise<void>;
  /**
   * Where that which the plan made, or which its end left behind, is looked for with the integration's data: equal for
   * one place; undefined where there is nothing to look for. Not there at all: the plan alone says where. Pure.
   */
  foundAt?(plan: Declared): string | undefined;
  /** Whether that place is the one that `data` leads to. */
  finds?(target: Target, signal: AbortSignal): Promise<boolean>;
  /** Kinds that `list` tells of; all of its kinds where nothing is said. */
  readonly listedKinds?: readonly Kind[];
  /** All that the engine `engineId` made and that is there, for reconciling with its leases. */
  list?(request: { engineId: string; data: Declared }, signal: AbortSignal): Promise<readonly Listed[]>;
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
