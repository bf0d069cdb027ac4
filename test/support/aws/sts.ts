// STS's calls: sessions of roles, federation tokens, and who the caller is (STS API reference).
import { randomBytes } from 'node:crypto';
import { type Account, newId, type Role, type Session } from './account.ts';
import { named, optional, seconds, tags, text, texts } from './check.ts';
import { AwsFault, denied, invalid } from './fault.ts';
import type { Context } from './pattern.ts';
import { decide, policyLength, readPolicy, type Policy } from './policy.ts';
import { authorize, isAllowed, isDenied, type Principal } from './principal.ts';
import type { Params, Xml } from './wire.ts';

const HOUR = 3600;
const SESSION_POLICY = 2048;
const SESSION_POLICIES = 10;

export type StsCall = (account: Account, who: Principal, params: Params) => Xml;

export const STS_CALLS: Readonly<Record<string, StsCall>> = {
  GetCallerIdentity: (account, { arn, userId }) => ({ UserId: userId, Account: account.id, Arn: arn }),
  AssumeRole: assumeRole,
  GetFederationToken: federate,
};

function assumeRole(account: Account, who: Principal, params: Params): Xml {
  const DurationSeconds = seconds(params, { min: 900, max: 12 * HOUR, fallback: HOUR });
  const name = named(params, 'RoleSessionName', 64, 2);
  const policies = sessionPolicies(account, params);
  const given = tags(params, 50);
  const sourceIdentity = optional(params, 'SourceIdentity');
  if (sourceIdentity !== undefined) named(params, 'SourceIdentity', 64, 2);
  const role = trusted(account, who, params, { given, sourceIdentity });
  const chained = who.session?.kind === 'role';
  if (chained && DurationSeconds > HOUR) {
    throw invalid('The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining');
  }
  if (DurationSeconds > role.maxSessionSec) {
    throw invalid('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
  }
  const inherited = chained ? who.session : undefined;
  const passed = [...(inherited?.tags ?? [])].filter(([key]) => inherited?.transitive.includes(key));
  const session = open(account, {
    kind: 'role',
    name,
    owner: role.name,
    seconds: DurationSeconds,
    policies,
    tags: new Map([...passed, ...given]),
    transitive: [...(inherited?.transitive ?? []), ...texts(params, 'TransitiveTagKeys')],
    // Once set it stays through every further role.
    sourceIdentity: inherited?.sourceIdentity ?? sourceIdentity,
  });
  const AssumedRoleUser = {
    AssumedRoleId: `${role.id}:${name}`,
    Arn: `arn:aws:sts::${account.id}:assumed-role/${role.name}/${name}`,
  };
  return {
    Credentials: credentialsOf(session),
    AssumedRoleUser,
    PackedPolicySize: 1,
    SourceIdentity: session.sourceIdentity,
  };
}

type Asked = { given: ReadonlyMap<string, string>; sourceIdentity: string | undefined };

/** A role that does not exist and one that does not trust the caller are refused in the same words. */
function trusted(account: Account, who: Principal, params: Params, { given, sourceIdentity }: Asked): Role {
  const arn = text(params, 'RoleArn');
  const role = [...account.roles.values()].find((one) => one.arn === arn);
  const context: Context = {
    'sts:ExternalId': optional(params, 'ExternalId'),
    'sts:RoleSessionName': optional(params, 'RoleSessionName'),
    'sts:SourceIdentity': sourceIdentity,
    ...Object.fromEntries([...given].map(([key, value]) => [`aws:RequestTag/${key}`, value])),
  };
  const actions = [
    'sts:AssumeRole',
    ...(given.size > 0 ? ['sts:TagSession'] : []),
    ...(sourceIdentity === undefined ? [] : ['sts:SetSourceIdentity']),
  ];
  for (const action of actions) {
    if (!role || isDenied(account, who, action, arn, context)) throw denied(who.arn, action);
    if (trusts(account, role, who, action, context)) continue;
    // Trust in the whole account leaves the choice to the policies of its identities.
    const byAccount = trustVerdict(role, account.id, action, context);
    if (!byAccount || !isAllowed(account, who, action, arn, context)) throw denied(who.arn, action);
  }
  if (!role) throw denied(who.arn, 'sts:AssumeRole');
  return role;
}

function trusts(account: Account, role: Role, who: Principal, action: string, context: Context): boolean {
  const names = [who.arn, ...(who.session?.kind === 'role' ? [account.role(who.session.owner).arn] : [])];
  return names.some((name) => trustVerdict(role, name, action, context));
}

/** Whether the trust policy allows `action` to a principal of this very name. */
function trustVerdict(role: Role, principal: string, action: string, context: Context): boolean {
  const statements = role.trust.statements.filter(({ Principal: given }) => {
    if (given === '*') return true;
    const aws = typeof given === 'object' ? [given.AWS ?? []].flat() : [];
    return aws.some((one) => one === '*' || one === principal || accountOf(one) === principal);
  });
  return decide([{ text: '', statements }], action, '*', context) === 'allow';
}

/** `arn:aws:iam::<id>:root` and the bare id both mean the account. */
function accountOf(principal: string): string | undefined {
  return /^arn:aws:iam::(\d{12}):root$/.exec(principal)?.[1] ?? /^\d{12}$/.exec(principal)?.[0];
}

function federate(account: Account, who: Principal, params: Params): Xml {
  const { user } = who;
  if (!user) throw new AwsFault('AccessDenied', 'Cannot call GetFederationToken with session credentials', 403);
  const duration = seconds(params, { min: 900, max: 36 * HOUR, fallback: 12 * HOUR });
  const name = named(params, 'Name', 32, 2);
  const policies = sessionPolicies(account, params);
  authorize(account, who, 'sts:GetFederationToken', `arn:aws:sts::${account.id}:federated-user/${name}`);
  const session = open(account, {
    kind: 'federation',
    name,
    owner: user.name,
    seconds: duration,
    policies,
    tags: tags(params, 50),
    transitive: [],
    sourceIdentity: undefined,
  });
  const FederatedUser = {
    FederatedUserId: `${account.id}:${name}`,
    Arn: `arn:aws:sts::${account.id}:federated-user/${name}`,
  };
  return { Credentials: credentialsOf(session), FederatedUser, PackedPolicySize: 1 };
}

function sessionPolicies(account: Account, params: Params): Policy[] {
  const inline = optional(params, 'Policy');
  const arns = ((params['PolicyArns'] ?? []) as readonly Params[]).map((one) => text(one, 'arn'));
  if (arns.length > SESSION_POLICIES) throw invalid('Too many policy ARNs.');
  if (inline !== undefined && policyLength(inline) > SESSION_POLICY) {
    throw new AwsFault('PackedPolicyTooLarge', 'Packed policy consumes more than 100% of allotted space.');
  }
  return [...(inline === undefined ? [] : [readPolicy(inline)]), ...account.policies(arns)];
}

type Opened = Omit<Session, 'keyId' | 'secret' | 'token' | 'issuedAt' | 'expiresAt'> & { seconds: number };

function open(account: Account, { seconds: length, ...opened }: Opened): Session {
  const issuedAt = account.now();
  const session: Session = {
    ...opened,
    keyId: newId('ASIA'),
    secret: randomBytes(30).toString('base64url'),
    token: randomBytes(120).toString('base64'),
    issuedAt,
    expiresAt: issuedAt + length * 1000,
  };
  account.sessions.set(session.keyId, session);
  return session;
}

function credentialsOf({ keyId, secret, token, expiresAt }: Session) {
  return { AccessKeyId: keyId, SecretAccessKey: secret, SessionToken: token, Expiration: new Date(expiresAt) };
}
