// Leases on the Doppler wire: issue, revoke by id (contracts/doppler.md 2.9), and the engine's revoke by handle.
import { Sensitive } from '#core/sensitive.js';
import { count, entries, list, object, offContract, word } from './decode.ts';
import { IDEMPOTENCY_HEADER, LEASE_HANDLE_HEADER, LEASE_SET_HEADER } from './wire.ts';
import { type ConfigScope, type WireRequest, bare, target, withJson } from './wire.ts';

const DYNAMIC = '/configs/config/dynamic_secrets';
const LEASES = `${DYNAMIC}/dynamic_secret/leases`;

/** Engine extension: lists the dynamic secrets of a config. */
export function listDynamicRequest({ project, config }: ConfigScope): WireRequest {
  return bare('GET', target(DYNAMIC, { project, config }));
}

/** The names in a list of dynamic secrets, in the order of the answer. */
export function readDynamicNames(body: unknown): string[] {
  const all = list(object(body, 'the body')['dynamicSecrets'], 'dynamicSecrets');
  return all.map((one, index) => {
    const where = `dynamicSecrets[${index}]`;
    return word(object(one, where)['name'], `${where}.name`);
  });
}

/** What an engine needs to make a minting request repeatable and its lease endable by handle. */
export type MintingTerms = { readonly setId: string; readonly idempotencyKey: string; readonly replace: boolean };

/** Issues one lease. `terms` only towards our engine; `replace` on every repeat after an answer may have been lost. */
export function issueLeaseRequest(
  scope: ConfigScope,
  lease: { dynamic: string; ttlSec: number },
  terms?: MintingTerms,
): WireRequest {
  const body = { project: scope.project, config: scope.config, dynamic_secret: lease.dynamic, ttl_sec: lease.ttlSec };
  const request = withJson('POST', target(LEASES, { replace: terms?.replace ? 'true' : undefined }), body);
  if (!terms) return request;
  const extra = { [IDEMPOTENCY_HEADER]: terms.idempotencyKey, [LEASE_SET_HEADER]: terms.setId };
  return { ...request, headers: { ...request.headers, ...extra } };
}

/** Identity and end of a lease; read before anything else, so that a lease with an odd value can still be revoked. */
export type LeaseHead = { readonly id: string; readonly expiresAt: number | undefined };

/** The head of an issue answer. */
export function readLeaseHead(body: unknown): LeaseHead {
  const fields = object(body, 'the body');
  return { id: word(fields['id'], 'id'), expiresAt: instant(fields['expires_at']) };
}

/** The leased fields under the names of the answer; numbers and booleans become text, null fields are left out. */
export function readLeaseFields(body: unknown): Map<string, Sensitive> {
  const fields = new Map<string, Sensitive>();
  for (const [key, value] of entries(object(body, 'the body')['value'], 'value')) {
    if (value === null) continue;
    if (!isScalar(value)) throw offContract(`value.${key}`, 'a text');
    fields.set(key, new Sensitive(String(value)));
  }
  return fields;
}

/** The four coordinates that end a lease by its id. */
export type LeaseRef = ConfigScope & { readonly dynamic: string; readonly id: string };

/** Ends a lease by its id; in body and query, since clients exist that drop the body of a DELETE. */
export function revokeLeaseRequest(lease: LeaseRef): WireRequest {
  const fields = { project: lease.project, config: lease.config, dynamic_secret: lease.dynamic, slug: lease.id };
  return withJson('DELETE', target(`${LEASES}/lease`, fields), fields);
}

/** Engine extension: ends every lease of a set; the handle replaces the token. */
export function revokeSetRequest(handle: Sensitive): WireRequest {
  return { ...bare('DELETE', target('/leases', {})), headers: { [LEASE_HANDLE_HEADER]: handle }, authorized: false };
}

export type SetLease = {
  readonly id: string;
  readonly dynamic: string;
  readonly state: string;
  readonly expiresAt: number | undefined;
  /** Until when its credential goes on after the lease has ended, where the target cannot end it. */
  readonly validUntil: number | undefined;
};
export type RevokedSet = { readonly leases: readonly SetLease[]; readonly revoked: number; readonly left: number };

/** How a set ended. */
export function readRevokedSet(body: unknown): RevokedSet {
  const fields = object(body, 'the body');
  const leases = list(fields['leases'], 'leases').map((one, index) => setLease(one, `leases[${index}]`));
  return { leases, revoked: count(fields['revoked'], 'revoked'), left: count(fields['left'], 'left') };
}

function setLease(value: unknown, where: string): SetLease {
  const fields = object(value, where);
  return {
    id: word(fields['id'], `${where}.id`),
    dynamic: word(fields['dynamic_secret'], `${where}.dynamic_secret`),
    state: word(fields['state'], `${where}.state`),
    expiresAt: instant(fields['expires_at']),
    validUntil: instant(fields['credential_valid_until']),
  };
}

/** How long the credential of a revoked lease goes on, as the engine says; every other answer says nothing of it. */
export function readValidUntil(text: string): number | undefined {
  try {
    return instant((JSON.parse(text) as { credential_valid_until?: unknown } | null)?.credential_valid_until);
  } catch {
    return undefined;
  }
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

/** ISO 8601 to epoch milliseconds; undefined when it is no date: an odd date must not cost us the lease id. */
function instant(value: unknown): number | undefined {
  const parsed = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(parsed) ? undefined : parsed;
}
