// Runs one step: environment, header, process, commands, command files, outcome.
import { existsSync, readFileSync } from 'node:fs';
import {
  COMMAND_FILES,
  type CommandFileVariable,
  type Entry,
  parseKeyValueFile,
  parsePathFile,
  scrubSummary,
} from './command-files.ts';
import { CommandHandler } from './command-handler.ts';
import { type Crash, crashOf } from './crash.ts';
import { StepLog } from './log.ts';
import type { Masker } from './masker.ts';
import { type Patience, type ProcessResult, type ProcessSpec, runProcess } from './process.ts';
import type { Context, StepReport } from './report.ts';
import { machineEnv, makeCommandFiles, runnerEnv, type Workspace } from './workspace.ts';

/** What the steps of one job share. */
export type JobState = {
  workspace: Workspace;
  masker: Masker;
  log: string[];
  debug: boolean;
  patience: Patience;
  onCrash(crash: Crash): void;
  /** Job `env:` with everything exported since. */
  env: Record<string, string>;
  /** What steps prepended to PATH, latest last. */
  path: string[];
  github: Readonly<Record<string, string>>;
  /** The context as it is now, `env` given. */
  context(env: Readonly<Record<string, string>>): Context;
};

export type StepPlan = {
  name: string;
  id: string | undefined;
  kind: StepReport['kind'];
  /** The action's own state: survives from main to post. */
  state: Map<string, string>;
  /** The step's `env:`; throws like an expression that cannot be evaluated. */
  env(context: Context): Record<string, string>;
  /** Command line and variables of its own; writes the header of the step once `env` is known. */
  prepare(
    context: Context,
    log: StepLog,
  ): { file: string; args: readonly string[]; cwd: string; env: Record<string, string> };
  signal: AbortSignal;
  /** Why `signal` was aborted, as the log says it. */
  abortedBecause(): { outcome: 'cancelled' | 'failure'; message: string };
  onLine: ProcessSpec['onLine'];
};

/** Runs it; never rejects: whatever goes wrong is the step's outcome. */
export async function runStep(job: JobState, plan: StepPlan): Promise<StepReport> {
  const log = new StepLog(job.masker, job.log, job.debug);
  const effects = new Effects(job, plan, log);
  const files = makeCommandFiles(job.workspace);
  let processEnv: Record<string, string> = {};
  let result: ProcessResult | undefined;
  let failed = false;
  try {
    const env = { ...job.env, ...plan.env(job.context(job.env)) };
    const prepared = plan.prepare(job.context(env), log);
    const machine = { ...machineEnv(job.workspace), ...env };
    processEnv = {
      ...machine,
      ...prepared.env,
      ...runnerEnv(job.workspace, job.github),
      ...(job.debug ? { RUNNER_DEBUG: '1' } : {}),
      ...files,
      PATH: [...job.path.toReversed(), machine['PATH']].join(':'),
    };
    const { file, args, cwd } = prepared;
    const { signal, onLine } = plan;
    result = await runProcess({ file, args, cwd, env: processEnv, patience: job.patience, signal, onLine });
    const fell = crashOf(result.endedBy);
    if (fell) job.onCrash({ program: file, signal: fell, step: plan.name });
  } catch (error) {
    log.error(error instanceof Error ? error.message : String(error));
    failed = true;
  }
  const commands = new CommandHandler({ log, masker: job.masker, sink: effects, debug: job.debug });
  for (const { line } of result?.lines ?? []) commands.handle(line);
  const summary = effects.readFiles(files);
  if (result?.startError !== undefined) {
    log.error(`An error occurred trying to start process: ${result.startError}`);
  } else if (result && result.exitCode !== 0 && plan.kind === 'run' && !plan.signal.aborted) {
    log.error(`Process completed with exit code ${result.exitCode}.`);
  }
  failed ||= commands.failed || effects.failed || result?.exitCode !== 0;
  const aborted = plan.signal.aborted ? plan.abortedBecause() : undefined;
  if (aborted) log.error(aborted.message);
  const outcome = aborted?.outcome ?? (failed ? 'failure' : 'success');
  return {
    name: plan.name,
    id: plan.id,
    kind: plan.kind,
    outcome,
    conclusion: outcome,
    exitCode: result?.exitCode,
    endedBy: result?.endedBy,
    crashedWith: crashOf(result?.endedBy),
    startError: result?.startError,
    rawStdout: result?.stdout ?? '',
    rawStderr: result?.stderr ?? '',
    log: log.lines,
    annotations: log.annotations,
    summary,
    env: effects.env,
    path: effects.path,
    outputs: Object.fromEntries(effects.outputs),
    state: Object.fromEntries(plan.state),
    files,
    processEnv,
    signals: result?.signals ?? [],
    pipesHeld: result?.pipesHeld ?? false,
    durationMs: result?.durationMs ?? 0,
  };
}

/** What a step did to its job by files and commands. */
class Effects {
  failed = false;
  readonly env: Record<string, string> = {};
  readonly path: string[] = [];
  readonly outputs = new Map<string, string>();
  readonly #job: JobState;
  readonly #plan: StepPlan;
  readonly #log: StepLog;

  constructor(job: JobState, plan: StepPlan, log: StepLog) {
    this.#job = job;
    this.#plan = plan;
    this.#log = log;
  }

  /** Dropped without an id, and always in post. */
  setOutput(name: string, value: string): void {
    if (this.#plan.id !== undefined && this.#plan.kind !== 'post') setFolded(this.outputs, name, value);
    this.#log.debug(`Set output ${name} = ${value}`);
  }

  saveState(name: string, value: string): void {
    setFolded(this.#plan.state, name, value);
    this.#log.debug(`Save intra-action state ${name} = ${value}`);
  }

  setEnv(name: string, value: string): void {
    if (name.toUpperCase() === 'NODE_OPTIONS') {
      this.#log.error("Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.");
      return;
    }
    this.env[name] = value;
    this.#job.env[name] = value;
    this.#log.debug(`${name}='${value}'`);
  }

  /** In the runner's order; what one file has wrong does not keep the others from being read. */
  readFiles(files: Record<CommandFileVariable, string>): string | undefined {
    let summary: string | undefined;
    for (const { variable } of COMMAND_FILES) {
      if (!existsSync(files[variable])) continue;
      const bytes = readFileSync(files[variable]);
      if (variable === 'GITHUB_PATH') this.#addPaths(parsePathFile(bytes));
      else if (variable === 'GITHUB_STEP_SUMMARY') {
        const scrubbed = scrubSummary(bytes, (line) => this.#job.masker.mask(line));
        if (scrubbed.error !== undefined) this.#log.error(scrubbed.error);
        summary = scrubbed.text;
      } else this.#readEntries(variable, bytes);
    }
    return summary;
  }

  #addPaths(paths: readonly string[]): void {
    for (const path of paths) {
      this.path.push(path);
      this.#job.path = [...this.#job.path.filter((known) => known !== path), path];
    }
  }

  #readEntries(variable: 'GITHUB_ENV' | 'GITHUB_STATE' | 'GITHUB_OUTPUT', bytes: Uint8Array): void {
    const { entries, error } = parseKeyValueFile(bytes);
    const apply: Record<typeof variable, (entry: Entry) => void> = {
      GITHUB_ENV: ({ name, value }) => this.setEnv(name, value),
      GITHUB_STATE: ({ name, value }) => this.saveState(name, value),
      GITHUB_OUTPUT: ({ name, value }) => this.setOutput(name, value),
    };
    entries.forEach(apply[variable]);
    if (error === undefined) return;
    this.#log.error(`Unable to process file command '${variable.slice(7).toLowerCase()}' successfully.`);
    this.#log.error(error);
    this.failed = true;
  }
}

/** Sets under the spelling that came first: names of outputs and state fold case. */
function setFolded(map: Map<string, string>, name: string, value: string): void {
  const known = [...map.keys()].find((key) => key.toLowerCase() === name.toLowerCase());
  map.set(known ?? name, value);
}
