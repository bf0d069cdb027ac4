// IAM's calls: what each demands, changes and refuses (IAM API reference).
import { type Account, EXTRAS, type Extra, newId, type User } from './account.ts';
import { named, optional, path, tags, text, userName } from './check.ts';
import { conflict, exists, missing, overLimit } from './fault.ts';
import { type Policy, policyLength, readPolicy } from './policy.ts';
import type { Params, Xml } from './wire.ts';

export type Call = { resource(account: Account, params: Params): string; run(account: Account, params: Params): Xml };

const userArn = (account: Account, params: Params) => {
  const name = userName(params);
  return account.stored(name)?.arn ?? `arn:aws:iam::${account.id}:user${path(params)}${name}`;
};
const roleArn = (account: Account, params: Params) => account.role(text(params, 'RoleName')).arn;
const anything = () => '*';

const onUser = (run: (user: User, params: Params, account: Account) => Xml): Call => ({
  resource: userArn,
  run: (account, params) => run(account.user(userName(params)), params, account),
});

/** A list of something of one user, cut into pages. */
const listOf = (field: string, items: (user: User, account: Account) => readonly Xml[]): Call =>
  onUser((user, params, account) => {
    const { items: shown, rest } = account.page(items(user, account), optional(params, 'Marker'));
    return { [field]: shown, ...rest };
  });

const removal = (extra: Extra, field: string): Call =>
  onUser((user, params) => {
    if (!user.extras[extra].delete(text(params, field))) throw missing(field);
    return undefined;
  });

export const IAM_CALLS: Readonly<Record<string, Call>> = {
  GetAccountSummary: {
    resource: anything,
    run: (account) => {
      const counts = { Users: account.users.size, UsersQuota: account.limits.users };
      return { SummaryMap: new Map(Object.entries(counts)) };
    },
  },
  CreateUser: { resource: userArn, run: createUser },
  GetUser: onUser((user) => ({ User: userView(user) })),
  ListUsers: {
    resource: anything,
    run: (account, params) => {
      const prefix = optional(params, 'PathPrefix') ?? '/';
      const users = [...account.users.values()].filter(
        (user) => user.path.startsWith(prefix) && account.isSeen(user.createdAt),
      );
      const { items, rest } = account.page(users.map(userView), optional(params, 'Marker'));
      return { Users: items, ...rest };
    },
  },
  ListUserTags: listOf('Tags', (user) => [...user.tags].map(([Key, Value]) => ({ Key, Value }))),
  DeleteUser: { resource: userArn, run: deleteUser },
  PutUserPolicy: onUser((user, params, account) => {
    const name = named(params, 'PolicyName', 128);
    putInline(user.inline, name, readPolicy(text(params, 'PolicyDocument')), account.limits.inline);
    return undefined;
  }),
  GetUserPolicy: onUser((user, params) => {
    const PolicyName = text(params, 'PolicyName');
    const policy = user.inline.get(PolicyName);
    if (!policy) throw missing(`The user policy with name ${PolicyName}`);
    return { UserName: user.name, PolicyName, PolicyDocument: encodeURIComponent(policy.text) };
  }),
  ListUserPolicies: listOf('PolicyNames', (user) => [...user.inline.keys()]),
  DeleteUserPolicy: onUser((user, params) => {
    if (!user.inline.delete(text(params, 'PolicyName'))) throw missing('The user policy');
    return undefined;
  }),
  AttachUserPolicy: onUser((user, params, account) => {
    const arn = text(params, 'PolicyArn');
    account.policies([arn]);
    if (!user.attached.has(arn) && user.attached.size >= account.limits.attached) throw overLimit('PoliciesPerUser');
    user.attached.add(arn);
    return undefined;
  }),
  ListAttachedUserPolicies: listOf('AttachedPolicies', (user) =>
    [...user.attached].map((PolicyArn) => ({ PolicyArn, PolicyName: PolicyArn.slice(PolicyArn.lastIndexOf('/') + 1) })),
  ),
  DetachUserPolicy: onUser((user, params) => {
    if (!user.attached.delete(text(params, 'PolicyArn'))) throw missing('The attached policy');
    return undefined;
  }),
  AddUserToGroup: onUser((user, params, account) => {
    const group = text(params, 'GroupName');
    if (!account.groups.has(group)) throw missing(`The group with name ${group}`);
    if (!user.groups.has(group) && user.groups.size >= account.limits.groups) throw overLimit('GroupsPerUser');
    user.groups.add(group);
    return undefined;
  }),
  ListGroupsForUser: listOf('Groups', (user, account) =>
    [...user.groups].map((GroupName) => ({
      GroupName,
      Path: '/',
      GroupId: 'AGPA0000000000000000',
      Arn: `arn:aws:iam::${account.id}:group/${GroupName}`,
      CreateDate: new Date(0),
    })),
  ),
  RemoveUserFromGroup: onUser((user, params) => {
    if (!user.groups.delete(text(params, 'GroupName'))) throw missing('The group');
    return undefined;
  }),
  CreateAccessKey: onUser((user, _params, account) => {
    if (liveKeys(user).length >= account.limits.keys) throw overLimit('AccessKeysPerUser');
    const key = account.newKey();
    user.keys.push(key);
    const { id: AccessKeyId, secret: SecretAccessKey, createdAt } = key;
    return {
      AccessKey: {
        UserName: user.name,
        AccessKeyId,
        Status: 'Active',
        SecretAccessKey,
        CreateDate: new Date(createdAt),
      },
    };
  }),
  ListAccessKeys: listOf('AccessKeyMetadata', (user, account) =>
    account.shownKeys(user).map(({ id: AccessKeyId, createdAt }) => ({
      UserName: user.name,
      AccessKeyId,
      Status: 'Active',
      CreateDate: new Date(createdAt),
    })),
  ),
  DeleteAccessKey: onUser((user, params, account) => {
    const id = text(params, 'AccessKeyId');
    const key = liveKeys(user).find((one) => one.id === id);
    if (!key) throw missing(`The Access Key with id ${id}`);
    key.deletedAt = account.now();
    return undefined;
  }),
  DeleteLoginProfile: onUser((user) => {
    if (!user.hasLogin) throw missing('Login Profile');
    user.hasLogin = false;
    return undefined;
  }),
  ListMFADevices: listOf('MFADevices', (user) =>
    [...user.extras.mfaDevices].map((SerialNumber) => ({ UserName: user.name, SerialNumber, EnableDate: new Date(0) })),
  ),
  DeactivateMFADevice: removal('mfaDevices', 'SerialNumber'),
  ListSigningCertificates: listOf('Certificates', (user) =>
    [...user.extras.certificates].map((CertificateId) => ({
      UserName: user.name,
      CertificateId,
      CertificateBody: '-',
      Status: 'Active',
    })),
  ),
  DeleteSigningCertificate: removal('certificates', 'CertificateId'),
  ListSSHPublicKeys: listOf('SSHPublicKeys', (user) =>
    [...user.extras.sshKeys].map((SSHPublicKeyId) => ({
      UserName: user.name,
      SSHPublicKeyId,
      Status: 'Active',
      UploadDate: new Date(0),
    })),
  ),
  DeleteSSHPublicKey: removal('sshKeys', 'SSHPublicKeyId'),
  ListServiceSpecificCredentials: listOf('ServiceSpecificCredentials', (user) =>
    [...user.extras.serviceCredentials].map((ServiceSpecificCredentialId) => ({
      UserName: user.name,
      Status: 'Active',
      ServiceUserName: 'x',
      CreateDate: new Date(0),
      ServiceSpecificCredentialId,
      ServiceName: 'codecommit.amazonaws.com',
    })),
  ),
  DeleteServiceSpecificCredential: removal('serviceCredentials', 'ServiceSpecificCredentialId'),
  GetRole: {
    resource: roleArn,
    run: (account, params) => {
      const { name, id, arn, maxSessionSec } = account.role(text(params, 'RoleName'));
      const role = { Path: '/', RoleName: name, RoleId: id, Arn: arn, CreateDate: new Date(0) };
      return { Role: { ...role, MaxSessionDuration: maxSessionSec } };
    },
  },
  PutRolePolicy: {
    resource: roleArn,
    run: (account, params) => {
      const { inline } = account.role(text(params, 'RoleName'));
      const name = named(params, 'PolicyName', 128);
      putInline(inline, name, readPolicy(text(params, 'PolicyDocument')), account.limits.roleInline);
      return undefined;
    },
  },
  ListRolePolicies: {
    resource: roleArn,
    run: (account, params) => {
      const { inline } = account.role(text(params, 'RoleName'));
      const { items, rest } = account.page([...inline.keys()], optional(params, 'Marker'));
      return { PolicyNames: items, ...rest };
    },
  },
  DeleteRolePolicy: {
    resource: roleArn,
    run: (account, params) => {
      if (!account.role(text(params, 'RoleName')).inline.delete(text(params, 'PolicyName')))
        throw missing('The role policy');
      return undefined;
    },
  },
};

function createUser(account: Account, params: Params): Xml {
  const name = userName(params);
  const where = path(params);
  const boundary = optional(params, 'PermissionsBoundary');
  if (boundary !== undefined) account.policies([boundary]);
  const given = tags(params, account.limits.tags);
  if (account.stored(name)) throw exists(`User with name ${name}`);
  if (account.users.size >= account.limits.users) throw overLimit('UsersPerAccount');
  const user: User = {
    name,
    path: where,
    id: newId('AIDA'),
    arn: `arn:aws:iam::${account.id}:user${where}${name}`,
    createdAt: account.now(),
    boundary,
    tags: given,
    inline: new Map(),
    attached: new Set(),
    groups: new Set(),
    keys: [],
    hasLogin: false,
    extras: { mfaDevices: new Set(), certificates: new Set(), sshKeys: new Set(), serviceCredentials: new Set() },
  };
  account.users.set(name.toLowerCase(), user);
  return { User: userView(user) };
}

function deleteUser(account: Account, params: Params): Xml {
  const user = account.user(userName(params));
  if (liveKeys(user).length > 0) throw conflict('delete access keys');
  if (user.inline.size > 0) throw conflict('delete policies');
  if (user.attached.size > 0) throw conflict('detach all policies');
  if (user.groups.size > 0) throw conflict('remove users from group');
  if (user.hasLogin) throw conflict('delete login profile');
  for (const extra of EXTRAS) if (user.extras[extra].size > 0) throw conflict(`delete ${extra}`);
  account.ghosts.push(...user.keys.map((key) => ({ key, user })));
  account.users.delete(user.name.toLowerCase());
  return undefined;
}

function liveKeys(user: User) {
  return user.keys.filter(({ deletedAt }) => deletedAt === undefined);
}

function putInline(inline: Map<string, Policy>, name: string, policy: Policy, most: number): void {
  const others = [...inline].filter(([other]) => other !== name).map(([, one]) => policyLength(one.text));
  const total = others.reduce((sum, length) => sum + length, policyLength(policy.text));
  if (total > most) throw overLimit('aggregate inline policy size');
  inline.set(name, policy);
}

function userView({ name: UserName, path: Path, id: UserId, arn: Arn, createdAt }: User) {
  return { Path, UserName, UserId, Arn, CreateDate: new Date(createdAt) };
}
