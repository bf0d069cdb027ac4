// A lane whose store is a folder: every round has a copy of it, which an engine of its own opens after the kill.
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '#core/clock.js';
import { CONFIG_ID, query, token } from '../leasing/engine.ts';
import type { TcpProxy } from '../tcp-proxy.ts';
import { copyFolder, reopen, runRound, type Values } from './round.ts';
import type { Lane } from './series.ts';

export type FolderTarget = {
  /** In front of the target. */
  proxy: TcpProxy;
  /** A data folder that `prepareFolder` made. */
  template: string;
  /** What exists at the target for an engine, by external reference, sorted. */
  external(engineId: string): Promise<string[]>;
  /** Whether leased values open anything. */
  works(values: Values): Promise<boolean>;
  /** The clock of the engine that starts after the kill, and what the target must be told for it. */
  restart(): { clock: Clock; over(): void };
};

export function folderLane(target: FolderTarget): Lane {
  return {
    round: async (operation, { killAt = null, holdAnswer = null }) => {
      const { folder, engineId } = copyFolder(target.template);
      const result = await runRound({ store: { folder }, operation, killAt }, target.proxy, holdAnswer);
      const { clock, over } = target.restart();
      try {
        await restartAndCheck(target, { folder, engineId, clock, values: result.values });
      } finally {
        over();
      }
      return result;
    },
  };
}

type Restart = { folder: string; engineId: string; clock: Clock; values: Values | undefined };

async function restartAndCheck(target: FolderTarget, { folder, engineId, clock, values }: Restart): Promise<void> {
  expect(existsSync(folder)).toBe(true);
  const engine = await reopen(folder, clock);
  try {
    await engine.leases.start();
    await settled(folder, clock);
    const live = query(folder, `select id, state, external_ref from leases where closed_at is null`);
    expect(live.every(({ state }) => state === 'active')).toBe(true);
    expect(await target.external(engineId)).toEqual(live.map((row) => row['external_ref']));
    if (values) expect(await target.works(values)).toBe(live.length === 1);
    expect(query(folder, 'select sum(live) as live from dynamic_secrets')).toEqual([{ live: live.length }]);
    for (const { id } of live) await engine.leases.revoke({ id: String(id), actor: token('other', 'p', true) });
    expect(await target.external(engineId)).toEqual([]);
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
