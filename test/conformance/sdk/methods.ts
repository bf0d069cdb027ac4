// Every method of Doppler's node SDK 1.3.0: those that the engine serves, and those that it refuses with its reason.

/** Each is called by a story and answered. */
export const SERVED: Readonly<Record<string, readonly string[]>> = {
  activityLogs: ['list', 'retrieve'],
  audit: ['getUser'],
  auth: ['me', 'revoke'],
  configLogs: ['get', 'list', 'rollback'],
  configs: [
    ...['list', 'create', 'get', 'update', 'delete', 'clone', 'lock', 'unlock'],
    ...['listTrustedIps', 'addTrustedIp', 'deleteTrustedIp'],
  ],
  dynamicSecrets: ['issueLease', 'revokeLease'],
  environments: ['list', 'create', 'get', 'rename', 'delete'],
  groups: ['list', 'create', 'get', 'update', 'delete', 'addMember', 'deleteMember'],
  integrations: ['list', 'create', 'get', 'update', 'delete'],
  invites: ['list'],
  projectMembers: ['list', 'add', 'get', 'update', 'delete'],
  projectRoles: ['list', 'create', 'get', 'update', 'delete', 'listPermissions'],
  projects: ['list', 'create', 'get', 'update', 'delete'],
  retrieve: ['member'],
  secrets: ['list', 'update', 'get', 'delete', 'download', 'names', 'updateNote'],
  serviceAccountTokens: ['list', 'create', 'get', 'delete'],
  serviceAccounts: ['list', 'create', 'get', 'update', 'delete'],
  serviceTokens: ['list', 'create', 'delete'],
  users: ['list', 'get'],
  webhooks: ['list', 'add', 'get', 'update', 'delete', 'enable', 'disable'],
  workplace: ['get', 'update'],
  workplaceRoles: ['list', 'create', 'get', 'update', 'delete', 'listPermissions'],
};

/** The one error of each: `messages[0]` of the answer, whose status is 501. */
export const REFUSED: Readonly<Record<string, string>> = {
  'get.options': 'This engine has no options of integrations, which belong to syncs.',
  'syncs.create': 'This engine has no syncs. Let the target read its secrets itself.',
  'syncs.get': 'This engine has no syncs. Let the target read its secrets itself.',
  'syncs.delete': 'This engine has no syncs. Let the target read its secrets itself.',
};
