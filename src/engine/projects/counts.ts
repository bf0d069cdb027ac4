// How many of everything each plan allows, and what is said when there are too many.
import type { CountLimit } from '../storage/operations/configs.ts';

/** contracts/doppler.md 2.16; environments are per project, configs per environment with its root, tokens per config. */
const TABLE = {
  developer: {
    ...{ projects: 10, environments: 4, configs: 10, serviceTokens: 50 },
    ...{ serviceAccounts: 0, users: 25, cliTokens: 5 },
  },
  team: {
    ...{ projects: 250, environments: 15, configs: 100, serviceTokens: 500 },
    ...{ serviceAccounts: 250, users: 500, cliTokens: 20 },
  },
  enterprise: {
    ...{ projects: 1000, environments: 15, configs: 100, serviceTokens: 1000 },
    // Users are what is agreed on, and here there is nobody to agree with.
    ...{ serviceAccounts: 5000, users: Number.POSITIVE_INFINITY, cliTokens: 50 },
  },
} as const;
export type CountPlan = keyof typeof TABLE | 'unlimited';
export type Counted = keyof (typeof TABLE)['developer'];

const WORDS: Record<Counted, string> = {
  projects: 'projects',
  environments: 'environments',
  configs: 'configs',
  serviceTokens: 'service tokens',
  serviceAccounts: 'service accounts',
  users: 'users',
  cliTokens: 'CLI tokens of a user',
};

/** Limits by what is counted. */
export type Counts = { limit(what: Counted): CountLimit };

/** Limits of a plan, in Doppler's words where they are known (contracts/doppler.md 2.1). */
export function countsOf(plan: CountPlan): Counts {
  return {
    limit: (what) => {
      const most = plan === 'unlimited' ? Number.POSITIVE_INFINITY : TABLE[plan][what];
      if (most === Number.POSITIVE_INFINITY) return undefined;
      const more = plan === 'developer' ? '. Upgrade to the Team plan' : '';
      return { most, message: `Your workplace has reached its limit of ${most} ${WORDS[what]}${more}` };
    },
  };
}
