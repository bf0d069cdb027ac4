// Which dialect a service speaks, by the form of the token or by the host when nobody says so.
import type { Sensitive } from '#core/sensitive.js';
import type { Backend } from './client.ts';

/** The address of each dialect's cloud. */
export const CLOUDS: Readonly<Record<Backend, string>> = {
  doppler: 'https://api.doppler.com',
  phase: 'https://api.phase.dev',
};

/** A whole token of Phase's, or what its console calls the REST API token. */
const PHASE_TOKEN = /^(?:pss_|(?:bearer +)?(?:User|ServiceAccount|Service) +)/i;
const PHASE_CLOUD = /(?:^|\.)phase\.dev$/;

/**
 * Doppler's unless something speaks for Phase: first the token, since our engine answers both, each to its own kind;
 * then the host.
 */
export function detectBackend(apiUrl: string, token?: Sensitive): Backend {
  const text = token?.reveal() ?? '';
  if (text.startsWith('dp.')) return 'doppler';
  if (PHASE_TOKEN.test(text)) return 'phase';
  return URL.canParse(apiUrl) && PHASE_CLOUD.test(new URL(apiUrl).hostname) ? 'phase' : 'doppler';
}
