// From an address and a token to the client that speaks its dialect.
import type { Connect } from './client.ts';
import { DopplerClient } from './doppler.ts';
import type { Wire } from './http.ts';

/** A Connect over the machine's network, clock and chance. */
export function connectWith(wire: Wire): Connect {
  return ({ apiUrl, ...options }) => new DopplerClient({ ...wire, ...options, baseUrl: apiUrl });
}
