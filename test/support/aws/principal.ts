// Who signed a request, and what they may: identity policies, boundary, session policies, and one Deny over all.
import type { Account, Session, User } from './account.ts';
import { AwsFault, denied } from './fault.ts';
import type { Context } from './pattern.ts';
import { decide, type Policy } from './policy.ts';
import type { Claim } from './signature.ts';

export type Principal = { arn: string; userId: string; user: User | undefined; session: Session | undefined };

/**
 * Checks the signature with the secret that the key belongs to.
 * @throws AwsFault InvalidClientTokenId, ExpiredToken, SignatureDoesNotMatch
 */
export function authenticate(account: Account, claim: Claim, token: string | undefined): Principal {
  const session = account.sessions.get(claim.accessKeyId);
  if (session) {
    if (token !== session.token) throw unknownKey();
    claim.verify(session.secret, account.now());
    if (account.now() >= session.expiresAt) throw new AwsFault('ExpiredToken', 'The security token is expired.', 403);
    return sessionPrincipal(account, session);
  }
  const found = account.findKey(claim.accessKeyId);
  if (!found || token !== undefined) throw unknownKey();
  claim.verify(found.key.secret, account.now());
  return userPrincipal(found.user);
}

export function userPrincipal(user: User): Principal {
  return { arn: user.arn, userId: user.id, user, session: undefined };
}

export function sessionPrincipal(account: Account, session: Session): Principal {
  if (session.kind === 'federation') {
    const arn = `arn:aws:sts::${account.id}:federated-user/${session.name}`;
    return { arn, userId: `${account.id}:${session.name}`, user: undefined, session };
  }
  const role = account.role(session.owner);
  const arn = `arn:aws:sts::${account.id}:assumed-role/${role.name}/${session.name}`;
  return { arn, userId: `${role.id}:${session.name}`, user: undefined, session };
}

/** @throws AwsFault AccessDenied */
export function authorize(
  account: Account,
  who: Principal,
  action: string,
  resource: string,
  more: Context = {},
): void {
  if (action === 'sts:GetCallerIdentity') return;
  if (!isAllowed(account, who, action, resource, more)) throw denied(who.arn, action);
}

export function isAllowed(
  account: Account,
  who: Principal,
  action: string,
  resource: string,
  more: Context = {},
): boolean {
  const context = { ...contextOf(account, who), ...more };
  const verdicts = layers(account, who).map((policies) => decide(policies, action, resource, context));
  return verdicts.every((verdict) => verdict === 'allow');
}

/** Whether a statement denies it, wherever it stands; a trust policy cannot outweigh that. */
export function isDenied(
  account: Account,
  who: Principal,
  action: string,
  resource: string,
  more: Context = {},
): boolean {
  const context = { ...contextOf(account, who), ...more };
  return layers(account, who).some((policies) => decide(policies, action, resource, context) === 'deny');
}

/** Each must allow: what the identity has, its boundary, and what a session was narrowed to. */
function layers(account: Account, { user, session }: Principal): Policy[][] {
  if (user) return userLayers(account, user);
  if (!session) return [[]];
  const narrowed = session.policies.length > 0 ? [[...session.policies]] : [];
  if (session.kind === 'role') {
    const role = account.roles.get(session.owner.toLowerCase());
    return role ? [[...role.inline.values(), ...account.policies(role.attached)], ...narrowed] : [[]];
  }
  const owner = account.stored(session.owner);
  // Without a session policy a federation token has no rights at all (STS API, GetFederationToken).
  return owner ? [...userLayers(account, owner), [...session.policies]] : [[]];
}

function userLayers(account: Account, user: User): Policy[][] {
  const groups = [...user.groups].flatMap((name) => account.groups.get(name) ?? []);
  const identity = [user, ...groups].flatMap(({ inline, attached }) => [
    ...inline.values(),
    ...account.policies(attached),
  ]);
  return user.boundary === undefined ? [identity] : [identity, account.policies([user.boundary])];
}

function contextOf(account: Account, { arn, userId, user, session }: Principal): Context {
  const tags = session?.tags ?? user?.tags ?? new Map<string, string>();
  return {
    'aws:CurrentTime': new Date(account.now()).toISOString(),
    'aws:userid': userId,
    'aws:PrincipalArn': session?.kind === 'role' ? account.role(session.owner).arn : arn,
    'aws:PrincipalAccount': account.id,
    ...(user ? { 'aws:username': user.name } : {}),
    ...(session ? { 'aws:TokenIssueTime': new Date(session.issuedAt).toISOString() } : {}),
    ...(session?.sourceIdentity === undefined ? {} : { 'aws:SourceIdentity': session.sourceIdentity }),
    ...Object.fromEntries([...tags].map(([key, value]) => [`aws:PrincipalTag/${key}`, value])),
  };
}

function unknownKey(): AwsFault {
  return new AwsFault('InvalidClientTokenId', 'The security token included in the request is invalid.', 403);
}
