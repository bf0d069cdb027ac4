// SIGKILL at every call of issue, renew, revoke and sweep, then a restart: the roles are the live leases, every time.
import { systemClock } from '../../support/leasing/clocks.ts';
import { opensDatabase, type RoleDatabase, startRoleDatabase } from '../../support/leasing/role-database.ts';
import { prepareFolder } from '../../support/killpoints/round.ts';
import { folderLane } from '../../support/killpoints/folder-lane.ts';
import { killSeries, type Lane } from '../../support/killpoints/series.ts';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy.ts';

const LANES = 2;

let db: RoleDatabase;
let lanes: Lane[];
const proxies: TcpProxy[] = [];
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
    proxies.push(proxy);
    lanes.push(folderLane({ proxy, template, external, works: opensDatabase(db, 'DB'), restart }));
  }
});
afterAll(async () => {
  for (const proxy of proxies) await proxy.close();
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
