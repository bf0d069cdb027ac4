// One job of the modelled runner (2.336.0): steps in order, posts in reverse, cancellation, shutdown, job outputs.
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type ActionFile, readActionFile } from './action-file.ts';
import { sayCrash } from './crash.ts';
import { writeActionHeader, writeScriptHeader } from './header.ts';
import { evaluate, inputEnv, inputsOf } from './inputs.ts';
import { StepLog } from './log.ts';
import { Masker } from './masker.ts';
import type { JobOptions, StepOptions, Trigger, UsesOptions } from './options.ts';
import { endOrphans } from './orphans.ts';
import { RUNNER_PATIENCE } from './process.ts';
import {
  type Context,
  type Evaluated,
  type JobReport,
  type JobStatus,
  type StepReport,
  skippedStep,
  holds,
} from './report.ts';
import { type JobState, runStep, type StepPlan } from './step.ts';
import { makeWorkspace, removeWorkspace } from './workspace.ts';

type Post = { action: ActionFile; actionDir: string; options: UsesOptions; state: Map<string, string> };
type Running = { controller: AbortController; timedOut: boolean };

type OwnPart = Omit<StepPlan, 'signal' | 'abortedBecause' | 'onLine'>;

/**
 * A job. Call `uses` and `run` one after the other, then `finish` (posts, outputs, orphans), then `dispose` (its
 * folders). Steps never reject: what went wrong is in their report.
 */
export class Job {
  readonly #options: JobOptions;
  readonly #state: JobState;
  readonly #posts: Post[] = [];
  readonly #steps: StepReport[] = [];
  readonly #runtimeToken = randomBytes(24).toString('base64url');
  #status: JobStatus = 'success';
  #isShutDown = false;
  #running: Running | undefined;
  #onLine: ((line: string) => void) | undefined;

  constructor(options: JobOptions = {}) {
    this.#options = options;
    const masker = new Masker();
    for (const secret of Object.values(options.secrets ?? {})) masker.addSecret(secret);
    for (const token of [this.#runtimeToken, options.oidc?.token ?? '']) masker.addValue(token);
    this.#state = {
      workspace: makeWorkspace(options.temp),
      masker,
      log: [],
      debug: options.debug ?? false,
      patience: { ...RUNNER_PATIENCE, ...options.patience },
      onCrash: options.onCrash ?? sayCrash,
      env: { ...options.env },
      path: [],
      github: options.github ?? {},
      context: (env) => this.#context(env),
    };
  }

  /** Masked lines so far. */
  get log(): readonly string[] {
    return this.#state.log;
  }

  get status(): JobStatus {
    return this.#status;
  }

  /** The folder in which steps run. */
  get workspace(): string {
    return this.#state.workspace.folder;
  }

  /** RUNNER_TEMP. */
  get temp(): string {
    return this.#state.workspace.temp;
  }

  /** Runs main of an action. Its post is due from this moment on, whatever becomes of main. */
  async uses(options: UsesOptions = {}): Promise<StepReport> {
    const actionDir = options.action ?? this.#options.actionDir;
    if (actionDir === undefined) throw new Error('no action: give actionDir to the job or action to the step');
    const label = options.name ?? `${basename(actionDir)}@local`;
    if (!this.#isDue(options)) return this.#skip(label, options.id, 'main');
    const action = readActionFile(actionDir);
    const state = new Map<string, string>();
    if (action.post !== undefined) this.#posts.push({ action, actionDir, options, state });
    return this.#runPlan(options, {
      name: label,
      id: options.id,
      state,
      env: (context) => evaluate(options.env, context),
      kind: 'main',
      prepare: (context, log) => {
        const inputs = inputsOf(action, evaluate(options.with, context), log);
        writeActionHeader(log, label, inputs, context.env);
        return this.#command(actionDir, action.main, inputs, {});
      },
    });
  }

  /** Runs a bash script with the job's environment. */
  async run(script: Evaluated<string>, options: StepOptions = {}): Promise<StepReport> {
    const name = options.name ?? 'run';
    if (!this.#isDue(options)) return this.#skip(name, options.id, 'run');
    return this.#runPlan(options, {
      name,
      id: options.id,
      kind: 'run',
      state: new Map(),
      env: (context) => evaluate(options.env, context),
      prepare: (context, log) => {
        const text = typeof script === 'function' ? script(context) : script;
        writeScriptHeader(log, text, context.env);
        const file = join(this.temp, `${randomBytes(8).toString('hex')}.sh`);
        writeFileSync(file, text);
        return { file: 'bash', args: ['-e', file], cwd: this.workspace, env: this.#tokenEnv() };
      },
    });
  }

  /** Cancels the job while `step` runs: SIGINT, SIGTERM, SIGKILL to its process; posts still run. */
  async cancelDuring<T>(trigger: Trigger, step: () => Promise<T>): Promise<T> {
    return this.#interruptDuring(trigger, () => this.cancel(), step);
  }

  /** The runner is shut down while `step` runs: the same signals, but no later step and no post runs. */
  async shutDownDuring<T>(trigger: Trigger, step: () => Promise<T>): Promise<T> {
    return this.#interruptDuring(trigger, () => this.shutDown(), step);
  }

  cancel(): void {
    this.#status = 'cancelled';
    this.#running?.controller.abort();
  }

  shutDown(): void {
    this.#isShutDown = true;
    this.cancel();
  }

  /** Ends the job: posts in reverse order, outputs, left-over processes. */
  async finish(options: { outputs?: Evaluated<Record<string, string>> } = {}): Promise<JobReport> {
    for (let post = this.#posts.pop(); post; post = this.#posts.pop()) {
      if (!this.#isShutDown) await this.#runPost(post);
    }
    const log = new StepLog(this.#state.masker, this.#state.log, this.#state.debug);
    const outputs = this.#isShutDown ? {} : this.#jobOutputs(options.outputs, log);
    const orphans = await endOrphans(this.#state.workspace.trackingId);
    for (const pid of orphans) log.write(`Terminate orphan process: pid (${pid})`);
    const annotations = this.#steps.flatMap((step) => step.annotations.map((each) => ({ ...each, step: step.name })));
    return {
      status: this.#status,
      outputs,
      log: [...this.#state.log],
      steps: [...this.#steps],
      annotations: [...annotations, ...log.annotations.map((each) => ({ ...each, step: 'Complete job' }))],
      env: { ...this.#state.env },
      orphans,
    };
  }

  /** Ends whatever still runs and removes the job's folders. */
  async dispose(): Promise<void> {
    this.#running?.controller.abort();
    await endOrphans(this.#state.workspace.trackingId);
    removeWorkspace(this.#state.workspace);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.dispose();
  }

  async #runPost({ action, actionDir, options, state }: Post): Promise<void> {
    const { post, postIf } = action;
    const name = `Post ${options.name ?? `${basename(actionDir)}@local`}`;
    if (post === undefined || !holds(postIf, this.#status)) return;
    await this.#runPlan(options, {
      name,
      id: options.id,
      state,
      env: (context) => evaluate(options.env, context),
      kind: 'post',
      prepare: (context, log) => {
        log.write('Post job cleanup.');
        const inputs = inputsOf(action, evaluate(options.with, context));
        return this.#command(actionDir, post, inputs, Object.fromEntries(state));
      },
    });
  }

  #command(actionDir: string, entry: string, inputs: Record<string, string>, state: Record<string, string>) {
    const env = {
      ...inputEnv(inputs),
      ...Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value])),
      ACTIONS_RUNTIME_URL: 'https://pipelines.actions.githubusercontent.com/model/',
      ACTIONS_RUNTIME_TOKEN: this.#runtimeToken,
      ...this.#tokenEnv(),
    };
    const node = this.#options.node ?? process.execPath;
    return { file: node, args: [join(actionDir, entry)], cwd: this.workspace, env };
  }

  #tokenEnv(): Record<string, string> {
    const { oidc } = this.#options;
    return oidc ? { ACTIONS_ID_TOKEN_REQUEST_URL: oidc.url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: oidc.token } : {};
  }

  #isDue(options: StepOptions): boolean {
    if (this.#isShutDown) return false;
    const context = this.#context(this.#state.env);
    return options.if ? options.if(context) : this.#status === 'success';
  }

  #context(env: Readonly<Record<string, string>>): Context {
    const find = (id: string) => this.#steps.find((step) => step.id === id && step.kind !== 'post');
    return {
      env,
      secrets: this.#options.secrets ?? {},
      status: this.#status,
      output: (id, name) => {
        const outputs = Object.entries(find(id)?.outputs ?? {});
        return outputs.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1] ?? '';
      },
      outcome: (id) => find(id)?.outcome ?? '',
    };
  }

  async #runPlan(options: StepOptions, own: OwnPart): Promise<StepReport> {
    if (this.#running) throw new Error('the steps of a job run one after the other');
    const running: Running = { controller: new AbortController(), timedOut: false };
    this.#running = running;
    const { timeoutMs } = options;
    const timer = setTimeout(
      () => {
        running.timedOut = true;
        running.controller.abort();
      },
      timeoutMs ?? 2 ** 31 - 1,
    );
    const timeout = `The action '${own.name}' has timed out after ${timeoutMs} milliseconds.`;
    const report = await runStep(this.#state, {
      ...own,
      signal: running.controller.signal,
      abortedBecause: () =>
        running.timedOut
          ? { outcome: 'failure', message: timeout }
          : { outcome: 'cancelled', message: 'The operation was canceled.' },
      onLine: (line) => this.#onLine?.(line),
    });
    clearTimeout(timer);
    this.#running = undefined;
    if (report.outcome === 'failure' && options.continueOnError) report.conclusion = 'success';
    if (report.conclusion === 'failure' && this.#status === 'success') this.#status = 'failure';
    this.#steps.push(report);
    return report;
  }

  async #interruptDuring<T>(trigger: Trigger, interrupt: () => void, step: () => Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    let isOver = false;
    const once = (): void => {
      if (!isOver) interrupt();
      isOver = true;
    };
    if (typeof trigger === 'number') timer = setTimeout(once, trigger);
    else if (trigger instanceof RegExp) this.#onLine = (line) => line.search(trigger) >= 0 && once();
    else trigger.then(once, once);
    try {
      return await step();
    } finally {
      isOver = true;
      clearTimeout(timer);
      this.#onLine = undefined;
    }
  }

  #jobOutputs(outputs: Evaluated<Record<string, string>> | undefined, log: StepLog): Record<string, string> {
    const kept: Record<string, string> = {};
    for (const [name, value] of Object.entries(evaluate(outputs, this.#context(this.#state.env)))) {
      if (value === '') continue;
      if (this.#state.masker.mask(value) === value) kept[name] = value;
      else log.warning(`Skip output '${name}' since it may contain secret.`);
    }
    return kept;
  }

  #skip(name: string, id: string | undefined, kind: StepReport['kind']): StepReport {
    const report = skippedStep(name, id, kind);
    this.#steps.push(report);
    return report;
  }
}
