// Who may send one request more: two counters for each class of request, one of the address and one of the token.
import { addressKey } from './address-key.ts';
import { Counters } from './counters.ts';
import { perMinute, type Verdict } from './gcra.ts';
import { type Plan, REQUEST_CLASSES, type RequestClass } from './plan.ts';

export type Caller = {
  /** As the socket or a believed proxy has it. */
  readonly address: string;
  /** Id of the token's row, never the token. */
  readonly tokenId: string;
};

export type LimiterOptions = {
  /** Random bytes of this process. */
  readonly salt: Uint8Array;
  /** Counters kept for each class and each of address and token; some 100 bytes each. */
  readonly maxKeys?: number;
};

type Pair = { readonly byAddress: Counters; readonly byToken: Counters };

const MAX_KEYS = 50_000;
const SHARED_COUNTERS = 4096;

/**
 * docs/doppler-api-reference.txt, Rate Limits. Pure but for what it counted; `now` is epoch milliseconds. Every method
 * returns what the headers of the answer say, or undefined under a plan without limits.
 */
export class RateLimiter {
  readonly #pairs = new Map<RequestClass, Pair>();

  constructor(plan: Plan, { salt, maxKeys = MAX_KEYS }: LimiterOptions) {
    if (!plan) return;
    for (const kind of REQUEST_CLASSES) {
      const rate = perMinute(plan[kind]);
      const make = () => new Counters(rate, { maxKeys, sharedCounters: SHARED_COUNTERS, salt });
      this.#pairs.set(kind, { byAddress: make(), byToken: make() });
    }
  }

  /** Before the token is looked at: whether the address may still try. Counts nothing. */
  beforeAuthentication(address: string, kind: RequestClass, now: number): Verdict | undefined {
    return this.#pairs.get(kind)?.byAddress.peek(addressKey(address), now);
  }

  /** Counts a request whose token was refused: on its address alone, because the token is nobody's. */
  failedAuthentication(address: string, kind: RequestClass, now: number): Verdict | undefined {
    return this.#pairs.get(kind)?.byAddress.take(addressKey(address), now);
  }

  /**
   * Counts a request of a known caller on both counters, or on neither when either refuses it.
   * @returns the tighter of the two
   */
  take({ address, tokenId }: Caller, kind: RequestClass, now: number): Verdict | undefined {
    const pair = this.#pairs.get(kind);
    if (!pair) return undefined;
    const key = addressKey(address);
    const foreseen = tighter(pair.byAddress.peek(key, now), pair.byToken.peek(tokenId, now));
    if (!foreseen.isAllowed) return foreseen;
    return tighter(pair.byAddress.take(key, now), pair.byToken.take(tokenId, now));
  }
}

/** A refusal before a permission, the longer wait before the shorter, the fewer left before the more. */
function tighter(one: Verdict, other: Verdict): Verdict {
  if (one.isAllowed !== other.isAllowed) return one.isAllowed ? other : one;
  const [oneWait, otherWait] = [one.retryAfterSec ?? 0, other.retryAfterSec ?? 0];
  if (oneWait !== otherWait) return oneWait > otherWait ? one : other;
  if (one.remaining !== other.remaining) return one.remaining < other.remaining ? one : other;
  return one.resetSec >= other.resetSec ? one : other;
}
