// Calls that are repeated where a repetition is safe, with growing pauses, until their time is over.
import { AppError } from '#core/errors.js';
import { AwsError, type AwsSession, type CallName, hasCode, isMissing, isThrottled } from './calls.ts';

const PAUSES_MS = [200, 400, 800, 1600, 3200, 4000, 4000];

/** A second effect of these would be a second credential; what they left behind is for their caller to see. */
const UNREPEATABLE: ReadonlySet<CallName> = new Set([
  'iam:CreateAccessKey',
  'iam:CreateUser',
  'sts:AssumeRole',
  'sts:GetFederationToken',
]);

export type Patience = {
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** 0 ≤ random < 1, so that those who were throttled together do not come back together. */
  random: () => number;
  signal: AbortSignal;
  /** What has just been made may not be seen everywhere yet: "not there" is worth another look. */
  isFresh?: boolean;
};

/**
 * Repeats what AWS refused for being asked too fast, and of the other calls those whose repetition changes nothing.
 */
export function persistent(session: AwsSession, patience: Patience): AwsSession {
  return {
    end: () => session.end(),
    call: async (name, input) => {
      for (let tries = 0; ; tries += 1) {
        try {
          return await session.call(name, input);
        } catch (error) {
          const pause = PAUSES_MS[tries];
          if (pause === undefined || patience.signal.aborted || !isWorthRepeating(name, error, patience)) throw error;
          await patience.sleep(pause * (0.5 + patience.random()), patience.signal);
        }
      }
    },
  };
}

function isWorthRepeating(name: CallName, error: unknown, { isFresh }: Patience): boolean {
  if (!(error instanceof AwsError)) return false;
  if (isThrottled(error)) return true;
  if (isFresh && isMissing(error)) return true;
  if (UNREPEATABLE.has(name)) return false;
  if (!error.sent && error.cause instanceof AppError) return false;
  return (
    error.status === 0 ||
    error.status >= 500 ||
    hasCode(error, 'ConcurrentModification', 'EntityTemporarilyUnmodifiable')
  );
}
