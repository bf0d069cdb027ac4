// Roof of a lease engine that is killed: does one operation in a process of its own and reports by messages.
import { flushCompileCache } from 'node:module';
import type { Clock } from '#core/clock.js';
import { systemClock } from '../leasing/clocks.ts';
import { CONFIG_ID, type Engine, openEngine, query, token } from '../leasing/engine.ts';
import { Points } from './points.ts';
import { integrationsOf, type FromRoof, type RoofOrder, TTL_SEC } from './round.ts';

const order = JSON.parse(process.argv[2] ?? '{}') as RoofOrder;
const points = new Points(order.killAt);
const clock: Clock = { ...systemClock, now: () => Date.now() + (order.aheadMs ?? 0) };
const engine = await openEngine({
  ...order.store,
  clock,
  integrations: (now) => integrationsOf(now, points),
  decorate: (store) => points.store(store),
});
const prepared = await prepare(engine);
const go = new Promise((resolve) => process.once('message', resolve));
tell({ kind: 'ready', values: prepared?.values });
await go;
points.arm();
await operate();
// A process that is killed leaves nothing of what it compiled to the next one: those that only count do.
if (order.killAt === null) flushCompileCache();
tell({ kind: 'done', points: points.count });

type Prepared = { id: string; values: Record<string, string> | undefined };

/** The lease that is renewed or ended: one that somebody else has issued, or one of its own. */
async function prepare(own: Engine): Promise<Prepared | undefined> {
  if (order.operation === 'issue') return undefined;
  if (order.leaseId !== undefined) return { id: order.leaseId, values: undefined };
  const issued = await issue(own);
  if (order.operation === 'sweep' && 'folder' in order.store) {
    query(order.store.folder, `update leases set expires_at = 1, next_action_at = 1 where id = '${issued.id}'`);
  }
  return issued;
}

async function operate(): Promise<void> {
  const { leases } = engine;
  if (order.operation === 'issue') await issue(engine);
  if (order.operation === 'sweep') await leases.settle();
  if (!prepared) return;
  const request = { id: prepared.id, actor: token() };
  if (order.operation === 'renew') await leases.renew({ ...request, ttlSec: 3000 });
  if (order.operation === 'revoke') await leases.revoke(request);
}

async function issue({ leases, definitions }: Engine): Promise<Prepared> {
  const [dynamicSecret] = await definitions.listDynamicSecrets(CONFIG_ID);
  const asked = { dynamicSecretId: dynamicSecret?.slug ?? '', ttlSec: TTL_SEC, actor: token() };
  const issued = await leases.issue(asked);
  const values = [...issued.values].map(([name, value]) => [name, value.reveal()]);
  return { id: issued.id, values: Object.fromEntries(values) as Record<string, string> };
}

function tell(message: FromRoof): void {
  process.send?.(message);
}
