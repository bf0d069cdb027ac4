// One round of a kill-point test: an engine in its own process, killed somewhere, and its data folder afterwards.
import { type ChildProcess, fork } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createPostgresIntegration } from '#engine/integrations/postgres/postgres.js';
import { systemClock } from '../leasing/clocks.ts';
import { BY, type Engine, openEngine, PLACE, query } from '../leasing/engine.ts';
import { localSql } from '../leasing/role-database.ts';
import type { TcpProxy } from '../tcp-proxy.ts';
import { temporaryFolder } from '../temp.ts';

export type Operation = 'issue' | 'renew' | 'revoke' | 'sweep';
export type RoofOrder = { folder: string; operation: Operation; killAt: number | null };
export type Login = { user: string; password: string };
export type FromRoof = { kind: 'ready'; login: Login | undefined } | { kind: 'done'; points: number };

const ROOF = resolve('test/support/killpoints/roof.ts');
const COMPILED = temporaryFolder();

/** A data folder with one integration, reached through `port`, and one dynamic secret DB. */
export async function prepareFolder(data: Record<string, unknown>, port: number): Promise<string> {
  const engine = await reopen(temporaryFolder());
  const scope = { allowed: ['shop'], ceiling: { group_roles: ['app_read'] } };
  await engine.definitions.createIntegration({ name: 'pg', type: 'postgres', data: { ...data, port }, ...scope }, BY);
  const parameters = { group_role: 'app_read' };
  await engine.definitions.createDynamicSecret(
    { ...PLACE, name: 'DB', kind: 'postgres', integration: 'pg', parameters },
    BY,
  );
  await engine.close();
  return engine.folder;
}

let copies = 0;

/** A copy with an engine id of its own, so that the roles of rounds side by side can be told apart. */
export function copyFolder(template: string): { folder: string; prefix: string } {
  const folder = join(temporaryFolder(), 'data');
  cpSync(template, folder, { recursive: true });
  const engineId = `k${(copies += 1).toString(36).padStart(5, '0')}`;
  query(folder, `update kv set value = cast('${engineId}' as blob) where key = 'engine.id' returning key`);
  return { folder, prefix: `lease_${engineId}_` };
}

/** The engine that starts where the killed one ended; `leases.start()` is the caller's. */
export function reopen(folder: string): Promise<Engine> {
  return openEngine({
    folder,
    clock: systemClock,
    integrations: (now) => [createPostgresIntegration({ sql: localSql(), now })],
  });
}

export type RoundResult = { login: Login | undefined; points: number | undefined; answers: number };

/** `killAt`: the roof kills itself there. `holdAnswer`: that answer of the server never arrives, then it is killed. */
export async function runRound(
  order: RoofOrder,
  proxy: TcpProxy,
  holdAnswer: number | null = null,
): Promise<RoundResult> {
  const roof = fork(ROOF, [JSON.stringify(order)], {
    execArgv: ['--conditions=secrets-action-source', '--disable-warning=ExperimentalWarning'],
    // Rounds differ in nothing that is compiled: most of their time would be that.
    env: { ...process.env, NODE_OPTIONS: '', NODE_COMPILE_CACHE: COMPILED },
  });
  const gone = new Promise<void>((resolveGone) => roof.once('exit', () => resolveGone()));
  const ready = await nextMessage(roof, gone);
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
  return {
    login: ready?.kind === 'ready' ? ready.login : undefined,
    points: message?.kind === 'done' ? message.points : undefined,
    answers,
  };
}

async function held(proxy: TcpProxy): Promise<undefined> {
  await proxy.whenHeld();
  return undefined;
}

function nextMessage(roof: ChildProcess, gone: Promise<void>): Promise<FromRoof | undefined> {
  const message = new Promise<FromRoof>((resolveMessage) => roof.once('message', (it: FromRoof) => resolveMessage(it)));
  return Promise.race([message, gone.then(() => undefined)]);
}
