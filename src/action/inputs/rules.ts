// What is demanded of this step: which names must and may be there, what is masked, how long it takes, what failing means.
import { choice, flag, names, seconds, whole } from './scalars.ts';
import type { Attempt, Given } from './table.ts';

export const ON_REVOKE_FAILURE = ['warn', 'error'] as const;
export type OnRevokeFailure = (typeof ON_REVOKE_FAILURE)[number];

export type Rules = {
  readonly require: readonly string[];
  readonly allowNames: readonly string[];
  /** Whether a variable that the job already has may get another value. */
  readonly overwrite: boolean;
  readonly maskMinLength: number;
  readonly onRevokeFailure: OnRevokeFailure;
  readonly timeoutMs: number;
  readonly dryRun: boolean;
};

/** Reads the subject `rules`. `overwrites`: what an empty `overwrite` means. */
export function readRules(given: Given, attempt: Attempt, overwrites: boolean): Rules {
  return {
    require: attempt(() => names('require', given('require')), []),
    allowNames: attempt(() => names('allow-names', given('allow-names')), []),
    overwrite: attempt(() => flag('overwrite', given('overwrite') || String(overwrites)), false),
    maskMinLength: attempt(() => whole('mask-min-length', given('mask-min-length'), 32), 1),
    onRevokeFailure: attempt(() => readOnRevokeFailure(given), 'warn'),
    timeoutMs: attempt(() => seconds('timeout', given('timeout'), '1h') * 1000, 1),
    dryRun: attempt(() => flag('dry-run', given('dry-run')), false),
  };
}

/** Post asks for this one alone. */
export function readOnRevokeFailure(given: Given): OnRevokeFailure {
  return choice('on-revoke-failure', given('on-revoke-failure'), ON_REVOKE_FAILURE);
}
