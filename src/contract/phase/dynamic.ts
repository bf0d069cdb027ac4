// Dynamic secrets on the Phase wire: what there is at a path, and one lease of one of them (contracts/phase.md 3.1–3.3).
import { Sensitive } from '#core/sensitive.js';
import { list, object, optionalText, text, word } from '../doppler/decode.ts';
import { IDEMPOTENCY_HEADER, LEASE_SET_HEADER } from '../doppler/wire.ts';
import { type Place, type WireRequest, bare, placeQuery, target } from './wire.ts';

const DYNAMIC = '/v1/secrets/dynamic/';

/** Lists what may be leased; without the word `lease` nothing is. */
export function listDynamicRequest(place: Place): WireRequest {
  return bare('GET', target(DYNAMIC, placeQuery(place)));
}

export type DynamicSecret = { readonly id: string; readonly name: string; readonly path: string };

/** The dynamic secrets of an answer. */
export function readDynamicList(body: unknown): DynamicSecret[] {
  return list(body, 'the body').map((one, index) => {
    const fields = object(one, `[${index}]`);
    return {
      id: word(fields['id'], `[${index}].id`),
      name: word(fields['name'], `[${index}].name`),
      path: optionalText(fields['path'], `[${index}].path`) ?? '/',
    };
  });
}

/** What our engine needs to make a minting request repeatable and its lease endable by handle. */
export type MintingTerms = { readonly setId: string; readonly idempotencyKey: string; readonly replace: boolean };

/**
 * Leases one dynamic secret, named by its id: of several in one request, the first that failed would hide those before
 * it. `ttl` is the word here; `/v1/secrets/` would want `lease_ttl`.
 */
export function issueLeaseRequest(
  place: Place,
  lease: { readonly secretId: string; readonly ttlSec: number },
  terms?: MintingTerms,
): WireRequest {
  const { app, environment } = place;
  const query = {
    ...placeQuery({ app, environment }),
    id: lease.secretId,
    lease: 'true',
    ttl: String(lease.ttlSec),
    replace: terms?.replace ? 'true' : undefined,
  };
  const headers = terms ? { [IDEMPOTENCY_HEADER]: terms.idempotencyKey, [LEASE_SET_HEADER]: terms.setId } : {};
  return { ...bare('GET', target(DYNAMIC, query)), headers };
}

export type IssuedLease = {
  readonly secretId: string;
  readonly id: string;
  /** Undefined when the date cannot be read: an odd date must not cost us the lease id. */
  readonly expiresAt: number | undefined;
  /** Reads the values; until then an odd one does no harm. @throws AppError ERR_CONTRACT */
  readonly fields: () => ReadonlyMap<string, Sensitive>;
};

/** Every lease of an answer. */
export function readIssuedLeases(body: unknown): IssuedLease[] {
  return list(body, 'the body').flatMap((one, index) => {
    const secret = object(one, `[${index}]`);
    if (secret['lease'] === null || secret['lease'] === undefined) return [];
    const where = `[${index}].lease`;
    const lease = object(secret['lease'], where);
    return [
      {
        secretId: word(secret['id'], `[${index}].id`),
        id: word(lease['id'], `${where}.id`),
        expiresAt: instant(lease['expiresAt']),
        fields: () => credentials(lease['credentials'], `${where}.credentials`),
      },
    ];
  });
}

function credentials(value: unknown, where: string): Map<string, Sensitive> {
  return new Map(
    list(value, where).map((one, index) => {
      const fields = object(one, `${where}[${index}]`);
      const key = word(fields['key'], `${where}[${index}].key`);
      return [key, new Sensitive(text(fields['value'], `${where}.${key}`))];
    }),
  );
}

/** ISO 8601 to epoch milliseconds, or undefined. */
export function instant(value: unknown): number | undefined {
  const parsed = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(parsed) ? undefined : parsed;
}
