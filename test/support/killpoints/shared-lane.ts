// A lane whose store is a database that two engines share: one is killed, and the other ends what it left behind.
import { systemClock } from '../leasing/clocks.ts';
import { type Engine, openEngine, token } from '../leasing/engine.ts';
import type { TcpProxy } from '../tcp-proxy.ts';
import { type Declaration, declare, integrationsOf, type Operation, runRound, TTL_SEC, type Values } from './round.ts';
import type { Lane } from './series.ts';

export type SharedTarget = {
  /** Of the store. */
  url: string;
  /** In front of the store, for the engine that is killed. */
  proxy: TcpProxy;
  declaration: Declaration;
  /** Starts the names of this lane. */
  engineId: string;
  external(engineId: string): Promise<string[]>;
  works(values: Values): Promise<boolean>;
  /** Tells the target how far the clocks of both engines are ahead. */
  ahead?(ms: number): void;
};

export type SharedLane = Lane & { close(): Promise<void> };

/** Beyond every claim, the time that is left to a creator, and the settle time of IAM. */
const LATER_MS = 10 * 60_000;
const SETTLES = 3;

export async function sharedLane(target: SharedTarget): Promise<SharedLane> {
  let aheadMs = 0;
  const clock = { ...systemClock, now: () => Date.now() + aheadMs };
  const { url, engineId } = target;
  const survivor = await openEngine({ url, engineId, clock, integrations: (now) => integrationsOf(now) });
  const dynamicSecretId = await declare(survivor, target.declaration);
  const proxied = new URL(url);
  proxied.port = String(target.proxy.port);
  const issue = async () => {
    const { id, values } = await survivor.leases.issue({ dynamicSecretId, ttlSec: TTL_SEC, actor: token() });
    const shown = [...values].map(([name, value]) => [name, value.reveal()]);
    return { id, values: Object.fromEntries(shown) as Values };
  };
  const later = () => {
    aheadMs += LATER_MS;
    target.ahead?.(aheadMs);
  };
  return {
    close: () => survivor.close(),
    round: async (operation, { killAt = null, holdAnswer = null }) => {
      // What one engine issued, the other renews and ends.
      const lease = operation === 'issue' ? undefined : await issue();
      const about = { operation, killAt, aheadMs, ...(lease ? { leaseId: lease.id } : {}) };
      const result = await runRound({ store: { url: proxied.href }, ...about }, target.proxy, holdAnswer);
      for (let settles = 0; settles < SETTLES; settles += 1) {
        later();
        await survivor.leases.settle();
      }
      await check(target, survivor, { operation, isDone: result.points !== undefined, values: lease?.values });
      return result;
    },
  };
}

type Round = { operation: Operation; isDone: boolean; values: Values | undefined };

async function check(target: SharedTarget, survivor: Engine, { operation, isDone, values }: Round): Promise<void> {
  const { engineId } = target;
  const live = await survivor.query('select id, state, external_ref from leases where closed_at is null');
  expect(live.every(({ state }) => state === 'active')).toBe(true);
  expect(await target.external(engineId)).toEqual(live.map((row) => row['external_ref']));
  if (values) expect(await target.works(values)).toBe(live.length === 1);
  if (operation === 'renew') expect(live).toHaveLength(1);
  if (isDone) expect(live).toHaveLength(operation === 'revoke' ? 0 : 1);
  expect(await survivor.query('select live from dynamic_secrets')).toEqual([{ live: live.length }]);
  for (const { id } of live) await survivor.leases.revoke({ id: String(id), actor: token('other', 'p', true) });
  expect(await target.external(engineId)).toEqual([]);
  expect(await survivor.query('select live from dynamic_secrets')).toEqual([{ live: 0 }]);
}
