// Small hand decoders for unknown JSON: what the action reads hot must not cost it a schema library.
import { AppError, oneLine } from '#core/errors.js';
import { Sensitive } from '#core/sensitive.js';

export type Json = Readonly<Record<string, unknown>>;

/**
 * The far side answered in a shape that is not the contract's; `where` never holds a value. Readers take the field apart
 * from it, so that a name for the message is only made when there is one.
 */
export function offContract(where: string, wanted: string, field?: string): AppError {
  const place = oneLine(field === undefined ? where : `${where}.${field}`, 80);
  return new AppError('ERR_CONTRACT', `The answer is not what the API promises: ${place} is not ${wanted}.`);
}

/** An object that is neither null nor an array. */
export function object(value: unknown, where: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw offContract(where, 'an object');
  return value as Json;
}

/** The entries of a map whose keys are names; `__proto__` is nobody's name and is left out. */
export function entries(value: unknown, where: string): [string, unknown][] {
  return Object.entries(object(value, where)).filter(([key]) => key !== '__proto__');
}

/** A list. */
export function list(value: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(value)) throw offContract(where, 'a list');
  return value;
}

/** A string. */
export function text(value: unknown, where: string, field?: string): string {
  if (typeof value !== 'string') throw offContract(where, 'a text', field);
  return value;
}

/** A string that is not empty. */
export function word(value: unknown, where: string): string {
  const found = text(value, where);
  if (found === '') throw offContract(where, 'a text that is not empty');
  return found;
}

/** A string, or undefined where the field is null or absent. */
export function optionalText(value: unknown, where: string, field?: string): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value !== 'string') throw offContract(where, 'a text', field);
  return value;
}

/** A whole number that is not negative. */
export function count(value: unknown, where: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw offContract(where, 'a count');
  return value;
}

/** A string straight into its box, or null where the field is null or absent. */
export function boxed(value: unknown, where: string, field?: string): Sensitive | null {
  if (value === null || value === undefined) return null;
  if (typeof value !== 'string') throw offContract(where, 'a text', field);
  return new Sensitive(value);
}
