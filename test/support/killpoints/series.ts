// The series of a kind: killed before and after every call, and at every lost answer; then a restart that must be right.
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '#core/clock.js';
import { CONFIG_ID, query, token } from '../leasing/engine.ts';
import type { TcpProxy } from '../tcp-proxy.ts';
import { copyFolder, type Operation, reopen, type RoundResult, runRound, type Values } from './round.ts';

/** Calls to store and target, before and after each; and answers of the server. They may grow, never shrink. */
export type Floor = { points: number; answers: number };

/** One target with a way to it that is this lane's own, so that rounds can run side by side. */
export type Lane = {
  proxy: TcpProxy;
  template: string;
  /** What exists at the target for an engine, by external reference, sorted. */
  external(engineId: string): Promise<string[]>;
  /** Whether leased values open anything. */
  works(values: Values): Promise<boolean>;
  /** The clock of the engine that starts after the kill, and what the target must be told for it. */
  restart(): { clock: Clock; over(): void };
};

/** Two idle cores need under 30 s for the longest series. */
const TIMEOUT_MS = 240_000;

export function killSeries(floors: Partial<Record<Operation, Floor>>, lanes: () => readonly Lane[]): void {
  describe.each(Object.entries(floors) as [Operation, Floor][])('%s', (operation, floor) => {
    test(
      'killed before and after every call',
      async () => {
        const counted = await round(first(lanes()), operation, { killAt: null });
        expect(counted.points).toBeGreaterThanOrEqual(floor.points);
        await inLanes(lanes(), counted.points ?? 0, async (lane, point) => {
          const result = await round(lane, operation, { killAt: point });
          expect({ point, points: result.points }).toEqual({ point, points: undefined });
        });
      },
      TIMEOUT_MS,
    );

    test(
      'killed while an answer is on its way, the effect done',
      async () => {
        const counted = await round(first(lanes()), operation, {});
        expect(counted.answers).toBeGreaterThanOrEqual(floor.answers);
        await inLanes(lanes(), counted.answers, (lane, answer) => round(lane, operation, { holdAnswer: answer }));
      },
      TIMEOUT_MS,
    );
  });
}

type Where = { killAt?: number | null; holdAnswer?: number };

async function round(lane: Lane, operation: Operation, where: Where): Promise<RoundResult> {
  const { folder, engineId } = copyFolder(lane.template);
  const order = { folder, operation, killAt: where.killAt ?? null };
  const result = await runRound(order, lane.proxy, where.holdAnswer ?? null);
  const { clock, over } = lane.restart();
  try {
    await restartAndCheck(lane, { folder, engineId, clock, values: result.values });
  } catch (error) {
    throw new Error(`${operation} ${JSON.stringify(where)}`, { cause: error });
  } finally {
    over();
  }
  return result;
}

type Restart = { folder: string; engineId: string; clock: Clock; values: Values | undefined };

async function restartAndCheck(lane: Lane, { folder, engineId, clock, values }: Restart): Promise<void> {
  expect(existsSync(folder)).toBe(true);
  const engine = await reopen(folder, clock);
  try {
    await engine.leases.start();
    await settled(folder, clock);
    const live = query(folder, `select id, state, external_ref from leases where closed_at is null`);
    expect(live.every(({ state }) => state === 'active')).toBe(true);
    expect(await lane.external(engineId)).toEqual(live.map((row) => row['external_ref']));
    if (values) expect(await lane.works(values)).toBe(live.length === 1);
    expect(query(folder, 'select sum(live) as live from dynamic_secrets')).toEqual([{ live: live.length }]);
    for (const { id } of live) await engine.leases.revoke({ id: String(id), actor: token('other', 'p', true) });
    expect(await lane.external(engineId)).toEqual([]);
    const [left] = await engine.definitions.listDynamicSecrets(CONFIG_ID);
    expect(left?.liveLeases).toBe(0);
  } finally {
    await engine.close();
  }
}

async function settled(folder: string, clock: Clock): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    const [row] = query(
      folder,
      `select count(*) as open from leases
       where closed_at is null and (state <> 'active' or next_action_at <= ${clock.now()})`,
    );
    if (row?.['open'] === 0) return;
    await sleep(25);
  }
  throw new Error(JSON.stringify(query(folder, 'select state, last_error from leases')));
}

/** Numbers 1 to `count`, one lane each at a time. */
async function inLanes(
  lanes: readonly Lane[],
  count: number,
  work: (lane: Lane, number: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  await Promise.all(
    lanes.map(async (lane) => {
      while (next < count) await work(lane, (next += 1));
    }),
  );
}

function first(lanes: readonly Lane[]): Lane {
  const [lane] = lanes;
  if (!lane) throw new Error('there is no lane');
  return lane;
}
