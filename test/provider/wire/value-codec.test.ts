// Typed MessagePack: every value comes back as it went, and the bytes are the ones Terraform writes.
import fc from 'fast-check';
import { sameValue } from '#provider/wire/equal.js';
import { valueFromJson } from '#provider/wire/json-value.js';
import { Decimal } from '#provider/wire/number.js';
import { isObjectValue, type Type, typeJson, type Value } from '#provider/wire/types.js';
import { UNKNOWN } from '#provider/wire/unknown.js';
import { decodeValue, encodeValue } from '#provider/wire/value-codec.js';
import { anyType, valueOf } from '../support/values.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const read = (type: Type, text: string) => decodeValue(type, Buffer.from(text.replaceAll(' ', ''), 'hex'));

test('every value of every type survives the round trip, unknowns and odd names included', () => {
  const typed = anyType.chain((type) => fc.tuple(fc.constant(type), valueOf(type)));
  fc.assert(
    fc.property(typed, ([type, value]) => {
      const back = decodeValue(type, encodeValue(type, value));
      expect(sameValue(type, back, value)).toBe(true);
      expect(hex(encodeValue(type, back))).toBe(hex(encodeValue(type, value)));
    }),
    { numRuns: 500 },
  );
});

test('no bytes, however broken, do anything but decode or fail as a broken contract', () => {
  fc.assert(
    fc.property(anyType, fc.uint8Array({ maxLength: 60 }), (type, bytes) => {
      try {
        decodeValue(type, bytes);
      } catch (error) {
        expect(error).toMatchObject({ code: 'ERR_CONTRACT' });
      }
    }),
    { numRuns: 1000 },
  );
});

test.each<[string, Type, Value, string]>([
  ['null', 'string', null, 'c0'],
  ['unknown is extension 0', 'string', UNKNOWN, 'd40000'],
  ['a string', 'string', 'é', 'a2c3a9'],
  ['a string of 32 bytes', 'string', 'x'.repeat(32), `d920${'78'.repeat(32)}`],
  ['a small int', 'number', 7, '07'],
  ['a negative fixint', 'number', -32, 'e0'],
  ['int8', 'number', -33, 'd0df'],
  ['uint16', 'number', 30000, 'cd7530'],
  ['int64', 'number', -9007199254740993n, 'd3ffdfffffffffffff'],
  ['an integer past 64 bits is decimal text', 'number', 2n ** 64n, 'b43138343436373434303733373039353531363136'],
  ['a fraction is decimal text', 'number', 0.1, 'a3302e31'],
  ['a list', { list: 'bool' }, [true, false], '92c3c2'],
  ['a map', { map: 'string' }, new Map([['k', 'v']]), '81a16ba176'],
  ['an object fills what is left out', { object: { a: 'string', b: 'number' } }, { a: 'x' }, '82a161a178a162c0'],
])('golden: %s', (_, type, value, bytes) => expect(hex(encodeValue(type, value))).toBe(bytes));

test.each<[string, string]>([
  ['fixext1 of type 0', 'd40000'],
  ['a refined unknown, ext8 of type 12', 'c7020c8101'],
  ['fixext16 of any type', `d863${'00'.repeat(16)}`],
])('unknown is read from %s', (_, bytes) => expect(read('string', bytes)).toBe(UNKNOWN));

test.each<[string, string, Value]>([
  ['int as float', 'cb4000000000000000', 2],
  ['a text integer past 2^53', 'b039303037313939323534373430393933', 9007199254740993n],
  ['a float whose double is exact', 'cb3fe0000000000000', 0.5],
])('numbers: %s', (_, bytes, value) => expect(read('number', bytes)).toBe(value));

test('a double that no short decimal names keeps its exact digits', () => {
  const value = read('number', 'cb3fb999999999999a');
  expect(value).toEqual(new Decimal('0.1000000000000000055511151231257827021181583404541015625'));
});

test('objects have no prototype, so __proto__ is a name like any other', () => {
  const type: Type = { object: JSON.parse('{"__proto__":"string"}') as Record<string, Type> };
  const value = decodeValue(type, encodeValue(type, JSON.parse('{"__proto__":"x"}') as Value));
  expect(isObjectValue(value) && Object.entries(value)).toEqual([['__proto__', 'x']]);
});

test.each<[string, Type, string]>([
  ['an attribute the schema lacks', { object: { a: 'string' } }, '81a162a178'],
  ['a second value', 'string', 'a178a178'],
  ['a length beyond the end', { list: 'string' }, 'ddffffffff'],
  ['a string that is no UTF-8', 'string', 'a1ff'],
  ['another type', 'bool', 'a178'],
])('refuses %s', (_, type, bytes) =>
  expect(() => read(type, bytes)).toThrow(expect.objectContaining({ code: 'ERR_CONTRACT' })),
);

test('what an author returns wrongly is named by its path and never by its value', () => {
  const type: Type = { object: { rules: { list: { object: { role: 'string' } } } } };
  const bad = { rules: [{ role: 5 }] } as unknown as Value;
  expect(() => encodeValue(type, bad)).toThrow('something other than a string at rules[0].role');
  expect(() => encodeValue(type, { other: 'hunter2' })).toThrow(/attribute of the schema at other/);
});

test('a type is written as schemas carry it', () => {
  const type: Type = { object: { a: { map: { set: 'number' } } } };
  expect(typeJson(type).toString()).toBe('["object",{"a":["map",["set","number"]]}]');
});

test('state JSON is read by type: what the schema lost is dropped, what is missing is null', () => {
  const type: Type = { object: { a: 'string', n: { list: 'number' }, m: { map: 'bool' } } };
  const value = valueFromJson(type, { a: 'x', gone: 1, n: [1, 0.5] });
  expect(sameValue(type, value, { a: 'x', n: [1, 0.5], m: null } as Value)).toBe(false);
  expect({ ...(value as object) }).toEqual({ a: 'x', n: [1, 0.5], m: null });
  expect(() => valueFromJson(type, { a: 5 })).toThrow(expect.objectContaining({ code: 'ERR_CONTRACT' }));
});

test('sets are the same in any order and with duplicates', () => {
  expect(sameValue({ set: 'string' }, ['a', 'b', 'a'], ['b', 'a'])).toBe(true);
  expect(sameValue({ list: 'string' }, ['a', 'b'], ['b', 'a'])).toBe(false);
  expect(sameValue({ set: { list: 'number' } }, [[1], [2]], [[2], [1]])).toBe(true);
});
