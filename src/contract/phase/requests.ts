// What Phase's clients ask of our engine, checked once: query words in either spelling, headers in place of a query.
import { normalPath } from '#core/folder.js';
import * as z from 'zod/mini';

/** A client that writes `leaseTtl`, `leaseTTL` or `includeDynamic` means the same word (contracts/phase.md 1.2). */
export const snakeKeys = z.pipe(
  z.looseObject({}),
  z.transform((fields: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(fields).map(([key, value]) => [snakeCase(key), value])),
  ),
);

/** `leaseTTL` → `lease_ttl`. */
export function snakeCase(key: string): string {
  return key.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}

const text = z.string().check(z.maxLength(200));
const word = text.check(z.minLength(1));
const id = z.string().check(z.regex(/^[A-Za-z0-9-]{1,64}$/));
/** An empty one is none. */
const path = z.pipe(
  z.string().check(z.maxLength(1000)),
  z.transform((given) => (given === '' ? undefined : normalPath(given))),
);
/** Any value but `false` switches it on, the empty one too (contracts/phase.md 2.1, 3.1). */
const flag = z.pipe(
  z.optional(z.union([z.string(), z.boolean()])),
  z.transform((given) => given !== undefined && String(given).toLowerCase() !== 'false'),
);
/** No time at all means the default one (contracts/phase.md 3.1). */
const seconds = z.pipe(
  z.optional(z.union([z.int(), z.pipe(z.string().check(z.regex(/^\d{1,9}$/)), z.transform(Number))])),
  z.transform((given) => (given === 0 ? undefined : given)),
);

/** Where: an app by id and an environment by name; the header `Environment` stands for both. */
const place = { app_id: z.optional(id), env: z.optional(word) };

const leasing = { lease: flag, ttl: seconds, lease_ttl: seconds, replace: flag };
type Leasing = { lease: boolean; ttl: number | undefined; lease_ttl: number | undefined; replace: boolean };
/** Each address has its own word for the time; a client that takes the other's means the same. */
const ttlOf = ({ ttl, lease_ttl }: Leasing) => ttl ?? lease_ttl;

/** The id of a secret stands for its environment where none is named. */
export const placeQuery = z.pipe(snakeKeys, z.object({ ...place, secret_id: z.optional(text) }));

export const secretsQuery = z.pipe(
  z.pipe(
    snakeKeys,
    z.object({
      path: z.optional(path),
      key: z.optional(word),
      key_digest: z.optional(word),
      tags: z.optional(z.string().check(z.maxLength(4000))),
      dynamic: flag,
      include_dynamic: flag,
      ...leasing,
    }),
  ),
  z.transform((query) => ({
    path: query.path,
    key: query.key?.toUpperCase(),
    keyDigest: query.key_digest?.toLowerCase(),
    tags: query.tags?.split(',').filter((tag) => tag !== ''),
    isDynamic: query.dynamic || query.include_dynamic,
    isLeasing: (query.dynamic || query.include_dynamic) && query.lease,
    ttlSec: ttlOf(query),
    replace: query.replace,
  })),
);

export const dynamicQuery = z.pipe(
  z.pipe(snakeKeys, z.object({ path: z.optional(path), id: z.optional(word), name: z.optional(word), ...leasing })),
  z.transform(({ path: at, id: slug, name, ...query }) => ({
    path: at,
    id: slug,
    name,
    isLeasing: query.lease,
    ttlSec: ttlOf(query),
    replace: query.replace,
  })),
);

export const leasesQuery = z.pipe(snakeKeys, z.object({ secret_id: word }));
export const leaseQuery = z.pipe(snakeKeys, z.object({ lease_id: word }));

const DEFAULT_RENEWAL_SEC = 3600;
export const leaseRenewal = z.pipe(
  snakeKeys,
  z.object({
    lease_id: word,
    ttl: z._default(z.int().check(z.minimum(1), z.maximum(999_999_999)), DEFAULT_RENEWAL_SEC),
  }),
);

const LAST_INSTANT = Date.UTC(10_000, 0) - 1;
const expiry = z.pipe(
  z.pipe(
    z.string().check(z.refine((given) => /[zZ]$|[+-]\d{2}:\d{2}$/.test(given) && !Number.isNaN(Date.parse(given)))),
    z.transform((given) => Date.parse(given)),
  ),
  z.number().check(z.maximum(LAST_INSTANT)),
);
/** `expires_at` wins over `expires_in`; `expiry` is a mistake that Phase names (contracts/phase.md 1.7). */
export const newToken = z.object({
  account: word,
  name: word.check(z.maxLength(64)),
  expires_at: z.optional(expiry),
  expires_in: z.optional(z.int().check(z.minimum(1), z.maximum(999_999_999))),
  expiry: z.optional(z.never()),
});
export const tokenParams = z.object({ account: word, token: word });
