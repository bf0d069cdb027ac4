// Roof of a lease engine that is killed: does one operation in a process of its own and reports by messages.
import { systemClock } from '../leasing/clocks.ts';
import { CONFIG_ID, type Engine, openEngine, query, token } from '../leasing/engine.ts';
import { Points } from './points.ts';
import { integrationsOf, type FromRoof, type RoofOrder } from './round.ts';

const order = JSON.parse(process.argv[2] ?? '{}') as RoofOrder;
const points = new Points(order.killAt);
const engine = await openEngine({
  folder: order.folder,
  clock: systemClock,
  integrations: (now) => integrationsOf(now, points),
  decorate: (store) => points.store(store),
});
const prepared = order.operation === 'issue' ? undefined : await issue(engine);
if (prepared && order.operation === 'sweep') {
  query(order.folder, `update leases set expires_at = 1, next_action_at = 1 where id = '${prepared.id}'`);
}
const go = new Promise((resolve) => process.once('message', resolve));
tell({ kind: 'ready', values: prepared?.values });
await go;
points.arm();
await operate();
tell({ kind: 'done', points: points.count });

async function operate(): Promise<void> {
  const { leases } = engine;
  if (order.operation === 'issue') await issue(engine);
  if (order.operation === 'sweep') await leases.settle();
  if (!prepared) return;
  const request = { id: prepared.id, actor: token() };
  if (order.operation === 'renew') await leases.renew({ ...request, ttlSec: 3000 });
  if (order.operation === 'revoke') await leases.revoke(request);
}

async function issue({ leases, definitions }: Engine): Promise<{ id: string; values: Record<string, string> }> {
  const [dynamicSecret] = await definitions.listDynamicSecrets(CONFIG_ID);
  const issued = await leases.issue({ dynamicSecretId: dynamicSecret?.slug ?? '', actor: token() });
  const values = [...issued.values].map(([name, value]) => [name, value.reveal()]);
  return { id: issued.id, values: Object.fromEntries(values) as Record<string, string> };
}

function tell(message: FromRoof): void {
  process.send?.(message);
}
