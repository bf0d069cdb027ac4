// The port to the GitHub runner: what a step may read from it and tell it.

export interface Runner {
  /** As Node names it: `linux`, `darwin`, `win32`, … */
  readonly platform: string;
  /** An input as the runner hands it over, trimmed; empty when not given. */
  input(name: string): string;
  /** What an earlier stage of this step saved; empty when nothing. */
  state(name: string): string;
  /** A variable of the environment; undefined when not set. */
  variable(name: string): string | undefined;
  /** Hides these strings in everything printed from now on; all in one write. */
  mask(values: readonly string[]): void;
  /** False once what is written reaches nobody: then nothing is masked, the job is gone, and no post will come. */
  readonly isHeard: boolean;
  saveState(name: string, value: string): void;
  /** Step outputs and variables of later steps: both or, when one has nowhere to go, neither. */
  deliver(outputs: ReadonlyMap<string, string>, variables: ReadonlyMap<string, string>): void;
  /** Appends markdown to the summary of the job; a runner without one, or one that cannot be written, is passed over. */
  summarize(markdown: string): void;
  /** A plain line of the log. */
  info(text: string): void;
  notice(text: string): void;
  warning(text: string): void;
  /** An error annotation, and the step fails when the process ends. */
  fail(text: string): void;
}
