// The port to other processes of this machine: the worker above us, and the keeper beside us.

/** A number alone is given out again; with its start time it names one process for ever. */
export type ProcessIdentity = { readonly pid: number; readonly startedAt: string };

export interface Processes {
  /** The runner's worker that started this step, where that can be told for certain; undefined elsewhere. */
  worker(): ProcessIdentity | undefined;
  isAlive(one: ProcessIdentity): boolean;
  /**
   * Starts a script of ours that outlives this process: no environment but these, no stream but `input` on its stdin.
   * Undefined when it did not start or did not take its input.
   */
  startDetached(
    script: string,
    env: Readonly<Record<string, string>>,
    input: string,
  ): Promise<ProcessIdentity | undefined>;
  /** Asks it to end, if it is still the same. */
  stop(one: ProcessIdentity): void;
}
