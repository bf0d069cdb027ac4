// When a lease is renewed: between half and two thirds of its life, and never in the past.

/** An instant in the past makes Terraform renew in a hot loop: 26,378 times in 3 s (terraform.md A5). */
const MIN_DELAY_MS = 1_000;
const MAX_RETRY_MS = 30_000;

/** Milliseconds to wait before renewing a lease of `ttlSec`; `random` in [0, 1) spreads many of them. */
export function renewDelayMs(ttlSec: number, random: number): number {
  return clamp(ttlSec * 1000 * (1 / 2 + random / 6));
}

/** Milliseconds before a failed renewal is tried again, when the lease still has `leftMs`. */
export function retryDelayMs(leftMs: number, random: number): number {
  return clamp(Math.min(leftMs / 4, MAX_RETRY_MS) * (1 + random / 4));
}

function clamp(ms: number): number {
  return Number.isFinite(ms) ? Math.max(MIN_DELAY_MS, Math.floor(ms)) : MIN_DELAY_MS;
}
