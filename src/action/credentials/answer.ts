// The answer of a credential process, which is also what it keeps: AWS credentials with their end, as AWS SDKs read them.
import type { AwsCredentials } from '#client/sigv4.js';
import { iso } from '#core/clock.js';

/** https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html */
export type Answer = { readonly text: string; readonly expiresAt: number };

const MIN_LEFT_MS = 5 * 60_000;

/** @throws TypeError for a time that is none */
export function writeAnswer({ accessKeyId, secretAccessKey, sessionToken }: AwsCredentials, expiresAt: number): Answer {
  const parts = {
    Version: 1,
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey.reveal(),
    SessionToken: sessionToken?.reveal(),
    Expiration: iso(expiresAt),
  };
  return { text: `${JSON.stringify(parts)}\n`, expiresAt };
}

/** Undefined for what is no answer: whoever finds one asks anew. */
export function readAnswer(text: string): Answer | undefined {
  try {
    const { Version, AccessKeyId, SecretAccessKey, Expiration } = JSON.parse(text) as Record<string, unknown>;
    const isWhole = Version === 1 && typeof AccessKeyId === 'string' && typeof SecretAccessKey === 'string';
    const expiresAt = typeof Expiration === 'string' ? Date.parse(Expiration) : Number.NaN;
    return isWhole && Number.isFinite(expiresAt) ? { text, expiresAt } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether an answer is given again: while a quarter of the ttl is left, and 5 minutes, or half of a shorter ttl. botocore
 * asks 15 minutes before the end, so that an hour's lease is replaced when it first asks.
 */
export function isFresh({ expiresAt }: Answer, ttlSec: number, now: number): boolean {
  const ttlMs = ttlSec * 1000;
  return expiresAt - now > Math.max(ttlMs / 4, Math.min(MIN_LEFT_MS, ttlMs / 2));
}
