// From an address and a token to the client that speaks its dialect.
import { detectBackend } from './backend.ts';
import type { Connect } from './client.ts';
import { DopplerClient } from './doppler.ts';
import type { Wire } from './http.ts';
import { LazyClient } from './lazy.ts';

/** A Connect over the machine's network, clock and chance, which only a roof has. */
export function connectWith(wire: Wire): Connect {
  return ({ apiUrl, backend, ...options }) => {
    const all = { ...wire, ...options, baseUrl: apiUrl };
    if ((backend ?? detectBackend(apiUrl, options.token)) === 'doppler') return new DopplerClient(all);
    return new LazyClient('Phase token', async () => new (await import('./phase.ts')).PhaseClient(all));
  };
}
