// The small words that inputs are made of: flags, numbers, choices, lengths of time, lists of names.
import { AppError, oneLine } from '#core/errors.js';
import { parseTtl } from '#core/ttl.js';
import type { InputName } from './table.ts';

/** A name that a variable, a secret or a dynamic secret can have. */
export const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,199}$/;

/** One thing that is wrong with an input, in words that never repeat a secret. */
export function problem(text: string): AppError {
  return new AppError('ERR_CONFIG_INVALID', text);
}

/** Text of a workflow made fit to be quoted in an error. */
export function quoted(text: string): string {
  return `'${oneLine(text, 60)}'`;
}

/** `true` or `false`, in any case. */
export function flag(input: InputName, text: string): boolean {
  const word = text.toLowerCase();
  if (word !== 'true' && word !== 'false') throw problem(`${input} is neither true nor false.`);
  return word === 'true';
}

/** A whole number from 1 to `max`. */
export function whole(input: InputName, text: string, max: number): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (number < 1 || number > max) throw problem(`${input} is not a whole number from 1 to ${max}.`);
  return number;
}

/** One of these words. */
export function choice<T extends string>(input: InputName, text: string, words: readonly T[]): T {
  const found = words.find((word) => word === text);
  if (found === undefined) throw problem(`${input} is none of ${words.join(', ')}.`);
  return found;
}

/** A length of time in seconds, up to `max`, which is itself written as one. */
export function seconds(input: InputName, text: string, max?: string): number {
  const found = parseTtl(text, input);
  if (max !== undefined && found > parseTtl(max)) throw problem(`${input} is longer than ${max}.`);
  return found;
}

/** The entries of a list: one a line, or several between commas, each once, with single spaces. */
export function entriesOf(text: string): string[] {
  const found = text
    .split(/[\r\n,]+/)
    .map((one) => one.trim().replace(/\s+/g, ' '))
    .filter((one) => one !== '');
  return [...new Set(found)];
}

/** A list of names. */
export function names(input: InputName, text: string): string[] {
  return listOf(input, text, NAME, 'a name');
}

/** A list whose entries all have this form. */
export function listOf(input: InputName, text: string, form: RegExp, what: string): string[] {
  const found = entriesOf(text);
  const odd = found.filter((one) => !form.test(one));
  if (odd.length > 0)
    throw problem(`${input} takes one a line; not ${what}: ${odd.slice(0, 5).map(quoted).join(', ')}.`);
  return found;
}
