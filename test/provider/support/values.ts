// Generators for types and for values of a type, with and without unknowns.
import fc from 'fast-check';
import { Decimal } from '#provider/wire/number.js';
import { objectValue, type Type, type Value } from '#provider/wire/types.js';
import { UNKNOWN } from '#provider/wire/unknown.js';

const NAMES = ['id', 'name', '__proto__', 'constructor', 'tags', 'a_b'];

/** Any type of ours, at most three deep. */
export const anyType: fc.Arbitrary<Type> = fc.letrec<{ type: Type }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<Type[]>('string', 'number', 'bool'),
    tie('type').map((list): Type => ({ list })),
    tie('type').map((set): Type => ({ set })),
    tie('type').map((map): Type => ({ map })),
    fc.uniqueArray(fc.tuple(fc.constantFrom(...NAMES), tie('type')), { selector: ([name]) => name, maxLength: 4 }).map(
      (entries): Type => ({
        object: Object.fromEntries(entries.map(([n, t]) => [n === '__proto__' ? 'proto' : n, t])),
      }),
    ),
  ),
})).type;

const text = fc.string({ unit: 'binary', maxLength: 40 });
const number = fc.oneof(
  fc.maxSafeInteger(),
  fc.bigInt({ min: -(2n ** 90n), max: 2n ** 90n }).filter((n) => !Number.isSafeInteger(Number(n))),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Number.isInteger(n)),
  fc.constant(new Decimal('0.10000000000000000000000000000000001')),
);

/** A value of `type`; null anywhere, UNKNOWN anywhere when asked for. */
export function valueOf(type: Type, withUnknown = true): fc.Arbitrary<Value> {
  const absent: Value[] = withUnknown ? [null, UNKNOWN] : [null];
  return fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom<Value>(...absent) },
    { weight: 6, arbitrary: present(type, withUnknown) },
  );
}

function present(type: Type, withUnknown: boolean): fc.Arbitrary<Value> {
  if (type === 'string') return text;
  if (type === 'bool') return fc.boolean();
  if (type === 'number') return number;
  if ('list' in type) return fc.array(valueOf(type.list, withUnknown), { maxLength: 18 });
  if ('set' in type) return fc.array(valueOf(type.set, withUnknown), { maxLength: 4 });
  if ('map' in type) {
    const key = fc.oneof(text, fc.constantFrom('__proto__', 'constructor'));
    return fc.array(fc.tuple(key, valueOf(type.map, withUnknown)), { maxLength: 4 }).map((entries) => new Map(entries));
  }
  const entries = Object.entries(type.object);
  return fc
    .tuple(...entries.map(([, inner]) => valueOf(inner, withUnknown)))
    .map((values) => objectValue(entries.map(([name], n) => [name, values[n] ?? null])));
}
