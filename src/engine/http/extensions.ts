// What this engine has beyond Doppler's API, so that a test can take it away and meet the engine as it would the cloud.
import { IDEMPOTENCY_HEADER, LEASE_HANDLE_HEADER, LEASE_SET_HEADER } from '#contract/doppler/wire.js';
import type { Route } from './route.ts';

/** `off` exists for tests: no routes and headers of ours, keys of repeats and lease handles ignored (design.md §5). */
export type Extensions = 'on' | 'off';

const CONFIG = '/v3/configs/config';
const LEASES = `${CONFIG}/dynamic_secrets/dynamic_secret/leases`;
/** Issuing and revoking a lease by id are Doppler's own. */
const OURS = [
  /^(?:GET|POST) \/v3\/configs\/config\/dynamic_secrets$/,
  /^\w+ \/v3\/configs\/config\/dynamic_secrets\/dynamic_secret$/,
  new RegExp(`^(?:GET ${LEASES}|PUT ${LEASES}/lease|DELETE /v3/leases|\\w+ /v3/leases/.+)$`),
  new RegExp(`^\\w+ ${CONFIG}/(?:references|secrets/metadata|secrets/compare)$`),
  // Doppler invites users and approves logins on its pages.
  /^(?:POST \/v3\/workplace\/users|DELETE \/v3\/workplace\/users\/:user|\w+ \/v3\/workplace\/users\/:user\/tokens)$/,
  /^(?:\w+ \/v3\/workplace\/tokens(?:\/token\/:token)?|\w+ \/v3\/auth\/cli\/approve)$/,
  // Phase's API is no extension either.
  /^\w+ \/(?!v3\/|v1\/|secrets\/|health\/|$)/,
];
const HEADERS_IN = [IDEMPOTENCY_HEADER, LEASE_HANDLE_HEADER, LEASE_SET_HEADER];

/** Whether a route is in no API of the clouds. */
export function isExtension({ method, path }: Pick<Route, 'method' | 'path'>): boolean {
  return OURS.some((pattern) => pattern.test(`${method} ${path}`));
}

/** Whether a header of a request means something to us only. */
export function isExtensionHeader(name: string): boolean {
  return HEADERS_IN.includes(name.toLowerCase());
}
