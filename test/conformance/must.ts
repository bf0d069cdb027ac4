// What a test cannot go on without.

/** @throws Error where there is nothing */
export function must<Value>(value: Value | null | undefined): Value {
  if (value === undefined || value === null) throw new Error('something is missing in an answer');
  return value;
}
