// What main leaves for post about the file of values: enough to know it again, nothing of what is in it.
import type { BigIntStats } from 'node:fs';
import type { Runner } from '../runner.ts';

/** The name of the state; the roof of post looks for it before it loads anything. */
const STATE = 'file';

export type Trace = {
  readonly path: string;
  /** Whether it lies where the runner clears away anyway. */
  readonly isTemporary: boolean;
  readonly inode: string;
  /** Size and time of the last change; absent while it is being written. */
  readonly version?: string;
};

export function saveTrace(runner: Runner, trace: Trace | undefined): void {
  runner.saveState(STATE, trace ? JSON.stringify(trace) : '');
}

/** Undefined when no file is left. */
export function loadTrace(runner: Runner): Trace | undefined {
  const text = runner.state(STATE);
  return text === '' ? undefined : (JSON.parse(text) as Trace);
}

export function inodeOf({ dev, ino }: BigIntStats): string {
  return `${dev}:${ino}`;
}

export function versionOf({ size, mtimeNs }: BigIntStats): string {
  return `${size}:${mtimeNs}`;
}
