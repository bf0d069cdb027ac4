// From an address and a token to the client that speaks its dialect.
import type { Clock } from '#core/clock.js';
import type { Connect } from './client.ts';
import { DopplerClient } from './doppler.ts';
import type { Send } from './send.ts';

/** A Connect over the machine's network, clock and chance, which only a roof has. */
export function connectWith(machine: { send: Send; clock: Clock; random: () => number }): Connect {
  return ({ apiUrl, ...options }) => new DopplerClient({ ...machine, ...options, baseUrl: apiUrl });
}
