// The names of permissions and the built-in roles, for the workplace and for a project (contracts/doppler.md 1.6).

export const WORKPLACE_PERMISSIONS = [
  'all_enclave_projects',
  'all_enclave_projects_admin',
  'analytics_dashboard',
  'billing',
  'billing_manage',
  'change_request_policy_manage',
  'change_request_policy_read',
  'create_enclave_project',
  'custom_roles_manage',
  'ekm',
  'enclave_inheritance',
  'enclave_secrets_referencing',
  'logs',
  'logs_audit',
  'service_account_api_tokens',
  'service_account_api_tokens_manage',
  'service_account_identities',
  'service_account_identities_manage',
  'service_accounts',
  'service_accounts_manage',
  'settings',
  'settings_manage',
  'tags_create',
  'tags_delete',
  'tags_update',
  'team',
  'team_manage',
  'verified_domains',
  'verified_domains_manage',
  'workplace_default_environments_manage',
  'workplace_default_environments_read',
  'workplace_integrations_create',
  'workplace_integrations_list',
  'workplace_integrations_manage',
  'workplace_integrations_read',
] as const;
export type WorkplacePermission = (typeof WORKPLACE_PERMISSIONS)[number];

export const PROJECT_PERMISSIONS = [
  'enclave_config_access_logs',
  'enclave_config_change_request_policy_manage',
  'enclave_config_change_request_review',
  'enclave_config_logs',
  'enclave_config_secrets_referencing',
  'enclave_config_syncs_manage',
  'enclave_config_toggle_inheritable',
  'enclave_project_config_create',
  'enclave_project_config_delete',
  'enclave_project_config_duplicate',
  'enclave_project_config_dynamic_secrets_leases_write',
  'enclave_project_config_dynamic_secrets_manage',
  'enclave_project_config_dynamic_secrets_read',
  'enclave_project_config_lock',
  'enclave_project_config_logs_rollback',
  'enclave_project_config_rename',
  'enclave_project_config_rotated_secrets_manage',
  'enclave_project_config_rotated_secrets_read',
  'enclave_project_config_secrets_read',
  'enclave_project_config_secrets_write',
  'enclave_project_config_service_tokens',
  'enclave_project_config_trusted_ips',
  'enclave_project_delete',
  'enclave_project_environment_all',
  'enclave_project_environment_create',
  'enclave_project_environment_delete',
  'enclave_project_environment_list_all',
  'enclave_project_environment_order',
  'enclave_project_environment_rename',
  'enclave_project_environment_settings_manage',
  'enclave_project_inheritance',
  'enclave_project_members',
  'enclave_project_rename',
  'enclave_project_secrets_notes_manage',
  'enclave_project_secrets_referencing',
  'enclave_project_tags_manage',
  'enclave_project_webhooks',
  'enclave_secret_reminders',
] as const;
export type ProjectPermission = (typeof PROJECT_PERMISSIONS)[number];

export type Scope = 'workplace' | 'project';

/** What can be done with one integration, and the workplace permission that allows it with every one. */
export const INTEGRATION_PERMISSIONS = {
  list: 'workplace_integrations_list',
  read: 'workplace_integrations_read',
  use: 'workplace_integrations_manage',
  manage: 'workplace_integrations_manage',
} as const satisfies Record<string, WorkplacePermission>;
export type IntegrationPermission = keyof typeof INTEGRATION_PERMISSIONS;

/** Roles in one integration; there are no others (contracts/doppler.md 1.6). */
export const INTEGRATION_ROLES: Readonly<Record<string, readonly IntegrationPermission[]>> = {
  admin: ['list', 'read', 'use', 'manage'],
  consumer: ['list', 'read', 'use'],
  viewer: ['list', 'read'],
  no_access: [],
};

const VIEWER: readonly ProjectPermission[] = [
  'enclave_config_logs',
  'enclave_project_config_dynamic_secrets_leases_write',
  'enclave_project_config_dynamic_secrets_read',
  'enclave_project_config_rotated_secrets_read',
  'enclave_project_config_secrets_read',
];
const COLLABORATOR: readonly ProjectPermission[] = [
  ...VIEWER,
  'enclave_config_access_logs',
  'enclave_config_change_request_review',
  'enclave_config_secrets_referencing',
  'enclave_config_toggle_inheritable',
  'enclave_project_config_create',
  'enclave_project_config_delete',
  'enclave_project_config_duplicate',
  'enclave_project_config_lock',
  'enclave_project_config_logs_rollback',
  'enclave_project_config_rename',
  'enclave_project_config_secrets_write',
  'enclave_project_inheritance',
  'enclave_project_secrets_notes_manage',
  'enclave_project_secrets_referencing',
  'enclave_project_tags_manage',
  'enclave_secret_reminders',
];
const READING: readonly WorkplacePermission[] = [
  'logs',
  'service_accounts',
  'settings',
  'team',
  'workplace_default_environments_read',
];

/** By scope and identifier. A viewer of a project may issue leases, as on the live service (1.6). */
export const BUILTIN_ROLES: Readonly<Record<Scope, Readonly<Record<string, readonly string[]>>>> = {
  workplace: {
    owner: WORKPLACE_PERMISSIONS,
    admin: WORKPLACE_PERMISSIONS.filter((name) => name !== 'billing_manage'),
    collaborator: [
      ...READING,
      'create_enclave_project',
      'enclave_inheritance',
      'enclave_secrets_referencing',
      'workplace_integrations_list',
      'workplace_integrations_read',
    ],
    viewer: READING,
    no_access: [],
  },
  project: {
    admin: PROJECT_PERMISSIONS,
    owner: PROJECT_PERMISSIONS,
    collaborator: COLLABORATOR,
    viewer: VIEWER,
    no_access: [],
  },
};

/** The permissions of a role; `custom` are those of a role that is not built in. An unknown role has none. */
export function rolePermissions(scope: Scope, identifier: string, custom: readonly string[] | undefined) {
  const roles = BUILTIN_ROLES[scope];
  return (Object.hasOwn(roles, identifier) ? roles[identifier] : custom) ?? [];
}
