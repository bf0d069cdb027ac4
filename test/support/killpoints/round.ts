// One round of a kill-point test: an engine in its own process, killed somewhere, and its data folder afterwards.
import { type ChildProcess, fork } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Clock } from '#core/clock.js';
import type { Integration } from '#engine/integrations/integration.js';
import { createPostgresIntegration } from '#engine/integrations/postgres/postgres.js';
import { localAws, localIntegration } from '../aws/shop.ts';
import { systemClock } from '../leasing/clocks.ts';
import { BY, type Engine, openEngine, PLACE, query } from '../leasing/engine.ts';
import { localSql } from '../leasing/role-database.ts';
import type { TcpProxy } from '../tcp-proxy.ts';
import { temporaryFolder } from '../temp.ts';
import { Points } from './points.ts';

export type Operation = 'issue' | 'renew' | 'revoke' | 'sweep';
export type RoofOrder = {
  /** A folder of its own, or a database that it shares. */
  store: { folder: string } | { url: string };
  operation: Operation;
  killAt: number | null;
  /** A lease that is there already; without one it issues its own first. */
  leaseId?: string;
  /** How far its wall clock is ahead. */
  aheadMs?: number;
};
/** Where the process is ended: at a call of its own, or when the server has answered so often and it has not heard it. */
export type Where = { killAt?: number | null; holdAnswer?: number };
/** What the prepared lease gave, by variable. */
export type Values = Record<string, string>;
export type FromRoof = { kind: 'ready'; values: Values | undefined } | { kind: 'done'; points: number };

/** Of every lease: nothing expires while somebody waits for what a dead engine had claimed. */
export const TTL_SEC = 2400;

const ROOF = resolve('test/support/killpoints/roof.ts');

/** What a round leases from, as a user declares it. */
export type Declaration = {
  integration: { type: string; data: Record<string, unknown>; ceiling: Record<string, unknown> };
  dynamicSecret: { kind: string; parameters: Record<string, unknown> };
};

/** Every integration, with its port counted by `points`. */
export function integrationsOf(now: () => number, points = new Points(null)): readonly Integration[] {
  return [
    createPostgresIntegration({ sql: points.sql(localSql()), now }),
    localIntegration({ now, aws: points.aws(localAws(now)) }),
  ];
}

/** One integration and one dynamic secret DB. */
export async function declare({ definitions }: Engine, { integration, dynamicSecret }: Declaration): Promise<string> {
  await definitions.createIntegration({ name: 'target', allowed: ['shop'], ...integration }, BY);
  const asked = { ...PLACE, name: 'DB', integration: 'target', ...dynamicSecret };
  return (await definitions.createDynamicSecret(asked, BY)).slug;
}

/** A data folder with what `declare` makes. */
export async function prepareFolder(declaration: Declaration): Promise<string> {
  const engine = await reopen(temporaryFolder());
  await declare(engine, declaration);
  await engine.close();
  return engine.folder;
}

let copies = 0;

/** A copy with an engine id of its own, so that what rounds side by side make can be told apart. */
export function copyFolder(template: string): { folder: string; engineId: string } {
  const folder = join(temporaryFolder(), 'data');
  cpSync(template, folder, { recursive: true });
  const engineId = `k${(copies += 1).toString(36).padStart(5, '0')}`;
  query(folder, `update kv set value = cast('${engineId}' as blob) where key = 'engine.id' returning key`);
  return { folder, engineId };
}

/** The engine that starts where the killed one ended; `leases.start()` is the caller's. */
export function reopen(folder: string, clock: Clock = systemClock): Promise<Engine> {
  return openEngine({ folder, clock, integrations: (now) => integrationsOf(now) });
}

export type RoundResult = { values: Values | undefined; points: number | undefined; answers: number };

/** `killAt`: the roof kills itself there. `holdAnswer`: that answer of the server never arrives, then it is killed. */
export async function runRound(
  order: RoofOrder,
  proxy: TcpProxy,
  holdAnswer: number | null = null,
): Promise<RoundResult> {
  const { roof, gone, ready } = await startRoof(order);
  const before = proxy.stats().answers;
  if (holdAnswer !== null) proxy.holdAnswers(before + holdAnswer);
  const done = nextMessage(roof, gone);
  roof.send('go');
  const message = await Promise.race([done, gone.then(() => undefined), ...(holdAnswer === null ? [] : [held(proxy)])]);
  const answers = proxy.stats().answers - before;
  roof.kill('SIGKILL');
  await gone;
  proxy.cut();
  proxy.pass();
  return { values: ready.values, points: message?.kind === 'done' ? message.points : undefined, answers };
}

/** A machine that is busy with other things lets one run into the deadline of its first connection: it is started anew. */
async function startRoof(order: RoofOrder, tries = 3) {
  const roof = fork(ROOF, [JSON.stringify(order)], {
    execArgv: ['--conditions=secrets-action-source', '--disable-warning=ExperimentalWarning'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const gone = new Promise<void>((resolveGone) => roof.once('exit', () => resolveGone()));
  const ready = await nextMessage(roof, gone);
  if (ready?.kind === 'ready') return { roof, gone, ready };
  if (tries === 1) throw new Error('the engine that is to be killed did not start');
  return startRoof(order, tries - 1);
}

async function held(proxy: TcpProxy): Promise<undefined> {
  await proxy.whenHeld();
  return undefined;
}

function nextMessage(roof: ChildProcess, gone: Promise<void>): Promise<FromRoof | undefined> {
  const message = new Promise<FromRoof>((resolveMessage) => roof.once('message', (it: FromRoof) => resolveMessage(it)));
  return Promise.race([message, gone.then(() => undefined)]);
}
