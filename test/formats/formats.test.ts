// The file formats: whatever is written reads back as the same, and nothing can break out of its place.
import fc from 'fast-check';
import { encodeEnv, parseEnv } from '#formats/env.js';
import { encodeJson, parseJson } from '#formats/json.js';

const name = fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,10}$/);
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('"', '\\', '\n', '\r', '$', '#', ' ', '=', 'a', "'", '`', '\0', 'é') }),
);
const values = fc.array(fc.tuple(name, text)).map((pairs) => new Map(pairs));

test('env reads back as the same values', () => {
  fc.assert(fc.property(values, (map) => expect(parseEnv(encodeEnv(map))).toEqual(new Map(map))));
});

test('json reads back as the same values', () => {
  fc.assert(fc.property(values, (map) => expect(parseJson(encodeJson(map))).toEqual(new Map(map))));
});

test('env writes what Doppler writes: sorted, backslash and quote escaped, newlines literal', () => {
  const map = new Map([
    ['B', 'a"b\\c'],
    ['A', 'one\ntwo'],
  ]);
  expect(encodeEnv(map)).toBe('A="one\ntwo"\nB="a\\"b\\\\c"');
});

test('json is compact, sorted, and safe for names that are prototypes', () => {
  const map = new Map([
    ['b', '1'],
    ['__proto__', '2'],
    ['a', '3'],
  ]);
  expect(encodeJson(map)).toBe('{"__proto__":"2","a":"3","b":"1"}');
  expect([...parseJson(encodeJson(map)).keys()]).toEqual(['a', 'b']);
});

test('env refuses a name that would break out of its line', () => {
  expect(() => encodeEnv(new Map([['A"\nB', 'x']]))).toThrow('cannot be a variable name');
});

test.each(['A=1', 'A="1', 'A="1"B="2"', 'A="1" ', '="1"', 'A-B="1"'])('env refuses %p and does not quote it', (bad) => {
  expect(() => parseEnv(`OK="x"\n${bad}`)).toThrow('The env text is not understood from line 2 on.');
});

test('env reads Windows line ends and empty lines', () => {
  expect([...parseEnv('A="1"\r\n\r\n\nB="2"\n')]).toEqual([
    ['A', '1'],
    ['B', '2'],
  ]);
});

test.each(['', '[]', 'null', '"x"', '{"A":1}', '{"A":null}', '{"secret-value"'])(
  'json refuses %p without quoting it',
  (bad) => {
    expect(() => parseJson(bad)).toThrow(expect.objectContaining({ code: 'ERR_CONTRACT' }));
    expect(() => parseJson(bad)).not.toThrow(/secret-value/);
  },
);

test('env reads a value of a megabyte', () => {
  const map = new Map([['BIG', '\\"x'.repeat(350_000)]]);
  expect(parseEnv(encodeEnv(map))).toEqual(map);
});
