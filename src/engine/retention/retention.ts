// Retention: forgets what is over and old enough, by subject, in small bites.
import { closeOldSegments } from '../audit/segments.ts';
import type { Store } from '../storage/store.ts';

/** Days after which each thing is forgotten, counted from its end. */
export type RetentionDays = {
  readonly leases: number;
  readonly idempotencyKeys: number;
  readonly oidcTokens: number;
  readonly audit: number;
};

/** Leases and events for a quarter, what was done for a year and a bit; the rest only guards against repeats. */
export const RETENTION_DAYS: RetentionDays = { leases: 90, idempotencyKeys: 1, oidcTokens: 1, audit: 400 };

const DAY_MS = 24 * 3600_000;
const BITE = 500;
/** In one round; the next one goes on. */
const MAX_BITES = 200;

type Parts = { store: Pick<Store, 'read' | 'write'>; auditKey: Uint8Array; now: () => number };
export type Forgotten = { leases: number; keys: number; sets: number; tokens: number; chains: number };

/** One round. Live leases, values and their versions are never touched. */
export async function forgetOld(parts: Parts, days: RetentionDays = RETENTION_DAYS): Promise<Forgotten> {
  const { store, auditKey, now } = parts;
  const before = (age: number) => now() - age * DAY_MS;
  const { purgeIdempotencyKeys, purgeClosedLeases, purgeLeaseSets, purgeOidcTokens } = store.write;
  return {
    keys: await inBites((limit) => purgeIdempotencyKeys({ before: before(days.idempotencyKeys), limit })),
    leases: await inBites((limit) => purgeClosedLeases({ before: before(days.leases), limit })),
    sets: await inBites((limit) => purgeLeaseSets({ before: before(days.leases), limit })),
    tokens: await inBites((limit) => purgeOidcTokens({ before: before(days.oidcTokens), limit })),
    chains: await closeOldSegments({ store, key: auditKey, now }, before(days.audit)),
  };
}

async function inBites(bite: (limit: number) => Promise<number>): Promise<number> {
  let total = 0;
  for (let bites = 0; bites < MAX_BITES; bites++) {
    const gone = await bite(BITE);
    total += gone;
    if (gone < BITE) break;
  }
  return total;
}
