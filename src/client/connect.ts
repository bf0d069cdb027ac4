// From an address and a token to the client that speaks its dialect.
import type { Clock } from '#core/clock.js';
import { detectBackend } from './backend.ts';
import type { Connect } from './client.ts';
import { DopplerClient } from './doppler.ts';
import { LazyClient } from './lazy.ts';
import type { Send } from './send.ts';

/** A Connect over the machine's network, clock and chance, which only a roof has. */
export function connectWith(machine: { send: Send; clock: Clock; random: () => number }): Connect {
  return ({ apiUrl, backend, ...options }) => {
    const all = { ...machine, ...options, baseUrl: apiUrl };
    if ((backend ?? detectBackend(apiUrl, options.token)) === 'doppler') return new DopplerClient(all);
    return new LazyClient('Phase token', async () => new (await import('./phase.ts')).PhaseClient(all));
  };
}
