// Moving the end of a leased IAM user forward, by rewriting the policy that denies it everything afterwards.
import { AppError } from '#core/errors.js';
import { type AwsSession, isMissing } from '../calls.ts';
import type { UserPlan } from '../plans.ts';
import { boundsPolicy, readBoundsEnd } from '../policy-text.ts';
import { BOUNDS, SKEW_MS } from './create.ts';

/** Never shortens: a renewal that arrives late must not undo a longer one. */
export async function extendUser(session: AwsSession, { user: UserName }: UserPlan, expiresAt: number): Promise<void> {
  const endsAt = expiresAt + SKEW_MS;
  try {
    const { PolicyDocument = '' } = await session.call('iam:GetUserPolicy', { UserName, PolicyName: BOUNDS });
    // IAM gives documents percent-encoded (RFC 3986).
    const current = readBoundsEnd(decodeURIComponent(PolicyDocument));
    if (current !== undefined && current >= endsAt) return;
    const bounds = { UserName, PolicyName: BOUNDS, PolicyDocument: boundsPolicy(endsAt) };
    await session.call('iam:PutUserPolicy', bounds);
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new AppError('ERR_LEASE_NOT_RENEWABLE', 'The leased user is no longer there.', { hint: 'Issue a new one.' });
  }
}
