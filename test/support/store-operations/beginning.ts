// The beginnings of a world that a random walk would seldom find: a project with configs, people, an integration, a lease.
import type { Args } from './pools.ts';
import type { WriteName } from '#engine/storage/operations.js';

export type Step = { name: WriteName; args: unknown };
const step = <Name extends WriteName>(name: Name, args: Args<Name>): Step => ({ name, args });

const at = 1000;
const event = { at, actor: 'engine', action: 'test.begin', target: 'world', outcome: 'ok' } as const;
const cause = { actor: 'engine' };
let logs = 0;
const log = () => ({
  id: `log-${(logs += 1)}`,
  ...{ configId: null, project: 'alpha', environment: null, config: null, body: 'Began', rollback: false },
  ...{ actor: 'engine', actorName: 'engine', changes: [] },
});
const account = (n: number, kind: 'user' | 'service_account') =>
  step('createAccount', {
    account: {
      id: `principal-${n}`,
      kind,
      name: 'who',
      email: null,
      role: 'custom-0',
      permissions: null,
      created_at: at,
    },
    event,
  });
const environment = (n: number) => ({
  ...{ id: `environment-${n}`, slug: `env${n}`, name: 'Environment', personalConfigs: false },
  root: { id: `config-${n}`, name: `env${n}` },
  branches: [],
});
const dynamicSecret = (n: number) =>
  step('addDynamicSecret', {
    row: {
      ...{
        id: `dynamic-${n}`,
        config_id: `config-${n}`,
        name: 'DB',
        kind: 'postgres',
        parameters: '{}',
        key_map: '{}',
      },
      ...{ integration_id: 'integration-0', default_ttl_sec: 60, max_ttl_sec: 600, max_live_leases: 2, created_at: at },
    },
    audit: event,
  });
const token = {
  ...{ id: 'token-0', kind: 'personal', hash: 'hash-0', preview: 'dp.pt.…', principal_id: 'principal-0', name: 'one' },
  ...{ project_id: null, config_id: 'config-0', access: 'read', created_at: at, expires_at: null },
};
const role = { scope: 'workplace', identifier: 'custom-0', name: 'Role', permissions: '[]', created_at: at } as const;

/** Every run starts with these. Logs have fresh ids each time. */
export function beginning(): Step[] {
  const project = { id: 'project-0', name: 'alpha', description: '', deletion_protection: 0, created_at: at };
  const group = {
    id: 'group-0',
    name: 'Group',
    workplace_role: 'custom-0',
    default_project_role: null,
    created_at: at,
  };
  return [
    account(0, 'user'),
    account(1, 'service_account'),
    step('createRole', { role, event }),
    step('createGroup', { group, event }),
    step('addGroupMember', { id: 'group-0', principalId: 'principal-0', event }),
    step('createProject', {
      project,
      environments: [0, 1].map(environment),
      member: null,
      limit: undefined,
      event,
      log: log(),
    }),
    step('createBranchConfig', {
      config: { id: 'config-2', name: 'env0_branch' },
      ...{ environmentId: 'environment-0', limit: undefined, at, event, log: log() },
    }),
    step('addAccountToken', { token, event }),
    step('changeSecrets', {
      configs: [{ id: 'config-0', version: 0, touched: true }],
      puts: [
        {
          ...{
            id: 'secret-0',
            configId: 'config-0',
            path: '/',
            isNew: true,
            nameDigest: 'digest-0',
            nameKeyId: 'key-0',
          },
          ...{
            nameSealed: new Uint8Array([1]),
            visibility: 'masked',
            valueType: 'string',
            isProtected: false,
            version: 1,
          },
          value: {
            ...{ dataKeyId: 'key-0', sealed: new Uint8Array([0, 255]), dialect: 'doppler' },
            edges: [{ id: 'edge-0', pathDigest: 'path-0', targetConfigId: 'config-1', targetDigest: 'digest-1' }],
          },
        },
      ],
      ...{ deletes: [], logs: [log()], actor: 'principal:x', at, event },
    }),
    step('addIntegration', {
      row: {
        ...{
          id: 'integration-0',
          type: 'postgres',
          name: 'db',
          data_key_id: 'key-0',
          data_sealed: new Uint8Array([9]),
        },
        ...{ allowed: '[]', ceiling: '{}', created_at: at },
      },
      audit: event,
    }),
    ...[0, 1].map(dynamicSecret),
    lease(0),
    step('activateLeases', { leases: [{ id: 'lease-0', fence: 1, at, cause }] }),
    lease(1),
  ];
}

/** Operations that need so much to be just so that a random walk hardly ever does them; each of these succeeds. */
export function tour(): Step[] {
  const member = { project_id: 'project-0', type: 'group', member_id: 'group-0' } as const;
  const entry = { integration_id: 'integration-0', type: 'group', member_id: 'group-0' } as const;
  const webhook = { id: 'webhook-0', project_id: 'project-0', name: 'hook', url: 'https://hook.example', enabled: 1 };
  const identity = {
    ...{ id: 'identity-0', principal_id: 'principal-1', name: 'ci', discovery_url: 'https://issuer.example' },
    ...{ claims_type: 'exact', claims: '{}', ttl_sec: 60, single_use: 1, created_at: at, last_seen_at: null },
  };
  const seen = { digest: 'digest-0', identityId: 'identity-0', principalId: 'principal-1', now: at, expiresAt: 2 * at };
  const exchanged = { ...token, id: 'token-1', hash: 'hash-1', kind: 'service_account_identity', config_id: null };
  return [
    step('addMember', { member: { ...member, role: 'custom-0', environments: null, created_at: at }, event }),
    step('removeMember', { member, event }),
    step('addIntegrationMember', { member: { ...entry, role: 'viewer', created_at: at }, event }),
    step('updateIntegrationMember', { member: { ...entry, role: 'admin', created_at: at }, event }),
    step('removeIntegrationMember', { member: entry, event }),
    step('putWebhook', {
      row: { ...webhook, data_key_id: 'key-0', data_sealed: new Uint8Array([5]), created_at: at },
      ...{ enable: ['env0'], disable: ['env1'], event },
    }),
    step('deleteWebhook', { projectId: 'project-0', id: 'webhook-0', event }),
    step('createEnvironment', {
      ...{ projectId: 'project-0', environment: environment(3), limit: undefined, at, event, log: log() },
    }),
    step('deleteConfig', { id: 'config-2', name: 'env0_branch', at, event, log: log() }),
    step('createIdentity', { identity, event }),
    step('exchangeToken', { seen: { ...seen, singleUse: true }, token: exchanged, event }),
    step('rollToken', { oldId: 'token-1', token: { ...exchanged, id: 'token-2', hash: 'hash-2' }, at, event }),
    step('createTag', {
      tag: { slug: 'tag-0', name: 'alpha', name_key: 'alpha', color: 'red', created_at: at },
      event,
    }),
    step('assignTag', { projectId: 'project-0', slug: 'tag-0', at, event }),
    step('unassignTag', { projectId: 'project-0', slug: 'tag-0', event }),
    step('createRole', { role: { ...role, scope: 'project', identifier: 'custom-1' }, event }),
    step('deleteRole', { scope: 'project', identifier: 'custom-1', event }),
    step('removeGroupMember', { id: 'group-0', principalId: 'principal-0', event }),
    step('revokeConfigToken', { configId: 'config-0', id: 'token-0', at, event }),
  ];
}

function lease(n: number): Step {
  const intent = {
    ...{
      id: `lease-${n}`,
      dynamicSecretId: `dynamic-${n}`,
      kind: 'postgres',
      integrationRevision: 1,
      integrationId: 'integration-0',
    },
    ...{ owner: 'principal-0', tokenId: 'token-0', setId: 'set-0', idempotencyKey: `idem-${n}`, replace: false },
    ...{ externalRef: `external-${n}`, planKeyId: 'key-0', planSealed: new Uint8Array([3]), createdAt: at },
    ...{ expiresAt: 500_000, hardExpiresAt: 900_000, pendingUntil: 400_000, claimedBy: 'process-a', cause },
  };
  return step('intendLeases', { intents: [intent] });
}
