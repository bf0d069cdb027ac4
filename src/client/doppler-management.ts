// ManagementClient over the Doppler API v3 with our engine's extensions.
import { meRequest } from '#contract/doppler/actor.js';
import { type CallOptions, ManagementCalls } from './management-calls.ts';
import type { ConnectManagement } from './management.ts';
import { lendingCalls } from './management/lending.ts';
import { peopleCalls } from './management/people.ts';
import { projectCalls } from './management/projects.ts';
import { secretCalls } from './management/secrets.ts';

/** A ConnectManagement over the machine's network, clock and chance, which only a roof has. */
export function connectManagementWith(machine: Pick<CallOptions, 'send' | 'clock' | 'random'>): ConnectManagement {
  return (options) => {
    const calls = new ManagementCalls({ ...machine, ...options });
    return {
      ...projectCalls(calls),
      ...secretCalls(calls),
      ...peopleCalls(calls),
      ...lendingCalls(calls),
      isEngine: async (signal) => {
        if (calls.isEngine === undefined) await calls.get(meRequest(), 'say whose token this is', signal);
        return calls.isEngine === true;
      },
    };
  };
}
