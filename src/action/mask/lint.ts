// Pure: which secrets have values so ordinary that their masks would eat the log and the outputs of the job.
import { linesOf } from './forms.ts';
import type { Maskable } from './pack.ts';

const EVERYDAY = new Set([
  ...['true', 'false', 'null', 'none', 'undefined', 'enabled', 'disabled', 'default', 'localhost', '127.0.0.1'],
  ...['debug', 'info', 'warn', 'warning', 'error', 'trace', 'main', 'master', 'admin', 'root', 'user', 'test'],
  ...['prod', 'production', 'staging', 'development', 'http', 'https', 'linux', 'build', 'deploy', 'release'],
]);
const LONGEST = Math.max(...[...EVERYDAY].map(({ length }) => length));

/** The names of masked values of which a line is an everyday word, or part of a text in `shown`. */
export function namesHidingTooMuch(
  values: readonly Maskable[],
  minLength: number,
  shown: readonly string[],
): readonly string[] {
  const inSight = shown.join('\n');
  const longest = Math.max(LONGEST, inSight.length);
  const isOrdinary = (line: string) =>
    line.length >= minLength && line.length <= longest && (EVERYDAY.has(line.toLowerCase()) || inSight.includes(line));
  return values
    .filter(({ value, visibility }) => visibility !== 'unmasked' && linesOf(value.reveal()).some(isOrdinary))
    .map(({ name }) => name);
}
