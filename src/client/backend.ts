// Which dialect a service speaks, by the form of the token or by the host when nobody says so.
import type { Sensitive } from '#core/sensitive.js';
import type { Backend } from './client.ts';

/** A whole token of Phase's, or what its console calls the REST API token. */
const PHASE_TOKEN = /^(?:pss_|(?:bearer +)?(?:User|ServiceAccount|Service) +)/i;
const PHASE_CLOUD = /(?:^|\.)phase\.dev$/;

/** Doppler's unless something speaks for Phase: our engine answers both, each to its own kind of token. */
export function detectBackend(apiUrl: string, token?: Sensitive): Backend {
  if (token) return PHASE_TOKEN.test(token.reveal()) ? 'phase' : 'doppler';
  return URL.canParse(apiUrl) && PHASE_CLOUD.test(new URL(apiUrl).hostname) ? 'phase' : 'doppler';
}
