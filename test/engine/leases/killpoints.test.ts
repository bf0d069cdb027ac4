// SIGKILL at every call of issue, renew, revoke and sweep, then a restart: the roles are the live leases, every time.
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { CONFIG_ID, query, token } from '../../support/leasing/engine.ts';
import { type RoleDatabase, startRoleDatabase } from '../../support/leasing/role-database.ts';
import {
  copyFolder,
  type Login,
  type Operation,
  prepareFolder,
  reopen,
  type RoundResult,
  runRound,
} from '../../support/killpoints/round.ts';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy.ts';

/** Calls to store and SQL, before and after each; and answers of the server. Floors: they may grow, never shrink. */
const FLOOR: Record<Operation, { points: number; answers: number }> = {
  issue: { points: 22, answers: 9 },
  renew: { points: 18, answers: 7 },
  revoke: { points: 28, answers: 11 },
  sweep: { points: 24, answers: 11 },
};
const LANES = 2;
/** Two idle cores need under 30 s for the longest series. */
const TIMEOUT_MS = 240_000;

type Lane = { proxy: TcpProxy; template: string };

let db: RoleDatabase;
let lanes: Lane[];
beforeAll(async () => {
  db = await startRoleDatabase();
  lanes = [];
  for (let lane = 0; lane < LANES; lane += 1) {
    const proxy = await startTcpProxy({ host: db.server.host, port: db.server.port });
    lanes.push({ proxy, template: await prepareFolder(db.data, proxy.port) });
  }
});
afterAll(async () => {
  for (const { proxy } of lanes ?? []) await proxy.close();
  await db?.stop();
});

describe.each(Object.keys(FLOOR) as Operation[])('%s', (operation) => {
  test(
    'killed before and after every call',
    async () => {
      const [first] = lanes as [Lane];
      const counted = await round(first, operation, { killAt: null });
      expect(counted.points).toBeGreaterThanOrEqual(FLOOR[operation].points);
      await inLanes(counted.points ?? 0, async (lane, point) => {
        const result = await round(lane, operation, { killAt: point });
        expect({ point, points: result.points }).toEqual({ point, points: undefined });
      });
    },
    TIMEOUT_MS,
  );

  test(
    'killed while an answer is on its way, the effect done',
    async () => {
      const [first] = lanes as [Lane];
      const counted = await round(first, operation, {});
      expect(counted.answers).toBeGreaterThanOrEqual(FLOOR[operation].answers);
      await inLanes(counted.answers, (lane, answer) => round(lane, operation, { holdAnswer: answer }));
    },
    TIMEOUT_MS,
  );
});

type Where = { killAt?: number | null; holdAnswer?: number };

async function round(lane: Lane, operation: Operation, where: Where): Promise<RoundResult> {
  const { folder, prefix } = copyFolder(lane.template);
  const order = { folder, operation, killAt: where.killAt ?? null };
  const result = await runRound(order, lane.proxy, where.holdAnswer ?? null);
  try {
    await restartAndCheck(folder, prefix, result.login);
  } catch (error) {
    throw new Error(`${operation} ${JSON.stringify(where)}`, { cause: error });
  }
  return result;
}

async function restartAndCheck(folder: string, prefix: string, login: Login | undefined): Promise<void> {
  expect(existsSync(folder)).toBe(true);
  const engine = await reopen(folder);
  try {
    await engine.leases.start();
    await settled(folder);
    const live = query(folder, `select id, state, external_ref from leases where closed_at is null`);
    expect(live.every(({ state }) => state === 'active')).toBe(true);
    expect(await db.roles(prefix)).toEqual(live.map((row) => row['external_ref']));
    if (login) expect(await canLogin(login)).toBe(live.length === 1);
    expect(query(folder, 'select sum(live) as live from dynamic_secrets')).toEqual([{ live: live.length }]);
    for (const { id } of live) await engine.leases.revoke({ id: String(id), actor: token('other', 'p', true) });
    expect(await db.roles(prefix)).toEqual([]);
    const [left] = await engine.definitions.listDynamicSecrets(CONFIG_ID);
    expect(left?.liveLeases).toBe(0);
  } finally {
    await engine.close();
  }
}

async function settled(folder: string): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    const [row] = query(
      folder,
      `select count(*) as open from leases
       where closed_at is null and (state <> 'active' or next_action_at <= ${Date.now()})`,
    );
    if (row?.['open'] === 0) return;
    await sleep(25);
  }
  throw new Error(JSON.stringify(query(folder, 'select state, last_error from leases')));
}

async function canLogin({ user, password }: Login): Promise<boolean> {
  try {
    const session = await db.login(user, password);
    await session.end();
    return true;
  } catch {
    return false;
  }
}

/** Numbers 1 to `count`, one lane each at a time. */
async function inLanes(count: number, work: (lane: Lane, number: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  await Promise.all(
    lanes.map(async (lane) => {
      while (next < count) await work(lane, (next += 1));
    }),
  );
}
