// A job whose steps have the runner's worker as their parent, which a test can end or kill.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type JobOptions,
  type JobReport,
  type StepReport,
  TEST_FILE,
  testFile,
  type UsesOptions,
} from './runner/index.ts';

export class Worker {
  readonly main: StepReport;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, main: StepReport) {
    this.#child = child;
    this.main = main;
  }

  /** Runs the first step; resolves when it is over and the job goes on. */
  static async start(options: JobOptions, step: UsesOptions): Promise<Worker> {
    const execArgv = ['--conditions=secrets-action-source', '--disable-warning=ExperimentalWarning'];
    const env = { PATH: process.env['PATH'], [TEST_FILE]: testFile() };
    const child = fork(resolve('test/support/worker-main.ts'), [], { execArgv, env });
    const said = once(child, 'message') as Promise<[StepReport]>;
    child.send({ options: { actionDir: resolve('.'), node: process.execPath, ...options }, step });
    return new Worker(child, (await said)[0]);
  }

  /** Ends the job: posts, and what is left over. */
  async finish(): Promise<JobReport> {
    const said = once(this.#child, 'message') as Promise<[JobReport]>;
    this.#child.send('finish');
    const [report] = await said;
    await this.#gone();
    return report;
  }

  /** As when the machine's runner is killed: no post, no cleaning up. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#gone();
  }

  /** Other processes that carry this job's id: what a step of it left running. */
  leftovers(): { pid: number; environ: string; cmdline: string }[] {
    const entry = `RUNNER_TRACKING_ID=${this.main.processEnv['RUNNER_TRACKING_ID'] ?? ''}`;
    return processes().filter(({ environ }) => environ.split('\0').includes(entry));
  }

  async #gone(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit');
  }
}

/** Every process that may be read, with its environment and command line. */
export function processes(): { pid: number; environ: string; cmdline: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const [environ, cmdline] = ['environ', 'cmdline'].map((file) => readFileSync(`/proc/${name}/${file}`, 'utf8'));
        return [{ pid: Number(name), environ: environ ?? '', cmdline: cmdline ?? '' }];
      } catch {
        return [];
      }
    });
}
