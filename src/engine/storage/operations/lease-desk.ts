// The desk of issuing: what is known of everything that intents touch, read at once, and the verdict on each in turn.
import type { ErrorCode } from '#core/errors.js';
import { isFinal, type LeaseState } from '#core/lease.js';
import { all, listOf, lists, parts, type Steps, valuesOf } from '../operation.ts';
import type { Cause } from './lease-rows.ts';
import { type LeaseSetRow, SET_REFUSED } from './lease-sets.ts';

export type Intent = {
  id: string;
  dynamicSecretId: string;
  kind: string;
  integrationId: string;
  /** Of the data that the credential will be made with. */
  integrationRevision: number;
  owner: string;
  tokenId: string | null;
  setId: string | null;
  idempotencyKey: string | null;
  /** Whether a repeated key may take the place of a lease that has ended. */
  replace: boolean;
  externalRef: string;
  planKeyId: string;
  planSealed: Uint8Array;
  createdAt: number;
  expiresAt: number;
  hardExpiresAt: number;
  /** When others may roll it back: after the last moment at which its credential can still be made. */
  pendingUntil: number;
  claimedBy: string;
  cause: Cause;
};

/** `fence`: the row is written. `duplicate`: the key was used by that lease. `refused`: why not. Then nothing was written. */
export type IntentOutcome = { fence: number } | { duplicate: Duplicate } | { refused: Refusal };

/** An AppError in the making: outcomes of one stroke differ, so none of them is thrown. */
export type Refusal = { code: ErrorCode; message: string; hint?: string };

/** `last_error` is printable: why ending it did not work so far. */
export type Duplicate = {
  id: string;
  state: LeaseState;
  last_error: string | null;
  token_id: string | null;
  set_id: string | null;
};

/** Of every new lease. */
export const FENCE = 1;

type Room = { live: number; max_live_leases: number; revision: number };
type Known = {
  /** Of the intents' tokens those that have been ended. */
  endedTokens: ReadonlySet<string>;
  /** Of the intents' dynamic secrets those that are there. */
  rooms: Map<string, Room>;
  /** The lease that has a key. */
  keys: Map<string, Duplicate>;
  sets: Map<string, Pick<LeaseSetRow, 'owner' | 'closed_at'>>;
};

/**
 * Decides on intents one after the other, each on what the ones before it leave: the cap, the key and the set hold as if
 * every one had its own transaction. Nothing is written here.
 */
export class Desk {
  readonly #known: Known;
  /** Leases whose key goes to a new one. */
  readonly freed: string[] = [];
  /** New leases by dynamic secret. */
  readonly counted = new Map<string, number>();

  constructor(known: Known) {
    this.#known = known;
  }

  decide(intent: Intent): IntentOutcome {
    const { endedTokens, rooms, sets, keys } = this.#known;
    // A request may have been authenticated just before its token was ended: its leases end with it, none may follow.
    if (intent.tokenId !== null && endedTokens.has(intent.tokenId)) return { refused: TOKEN_ENDED };
    const earlier = keys.get(keyOf(intent));
    const isFree = earlier !== undefined && isFreed(earlier, intent);
    if (earlier !== undefined && intent.replace && !isOurs(earlier, intent)) return { refused: KEY_OF_OTHERS };
    if (earlier !== undefined && !isFree) return { duplicate: earlier };
    const set = intent.setId === null ? undefined : sets.get(intent.setId);
    if (set && (set.closed_at !== null || set.owner !== intent.owner)) return { refused: SET_REFUSED };
    const room = rooms.get(intent.dynamicSecretId);
    if (!room) return { refused: GONE };
    // The revoke is made with the data of its day: it must lead to where the credential is made (whereabouts.ts).
    if (room.revision !== intent.integrationRevision) return { refused: CHANGED };
    if (room.live >= room.max_live_leases) return { refused: full(room.max_live_leases) };
    this.#take(intent, room, earlier);
    return { fence: FENCE };
  }

  #take(intent: Intent, room: Room, earlier: Duplicate | undefined): void {
    const { id, owner, setId, tokenId, idempotencyKey, dynamicSecretId } = intent;
    if (earlier) this.freed.push(earlier.id);
    if (setId !== null) this.#known.sets.set(setId, { owner, closed_at: null });
    room.live += 1;
    this.counted.set(dynamicSecretId, (this.counted.get(dynamicSecretId) ?? 0) + 1);
    if (idempotencyKey === null) return;
    const taken = { id, state: 'pending', last_error: null, token_id: tokenId, set_id: setId } as const;
    this.#known.keys.set(keyOf(intent), taken);
  }
}

/** Reads what the verdicts need, in the transaction in which they are carried out. */
export function* openDesk(intents: readonly Intent[]): Steps<Desk> {
  const endedTokens = new Set<string>();
  const rooms = new Map<string, Room>();
  const keys = new Map<string, Duplicate>();
  const sets = new Map<string, LeaseSetRow>();
  for (const ids of lists(distinct(intents.map(({ tokenId }) => tokenId)))) {
    const ended = `select id from tokens where revoked_at is not null and id in ${listOf(ids)}`;
    for (const { id } of yield* all<{ id: string }>(ended, ...ids)) endedTokens.add(id);
  }
  for (const asked of parts(intents.filter(({ idempotencyKey }) => idempotencyKey !== null))) {
    for (const [key, lease] of yield* keyed(asked)) keys.set(key, lease);
  }
  for (const ids of lists(distinct(intents.map(({ setId }) => setId)))) {
    const named = `select * from lease_sets where id in ${listOf(ids)}`;
    for (const row of yield* all<LeaseSetRow>(named, ...ids)) sets.set(row.id, row);
  }
  for (const ids of lists(distinct(intents.map(({ dynamicSecretId }) => dynamicSecretId)))) {
    const there = `select d.id, d.live, d.max_live_leases, i.revision from dynamic_secrets d
       join integrations i on i.id = d.integration_id where d.deleted_at is null and d.id in ${listOf(ids)}`;
    for (const { id, ...room } of yield* all<Room & { id: string }>(there, ...ids)) rooms.set(id, room);
  }
  return new Desk({ endedTokens, rooms, keys, sets });
}

function* keyed(intents: readonly Intent[]): Steps<[string, Duplicate][]> {
  const wanted = intents.map(({ dynamicSecretId, owner, idempotencyKey }) => [dynamicSecretId, owner, idempotencyKey]);
  const { sql, params } = valuesOf(wanted, { types: ['text', 'text', 'text'] });
  const rows = yield* all<Duplicate & { dynamic_secret_id: string; owner: string; idem_key: string }>(
    `with wanted(secret_id, principal, given_key) as (values${sql})
     select id, state, last_error, token_id, set_id, dynamic_secret_id, owner, idem_key from wanted join leases
       on dynamic_secret_id = secret_id and owner = principal and idem_key = given_key`,
    ...params,
  );
  return rows.map(({ dynamic_secret_id, owner, idem_key, ...lease }) => [
    keyOf({ dynamicSecretId: dynamic_secret_id, owner, idempotencyKey: idem_key }),
    lease,
  ]);
}

/** One text for the three that a key belongs to. */
function keyOf(of: Pick<Intent, 'dynamicSecretId' | 'owner' | 'idempotencyKey'>): string {
  return of.idempotencyKey === null ? '' : JSON.stringify([of.dynamicSecretId, of.owner, of.idempotencyKey]);
}

/** Another job of the same account may have hit on the same key: its lease is not ours to end (design.md §5, Owner). */
function isOurs(earlier: Duplicate, { tokenId, setId }: Intent): boolean {
  return earlier.token_id === tokenId || (earlier.set_id !== null && earlier.set_id === setId);
}

/** Its lease never came to be, or has ended and may be replaced. */
function isFreed(earlier: Duplicate, { replace }: Intent): boolean {
  return earlier.state === 'aborted' || (replace && isFinal(earlier.state));
}

function distinct(values: readonly (string | null)[]): string[] {
  return [...new Set(values)].filter((value) => value !== null);
}

const TOKEN_ENDED: Refusal = { code: 'ERR_UNAUTHENTICATED', message: 'The token has been revoked.' };
const KEY_OF_OTHERS: Refusal = {
  code: 'ERR_CONFLICT',
  message: 'This Idempotency-Key belongs to a lease of another token.',
  hint: 'Use a key that nobody else uses, such as a random one.',
};
const CHANGED: Refusal = {
  code: 'ERR_UNAVAILABLE',
  message: 'The integration was changed while the lease was being issued.',
  hint: 'Try again.',
};
const GONE: Refusal = { code: 'ERR_NOT_FOUND', message: 'The dynamic secret does not exist any more.' };

function full(cap: number): Refusal {
  const message = `All ${cap} leases of this dynamic secret are in use.`;
  return { code: 'ERR_RATE_LIMITED', message, hint: 'Wait until some end, or raise max_live_leases.' };
}
