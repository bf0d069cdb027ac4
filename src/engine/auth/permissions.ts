// The one table of who may do what: an action, the tokens that have it, and the permission that accounts need for it.
import { AppError } from '#core/errors.js';
import type { Caller, Role } from './caller.ts';
import { type At, type Grants, holds, holdsIn, holdsSomewhere, MEMBER } from './grants.ts';
import {
  INTEGRATION_PERMISSIONS,
  type IntegrationPermission,
  type ProjectPermission,
  type WorkplacePermission,
} from './roles.ts';

type Fixed = Exclude<Role, 'account'>;
type Rule = {
  /** Roles that have it by themselves; a service token in its own config only (Access.place). */
  roles: readonly Fixed[];
  /** What an account (a user, a service account) must hold. `anyone`: to be one is enough; `nobody`: nothing is. */
  needs: Needs;
};
type Needs =
  | { scope: 'anyone' | 'nobody' }
  | { scope: 'workplace' | 'project'; permission: string }
  | { scope: 'integration'; permission: IntegrationPermission };

const BOUND: readonly Fixed[] = ['read', 'read/write'];
const CONFIG: readonly Fixed[] = ['admin', ...BOUND];
const WRITERS: readonly Fixed[] = ['admin', 'read/write'];
const ADMIN: readonly Fixed[] = ['admin'];
/** Those who live for users and groups (1.2). */
const DIRECTORY: readonly Fixed[] = ['admin', 'scim', 'audit'];
const SCIM: readonly Fixed[] = ['admin', 'scim'];

const anyone = (roles: readonly Fixed[]): Rule => ({ roles, needs: { scope: 'anyone' } });
const above = (): Rule => ({ roles: ADMIN, needs: { scope: 'nobody' } });
const inWorkplace = (permission: WorkplacePermission, roles: readonly Fixed[] = ADMIN): Rule => ({
  roles,
  needs: { scope: 'workplace', permission },
});
const inProject = (permission: ProjectPermission | typeof MEMBER, roles: readonly Fixed[] = ADMIN): Rule => ({
  roles,
  needs: { scope: 'project', permission },
});
const inIntegration = (permission: IntegrationPermission): Rule => ({
  roles: ADMIN,
  needs: { scope: 'integration', permission },
});

/** The admin token manages everything, reads no value and mints no lease (design.md §5, Keys). */
export const PERMISSIONS = {
  'me.read': anyone([...CONFIG, 'scim', 'audit']),
  'workplace.read': anyone(CONFIG),
  'workplace.manage': inWorkplace('settings_manage'),
  'logs.read': inWorkplace('logs'),
  'projects.list': inProject(MEMBER, CONFIG),
  'projects.read': inProject(MEMBER, CONFIG),
  'projects.create': inWorkplace('create_enclave_project'),
  'projects.manage': inProject('enclave_project_rename'),
  'projects.delete': inProject('enclave_project_delete'),
  'projects.tag': inProject('enclave_project_tags_manage'),
  'tags.read': anyone(ADMIN),
  'tags.create': inWorkplace('tags_create'),
  'tags.update': inWorkplace('tags_update'),
  'tags.delete': inWorkplace('tags_delete'),
  'members.read': inProject(MEMBER),
  'members.manage': inProject('enclave_project_members'),
  'webhooks.manage': inProject('enclave_project_webhooks'),
  'environments.list': inProject(MEMBER, CONFIG),
  'environments.read': inProject(MEMBER),
  'environments.manage': inProject('enclave_project_environment_create'),
  'environments.rename': inProject('enclave_project_environment_rename'),
  'environments.delete': inProject('enclave_project_environment_delete'),
  'configs.list': inProject(MEMBER, CONFIG),
  'configs.read': inProject(MEMBER, CONFIG),
  'configs.manage': inProject('enclave_project_config_create'),
  'configs.rename': inProject('enclave_project_config_rename'),
  'configs.clone': inProject('enclave_project_config_duplicate'),
  'configs.lock': inProject('enclave_project_config_lock'),
  'configs.delete': inProject('enclave_project_config_delete'),
  'configs.inheritable': inProject('enclave_config_toggle_inheritable'),
  'configs.inherits': inProject('enclave_project_inheritance'),
  'configs.trusted_ips': inProject('enclave_project_config_trusted_ips'),
  'configs.logs': inProject('enclave_config_logs', CONFIG),
  'configs.rollback': inProject('enclave_project_config_logs_rollback', WRITERS),
  'secrets.list': inProject('enclave_project_config_secrets_read', CONFIG),
  'secrets.values': inProject('enclave_project_config_secrets_read', BOUND),
  'secrets.write': inProject('enclave_project_config_secrets_write', WRITERS),
  'secrets.promote': inProject('enclave_project_config_secrets_write'),
  'secrets.notes': inProject('enclave_project_secrets_notes_manage', WRITERS),
  'secrets.reference': inProject('enclave_config_secrets_referencing', BOUND),
  'tokens.manage': inProject('enclave_project_config_service_tokens'),
  'integrations.create': inWorkplace('workplace_integrations_create'),
  'integrations.list': inIntegration('list'),
  'integrations.read': inIntegration('read'),
  'integrations.use': inIntegration('use'),
  'integrations.manage': inIntegration('manage'),
  'dynamic_secrets.read': inProject('enclave_project_config_dynamic_secrets_read', CONFIG),
  'dynamic_secrets.manage': inProject('enclave_project_config_dynamic_secrets_manage'),
  'leases.list': inProject('enclave_project_config_dynamic_secrets_read', CONFIG),
  'leases.issue': inProject('enclave_project_config_dynamic_secrets_leases_write', BOUND),
  'leases.end': inProject('enclave_project_config_dynamic_secrets_leases_write', CONFIG),
  // Leases of every project that do not end, for whoever runs the engine.
  'leases.operate': inWorkplace('workplace_integrations_manage'),
  'leases.manage': inProject('enclave_project_config_dynamic_secrets_manage'),
  'users.read': inWorkplace('team', DIRECTORY),
  'users.manage': inWorkplace('team_manage', SCIM),
  // Whoever makes tokens of users acts as them: the admin token alone.
  'user_tokens.manage': above(),
  'groups.read': inWorkplace('team', DIRECTORY),
  'groups.manage': inWorkplace('team_manage', SCIM),
  'roles.read': anyone(ADMIN),
  'roles.manage': inWorkplace('custom_roles_manage'),
  'accounts.read': inWorkplace('service_accounts'),
  'accounts.manage': inWorkplace('service_accounts_manage'),
  'account_tokens.read': inWorkplace('service_account_api_tokens'),
  'account_tokens.manage': inWorkplace('service_account_api_tokens_manage'),
  'identities.read': inWorkplace('service_account_identities'),
  'identities.manage': inWorkplace('service_account_identities_manage'),
} as const satisfies Record<string, Rule>;

export type Action = keyof typeof PERMISSIONS;
/** `somewhere` is for a gate that knows no place yet; what is done is asked again at its place. */
export type Where = At | { integrationId: string } | 'somewhere';
type Asker = Pick<Caller, 'role' | 'grants'>;

/** Whether the caller may do this there. */
export function may({ role, grants }: Asker, action: Action, where: Where): boolean {
  const { roles, needs }: Rule = PERMISSIONS[action];
  if (role !== 'account') return roles.includes(role);
  if (!('permission' in needs)) return needs.scope === 'anyone';
  if (needs.scope === 'workplace') return grants.workplace.has(needs.permission);
  if (needs.scope === 'integration') return mayIn(grants, needs.permission, where);
  if (where === 'somewhere') return holdsSomewhere(grants, needs.permission);
  return 'projectId' in where && holds(grants, needs.permission, where);
}

function mayIn(grants: Grants, permission: IntegrationPermission, where: Where): boolean {
  if (where !== 'somewhere') return 'integrationId' in where && holdsIn(grants, permission, where.integrationId);
  if (grants.workplace.has(INTEGRATION_PERMISSIONS[permission])) return true;
  return [...grants.integrations.values()].some((permissions) => permissions.has(permission));
}

/** The refusal of an action. */
export function denied(caller: Pick<Caller, 'role'>, action: Action): AppError {
  const hint =
    caller.role === 'admin'
      ? 'The admin token manages but reads no values and takes no leases; use a service token of the config.'
      : 'Use a token with more access.';
  return new AppError('ERR_ACCESS_DENIED', `This token does not have the permission ${action}.`, { hint });
}

/**
 * The caller as the lease service knows it. Without a place there is no lease-manage permission: the lease that is asked
 * for could lie anywhere.
 */
export function leaseActor(caller: Caller, at?: At) {
  const { principalId, tokenId, requestId, ip } = caller;
  const canManage = caller.role === 'admin' || (at !== undefined && may(caller, 'leases.manage', at));
  return { kind: 'token' as const, principalId, tokenId, canManage, requestId, ip };
}
