// Generated operations on places: projects, environments, configs, secrets, and what hangs on them.
import fc from 'fast-check';
import type { configSettingWrites } from '#engine/storage/operations/config-settings.js';
import type { configWrites } from '#engine/storage/operations/configs.js';
import type { fetchWrites } from '#engine/storage/operations/fetches.js';
import type { noteWrites } from '#engine/storage/operations/notes.js';
import type { projectWrites } from '#engine/storage/operations/projects.js';
import type { referenceWrites } from '#engine/storage/operations/references.js';
import type { SecretPut, secretWrites } from '#engine/storage/operations/secrets.js';
import type { tagWrites } from '#engine/storage/operations/tags.js';
import type { trustedIpWrites } from '#engine/storage/operations/trusted-ips.js';
import type { webhookWrites } from '#engine/storage/operations/webhooks.js';
import { member } from './people.ts';
import { at, bytes, event, flag, fresh, type Generators, id, limit, log, name, orNull } from './pools.ts';

type Places = keyof (typeof configSettingWrites &
  typeof configWrites &
  typeof fetchWrites &
  typeof noteWrites &
  typeof projectWrites &
  typeof referenceWrites &
  typeof secretWrites &
  typeof tagWrites &
  typeof trustedIpWrites &
  typeof webhookWrites);

const actor = fc.constant('principal:x');
const config = fc.record({ id: id('config'), name });
const environment = fc.record({
  id: id('environment'),
  slug: name,
  name,
  personalConfigs: fc.boolean(),
  root: config,
  branches: fc.array(config, { maxLength: 2 }),
});
const project = fc.record({ id: id('project'), name, description: name, deletion_protection: flag, created_at: at });
const version = fc.integer({ min: 0, max: 3 });

const edge = fc.record({
  id: fresh('edge'),
  pathDigest: fc.constantFrom('path-0', 'path-1'),
  targetConfigId: id('config'),
  targetDigest: fc.constantFrom('digest-0', 'digest-1'),
});
const value = fc.record({
  dataKeyId: fc.constant('key-0'),
  sealed: bytes,
  dialect: fc.constantFrom('doppler', 'phase'),
  edges: fc.array(edge, { maxLength: 2 }),
});
const override = fc.record({
  id: fc.uuid(),
  principalId: fc.constantFrom('principal-0', 'principal-1'),
  keyId: fc.constant('key-0'),
  sealed: bytes,
  active: fc.boolean(),
});
const put: fc.Arbitrary<SecretPut> = fc.record(
  {
    id: fresh('secret'),
    configId: id('config'),
    path: fc.constantFrom('/', '/api'),
    isNew: fc.boolean(),
    nameDigest: fc.constantFrom('digest-0', 'digest-1', 'digest-2'),
    nameSealed: bytes,
    nameKeyId: fc.constant('key-0'),
    visibility: fc.constantFrom('unmasked', 'masked', 'restricted'),
    valueType: fc.constant('string'),
    isProtected: fc.boolean(),
    version: fc.integer({ min: 1, max: 3 }),
    isEdit: fc.boolean(),
    tags: fc.constantFrom('[]', '["db"]'),
    override,
    value,
  },
  {
    requiredKeys: [
      ...(['id', 'configId', 'path', 'isNew', 'nameDigest', 'nameSealed', 'nameKeyId'] as const),
      ...(['visibility', 'valueType', 'isProtected', 'version'] as const),
    ],
  },
);
const puts = fc.array(put, { maxLength: 3 });
const note = {
  projectId: id('project'),
  nameDigest: fc.constantFrom('digest-0', 'digest-1'),
  sealed: fc.option(fc.record({ keyId: fc.constant('key-0'), sealed: bytes }), { nil: undefined }),
};
const deleted = { id: fc.string(), at, event, log };
const branch = { config, environmentId: id('environment'), limit, at, event, log };
const tag = {
  slug: fc.constantFrom('tag-0', 'tag-1', 'tag-2'),
  name,
  name_key: name,
  color: fc.constantFrom('gray', 'red'),
};
const cidr = fc.constantFrom('0.0.0.0/0', '10.0.0.0/8', '192.0.2.1/32');

export const places: Generators<Places> = {
  createProject: fc.record({
    project,
    environments: fc.array(environment, { maxLength: 2 }),
    member: orNull(member),
    limit,
    event,
    log,
  }),
  importProjects: fc.record({
    projects: fc.array(
      fc.record({ project, environments: fc.array(environment, { maxLength: 2 }), member: orNull(member), limit, log }),
      { maxLength: 2 },
    ),
    puts,
    logs: fc.array(log, { maxLength: 1 }),
    at,
    actor,
    events: fc.array(event, { maxLength: 2 }),
  }),
  updateProject: fc.record({ ...deleted, id: id('project'), name, description: name, deletion_protection: flag }),
  deleteProject: fc.record({ ...deleted, id: id('project') }),
  createEnvironment: fc.record({ projectId: id('project'), environment, limit, at, event, log }),
  updateEnvironment: fc.record({ ...deleted, id: id('environment'), slug: name, name, personalConfigs: fc.boolean() }),
  deleteEnvironment: fc.record({ ...deleted, id: id('environment') }),
  createBranchConfig: fc.record(branch),
  cloneConfig: fc.record({
    ...branch,
    source: fc.record({ id: id('config'), version }),
    puts,
    inherits: fc.uniqueArray(id('config'), { maxLength: 2 }),
    actor,
  }),
  deleteConfig: fc.record({ ...deleted, id: id('config'), name }),
  updateConfig: fc.record(
    { ...deleted, id: id('config'), name, locked: fc.boolean(), isProtected: fc.boolean() },
    { requiredKeys: ['id', 'at', 'event', 'log'] },
  ),
  setInheritable: fc.record({ ...deleted, id: id('config'), inheritable: fc.boolean() }),
  setInherits: fc.record({
    ...deleted,
    id: id('config'),
    targets: fc.uniqueArray(id('config'), { maxLength: 2 }),
    actor,
  }),
  putNote: fc.record({
    ...note,
    actor,
    at,
    event,
  }),
  deleteReference: fc.record({ configId: fc.constant('config-1'), id: fc.constant('edge-0'), event }),
  changeSecrets: fc.record({
    configs: fc.uniqueArray(fc.record({ id: id('config'), version, touched: fc.boolean() }), {
      maxLength: 2,
      selector: (each) => each.id,
    }),
    puts,
    deletes: fc.array(fresh('secret'), { maxLength: 2 }),
    logs: fc.array(log, { maxLength: 2 }),
    notes: fc.array(fc.record(note), { maxLength: 1 }),
    actor,
    at,
    event,
  }),
  noteFetches: fc.record({
    fetches: fc.array(fc.record({ configId: id('config'), environmentId: id('environment'), first: at, last: at }), {
      maxLength: 3,
    }),
  }),
  createTag: fc.record({ tag: fc.record({ ...tag, created_at: at }), event }),
  updateTag: fc.record({ ...tag, event }),
  deleteTag: fc.record({ slug: tag.slug, event }),
  assignTag: fc.record({ projectId: id('project'), slug: tag.slug, at, event }),
  unassignTag: fc.record({ projectId: id('project'), slug: tag.slug, event }),
  addTrustedIp: fc.record({ configId: id('config'), cidr, at, actor, event }),
  removeTrustedIp: fc.record({ configId: id('config'), cidr, event }),
  putWebhook: fc.record({
    row: fc.record({
      id: id('webhook'),
      project_id: id('project'),
      name,
      url: fc.constant('https://hook.example'),
      enabled: flag,
      data_key_id: fc.constant('key-0'),
      data_sealed: bytes,
      created_at: at,
    }),
    enable: fc.array(name, { maxLength: 2 }),
    disable: fc.array(name, { maxLength: 1 }),
    event,
  }),
  deleteWebhook: fc.record({ projectId: id('project'), id: id('webhook'), event }),
  claimDeliveries: fc.record({ at, until: at, limit: fc.constant(100) }),
  settleDelivery: fc.record({ id: fc.string(), retryAt: orNull(at), event }, { requiredKeys: ['id', 'retryAt'] }),
};
