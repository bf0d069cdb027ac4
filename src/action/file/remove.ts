// Takes the file of values away when the job ends.
import { type BigIntStats, lstatSync, rmSync } from 'node:fs';
import { oneLine } from '#core/errors.js';
import type { Runner } from '../runner.ts';
import { inodeOf, loadTrace, type Trace, versionOf } from './trace.ts';

/**
 * Removes what main wrote. Outside RUNNER_TEMP a file that has changed since may hold somebody's work, so it is kept.
 * Never throws: what could not be done is a sentence to warn with.
 */
export function removeFile(runner: Runner): string | undefined {
  let trace: Trace | undefined;
  try {
    trace = loadTrace(runner);
    const found = trace && lstatSync(trace.path, { bigint: true, throwIfNoEntry: false });
    if (!trace || !found) return undefined;
    if (!trace.isTemporary && isAnother(found, trace)) {
      return `The file ${oneLine(trace.path)} has changed since values were written to it, so it was kept: remove it yourself.`;
    }
    rmSync(trace.path);
    return undefined;
  } catch {
    return `The file ${oneLine(trace?.path ?? 'with the values')} could not be removed: remove it yourself.`;
  }
}

function isAnother(found: BigIntStats, { inode, version }: Trace): boolean {
  return inodeOf(found) !== inode || (version !== undefined && versionOf(found) !== version);
}
