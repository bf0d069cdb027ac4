// Generated operations on people: accounts, tokens, groups, roles, members, identities and logins.
import fc from 'fast-check';
import type { NewToken } from '#engine/storage/operations/tokens.js';
import type { accountWrites } from '#engine/storage/operations/accounts.js';
import type { accountTokenWrites } from '#engine/storage/operations/account-tokens.js';
import type { groupWrites } from '#engine/storage/operations/groups.js';
import type { identityWrites } from '#engine/storage/operations/identities.js';
import type { jtiWrites } from '#engine/storage/operations/jti.js';
import type { loginWrites } from '#engine/storage/operations/logins.js';
import type { integrationMemberWrites } from '#engine/storage/operations/integration-members.js';
import type { memberWrites } from '#engine/storage/operations/members.js';
import type { roleWrites } from '#engine/storage/operations/roles.js';
import type { tokenWrites } from '#engine/storage/operations/tokens.js';
import type { workplaceWrites } from '#engine/storage/operations/workplace.js';
import { at, event, flag, fresh, type Generators, id, limit, name, orNull } from './pools.ts';

type People = keyof (typeof accountWrites &
  typeof accountTokenWrites &
  typeof groupWrites &
  typeof identityWrites &
  typeof jtiWrites &
  typeof loginWrites &
  typeof integrationMemberWrites &
  typeof memberWrites &
  typeof roleWrites &
  typeof tokenWrites &
  typeof workplaceWrites);

const role = fc.constantFrom('admin', 'owner', 'custom-0', 'custom-1');
const list = fc.constantFrom('[]', '["a"]');
const kind = fc.constantFrom('user' as const, 'service_account' as const);
const scope = fc.constantFrom('workplace' as const, 'project' as const);

const account = fc.record({
  id: id('principal'),
  kind,
  name,
  email: orNull(fc.constantFrom('a@example.com', 'b@example.com')),
  role: orNull(role),
  permissions: orNull(list),
  created_at: at,
});

const token: fc.Arbitrary<NewToken> = fc.record({
  id: fresh('token'),
  kind: fc.constantFrom('personal', 'service_token', 'service_account_identity'),
  hash: fresh('hash'),
  preview: fc.constantFrom('ServiceAccount...1a2b3c', 'dp.pt.…'),
  principal_id: id('principal'),
  name,
  project_id: orNull(id('project')),
  config_id: orNull(id('config')),
  access: fc.constantFrom('read', 'account'),
  created_at: at,
  expires_at: orNull(at),
});

const group = fc.record({
  id: id('group'),
  name,
  workplace_role: role,
  default_project_role: orNull(role),
  created_at: at,
});
const memberKey = {
  project_id: id('project'),
  type: fc.constantFrom('workplace_user' as const, 'group' as const, 'service_account' as const),
  member_id: fc.oneof(id('principal'), id('group')),
};
const entryKey = {
  integration_id: id('integration'),
  type: memberKey.type,
  member_id: memberKey.member_id,
};
const integrationMember = fc.record({
  ...entryKey,
  role: fc.constantFrom('admin', 'viewer'),
  created_at: at,
});
export const member = fc.record({ ...memberKey, role, environments: orNull(list), created_at: at });
const customRole = fc.record({
  scope,
  identifier: fc.constantFrom('custom-0', 'custom-1'),
  name,
  permissions: list,
  created_at: at,
});
const identity = fc.record({
  id: id('identity'),
  principal_id: id('principal'),
  name,
  discovery_url: fc.constant('https://issuer.example'),
  claims_type: fc.constant('glob'),
  claims: fc.constant('{}'),
  ttl_sec: fc.integer({ min: 60, max: 900 }),
  single_use: flag,
  created_at: at,
  last_seen_at: fc.constant(null),
});
const seen = fc.record({
  digest: fresh('digest'),
  identityId: id('identity'),
  principalId: id('principal'),
  expiresAt: at,
  now: at,
  singleUse: fc.boolean(),
});
const code = fc.constantFrom('code-0', 'code-1');
const principal = fc.record({
  kind: fc.constantFrom('service_token' as const, 'service_account' as const),
  name,
  builtin: fc.boolean(),
});

export const people: Generators<People> = {
  createAccount: fc.record({ account, event }),
  updateWorkplace: fc.record({
    change: fc.record({ name, billingEmail: fc.constantFrom('', 'bills@example.com') }, { requiredKeys: [] }),
    event,
  }),
  updateAccount: fc.record({ id: id('principal'), name, role: orNull(role), permissions: orNull(list), event }),
  removeAccount: fc.record({ id: id('principal'), at, event }),
  addAccountToken: fc.record({ token, event }),
  revokeToken: fc.record({ id: fresh('token'), at, event }),
  rollToken: fc.record({ oldId: fresh('token'), token, at, event }),
  createGroup: fc.record({ group, event }),
  updateGroup: fc.record({ group, event }),
  deleteGroup: fc.record({ id: id('group'), event }),
  addGroupMember: fc.record({ id: id('group'), principalId: id('principal'), event }),
  removeGroupMember: fc.record({ id: id('group'), principalId: id('principal'), event }),
  setGroupMembers: fc.record({ id: id('group'), principalIds: fc.array(id('principal'), { maxLength: 3 }), event }),
  createIdentity: fc.record({ identity, event }),
  updateIdentity: fc.record({ identity, event }),
  deleteIdentity: fc.record({ id: id('identity'), at, event }),
  exchangeToken: fc.record({ seen, token, event }),
  noteOidcToken: seen,
  purgeOidcTokens: fc.record({ before: at, limit: fc.constant(100) }),
  openLogin: fc.record({
    login: fc.record({
      id: fresh('login'),
      codeHash: code,
      pollingHash: fc.constantFrom('poll-0', 'poll-1'),
      name,
      createdAt: at,
      expiresAt: at,
    }),
    max: fc.integer({ min: 1, max: 4 }),
  }),
  decideLogin: fc.record({
    codeHash: code,
    principalId: orNull(id('principal')),
    at,
    maxAttempts: fc.constant(3),
    event,
  }),
  pickUpLogin: fc.record({ pollingHash: fc.constantFrom('poll-0', 'poll-1'), at, token, event }),
  addIntegrationMember: fc.record({ member: integrationMember, event }),
  updateIntegrationMember: fc.record({ member: integrationMember, event }),
  removeIntegrationMember: fc.record({ member: fc.record(entryKey), event }),
  putExternalId: fc.record({
    principalId: id('principal'),
    type: fc.constant('aws'),
    externalId: fc.constantFrom('external-0', 'external-1'),
    at,
    event,
  }),
  addMember: fc.record({ member, event }),
  updateMember: fc.record({ member, event }),
  removeMember: fc.record({ member: fc.record(memberKey), event }),
  setMemberships: fc.record({
    type: memberKey.type,
    member_id: memberKey.member_id,
    members: fc.uniqueArray(member, { maxLength: 2, selector: ({ project_id }) => project_id }),
    event,
  }),
  createRole: fc.record({ role: customRole, event }),
  updateRole: fc.record({ role: customRole, event }),
  deleteRole: fc.record({ scope, identifier: fc.constantFrom('custom-0', 'custom-1'), event }),
  createToken: fc.record({ token, principal, limit, event }),
  revokeConfigToken: fc.record({ configId: id('config'), id: fresh('token'), at, event }),
  revokePrincipalTokens: fc.record({ principalId: id('principal'), at, event }),
  noteTokenSeen: fc.record({ id: fresh('token'), at }),
};
