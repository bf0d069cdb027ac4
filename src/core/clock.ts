// Time as a port, so that nothing below a roof asks the machine what time it is.

/** Wall clock in epoch milliseconds, monotonic milliseconds for durations, and an abortable sleep. */
export interface Clock {
  now(): number;
  monotonic(): number;
  /** Resolves after `ms`, or at once (without an error) when `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** `epochMs` as ISO 8601 in UTC with milliseconds, the form of both dialects. */
export function iso(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

/** The same, and null for never. */
export function isoOrNull(epochMs: number | null): string | null {
  return epochMs === null ? null : iso(epochMs);
}
