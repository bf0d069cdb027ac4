// Pure: which secrets have values so ordinary that their masks would eat the log and the outputs of the job.
import { linesOf } from './forms.ts';
import type { Maskable } from './pack.ts';

const EVERYDAY = new Set([
  ...['true', 'false', 'null', 'none', 'undefined', 'enabled', 'disabled', 'default', 'localhost', '127.0.0.1'],
  ...['debug', 'info', 'warn', 'warning', 'error', 'trace', 'main', 'master', 'admin', 'root', 'user', 'test'],
  ...['prod', 'production', 'staging', 'development', 'http', 'https', 'linux', 'build', 'deploy', 'release'],
]);

/** The names of masked values of which a line is an everyday word, or part of a text in `shown`. */
export function namesHidingTooMuch(
  values: readonly Maskable[],
  minLength: number,
  shown: readonly string[],
): readonly string[] {
  const inSight = shown.join('\n');
  const isOrdinary = (line: string) => EVERYDAY.has(line.toLowerCase()) || inSight.includes(line);
  return values
    .filter(({ visibility }) => visibility !== 'unmasked')
    .filter(({ value }) => linesOf(value.reveal()).some((line) => line.length >= minLength && isOrdinary(line)))
    .map(({ name }) => name);
}
