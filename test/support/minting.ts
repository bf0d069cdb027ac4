// A minting part for tests of the routes: integrations, dynamic secrets and leases in memory, with switches for failure.
import { randomUUID } from 'node:crypto';
import { AppError } from '#core/errors.js';
import { leasedNames } from '#core/kinds.js';
import { Sensitive } from '#core/sensitive.js';
import type { DynamicSecretView, IntegrationService, IntegrationView } from '#engine/integrations/definitions.js';
import type {
  IssuedLease,
  IssueRequest,
  LeaseActor,
  LeaseService,
  LeaseSummary,
} from '#engine/leases/lease-service.js';
import type { Minting } from '#engine/minting.js';

type Held = LeaseSummary & { owner: string; tokenId: string; setId: string | undefined };
type Dynamic = DynamicSecretView & { configId: string; project: string; config: string };

/** What the fakes remember, and the switches of the tests. */
type Memory = {
  dynamics: Dynamic[];
  held: Map<string, Held>;
  /** Lease ids by idempotency key. */
  keys: Map<string, string>;
  deletedTokens: string[];
  deletedPrincipals: string[];
  /** Names of dynamic secrets whose next lease fails. */
  failing: Set<string>;
  /** While set, ended leases stay in `revoking`. */
  slow: boolean;
};
export type FakeMinting = Minting & Memory;

export function fakeMinting(): FakeMinting {
  const memory: Memory = {
    dynamics: [],
    held: new Map(),
    keys: new Map(),
    deletedTokens: [],
    deletedPrincipals: [],
    failing: new Set(),
    slow: false,
  };
  return Object.assign(memory, {
    integrations: fakeIntegrations(memory),
    leases: fakeLeases(memory),
    onTokenDeleted: async (tokenId: string) => {
      memory.deletedTokens.push(tokenId);
      for (const lease of memory.held.values()) if (lease.owner === tokenId) end(memory, lease);
    },
    onPrincipalDeleted: async (principalId: string) => {
      memory.deletedPrincipals.push(principalId);
      for (const lease of memory.held.values()) if (lease.owner === principalId) end(memory, lease);
    },
    now: () => 0,
    integrationsDown: () => 0,
    reconcile: async () => undefined,
    start: async () => undefined,
    stop: async () => undefined,
  });
}

const DYNAMIC = {
  kind: 'postgres',
  parameters: {},
  keyMap: {},
  defaultTtlSec: 1800,
  maxTtlSec: 3600,
  maxLiveLeases: 5,
  liveLeases: 0,
  createdAt: 1,
} as const;

function fakeIntegrations({ dynamics }: Memory): IntegrationService {
  const integrations: IntegrationView[] = [];
  return {
    createIntegration: async ({ name }) => {
      const scope = { allowed: [], ceiling: {} };
      const view: IntegrationView = { slug: randomUUID(), name, type: 'postgres', scope, createdAt: 1 };
      integrations.push(view);
      return view;
    },
    updateIntegration: async (slugOrName, { name }) => {
      const found = integrations.find((one) => one.slug === slugOrName || one.name === slugOrName);
      if (!found) throw new AppError('ERR_NOT_FOUND', 'There is no such integration.');
      return Object.assign(found, name === undefined ? {} : { name });
    },
    listIntegrations: async () => integrations,
    deleteIntegration: async () => undefined,
    createDynamicSecret: async ({ configId, project, config, name, integration }) => {
      const view: Dynamic = { ...DYNAMIC, slug: randomUUID(), name, integration, configId, project, config };
      dynamics.push(view);
      return view;
    },
    listDynamicSecrets: async (configId) => dynamics.filter((one) => one.configId === configId),
    getDynamicSecret: async (configId, name) => {
      const found = dynamics.find((one) => one.configId === configId && one.name === name);
      if (!found) throw new AppError('ERR_NOT_FOUND', 'Could not find requested dynamic secret');
      return found;
    },
    updateDynamicSecret: async ({ configId, name }, { maxTtlSec }) => {
      const found = dynamics.find((one) => one.configId === configId && one.name === name);
      if (!found) throw new AppError('ERR_NOT_FOUND', 'Could not find requested dynamic secret');
      return Object.assign(found, maxTtlSec === undefined ? {} : { maxTtlSec });
    },
    deleteDynamicSecret: async () => undefined,
    deleteDynamicSecretsIn: async () => 0,
  };
}

function fakeLeases(memory: Memory): LeaseService {
  const { held } = memory;
  const touched = (id: string, actor: LeaseActor) => {
    const lease = held.get(id);
    if (!lease) throw new AppError('ERR_NOT_FOUND', 'Could not find requested lease');
    if (!mayTouch(lease, actor)) throw new AppError('ERR_ACCESS_DENIED', 'Not your lease.');
    return lease;
  };
  return {
    issue: async (request) => issue(memory, request),
    renew: async ({ id, ttlSec, actor }) => {
      const lease = touched(id, actor);
      lease.expiresAt = ttlSec * 1000;
      return { id, expiresAt: lease.expiresAt, capped: false };
    },
    revoke: async ({ id, actor }) => {
      const lease = touched(id, actor);
      if (lease.state === 'revoked') throw new AppError('ERR_LEASE_EXPIRED', 'The lease has ended.');
      return end(memory, lease);
    },
    revokeSet: async ({ setId }) =>
      [...held.values()].filter((lease) => lease.setId === setId).map((lease) => end(memory, lease)),
    find: async ({ id }) => held.get(id),
    stuck: async () => [],
    forceClose: async () => {
      throw new AppError('ERR_NOT_FOUND', 'There is no such lease.');
    },
    list: async ({ dynamicSecretId }) => [...held.values()].filter((one) => one.dynamicSecretId === dynamicSecretId),
  };
}

function issue({ dynamics, failing, held, keys }: Memory, request: IssueRequest): IssuedLease {
  const { dynamicSecretId, ttlSec = 1800, setId, idempotencyKey, replace, actor } = request;
  const dynamic = dynamics.find(({ slug }) => slug === dynamicSecretId);
  if (!dynamic || actor.kind !== 'token') throw new AppError('ERR_NOT_FOUND', 'nothing');
  const { name, project, config } = dynamic;
  if (failing.has(name)) throw new AppError('ERR_INTEGRATION_FAILED', 'The target refused.');
  if (ttlSec > dynamic.maxTtlSec) throw new AppError('ERR_TTL_EXCEEDED', 'The ttl is over 3600 seconds.');
  const earlier = idempotencyKey && keys.get(idempotencyKey);
  if (earlier && !replace) throw new AppError('ERR_CONFLICT', `This key has the lease ${earlier}.`);
  const id = randomUUID();
  if (idempotencyKey) keys.set(idempotencyKey, id);
  const where = { dynamicSecretId, dynamicSecret: name, project, config };
  const times = { createdAt: 0, expiresAt: ttlSec * 1000, closedAt: null, renewedAt: null };
  const { principalId: owner, tokenId } = actor;
  const holder = { id: owner, name: 'test', isUser: false };
  held.set(id, { id, ...where, ...times, state: 'active', holder, owner, tokenId, setId });
  const names = [...leasedNames('postgres', name, {}).values()];
  return { id, expiresAt: times.expiresAt, values: new Map(names.map((key) => [key, new Sensitive(`leased-${key}`)])) };
}

function end(memory: Memory, lease: Held): Held {
  lease.state = memory.slow ? 'revoking' : 'revoked';
  return lease;
}

function mayTouch(lease: Held, actor: LeaseActor): boolean {
  if (actor.kind === 'handle') return actor.canRenew && lease.setId === actor.setId;
  return actor.canManage || lease.tokenId === actor.tokenId;
}
