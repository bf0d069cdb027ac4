// When two values of one type are the same to Terraform.
import { Decimal, sameNumber } from './number.ts';
import { isListValue, isMapValue, isObjectValue, type Type, type Value } from './types.ts';
import { UNKNOWN } from './unknown.ts';

/** Equality by type; sets are compared without order and without duplicates, for Terraform merges those. */
export function sameValue(type: Type, a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a === null || b === null || a === UNKNOWN || b === UNKNOWN || typeof type === 'string') return sameScalar(a, b);
  if ('set' in type) return isListValue(a) && isListValue(b) && within(type.set, a, b) && within(type.set, b, a);
  if ('list' in type) return isListValue(a) && isListValue(b) && sameList(type.list, a, b);
  if ('map' in type) return isMapValue(a) && isMapValue(b) && sameMap(type.map, a, b);
  if (!isObjectValue(a) || !isObjectValue(b)) return false;
  return Object.entries(type.object).every(([name, inner]) => sameValue(inner, a[name] ?? null, b[name] ?? null));
}

/** Whether nothing in `value` is unknown. */
export function isKnown(value: Value): boolean {
  if (value === UNKNOWN) return false;
  if (isListValue(value)) return value.every(isKnown);
  if (isMapValue(value)) return [...value.values()].every(isKnown);
  return isObjectValue(value) ? Object.values(value).every(isKnown) : true;
}

function sameScalar(a: Value, b: Value): boolean {
  const numeric = (v: Value) => typeof v === 'number' || typeof v === 'bigint' || v instanceof Decimal;
  return numeric(a) && numeric(b) && sameNumber(a as number, b as number);
}

function within(type: Type, some: readonly Value[], all: readonly Value[]): boolean {
  if (type === 'string') {
    const known = new Set(all);
    return some.every((item) => known.has(item));
  }
  return some.every((item) => all.some((other) => sameValue(type, item, other)));
}

function sameList(type: Type, a: readonly Value[], b: readonly Value[]): boolean {
  return a.length === b.length && a.every((item, n) => sameValue(type, item, b[n] ?? null));
}

function sameMap(type: Type, a: ReadonlyMap<string, Value>, b: ReadonlyMap<string, Value>): boolean {
  return a.size === b.size && [...a].every(([key, item]) => b.has(key) && sameValue(type, item, b.get(key) ?? null));
}
