// What a step and a job leave behind for a test to look at, and what a workflow expression may read.
import type { CommandFileVariable } from './command-files.ts';
import type { Annotation } from './log.ts';

export type JobStatus = 'success' | 'failure' | 'cancelled';
export type Outcome = JobStatus | 'skipped';

const CONDITIONS: Readonly<Record<string, readonly JobStatus[]>> = {
  'always()': ['success', 'failure', 'cancelled'],
  'success()': ['success'],
  'failure()': ['failure'],
  'cancelled()': ['cancelled'],
  '!cancelled()': ['success', 'failure'],
};

/** Whether a `post-if` of one status function holds; any other expression throws. */
export function holds(condition: string, status: JobStatus): boolean {
  const allowed = CONDITIONS[condition];
  if (!allowed) throw new Error(`the condition '${condition}' is not modelled`);
  return allowed.includes(status);
}

/** The contexts of an expression at the moment it is evaluated. */
export type Context = {
  /** Job, exported and (within a step) the step's own variables. */
  env: Readonly<Record<string, string>>;
  secrets: Readonly<Record<string, string>>;
  status: JobStatus;
  /** `steps.<id>.outputs.<name>`; empty when there is none. Names fold case. */
  output(stepId: string, name: string): string;
  /** `steps.<id>.outcome`; empty when there is no such step yet. */
  outcome(stepId: string): Outcome | '';
};

/** A value of the workflow file: literal, or an expression that is evaluated when the runner does. */
export type Evaluated<T> = T | ((context: Context) => T);

export type StepReport = {
  name: string;
  id: string | undefined;
  kind: 'main' | 'post' | 'run';
  /** Before continue-on-error; `conclusion` is after it. */
  outcome: Outcome;
  conclusion: Outcome;
  exitCode: number | undefined;
  /** The signal that ended its process, whoever sent it. */
  endedBy: NodeJS.Signals | undefined;
  /** The same, when it is one that only a fault of the process itself sends: Node fell, and said nothing. */
  crashedWith: NodeJS.Signals | undefined;
  startError: string | undefined;
  /** What the process wrote, unmasked. */
  rawStdout: string;
  rawStderr: string;
  /** This step's part of the log, masked. */
  log: readonly string[];
  annotations: readonly Annotation[];
  /** What is uploaded as summary, masked; undefined when nothing is. */
  summary: string | undefined;
  /** What this step exported, prepended to PATH, set as output (nothing without an id, nothing in post), saved. */
  env: Readonly<Record<string, string>>;
  path: readonly string[];
  outputs: Readonly<Record<string, string>>;
  state: Readonly<Record<string, string>>;
  /** The command files as they lie on disk. */
  files: Readonly<Partial<Record<CommandFileVariable, string>>>;
  /** The environment that the process got. */
  processEnv: Readonly<Record<string, string>>;
  signals: readonly NodeJS.Signals[];
  pipesHeld: boolean;
  durationMs: number;
};

export type JobReport = {
  status: JobStatus;
  /** What other jobs get; outputs that contain a mask are left out with a warning. */
  outputs: Readonly<Record<string, string>>;
  /** Masked lines, as a user sees them. */
  log: readonly string[];
  /** In the order in which they ran, posts included. */
  steps: readonly StepReport[];
  annotations: readonly (Annotation & { step: string })[];
  /** What the job's steps exported. */
  env: Readonly<Record<string, string>>;
  /** Processes that were left running and killed at the end. */
  orphans: readonly number[];
};

/** The report of a step whose condition did not hold. */
export function skippedStep(name: string, id: string | undefined, kind: StepReport['kind']): StepReport {
  return {
    name,
    id,
    kind,
    outcome: 'skipped',
    conclusion: 'skipped',
    exitCode: undefined,
    endedBy: undefined,
    crashedWith: undefined,
    startError: undefined,
    rawStdout: '',
    rawStderr: '',
    log: [],
    annotations: [],
    summary: undefined,
    env: {},
    path: [],
    outputs: {},
    state: {},
    files: {},
    processEnv: {},
    signals: [],
    pipesHeld: false,
    durationMs: 0,
  };
}
