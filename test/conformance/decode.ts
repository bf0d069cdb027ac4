// Decoders as strict as the clients' own: a field of another type is an error, an unknown one is not.

/** @throws Error that names the place */
export type Decoder<Value> = (value: unknown, at: string) => Value;
type Decoded<Shape> = { [Key in keyof Shape]: Shape[Key] extends Decoder<infer Value> ? Value : never };

function expected(at: string, what: string, value: unknown): Error {
  return new Error(`${at} is ${JSON.stringify(value)?.slice(0, 60)} and not ${what}`);
}

/** A text that is there: clients that assert the type break on null. */
export const text: Decoder<string> = (value, at) => {
  if (typeof value !== 'string') throw expected(at, 'a text', value);
  return value;
};

/** What Go puts into a `string`: a text, or nothing. */
export const goString: Decoder<string> = (value, at) => (value === null || value === undefined ? '' : text(value, at));

/** What Go puts into a `*string`, and the command line into an optional field. */
export const nullable: Decoder<string | null> = (value, at) => (value === null ? null : text(value, at));

export const flag: Decoder<boolean> = (value, at) => {
  if (typeof value !== 'boolean') throw expected(at, 'true or false', value);
  return value;
};

export const count: Decoder<number> = (value, at) => {
  if (!Number.isSafeInteger(value)) throw expected(at, 'a whole number', value);
  return value as number;
};

/** With milliseconds, in UTC (contracts/doppler.md 2.1). */
export const instant: Decoder<string> = (value, at) => {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text(value, at))) throw expected(at, 'an ISO time', value);
  return text(value, at);
};

export function list<Value>(item: Decoder<Value>): Decoder<Value[]> {
  return (value, at) => {
    if (!Array.isArray(value)) throw expected(at, 'a list', value);
    return value.map((one, index) => item(one, `${at}[${index}]`));
  };
}

/** `map[string]T`. */
export function map<Value>(item: Decoder<Value>): Decoder<Map<string, Value>> {
  return (value, at) =>
    new Map(Object.entries(object({})(value, at)).map(([key, one]) => [key, item(one, `${at}.${key}`)]));
}

export function object<Shape extends Record<string, Decoder<unknown>>>(shape: Shape): Decoder<Decoded<Shape>> {
  return (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw expected(at, 'an object', value);
    const fields = value as Record<string, unknown>;
    const decoded = Object.entries(shape).map(([key, item]) => [key, item(fields[key], `${at}.${key}`)] as const);
    return { ...fields, ...Object.fromEntries(decoded) } as Decoded<Shape>;
  };
}

/** An answer without a body. */
export const nothing: Decoder<void> = (value, at) => {
  if (value !== undefined) throw expected(at, 'empty', value);
};
export const anything: Decoder<unknown> = (value) => value;
/** `{success: true}`. */
export const done: Decoder<{ success: boolean }> = (value, at) => {
  if (object({ success: flag })(value, at).success) return { success: true };
  throw expected(at, 'a success', value);
};
