// The engine as a user runs it: `init` and `serve` of the CLI in a process of their own, and a small HTTP caller.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { compiledEnv } from './compiled.ts';
import { madeOnce } from './once.ts';

const CLI = ['--conditions=secrets-action-source', '--disable-warning=ExperimentalWarning', resolve('src/cli.ts')];
const START_MS = 20_000;

/** Every process started here that may still run, whether or not it ever became ready. */
const running = new Set<ChildProcess>();

function track<Child extends ChildProcess>(child: Child): Child {
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** Kills whatever is still running and waits until it is gone: for an end that cannot wait for its turn. */
export async function killEngines(): Promise<void> {
  const gone = [...running].map((child) => once(child, 'exit'));
  for (const child of running) child.kill('SIGKILL');
  await Promise.all(gone);
}

/** `databaseUrl`: the store is that PostgreSQL database, and there is no folder. */
export type EngineFolder = { data: string; rootKey: string; adminToken: string; databaseUrl?: string };

/** Runs `init` in a fresh folder below `base`, or in an empty database. */
export async function initEngine(base: string, databaseUrl?: string): Promise<EngineFolder> {
  mkdirSync(base, { recursive: true, mode: 0o700 });
  const [data, rootKey] = [join(base, 'data'), join(base, 'root.key')];
  const where = storeOf({ data, ...(databaseUrl === undefined ? {} : { databaseUrl }) });
  const args = [...CLI, 'init', ...where.args, '--root-key', rootKey];
  const initializing = promisify(execFile)(process.execPath, args, { env: { ...cleanEnv(), ...where.env } });
  track(initializing.child);
  const { stdout } = await initializing;
  const adminToken = /\bdp\.sa\.[A-Za-z0-9]{40,44}\b/.exec(stdout)?.[0];
  if (adminToken === undefined) throw new Error(`init printed no admin token: ${stdout}`);
  return { data, rootKey, adminToken, ...(databaseUrl === undefined ? {} : { databaseUrl }) };
}

/** As `initEngine`, for whom it is no matter that other files of this run have the same keys: a copy of one that was made. */
export async function copyEngine(base: string): Promise<EngineFolder> {
  const kept = await madeOnce('engine', async (path) => {
    const { adminToken } = await initEngine(path);
    writeFileSync(join(path, 'admin'), adminToken, { mode: 0o600 });
  });
  if (kept === undefined) return initEngine(base);
  const [data, rootKey] = [join(base, 'data'), join(base, 'root.key')];
  mkdirSync(base, { recursive: true, mode: 0o700 });
  cpSync(join(kept, 'data'), data, { recursive: true });
  cpSync(join(kept, 'root.key'), rootKey);
  return { data, rootKey, adminToken: readFileSync(join(kept, 'admin'), 'utf8') };
}

/** How a command is told where the store is. */
function storeOf({ data, databaseUrl }: Pick<EngineFolder, 'data' | 'databaseUrl'>) {
  if (databaseUrl === undefined) return { args: ['--data', data], env: {} };
  return { args: [], env: { SECRETS_DATABASE_URL: databaseUrl } };
}

export type Answer = { status: number; headers: Headers; body: Record<string, unknown>; text: string };

/** One `serve` process. */
export class EngineProcess {
  readonly #child: ChildProcess;
  readonly url: string;
  readonly folder: EngineFolder;
  /** Everything it wrote to either stream. */
  log = '';

  private constructor(child: ChildProcess, url: string, folder: EngineFolder) {
    this.#child = child;
    this.url = url;
    this.folder = folder;
  }

  /** Starts `serve` on a free loopback port, or on `port`; rejects with what it printed when it does not come up. */
  static async start(
    folder: EngineFolder,
    options: {
      port?: number;
      args?: readonly string[];
      env?: Readonly<Record<string, string>>;
      /** Built, as the package has it, in place of the source. */
      bundle?: string;
    } = {},
  ): Promise<EngineProcess> {
    const listen = `127.0.0.1:${options.port ?? 0}`;
    const where = storeOf(folder);
    const program = options.bundle === undefined ? CLI : [options.bundle];
    const args = [...program, 'serve', ...where.args, '--root-key', folder.rootKey, '--listen', listen];
    const child = track(
      spawn(process.execPath, [...args, ...(options.args ?? [])], {
        env: { ...cleanEnv(), ...where.env, ...options.env },
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );
    let log = '';
    const engine = await new Promise<EngineProcess>((done, fail) => {
      const late = setTimeout(() => fail(new Error(`the engine did not start: ${log}`)), START_MS);
      const hear = (chunk: string) => {
        log += chunk;
        const url = /listening on (http:\/\/\S+)/.exec(log)?.[1];
        if (url === undefined) return;
        clearTimeout(late);
        done(new EngineProcess(child, url, folder));
      };
      child.stdout?.setEncoding('utf8').on('data', hear);
      child.stderr?.setEncoding('utf8').on('data', hear);
      child.once('exit', (code) => {
        clearTimeout(late);
        fail(new Error(`the engine ended with ${code}: ${log}`));
      });
    }).catch((error: unknown) => {
      child.kill('SIGKILL');
      throw error;
    });
    engine.log = log;
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: string) => (engine.log += chunk));
    return engine;
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Calls the API; JSON in and out. The admin token is used unless another is given; '' sends none. */
  async call(method: string, path: string, body?: unknown, token = this.folder.adminToken): Promise<Answer> {
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        // Commands that run in between block this process for longer than the engine keeps a connection.
        connection: 'close',
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: parseObject(text), text };
  }

  /** As `call`, and throws with the server's words when it is refused. */
  async must(
    method: string,
    path: string,
    body?: unknown,
    token = this.folder.adminToken,
  ): Promise<Record<string, unknown>> {
    const answer = await this.call(method, path, body, token);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text.slice(0, 400)}`);
    return answer.body;
  }

  /** Stops it with a signal and waits until it is gone. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill(signal);
    const late = setTimeout(() => this.#child.kill('SIGKILL'), 15_000);
    await gone;
    clearTimeout(late);
  }
}

/** Removes everything `initEngine` made. */
export function removeEngine(folder: EngineFolder): void {
  rmSync(folder.data, { recursive: true, force: true });
  rmSync(folder.rootKey, { force: true });
}

function parseObject(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function cleanEnv(): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '/', LANG: 'C.UTF-8', ...compiledEnv() };
}
