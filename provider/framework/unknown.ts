// The third state of a value, for authors: known only after apply.
import { UNKNOWN, type Unknown } from '../wire/unknown.ts';

export { UNKNOWN, type Unknown };

/** The value where it is known, else undefined. */
export function known<T>(value: T | Unknown): T | undefined {
  return value === UNKNOWN ? undefined : (value as T);
}
