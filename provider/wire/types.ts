// The types a value can have in our schemas, how Terraform writes them down, and the values themselves.
import type { Decimal } from './number.ts';
import type { Unknown } from './unknown.ts';

/** A type description. Dynamic types are left out on purpose (terraform.md A6). */
export type Type =
  | 'string'
  | 'number'
  | 'bool'
  | { readonly list: Type }
  | { readonly set: Type }
  | { readonly map: Type }
  | { readonly object: Readonly<Record<string, Type>> };

/** Maps are Map, objects have no prototype, lists and sets are arrays. */
export type Value =
  | null
  | Unknown
  | string
  | boolean
  | number
  | bigint
  | Decimal
  | readonly Value[]
  | ReadonlyMap<string, Value>
  | ObjectValue;
export type ObjectValue = { readonly [name: string]: Value };

/** The type in the JSON form that schemas carry: `"string"`, `["list","string"]`, `["object",{…}]`. */
export function typeJson(type: Type): Buffer {
  return Buffer.from(JSON.stringify(typeTree(type)));
}

function typeTree(type: Type): unknown {
  if (typeof type === 'string') return type;
  if ('list' in type) return ['list', typeTree(type.list)];
  if ('set' in type) return ['set', typeTree(type.set)];
  if ('map' in type) return ['map', typeTree(type.map)];
  return ['object', Object.fromEntries(Object.entries(type.object).map(([name, inner]) => [name, typeTree(inner)]))];
}

/** An object value without a prototype, so that `__proto__` is a name like any other. */
export function objectValue(entries: Iterable<readonly [string, Value]>): ObjectValue {
  const out = Object.create(null) as Record<string, Value>;
  for (const [name, item] of entries) out[name] = item;
  return out;
}

/** Whether `value` is an object value (not null, a list, a map or a number). */
export function isObjectValue(value: Value | undefined): value is ObjectValue {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === null;
}

/** Whether `value` is a list or a set. */
export function isListValue(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** Whether `value` is a map. */
export function isMapValue(value: Value | undefined): value is ReadonlyMap<string, Value> {
  return value instanceof Map;
}
