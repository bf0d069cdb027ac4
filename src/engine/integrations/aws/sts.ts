// Sessions: assumed roles and federation tokens, which end by themselves, and the deny that ends a role's one early.
import { AppError } from '#core/errors.js';
import { sensitive, type Sensitive } from '#core/sensitive.js';
import type { RevokeOutcome } from '../integration.ts';
import { AwsError, type AwsSession, hasCode, isMissing } from './calls.ts';
import { denyName, isSpentDeny, roleOf } from './names.ts';
import { pages } from './pages.ts';
import type { SessionPlan } from './plans.ts';
import { sessionDenyPolicy } from './policy-text.ts';
import { identityOf } from './sdk.ts';

/** STS API: the shortest of all its sessions. */
const SHORTEST_SEC = 900;

export type Times = { now: () => number; expiresAt: number };

/**
 * Makes the session, which ends at `expiresAt` or, asked for the shortest time, up to the create deadline later.
 * @throws AppError ERR_TTL_EXCEEDED when the role allows less
 */
export async function createSession(
  session: AwsSession,
  plan: SessionPlan,
  { now, expiresAt }: Times,
): Promise<ReadonlyMap<string, Sensitive>> {
  if (plan.hardRevoke) await checkAccount(session, plan);
  const DurationSeconds = Math.max(SHORTEST_SEC, Math.ceil((expiresAt - now()) / 1000));
  const { Credentials } =
    plan.roleArn === undefined
      ? await session.call('sts:GetFederationToken', { Name: plan.session, ...narrowing(plan), DurationSeconds })
      : await assumeRole(session, plan, plan.roleArn, DurationSeconds);
  const { accessKeyId, secretAccessKey, sessionToken } = identityOf(Credentials);
  return new Map([
    ['access_key_id', sensitive(accessKeyId)],
    ['secret_access_key', secretAccessKey],
    ['session_token', sessionToken],
    ['region', sensitive(plan.region)],
  ]);
}

async function assumeRole(session: AwsSession, plan: SessionPlan, RoleArn: string, DurationSeconds: number) {
  const { transitiveTagKeys, externalId, sourceIdentity } = plan;
  try {
    return await session.call('sts:AssumeRole', {
      RoleArn,
      RoleSessionName: plan.session,
      DurationSeconds,
      ...narrowing(plan),
      ...(transitiveTagKeys.length > 0 ? { TransitiveTagKeys: [...transitiveTagKeys] } : {}),
      ...(externalId === undefined ? {} : { ExternalId: externalId }),
      ...(sourceIdentity === undefined ? {} : { SourceIdentity: sourceIdentity }),
    });
  } catch (error) {
    // STS names no bound, and a refused length of time is the only validation that depends on what was asked.
    if (hasCode(error, 'ValidationError')) throw await tooLong(session, RoleArn, DurationSeconds, error);
    throw error;
  }
}

/** Session policies and tags: of the rights that there are, these remain. */
function narrowing({ policy, policyArns, tags }: SessionPlan) {
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return {
    ...(policy === undefined ? {} : { Policy: policy }),
    ...(policyArns.length > 0 ? { PolicyArns: policyArns.map((arn) => ({ arn })) } : {}),
    ...(Tags.length > 0 ? { Tags } : {}),
  };
}

/** The bound by its number where the integration may read the role; another validation error stays what it was. */
async function tooLong(session: AwsSession, arn: string, asked: number, cause: AwsError): Promise<Error> {
  const { name } = roleOf(arn);
  const longest = await session
    .call('iam:GetRole', { RoleName: name })
    .then(({ Role }) => (Role?.Arn === arn ? Role.MaxSessionDuration : undefined))
    .catch(() => undefined);
  if (longest !== undefined && asked <= longest) return cause;
  const says = longest === undefined ? 'the MaxSessionDuration of the role' : `${longest} seconds`;
  return new AppError('ERR_TTL_EXCEEDED', `The ttl may be at most ${says}: AWS refused ${asked} seconds.`, {
    hint: `Ask for less, or raise MaxSessionDuration of ${name}${longest === undefined ? ' (iam:GetRole lets us name it)' : ''}.`,
    cause,
    hadNoEffect: true,
  });
}

/**
 * With `hardRevoke` denies the session everything until its own end; without, there is nothing that AWS lets us do.
 * @param endsAt the latest end of the session
 */
export async function revokeSession(
  session: AwsSession,
  plan: SessionPlan,
  { now, endsAt }: { now: () => number; endsAt: number },
): Promise<RevokeOutcome> {
  if (plan.roleArn === undefined || now() >= endsAt) return 'done';
  const { name: RoleName } = roleOf(plan.roleArn);
  await checkAccount(session, plan);
  try {
    await removeSpent(session, plan, RoleName, now());
    await session.call('iam:PutRolePolicy', {
      RoleName,
      PolicyName: denyName(plan.session, endsAt),
      PolicyDocument: sessionDenyPolicy(plan.session),
    });
  } catch (error) {
    // A session of a role that was deleted may do nothing (IAM guide, "Deleting roles").
    if (!isMissing(error)) throw error;
  }
  return 'done';
}

/** Denies of sessions that are over: a role has room for few. */
export async function removeSpentDenies(session: AwsSession, plan: SessionPlan, now: number): Promise<void> {
  if (plan.roleArn === undefined) return;
  await checkAccount(session, plan);
  try {
    await removeSpent(session, plan, roleOf(plan.roleArn).name, now);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

async function removeSpent(session: AwsSession, plan: SessionPlan, RoleName: string, now: number): Promise<void> {
  const names = await pages(async (Marker) => {
    const page = await session.call('iam:ListRolePolicies', { RoleName, ...Marker });
    return { ...page, items: page.PolicyNames };
  });
  for (const PolicyName of names.filter((name) => isSpentDeny(name, plan.prefix, now))) {
    await session.call('iam:DeleteRolePolicy', { RoleName, PolicyName }).catch((error: unknown) => {
      if (!isMissing(error)) throw error;
    });
  }
}

/** IAM takes a role by its bare name: in another account that would be another role, and its sessions would be denied. */
async function checkAccount(session: AwsSession, plan: SessionPlan): Promise<void> {
  if (await isInAccount(session, plan)) return;
  const { account } = roleOf(plan.roleArn ?? '');
  throw new AppError('ERR_INTEGRATION_FAILED', `The role is in account ${account}, the integration is not.`, {
    hint: 'hard_revoke works in the account of the integration only: leave it out, or use an integration of that account.',
    hadNoEffect: true,
  });
}

/** Whether the session works in the account of the plan's role. */
export async function isInAccount(session: AwsSession, { roleArn = '' }: SessionPlan): Promise<boolean> {
  const { Account } = await session.call('sts:GetCallerIdentity', {});
  return Account === roleOf(roleArn).account;
}

/** Whether a failed create certainly left no session. */
export function leftNoSession(error: unknown): boolean {
  if (!(error instanceof AwsError)) return false;
  return error.isRefusal || !error.sent || (error.call !== 'sts:AssumeRole' && error.call !== 'sts:GetFederationToken');
}
