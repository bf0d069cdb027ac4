// How many projects, environments, configs and service tokens each plan allows, and what is said when there are too many.
import type { CountLimit } from '../storage/operations/configs.ts';

export const COUNTED = ['projects', 'environments', 'configs', 'serviceTokens'] as const;
export type Counted = (typeof COUNTED)[number];

/** contracts/doppler.md 2.16; environments are per project, configs per environment with its root, tokens per config. */
const TABLE = {
  developer: { projects: 10, environments: 4, configs: 10, serviceTokens: 50 },
  team: { projects: 250, environments: 15, configs: 100, serviceTokens: 500 },
  enterprise: { projects: 1000, environments: 15, configs: 100, serviceTokens: 1000 },
} as const satisfies Record<string, Record<Counted, number>>;
export type CountPlan = keyof typeof TABLE | 'unlimited';

const WORDS: Record<Counted, string> = {
  projects: 'projects',
  environments: 'environments',
  configs: 'configs',
  serviceTokens: 'service tokens',
};

/** Limits by what is counted. */
export type Counts = { limit(what: Counted): CountLimit };

/** Limits of a plan, in Doppler's words where they are known (contracts/doppler.md 2.1). */
export function countsOf(plan: CountPlan): Counts {
  return {
    limit: (what) => {
      if (plan === 'unlimited') return undefined;
      const most = TABLE[plan][what];
      const more = plan === 'developer' ? '. Upgrade to the Team plan' : '';
      return { most, message: `Your workplace has reached its limit of ${most} ${WORDS[what]}${more}` };
    },
  };
}
