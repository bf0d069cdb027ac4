// What a store answers to every question that can be asked about the small worlds, and the rows of its tables.
import type { Store } from '#engine/storage/store.js';
import type { ReadName } from '#engine/storage/operations.js';

const of = (kind: string, key = 'id') => [0, 1, 2].map((n) => ({ [key]: `${kind}-${n}` }));
const page = { limit: 100, offset: 0 };
const paged = (list: object[]) => list.map((each) => ({ ...each, ...page }));
const NAMES = ['alpha', 'Beta', 'ärger', 'Zeta'];
const pairs = NAMES.map((name) => ({ name, projectId: 'project-0', configId: 'config-0', slug: name }));

/** Arguments for every read. */
export const QUESTIONS: { readonly [Name in ReadName]: readonly object[] } = {
  listDataKeys: [{}],
  getSetting: [{ key: 'engine.id' }, { key: 'leases.clock' }, { key: 'engine.epoch' }],
  readWorkplace: [{}],
  listAuditChains: [{}],
  readAuditChain: [{ chain: 'chain', afterSeq: 0, limit: 1000 }],
  listAuditSegments: [{}],
  oldAuditEnds: [{ before: 500_000 }],
  listAuditNotes: [{ afterRow: 0, limit: 100 }],
  formerEngineIds: [{}],
  heldRevocations: [{ at: 500_000 }],
  listWebhooks: of('project', 'projectId'),
  findWebhook: [{ projectId: 'project-0', id: 'webhook-0' }],
  nextWebhookDue: [{}],
  countLiveLeasesIn: [{ place: { projectId: 'project-0' } }, { place: { environmentId: 'environment-0' } }],
  findProject: pairs,
  findApps: [{ app: 'project-0' }, { app: 'ALPHA' }, { app: 'beta' }],
  getProject: of('project'),
  getEnvironment: of('environment'),
  listProjects: [page, { limit: 1, offset: 1 }, { ...page, tags: ['tag-0', 'tag-1'] }, { ...page, tags: [] }],
  listTags: [{}],
  findTag: of('tag', 'slug'),
  listProjectTags: of('project', 'projectId'),
  findEnvironment: pairs,
  listEnvironments: of('project', 'projectId'),
  findConfig: pairs,
  getConfig: of('config'),
  listConfigs: [...of('project', 'projectId'), ...pairs].map((each) => ({ environment: null, ...each, ...page })),
  listInheritance: of('project', 'projectId'),
  readConfigTree: of('config', 'configId'),
  readConfigVersions: [{ ids: ['config-0', 'config-1'] }],
  listConfigLogs: paged(of('config', 'configId')),
  listLogs: [page],
  findLog: of('log'),
  readLogChanges: of('log', 'logId'),
  listVersionEdges: [{ secretId: 'secret-0', version: 1 }],
  findSecretConfig: of('secret'),
  listOverrides: of('config', 'configId').map((each) => ({ ...each, principalId: 'principal-0' })),
  listIncomingReferences: of('config', 'configId'),
  listTrustedIps: of('config', 'configId'),
  findToken: Array.from({ length: 8 }, (_, n) => ({ hash: `hash-${n}` })),
  listConfigTokens: of('config', 'configId'),
  findAccount: of('principal').flatMap((each) => [
    { ...each, kind: 'user' },
    { ...each, kind: 'service_account' },
  ]),
  findUserByEmail: [{ email: 'a@example.com' }],
  listAccounts: [
    { ...page, kind: 'user' },
    { ...page, kind: 'service_account' },
  ],
  listPrincipalTokens: of('principal', 'principalId').map((each) => ({ ...each, kind: 'personal' })),
  listTokensOfKind: [{ kind: 'personal' }],
  findTokenById: of('token'),
  findGrants: of('principal', 'principalId'),
  findGroupGrants: of('group', 'groupId'),
  findGroup: of('group'),
  listGroups: [
    { ...page, name: null },
    { ...page, name: 'Beta' },
  ],
  listGroupMembers: paged(of('group')),
  listGroupProjects: of('group'),
  isGroupMember: of('group').map((each) => ({ ...each, principalId: 'principal-0' })),
  findIdentity: of('identity'),
  listIdentities: paged(of('principal', 'principalId')),
  listMembers: paged(of('project', 'projectId')),
  listMemberships: [
    { type: 'group', member_id: 'group-0' },
    { type: 'service_account', member_id: 'principal-0' },
  ],
  findMember: of('project', 'project_id').map((each) => ({ ...each, type: 'group', member_id: 'group-0' })),
  listRoles: [{ scope: 'workplace' }, { scope: 'project' }],
  findRole: [{ scope: 'project', identifier: 'custom-0' }],
  listIntegrations: [{}],
  findIntegration: [{ slugOrName: 'integration-0' }, { slugOrName: 'Beta' }],
  listIntegrationMembers: paged(of('integration', 'integrationId')),
  findIntegrationMember: of('integration', 'integration_id').map((each) => ({
    ...each,
    ...{ type: 'group', member_id: 'group-0' },
  })),
  findExternalId: of('principal', 'principalId').map((each) => ({ ...each, type: 'aws' })),
  listDynamicSecrets: of('config', 'configId'),
  findDynamicSecret: pairs,
  getDynamicSecret: of('dynamic'),
  getLease: of('lease'),
  listLeases: of('dynamic', 'dynamicSecretId'),
  listSetLeases: of('set', 'setId'),
  getLeaseWork: of('lease'),
  nextLeaseDue: [{ after: 0 }, { after: 500_000 }],
  integrationsDue: [{ at: 500_000 }],
  stuckLeases: [{}],
  activeRefs: of('integration', 'integrationId'),
  listSpentLeases: [
    { after: 0, afterId: null, until: 500_000, integrationId: null, limit: 100 },
    { after: 0, afterId: '', until: 500_000, integrationId: 'i-1', limit: 1 },
  ],
  liveLeasesOf: of('integration', 'integrationId').flatMap((each) => [
    { ...each, after: '', limit: 100 },
    { ...each, after: 'lease-0', limit: 1 },
  ]),
  liveMark: of('integration', 'integrationId'),
  keptIntegrations: [{}],
  tidiedUntil: [{}],
  leaseFigures: [{ at: 500_000 }],
  lastMoment: [{}],
  getLeaseSet: of('set'),
  countOidcTokens: [{}],
};

/** Reads whose rows have no order of their own. */
const UNORDERED: ReadonlySet<ReadName> = new Set([
  'findGrants',
  'findGroupGrants',
  'integrationsDue',
  'listVersionEdges',
  'readConfigTree',
  'readConfigVersions',
  'readLogChanges',
]);

/** Every answer of the store, by question, as plain data. */
export async function answersOf(store: Store): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = {};
  for (const [name, questions] of Object.entries(QUESTIONS)) {
    const read = store.read[name as ReadName] as (args: unknown) => Promise<unknown>;
    for (const question of questions) {
      const answer = plain(await read(question));
      answers[`${name} ${JSON.stringify(question)}`] = UNORDERED.has(name as ReadName) ? sorted(answer) : answer;
    }
  }
  return answers;
}

/** As JSON would have it, bytes told apart from everything else. */
export function plain(value: unknown): unknown {
  if (ArrayBuffer.isView(value))
    return `bytes:${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}`;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value ?? null;
  const fields = Object.entries(value).map(([key, each]) => [key, plain(each)] as const);
  return Object.fromEntries(fields.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** With the rows of every list in an order that says nothing. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => JSON.stringify(each)).sort();
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, sorted(each)]));
}
