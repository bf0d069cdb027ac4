// The generic cell rate algorithm: one number per counter, the instant at which it will be full again.

/**
 * A counter holds `limit` requests and wins back one every `stepUs`. A full one lets `limit` through at once, and from
 * then on `limit` a minute: in any window of W milliseconds at most `limit` + W / (60,000 / limit) requests pass, which
 * over one minute is twice the limit for a client that was idle, as with a fixed window at its edge, and the limit for
 * one that was not. All times are whole microseconds, so that nothing is lost to rounding.
 */
export type Rate = { readonly limit: number; readonly stepUs: number; readonly capacityUs: number };

/** Epoch microseconds at which a counter will be full again; one in the past is full. */
export type FullAtUs = number;

const MINUTE_US = 60_000_000;

/** `limit` requests a minute; `limit` is a whole number from 1 to 1,000,000. */
export function perMinute(limit: number): Rate {
  const stepUs = Math.ceil(MINUTE_US / limit);
  return { limit, stepUs, capacityUs: stepUs * limit };
}

/** What a counter says: whether one request may pass, and what the headers of the answer say then. */
export type Verdict = {
  readonly isAllowed: boolean;
  readonly limit: number;
  /** Requests left after this one. */
  readonly remaining: number;
  /** Unix seconds at which the counter is full again; always in the future. */
  readonly resetSec: number;
  /** Whole seconds, at least 1, after which one request will pass; only where none passes now. */
  readonly retryAfterSec?: number;
};

/** Puts one request on a counter, unless it is empty: then `fullAt` comes back unchanged. */
export function take(rate: Rate, fullAt: FullAtUs | undefined, nowMs: number): { verdict: Verdict; fullAt: FullAtUs } {
  const nowUs = Math.floor(nowMs * 1000);
  const before = settled(rate, fullAt, nowUs);
  const after = before + rate.stepUs;
  const isAllowed = after - nowUs <= rate.capacityUs;
  return isAllowed
    ? { verdict: verdict(rate, after, nowUs, true), fullAt: after }
    : { verdict: verdict(rate, before, nowUs, false), fullAt: before };
}

/** What a request would be told, without counting it. `remaining` does not include it. */
export function peek(rate: Rate, fullAt: FullAtUs | undefined, nowMs: number): Verdict {
  const nowUs = Math.floor(nowMs * 1000);
  const before = settled(rate, fullAt, nowUs);
  return verdict(rate, before, nowUs, before + rate.stepUs - nowUs <= rate.capacityUs);
}

/** Whether a counter says no more than a new one would. */
export function isFull(fullAt: FullAtUs, nowMs: number): boolean {
  return fullAt <= Math.floor(nowMs * 1000);
}

/** Never in the past, and never further away than an empty counter's: a clock set back costs a minute, not an hour. */
function settled(rate: Rate, fullAt: FullAtUs | undefined, nowUs: number): FullAtUs {
  return Math.min(Math.max(fullAt ?? nowUs, nowUs), nowUs + rate.capacityUs);
}

function verdict(rate: Rate, fullAt: FullAtUs, nowUs: number, isAllowed: boolean): Verdict {
  const remaining = Math.max(0, Math.floor((rate.capacityUs - (fullAt - nowUs)) / rate.stepUs));
  const resetSec = Math.floor(Math.max(fullAt, nowUs) / 1_000_000) + 1;
  const shown = { isAllowed, limit: rate.limit, remaining, resetSec };
  if (isAllowed) return shown;
  const waitUs = fullAt + rate.stepUs - rate.capacityUs - nowUs;
  return { ...shown, remaining: 0, retryAfterSec: Math.max(1, Math.ceil(waitUs / 1_000_000)) };
}
