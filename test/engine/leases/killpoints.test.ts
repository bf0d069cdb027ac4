// SIGKILL at every call of issue, renew, revoke and sweep, then a restart: the roles are the live leases, every time.
import { systemClock } from '../../support/leasing/clocks.ts';
import { type RoleDatabase, startRoleDatabase } from '../../support/leasing/role-database.ts';
import { prepareFolder, type Values } from '../../support/killpoints/round.ts';
import { killSeries, type Lane } from '../../support/killpoints/series.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';

const LANES = 2;

let db: RoleDatabase;
let lanes: Lane[];
beforeAll(async () => {
  db = await startRoleDatabase();
  lanes = [];
  for (let lane = 0; lane < LANES; lane += 1) {
    const proxy = await startTcpProxy({ host: db.server.host, port: db.server.port });
    const template = await prepareFolder({
      integration: {
        type: 'postgres',
        data: { ...db.data, port: proxy.port },
        ceiling: { group_roles: ['app_read'] },
      },
      dynamicSecret: { kind: 'postgres', parameters: { group_role: 'app_read' } },
    });
    const external = (engineId: string) => db.roles(`lease_${engineId}_`);
    const restart = () => ({ clock: systemClock, over: () => undefined });
    lanes.push({ proxy, template, external, works: canLogin, restart });
  }
});
afterAll(async () => {
  for (const { proxy } of lanes ?? []) await proxy.close();
  await db?.stop();
});

killSeries(
  {
    issue: { points: 22, answers: 9 },
    renew: { points: 18, answers: 7 },
    revoke: { points: 28, answers: 11 },
    sweep: { points: 24, answers: 11 },
  },
  () => lanes,
);

async function canLogin({ DB_USERNAME = '', DB_PASSWORD = '' }: Values): Promise<boolean> {
  try {
    const session = await db.login(DB_USERNAME, DB_PASSWORD);
    await session.end();
    return true;
  } catch {
    return false;
  }
}
