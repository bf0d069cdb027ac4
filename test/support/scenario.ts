// The world of a scenario: a real PostgreSQL, the engine in its own process, a declared shop, and jobs that use the built action.
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { cloudFront } from './cloud-front.ts';
import { copyEngine, EngineProcess, initEngine } from './engine-process.ts';
import { type FarSide, faultProxy, type Rule } from './far-side.ts';
import { type Postgres, startPostgres } from './postgres.ts';
import { Job, type JobOptions, type JobReport, type StepReport, type UsesOptions } from './runner/index.ts';
import { declareShop, leasedRoles, makeStoreDatabase, prepareDatabase, type Shop, tryLogin } from './shop.ts';
import { temporaryFolder } from './temp.ts';

/** What every world allows the engine to connect to. */
const ENGINE_ARGS = ['--allow-integration', '127.0.0.1'];
const LEASES = '/v3/configs/config/dynamic_secrets/dynamic_secret/leases?project=shop&config=prd&dynamic_secret=APP_DB';

export type LeaseRow = { id: string; state: string; expires_at: string };

export class World {
  readonly folder: string;
  readonly database: Postgres;
  readonly shop: Shop;
  engine: EngineProcess;
  readonly #cleanups: (() => Promise<void>)[] = [];

  private constructor(parts: { folder: string; database: Postgres; engine: EngineProcess; shop: Shop }) {
    this.folder = parts.folder;
    this.database = parts.database;
    this.engine = parts.engine;
    this.shop = parts.shop;
  }

  /** `store`: where the engine keeps its own; `args` and `env`: for its process, beside the usual ones. */
  static async start({
    store = 'folder',
    args = [],
    env = {},
  }: {
    store?: 'folder' | 'database';
    args?: readonly string[];
    env?: Record<string, string>;
  } = {}): Promise<World> {
    const folder = temporaryFolder();
    const database = await startPostgres();
    try {
      const admin = await prepareDatabase(database);
      const made = store === 'folder' ? copyEngine(folder) : initEngine(folder, await makeStoreDatabase(database));
      const engine = await EngineProcess.start(await made, { args: [...ENGINE_ARGS, ...args], env });
      return new World({ folder, database, engine, shop: await declareShop(engine, database, admin) });
    } catch (error) {
      await database.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    for (const undo of this.#cleanups.toReversed()) await undo();
    await this.engine.stop();
    await this.database.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Starts the engine again on the port it had. */
  async restartEngine(): Promise<void> {
    const { folder, port } = this.engine;
    this.engine = await EngineProcess.start(folder, { port, args: ENGINE_ARGS });
  }

  /** A proxy in front of the engine that misbehaves as the rules say and records what it was asked. */
  async proxy(rules: readonly Rule[] = []): Promise<FarSide> {
    const proxy = await faultProxy(this.engine.url, rules);
    this.#cleanups.push(() => proxy.close());
    return proxy;
  }

  /** As the clouds are: our engine without a word or a header of its own (design.md §5, test mode). */
  async cloud(): Promise<string> {
    const front = await cloudFront(this.engine.url);
    this.#cleanups.push(() => front.stop());
    return front.url;
  }

  /** A job of the built action. */
  job(options: JobOptions = {}): Job {
    const job = new Job({
      actionDir: resolve('.'),
      temp: this.folder,
      secrets: { SECRETS_TOKEN: this.shop.token },
      ...options,
    });
    this.#cleanups.push(() => job.dispose());
    return job;
  }

  /** One job with one step of the action, to its end. */
  async runOnce(
    inputs: Record<string, string>,
    options: JobOptions & { step?: Partial<UsesOptions> } = {},
  ): Promise<Once> {
    const { step, ...jobOptions } = options;
    const job = this.job(jobOptions);
    const main = await job.uses({ id: 'secrets', name: 'secrets-action', ...step, with: this.inputs(inputs) });
    const report = await job.finish();
    return { main, post: report.steps.find(({ kind }) => kind === 'post'), report };
  }

  /** Inputs with the token and address of this world, unless given. */
  inputs(inputs: Record<string, string>): Record<string, string> {
    return { token: this.shop.token, 'api-url': this.engine.url, ...inputs };
  }

  async leases(): Promise<LeaseRow[]> {
    return (await this.engine.must('GET', LEASES))['leases'] as LeaseRow[];
  }

  async liveLeases(): Promise<LeaseRow[]> {
    return (await this.leases()).filter(({ state }) => !['revoked', 'expired', 'aborted'].includes(state));
  }

  leasedRoles(): Promise<string[]> {
    return leasedRoles(this.database);
  }

  tryLogin(url: string): Promise<number | string> {
    return tryLogin(url);
  }

  /** Asks until it holds, a minute at most: the first retry of a failed revoke may take half of that. */
  async eventually(holds: () => Promise<boolean>): Promise<boolean> {
    for (let tries = 0; tries < 600; tries++) {
      if (await holds()) return true;
      await new Promise((done) => setTimeout(done, 100));
    }
    return false;
  }
}

export type Once = { main: StepReport; post: StepReport | undefined; report: JobReport };

/** A Node that is told to end before our first line runs ends by the signal, without a word. */
const POLITE: readonly (NodeJS.Signals | undefined)[] = ['SIGINT', 'SIGTERM'];

/**
 * The `::error::` and `::warning::` lines of a step's output, unescaped as the runner prints them.
 * @throws Error when a failed step said nothing of it: what its process ended by, and what it printed
 */
export function annotationsOf(step: StepReport | undefined, kind: 'error' | 'warning' | 'notice'): string[] {
  const isSilent = step?.outcome === 'failure' && !step.annotations.some((each) => each.kind === 'error');
  if (kind === 'error' && isSilent && !POLITE.includes(step.endedBy)) {
    const { exitCode, endedBy = 'no signal', rawStdout, rawStderr } = step;
    throw new Error(`'${step.name}' failed without a word (exit ${exitCode}, ${endedBy}): ${rawStdout}${rawStderr}`);
  }
  return (step?.annotations ?? []).filter((annotation) => annotation.kind === kind).map(({ message }) => message);
}
