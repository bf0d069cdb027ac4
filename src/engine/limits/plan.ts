// How many requests a minute each plan allows, by what a request does.
import { AppError } from '#core/errors.js';

/** What a request counts as: one class each. `mint` is whatever creates a credential: leases and exchanged tokens. */
export const REQUEST_CLASSES = ['read', 'secretRead', 'write', 'mint'] as const;
export type RequestClass = (typeof REQUEST_CLASSES)[number];

export const PLANS = ['developer', 'team', 'enterprise'] as const;
export type PlanName = (typeof PLANS)[number] | 'unlimited';

/** Requests a minute; undefined is no limit. */
export type Plan = Readonly<Record<RequestClass, number>> | undefined;

/** docs/doppler-api-reference.txt, Rate Limits; minting, which is ours, has as much as writing has. */
const TABLE: Record<(typeof PLANS)[number], Readonly<Record<RequestClass, number>>> = {
  developer: { read: 240, secretRead: 120, write: 60, mint: 60 },
  team: { read: 480, secretRead: 240, write: 120, mint: 120 },
  enterprise: { read: 480, secretRead: 480, write: 240, mint: 240 },
};

/**
 * The name of a plan as SECRETS_PLAN has it; nothing set is `enterprise`, the most that Doppler gives.
 * `unlimited` is no word of the environment: only a configuration made in code (tests, benchmarks) may choose it.
 * @throws AppError ERR_CONFIG_INVALID for any other word
 */
export function parsePlan(text: string | undefined): PlanName {
  const word = (text ?? '').trim().toLowerCase();
  if (word === '') return 'enterprise';
  const plan = PLANS.find((known) => known === word);
  if (plan) return plan;
  throw new AppError('ERR_CONFIG_INVALID', 'SECRETS_PLAN is not a plan.', { hint: `Set one of ${PLANS.join(', ')}.` });
}

/** The limits of a plan. */
export function planLimits(name: PlanName): Plan {
  return name === 'unlimited' ? undefined : TABLE[name];
}
