// Making a leased IAM user: bounded before it has rights, and with rights before it has a key.
import { AppError } from '#core/errors.js';
import { sensitive, type Sensitive } from '#core/sensitive.js';
import { AwsError, type AwsSession, hasCode, isMissing } from '../calls.ts';
import { pages } from '../pages.ts';
import type { UserPlan } from '../plans.ts';
import { boundsPolicy } from '../policy-text.ts';
import { deleteKeys } from './revoke.ts';

/** Given to the holder beyond the expiry, because clocks differ (leases.md C3). */
export const SKEW_MS = 30_000;
export const BOUNDS = 'secrets-action-bounds';
const RIGHTS = 'secrets-action-rights';
const LEASE_TAG = 'secrets-action:lease';
/** Beyond this share of the account's users none is made: what else lives in the account needs room. */
const FULL = 0.9;

export type Making = { plan: UserPlan; expiresAt: number; hardExpiresAt: number };

/**
 * Creates the user and answers with its fields. The order is the safety: until the last call there is no credential,
 * and from the second on whatever exists is denied everything after `expiresAt`.
 */
export async function createUser(session: AwsSession, making: Making): Promise<ReadonlyMap<string, Sensitive>> {
  const { plan, expiresAt } = making;
  const { user: UserName } = plan;
  await checkQuota(session);
  await makeUser(session, making);
  const bounds = { UserName, PolicyName: BOUNDS, PolicyDocument: boundsPolicy(expiresAt + SKEW_MS) };
  await session.call('iam:PutUserPolicy', bounds);
  if (plan.policy !== undefined) {
    await session.call('iam:PutUserPolicy', { UserName, PolicyName: RIGHTS, PolicyDocument: plan.policy });
  }
  for (const PolicyArn of plan.policyArns) await session.call('iam:AttachUserPolicy', { UserName, PolicyArn });
  for (const GroupName of plan.groups) await session.call('iam:AddUserToGroup', { UserName, GroupName });
  const { accessKeyId, secretAccessKey } = await makeKey(session, UserName);
  return new Map([
    ['access_key_id', sensitive(accessKeyId)],
    ['secret_access_key', secretAccessKey],
    ['region', sensitive(plan.region)],
  ]);
}

/** Whether a failed create certainly left nothing: it never came to asking for the user, or that was refused. */
export function leftNoUser(error: unknown): boolean {
  if (!(error instanceof AwsError)) return false;
  const { call, sent, isRefusal } = error;
  if (call === 'iam:CreateUser') return !sent || isRefusal;
  return call === 'iam:GetAccountSummary' || call === 'sts:AssumeRole';
}

async function checkQuota(session: AwsSession): Promise<void> {
  const { SummaryMap: summary = {} } = await session.call('iam:GetAccountSummary', {});
  const { Users: users = 0, UsersQuota: quota = Number.POSITIVE_INFINITY } = summary;
  if (users < quota * FULL) return;
  throw new AppError('ERR_RATE_LIMITED', `The AWS account has ${users} of its ${quota} IAM users.`, {
    hint: 'Wait until leases end, have the quota raised, or lease sessions (aws_sts) in place of users.',
    hadNoEffect: true,
  });
}

async function makeUser(session: AwsSession, { plan, hardExpiresAt }: Making): Promise<void> {
  const { user: UserName, path: Path, boundary } = plan;
  try {
    await session.call('iam:CreateUser', {
      UserName,
      Path,
      ...(boundary === undefined ? {} : { PermissionsBoundary: boundary }),
      Tags: tagsOf(plan, hardExpiresAt),
    });
  } catch (error) {
    // An answer may have been lost before: the name says which lease, the tag that it is really ours.
    if (!hasCode(error, 'EntityAlreadyExists') || !(await isOurs(session, plan))) throw error;
    await deleteKeys(session, UserName);
  }
}

function tagsOf({ tags, leaseId, engineId }: UserPlan, hardExpiresAt: number) {
  const ours = {
    [LEASE_TAG]: leaseId,
    'secrets-action:engine': engineId,
    'secrets-action:ends-by': new Date(hardExpiresAt).toISOString(),
  };
  return Object.entries({ ...tags, ...ours }).map(([Key, Value]) => ({ Key, Value }));
}

/** Whether the user of the plan is in the account of the session. */
export async function isThere(session: AwsSession, plan: UserPlan): Promise<boolean> {
  try {
    return await isOurs(session, plan);
  } catch (error) {
    if (!isMissing(error)) throw error;
    return false;
  }
}

async function isOurs(session: AwsSession, { user: UserName, leaseId }: UserPlan): Promise<boolean> {
  const tags = await pages(async (marker) => {
    const page = await session.call('iam:ListUserTags', { UserName, ...marker });
    return { ...page, items: page.Tags };
  });
  return tags.some(({ Key, Value }) => Key === LEASE_TAG && Value === leaseId);
}

/** A key whose answer was lost is of use to nobody, and a user has room for two: it goes before the next one comes. */
async function makeKey(session: AwsSession, UserName: string) {
  try {
    return keyOf(await session.call('iam:CreateAccessKey', { UserName }));
  } catch (error) {
    if (!(error instanceof AwsError) || error.isRefusal) throw error;
    await deleteKeys(session, UserName);
    return keyOf(await session.call('iam:CreateAccessKey', { UserName }));
  }
}

function keyOf({
  AccessKey,
}: {
  AccessKey?: { AccessKeyId?: string | undefined; SecretAccessKey?: string | undefined } | undefined;
}) {
  const { AccessKeyId: accessKeyId, SecretAccessKey } = AccessKey ?? {};
  if (!accessKeyId || !SecretAccessKey)
    throw new AppError('ERR_CONTRACT', 'AWS gave an access key without its secret.');
  return { accessKeyId, secretAccessKey: sensitive(SecretAccessKey) };
}
