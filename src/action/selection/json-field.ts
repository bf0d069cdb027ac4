// One field of a secret whose value is JSON: the value at a path, as text.
import { Sensitive } from '#core/sensitive.js';

/**
 * The value at `path` in the JSON of `value`: text as it is, numbers, booleans, objects and lists as JSON. Digits go
 * into lists.
 * @returns a sentence's end when there is none: what is wrong, without a value
 */
export function jsonField(value: Sensitive, path: readonly string[]): Sensitive | { readonly wrong: string } {
  let at: unknown;
  try {
    at = JSON.parse(value.reveal());
  } catch {
    return { wrong: 'is no JSON' };
  }
  for (const [index, key] of path.entries()) {
    const where = path.slice(0, index + 1).join('.');
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return { wrong: `has no field ${where}` };
    if (Array.isArray(at) && !/^\d+$/.test(key)) return { wrong: `has no field ${where}` };
    at = (at as Record<string, unknown>)[key];
  }
  const where = path.join('.');
  if (at === null) return { wrong: `has null in field ${where}` };
  if (typeof at === 'number' && !isExact(at))
    return { wrong: `has a number in field ${where} that is too large to be exact` };
  return new Sensitive(typeof at === 'string' ? at : JSON.stringify(at));
}

/** Beyond this JSON.parse rounds, and the text would not be what stands there. */
function isExact(number: number): boolean {
  return Number.isInteger(number) ? Number.isSafeInteger(number) : Number.isFinite(number);
}
