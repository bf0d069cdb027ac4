// Generated operations on leases and their sources, on the keyring's rows, the audit log, retention and restore.
import fc from 'fast-check';
import type { auditUpkeepWrites } from '#engine/storage/operations/audit-upkeep.js';
import type { auditWrites } from '#engine/storage/operations/audit.js';
import type { dynamicSecretWrites } from '#engine/storage/operations/dynamic-secrets.js';
import type { integrationWrites } from '#engine/storage/operations/integrations.js';
import type { keyWrites } from '#engine/storage/operations/keys.js';
import type { leaseEndWrites } from '#engine/storage/operations/lease-end.js';
import type { Intent, leaseIssueWrites } from '#engine/storage/operations/lease-issue.js';
import type { leaseTidyWrites } from '#engine/storage/operations/lease-tidy.js';
import type { leaseUpkeepWrites } from '#engine/storage/operations/lease-upkeep.js';
import type { leaseWrites } from '#engine/storage/operations/leases.js';
import type { placeEndWrites } from '#engine/storage/operations/place-end.js';
import type { restoreWrites } from '#engine/storage/operations/restore.js';
import type { retentionWrites } from '#engine/storage/operations/retention.js';
import { at, bytes, event, fresh, type Generators, id, name, orNull } from './pools.ts';

type Leasing = keyof (typeof auditUpkeepWrites &
  typeof auditWrites &
  typeof dynamicSecretWrites &
  typeof integrationWrites &
  typeof keyWrites &
  typeof leaseEndWrites &
  typeof leaseIssueWrites &
  typeof leaseTidyWrites &
  typeof leaseUpkeepWrites &
  typeof leaseWrites &
  typeof placeEndWrites &
  typeof restoreWrites &
  typeof retentionWrites);

const lease = id('lease');
const cause = fc.constant({ actor: 'token:generated' });
const fence = fc.integer({ min: 1, max: 3 });
const process = fc.constantFrom('process-a', 'process-b');
const claimant = { at, claimedBy: process, claimUntil: at, cause };
const all = { before: at, limit: fc.constant(1000) };
const held = fc.record({ id: lease, fence, at, cause });

const intent: fc.Arbitrary<Intent> = fc
  .record({
    id: lease,
    dynamicSecretId: id('dynamic'),
    kind: fc.constant('postgres'),
    integrationId: id('integration'),
    integrationRevision: fc.constantFrom(1, 1, 1, 2),
    owner: id('principal'),
    tokenId: orNull(fresh('token')),
    setId: orNull(id('set')),
    idempotencyKey: orNull(fc.constantFrom('idem-0', 'idem-1')),
    replace: fc.boolean(),
    externalRef: fresh('external'),
    planKeyId: fc.constant('key-0'),
    planSealed: bytes,
    createdAt: at,
    expiresAt: at,
    pendingUntil: at,
    claimedBy: process,
    cause,
  })
  .chain((row) => at.map((later) => ({ ...row, hardExpiresAt: row.expiresAt + later })));

const dynamicSecret = fc.record({
  id: id('dynamic'),
  config_id: id('config'),
  name,
  kind: fc.constant('postgres'),
  integration_id: id('integration'),
  parameters: fc.constant('{}'),
  key_map: fc.constant('{}'),
  default_ttl_sec: fc.constant(60),
  max_ttl_sec: fc.constant(600),
  max_live_leases: fc.integer({ min: 1, max: 3 }),
  created_at: at,
});
const key = {
  id: fresh('key'),
  scope: fc.constantFrom('names', 'project:project-0'),
  root_key_id: fc.constantFrom('root-a', 'root-a', 'root-a', 'root-b'),
  wrapped: bytes,
};
const selector = fc.oneof(
  fc.record({ by: fc.constant('lease' as const), id: lease }),
  fc.record({ by: fc.constant('set' as const), id: id('set') }),
  fc.record({ by: fc.constantFrom('token' as const), id: fresh('token') }),
  fc.record({ by: fc.constant('principal' as const), id: id('principal') }),
  fc.record({ by: fc.constant('dynamicSecret' as const), id: id('dynamic') }),
);

export const leasing: Generators<Leasing> = {
  initSetting: fc.record({ key: fc.constantFrom('engine.id', 'engine.epoch'), value: fc.constant(Buffer.from('7')) }),
  addDataKey: fc.record({ ...key, created_at: at }),
  rewrapDataKeys: fc.record({
    from: key.root_key_id,
    keys: fc.array(fc.record({ ...key }), { maxLength: 3 }),
    settings: fc.array(fc.record({ key: fc.constant('engine.id'), value: bytes }), { maxLength: 1 }),
    event,
  }),
  recordAudit: fc.record({ events: fc.array(event, { maxLength: 3 }) }),
  linkAuditHeads: fc.record({ at }),
  closeAuditSegment: fc.record({
    head: fc.record({ chain: fc.constant('chain'), seq: fc.integer({ min: 1, max: 5 }), hash: bytes }),
    signature: bytes,
    at,
    event,
  }),
  addIntegration: fc.record({
    row: fc.record({
      id: id('integration'),
      type: fc.constant('postgres'),
      name,
      data_key_id: fc.constant('key-0'),
      data_sealed: bytes,
      allowed: fc.constant('[]'),
      ceiling: fc.constant('{}'),
      created_at: at,
    }),
    audit: event,
  }),
  updateIntegration: fc.record({
    id: id('integration'),
    name,
    revision: fc.integer({ min: 1, max: 3 }),
    data_key_id: fc.constant('key-0'),
    data_sealed: bytes,
    unseen: orNull(fc.constantFrom('0 ', '1 lease-0')),
    audit: event,
  }),
  removeIntegration: fc.record({ id: id('integration'), at, audit: event }),
  addDynamicSecret: fc.record({ row: dynamicSecret, audit: event }),
  updateDynamicSecret: dynamicSecret.chain((row) => event.map((audit) => ({ ...row, audit }))),
  intendLeases: fc.record({ intents: fc.array(intent, { minLength: 1, maxLength: 3 }) }),
  activateLeases: fc.record({ leases: fc.array(held, { minLength: 1, maxLength: 3 }) }),
  abortIntent: held,
  endLeases: fc.record({ ...claimant, selector }),
  endLeaseSet: fc.record({ ...claimant, setId: id('set') }),
  removeDynamicSecretsIn: fc.record({
    ...claimant,
    place: fc.oneof(fc.record({ environmentId: id('environment') }), fc.record({ projectId: id('project') })),
    audit: event,
  }),
  removeDynamicSecret: fc.record({ ...claimant, id: id('dynamic'), audit: event }),
  claimDueLeases: fc.record({
    ...claimant,
    integrationId: id('integration'),
    from: fc.constantFrom(0, 300_000),
    limit: fc.constant(1000),
  }),
  takeOverLeases: fc.record({ claimedBy: process, at }),
  finishLeases: fc.record({
    leases: fc.array(fc.record({ id: lease, fence }), { minLength: 1, maxLength: 3 }),
    at,
    cause,
  }),
  failLease: fc.record({
    id: lease,
    fence,
    at,
    cause,
    to: fc.constantFrom('revoke_failed' as const, 'needs_operator' as const),
    nextActionAt: at,
    error: fc.constant('The target is away.'),
    notFoundAt: orNull(at),
  }),
  wakeLeases: fc.record({ integrationId: id('integration'), at }),
  forceCloseLease: fc.record({ id: lease, at, cause }),
  renewLease: fc.record({ id: lease, from: at, to: at, at, cause }),
  saveMoment: fc.record({ at }),
  emptyIntegration: fc.record({ id: id('integration'), at }),
  saveTidied: fc.record({ until: at }),
  purgeClosedLeases: fc.record(all),
  purgeIdempotencyKeys: fc.record(all),
  purgeLeaseSets: fc.record(all),
  markRestored: fc.record({ at, engineId: fc.constant('engine02'), hold: fc.boolean(), event }),
  releaseRevocations: fc.record({ event }),
};
