// A minting part for tests of the routes: integrations, dynamic secrets and leases in memory, with switches for failure.
import { randomUUID } from 'node:crypto';
import { AppError } from '#core/errors.js';
import { leasedNames } from '#core/kinds.js';
import { Sensitive } from '#core/sensitive.js';
import type { Minting } from '#engine/engine.js';
import type { DynamicSecretView, IntegrationView } from '#engine/integrations/definitions.js';
import type { LeaseActor, LeaseSummary } from '#engine/leases/lease-service.js';

type Held = LeaseSummary & { owner: string; tokenId: string; setId: string | undefined };

export type FakeMinting = Minting & {
  held: Map<string, Held>;
  deletedTokens: string[];
  /** Names of dynamic secrets whose next lease fails. */
  failing: Set<string>;
  /** While set, ended leases stay in `revoking`. */
  slow: boolean;
};

export function fakeMinting(): FakeMinting {
  const integrations: IntegrationView[] = [];
  const dynamics: (DynamicSecretView & { configId: string; project: string; config: string })[] = [];
  const held = new Map<string, Held>();
  const keys = new Map<string, string>();
  const byId = (id: string) => {
    const lease = held.get(id);
    if (!lease) throw new AppError('ERR_NOT_FOUND', 'Could not find requested lease');
    return lease;
  };
  const end = (lease: Held) => {
    lease.state = fake.slow ? 'revoking' : 'revoked';
    return lease;
  };
  const fake: FakeMinting = {
    held,
    deletedTokens: [],
    failing: new Set(),
    slow: false,
    integrations: {
      createIntegration: async ({ name, type }) => {
        const view: IntegrationView = {
          slug: randomUUID(),
          name,
          type: type === 'aws' ? 'aws' : 'postgres',
          scope: { allowed: [], ceiling: {} },
          createdAt: 1,
        };
        integrations.push(view);
        return view;
      },
      listIntegrations: async () => integrations,
      deleteIntegration: async () => undefined,
      createDynamicSecret: async ({ configId, project, config, name, integration }) => {
        const view: DynamicSecretView = {
          slug: randomUUID(),
          name,
          kind: 'postgres',
          integration,
          parameters: {},
          keyMap: {},
          defaultTtlSec: 1800,
          maxTtlSec: 3600,
          maxLiveLeases: 5,
          liveLeases: 0,
          createdAt: 1,
        };
        dynamics.push({ ...view, configId, project, config });
        return view;
      },
      listDynamicSecrets: async (configId) => dynamics.filter((one) => one.configId === configId),
      getDynamicSecret: async (configId, name) => {
        const found = dynamics.find((one) => one.configId === configId && one.name === name);
        if (!found) throw new AppError('ERR_NOT_FOUND', 'Could not find requested dynamic secret');
        return found;
      },
      deleteDynamicSecret: async () => undefined,
    },
    leases: {
      issue: async ({ dynamicSecretId, ttlSec = 1800, setId, idempotencyKey, replace, actor }) => {
        const dynamic = dynamics.find(({ slug }) => slug === dynamicSecretId);
        if (!dynamic || actor.kind !== 'token') throw new AppError('ERR_NOT_FOUND', 'nothing');
        if (fake.failing.has(dynamic.name)) throw new AppError('ERR_INTEGRATION_FAILED', 'The target refused.');
        if (ttlSec > dynamic.maxTtlSec) throw new AppError('ERR_TTL_EXCEEDED', 'The ttl is over 3600 seconds.');
        const earlier = idempotencyKey && keys.get(idempotencyKey);
        if (earlier && !replace) throw new AppError('ERR_CONFLICT', `This key has the lease ${earlier}.`);
        const id = randomUUID();
        if (idempotencyKey) keys.set(idempotencyKey, id);
        const { name, project, config } = dynamic;
        const expiresAt = ttlSec * 1000;
        const common = { dynamicSecretId, dynamicSecret: name, project, config };
        const { principalId: owner, tokenId } = actor;
        held.set(id, {
          id,
          ...common,
          state: 'active',
          createdAt: 0,
          expiresAt,
          closedAt: null,
          owner,
          tokenId,
          setId,
        });
        const names = [...leasedNames('postgres', name, {}).values()];
        return { id, expiresAt, values: new Map(names.map((key) => [key, new Sensitive(`leased-${key}`)])) };
      },
      renew: async ({ id, ttlSec, actor }) => {
        const lease = byId(id);
        if (!mayTouch(lease, actor)) throw new AppError('ERR_ACCESS_DENIED', 'Not your lease.');
        lease.expiresAt = ttlSec * 1000;
        return { id, expiresAt: lease.expiresAt, capped: false };
      },
      revoke: async ({ id, actor }) => {
        const lease = byId(id);
        if (!mayTouch(lease, actor)) throw new AppError('ERR_ACCESS_DENIED', 'Not your lease.');
        if (lease.state === 'revoked') throw new AppError('ERR_LEASE_EXPIRED', 'The lease has ended.');
        return end(lease);
      },
      revokeSet: async ({ setId }) => [...held.values()].filter((lease) => lease.setId === setId).map(end),
      list: async ({ dynamicSecretId }) => [...held.values()].filter((one) => one.dynamicSecretId === dynamicSecretId),
    },
    onTokenDeleted: async (tokenId) => {
      fake.deletedTokens.push(tokenId);
      for (const lease of held.values()) if (lease.owner === tokenId) end(lease);
    },
    start: async () => undefined,
    stop: async () => undefined,
  };
  return fake;
}

function mayTouch(lease: Held, actor: LeaseActor): boolean {
  if (actor.kind === 'handle') return actor.canRenew && lease.setId === actor.setId;
  return actor.canManage || lease.tokenId === actor.tokenId;
}
