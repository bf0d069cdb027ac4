// The leases of a dynamic secret on the Phase wire: list, renew, revoke (contracts/phase.md 3.5–3.7).
import { list, object, optionalText, text, word } from '../doppler/decode.ts';
import { instant } from './dynamic.ts';
import { parseDuration } from './duration.ts';
import { type Place, type WireRequest, bare, placeQuery, target, withJson } from './wire.ts';

const LEASES = '/v1/secrets/dynamic/leases/';

/** Lists every lease of a dynamic secret, the ended ones too. `secret_id` is enough today; the rest is for tomorrow. */
export function listLeasesRequest({ app, environment }: Place, secretId: string): WireRequest {
  return bare('GET', target(LEASES, { ...placeQuery({ app, environment }), secret_id: secretId }));
}

export type LeaseLine = {
  readonly id: string;
  /** active, revoked, expired; a word that a later API adds is handed on as it is. */
  readonly status: string;
  readonly ttlSec: number | undefined;
  readonly createdAt: number | undefined;
  readonly expiresAt: number | undefined;
  readonly renewedAt: number | undefined;
};

/** The leases of a list answer, newest first as the server orders them. */
export function readLeaseList(body: unknown): LeaseLine[] {
  return list(body, 'the body').map((one, index) => {
    const fields = object(one, `[${index}]`);
    const ttl = fields['ttl'];
    return {
      id: word(fields['id'], `[${index}].id`),
      status: optionalText(fields['status'], `[${index}].status`) ?? 'unknown',
      ttlSec: typeof ttl === 'string' ? parseDuration(ttl) : undefined,
      createdAt: instant(fields['createdAt']),
      expiresAt: instant(fields['expiresAt']),
      renewedAt: instant(fields['renewedAt']),
    };
  });
}

/** Which lease; the environment is checked, and a lease of another one is not found. */
export type LeaseRef = Place & { readonly id: string };

/** Renews: `ttlSec` is added to the old expiry, not counted from now (contracts/phase.md 3.6). */
export function renewLeaseRequest({ id, app, environment }: LeaseRef, ttlSec: number): WireRequest {
  return withJson('PUT', target(LEASES, placeQuery({ app, environment })), { lease_id: id, ttl: ttlSec });
}

/** The instant in the text of a renewal, which is nowhere else in the answer; undefined when it cannot be made out. */
export function readRenewal(body: unknown): { readonly expiresAt: number | undefined } {
  const said = text(object(body, 'the body')['message'], 'message');
  const [, day, clock, zone] = RENEWED.exec(said) ?? [];
  return { expiresAt: day === undefined ? undefined : instant(`${day}T${clock}${zone}`) };
}

/** As Python prints an instant; the fraction may be absent. */
const RENEWED = /: (\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?)([+-]\d{2}:\d{2})$/;

/** Revokes; the id in body and query, since clients and proxies exist that drop the body of a DELETE. */
export function revokeLeaseRequest({ id, app, environment }: LeaseRef): WireRequest {
  const query = { ...placeQuery({ app, environment }), lease_id: id };
  return withJson('DELETE', target(LEASES, query), { lease_id: id });
}
