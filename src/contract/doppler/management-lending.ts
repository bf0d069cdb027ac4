// What a manager asks about what is lent: service tokens of a config, and the renewal of a lease (contracts/doppler.md 2.6, 2.9).
import type { Sensitive } from '#core/sensitive.js';
import type { ConfigPlace } from './management.ts';
import { LEASE_HANDLE_HEADER, type WireRequest, bare, target, withJson } from './wire.ts';

const TOKENS = '/configs/config/tokens';
const DYNAMIC = '/configs/config/dynamic_secrets';

export type TokenAccess = 'read' | 'read/write';

export type NewTokenAsk = {
  readonly name: string;
  readonly access: TokenAccess;
  /** Epoch milliseconds; undefined: it does not end by itself. */
  readonly expiresAt: number | undefined;
  /** Engine extension: a key of the caller's making, so that none has to be read back. */
  readonly key?: Sensitive | undefined;
};

export function createTokenRequest(place: ConfigPlace, asked: NewTokenAsk): WireRequest {
  const { name, access, expiresAt, key } = asked;
  const expire_at = expiresAt === undefined ? undefined : Math.ceil(expiresAt / 1000);
  return withJson('POST', target(TOKENS, {}), { ...place, name, access, expire_at, key: key?.reveal() });
}

export function listTokensRequest(place: ConfigPlace): WireRequest {
  return bare('GET', target(TOKENS, place));
}

export function deleteTokenRequest(place: ConfigPlace, slug: string): WireRequest {
  return bare('DELETE', target(`${TOKENS}/token`, { ...place, slug }));
}

/** Engine extension: lengthens a lease; k0 of its handle stands for the token. */
export function renewLeaseRequest(handle: Sensitive, lease: { id: string; ttlSec: number }): WireRequest {
  const body = { slug: lease.id, ttl_sec: lease.ttlSec };
  const request = withJson('PUT', target(`${DYNAMIC}/dynamic_secret/leases/lease`, {}), body);
  return { ...request, headers: { ...request.headers, [LEASE_HANDLE_HEADER]: handle }, authorized: false };
}
