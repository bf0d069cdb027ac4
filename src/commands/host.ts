// What a command may touch of the machine, handed down by the roof.
import type { Clock } from '#core/clock.js';

export type Host = {
  args: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  clock: Clock;
  pid: number;
  version: string;
  /** Entry file of the store's writer thread. */
  storeWorkerUrl: URL;
  out(text: string): void;
  err(text: string): void;
  /** Resolves with the name of the first signal that asks this process to end. */
  ended(): Promise<string>;
  /** Calls `listener` for every signal that asks this process to end, from now on. */
  onSignal(listener: (signal: NodeJS.Signals) => void): void;
  /** Whether a person sits at the other end of stdin; then Ctrl-C reaches a child by itself. */
  interactive: boolean;
  /** All addresses of a host name. */
  lookup(name: string): Promise<readonly { address: string }[]>;
  /** 0 ≤ random < 1. */
  random(): number;
  /** Ends the process at once: for the case that nothing can be saved any more. */
  abort(exitCode: number): void;
};
