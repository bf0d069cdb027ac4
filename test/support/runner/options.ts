// What a test may say of a job and of its steps.
import type { Crash } from './crash.ts';
import type { Patience } from './process.ts';
import type { Context, Evaluated } from './report.ts';

export type JobOptions = {
  /** Folder of the action.yml that `uses` runs when it names no other. */
  actionDir?: string;
  /** Node that runs actions; the one of this process when absent. */
  node?: string;
  /** Step debug logging, ACTIONS_STEP_DEBUG. */
  debug?: boolean;
  /** Where the job's folders are made. */
  temp?: string;
  /** Job `env:`. */
  env?: Readonly<Record<string, string>>;
  /** The `secrets` context: masked before the first step. */
  secrets?: Readonly<Record<string, string>>;
  /** What `id-token: write` gives to every step. The token is masked. */
  oidc?: { url: string; token: string };
  /** GITHUB_* and RUNNER_* values other than the model's own. */
  github?: Readonly<Record<string, string>>;
  patience?: Partial<Patience>;
  /** Told when the process of a step fell by itself; said aloud when absent. */
  onCrash?: (crash: Crash) => void;
};

export type StepOptions = {
  id?: string;
  name?: string;
  env?: Evaluated<Record<string, string>>;
  /** `success()` when absent. */
  if?: (context: Context) => boolean;
  continueOnError?: boolean;
  timeoutMs?: number;
};

export type UsesOptions = StepOptions & { action?: string; with?: Evaluated<Record<string, string>> };

/** When to interrupt: at the first raw line that matches, after milliseconds, or when a promise settles. */
export type Trigger = RegExp | number | Promise<unknown>;
