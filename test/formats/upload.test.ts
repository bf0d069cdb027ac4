// An uploaded text is read as exactly one thing or refused, and no error quotes it.
import fc from 'fast-check';
import { encodeEnv } from '#formats/env.js';
import { encodeJson } from '#formats/json.js';
import { detectUploadFormat, parseUpload } from '#formats/upload/upload.js';
import { encodeYaml } from '#formats/yaml.js';
import { PYTHON_YAML, python, testWith } from '../support/consumer.ts';

const name = fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,10}$/);
const tricky = fc.constantFrom('"', '\\', '\n', '\r\n', '\r', '$', '#', ' ', '=', ':', "'", '`', 'n', '\u2028', '|');
const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: tricky }));
const values = fc.array(fc.tuple(name, text), { minLength: 1 }).map((pairs) => new Map(pairs));

test.each([
  ['env', encodeEnv],
  ['json', encodeJson],
  ['yaml', encodeYaml],
])('every %s download can be uploaded again', (format, encode) => {
  fc.assert(
    fc.property(values, (map) => {
      expect(detectUploadFormat(encode(map))).toBe(format);
      expect(parseUpload(encode(map))).toEqual(map);
    }),
  );
});

const read = (source: string) => Object.fromEntries(parseUpload(source));

test('env: as people write it', () => {
  const source = [
    '\ufeff# a comment\r',
    '',
    'PLAIN=one two  # rest',
    "export SINGLE='a\\n$b'  # rest",
    'DOUBLE="a\\nb\\t\\"q\\" \\\\ \\$x C:\\dir"',
    'COLOR=a#b',
    'EMPTY=',
    'SPACED = x ',
    'PEM="line 1',
    'line 2"',
    'LAST=a=b\r',
  ].join('\n');
  expect(read(source)).toEqual({
    PLAIN: 'one two',
    SINGLE: 'a\\n$b',
    DOUBLE: 'a\nb\t"q" \\ $x C:\\dir',
    COLOR: 'a#b',
    EMPTY: '',
    SPACED: 'x',
    PEM: 'line 1\nline 2',
    LAST: 'a=b',
  });
});

test('json: numbers and booleans are kept as written, strings decoded', () => {
  const source = ' {"A":"x\\u0041\\n","PORT":8080,"BIG":12345678901234567890.10,\n"ON":true , "E":1e+2} \n';
  expect(read(source)).toEqual({ A: 'xA\n', PORT: '8080', BIG: '12345678901234567890.10', ON: 'true', E: '1e+2' });
  expect(read('{ }')).toEqual({});
});

test('yaml: the flat subset', () => {
  const source = [
    '# comment',
    '---',
    'PORT: 8080 # rest',
    'ON: yes',
    "SINGLE: 'it''s # here'",
    'DOUBLE: "tab\\t\\x41\\U0001F98A"  # rest',
    '"QUOTED": a:b#c',
    'PEM: |',
    '  line 1',
    '   line 2',
    '',
    '  line 3',
    'STRIPPED: |-',
    '  only',
    '...',
  ].join('\r\n');
  expect(read(source)).toEqual({
    PORT: '8080',
    ON: 'yes',
    SINGLE: "it's # here",
    DOUBLE: 'tab\tA🦊',
    QUOTED: 'a:b#c',
    PEM: 'line 1\n line 2\n\nline 3\n',
    STRIPPED: 'only',
  });
});

test.each([
  ['', 1],
  ['just words', 1],
  ['[1]', 1],
  ['A=1\nsecret words', 2],
  ['A=1\nB="secret', 2],
  ['A=1\nB="secret" rest', 2],
  ["A='secret\\'s'", 1],
  ['A=1\n\nA=secret', 3],
  ['A=1\nB=#secret', 2],
  ['A=1\nB=`secret`', 2],
  ['A=1\nB-C=secret', 2],
  [`A=1\n${'N'.repeat(201)}=secret`, 2],
  ['{"A":"1",\n"B":null}', 2],
  ['{"A":{"secret":"x"}}', 1],
  ['{"A":["secret"]}', 1],
  ['{"A":"1","A":"secret"}', 1],
  ['{"A":"1"} secret', 1],
  ['{"A":"1",}', 1],
  ['{"A":"secret', 1],
  ['{"A":01}', 1],
  ['{"A":"\\x"}', 1],
  ['{"A":"raw\tsecret"}', 1],
  ['{"__proto__":"x"} {', 1],
  ['A: 1\nB:\n  secret: x', 2],
  ['A: 1\nB: ~', 2],
  ['A: 1\nB: null', 2],
  ['A: 1\nB: [secret]', 2],
  ['A: 1\nB: {secret: 1}', 2],
  ['A: 1\nB: *secret', 2],
  ['A: 1\nB: &secret x', 2],
  ['A: 1\nB: !!binary secret', 2],
  ['A: 1\nB: >\n  secret', 2],
  ['A: 1\nB: "secret', 2],
  ['A: 1\nB: "\\q"', 2],
  ['A: 1\nB: x: secret', 2],
  ['A: 1\n  secret', 2],
  ['A: 1\n- secret', 2],
  ['A: 1\nA: secret', 2],
  ['A: 1\n---\nB: secret', 2],
  ['A: 1\nB: sec\rret', 2],
])('refuses %j at line %d without quoting it', (source, line) => {
  const refusal = expect.objectContaining({
    code: 'ERR_REQUEST_INVALID',
    message: expect.stringContaining(`line ${line})`),
  });
  expect(() => parseUpload(source)).toThrow(refusal);
  expect(() => parseUpload(source)).not.toThrow(/secret/);
});

test('refuses what is too long and what has too many names, quickly', () => {
  expect(() => parseUpload(`A=${'x'.repeat(1024 * 1024)}`)).toThrow('longer than 1048576');
  const many = Array.from({ length: 1201 }, (_, n) => `N${n}=x`).join('\n');
  expect(() => parseUpload(many)).toThrow('more than 1200 names (line 1201)');
  expect(() => parseUpload(`{"A":${'['.repeat(500_000)}`)).toThrow('line 1');
  expect(parseUpload(`A="${'\\"'.repeat(500_000)}"`).get('A')).toHaveLength(500_000);
  expect(parseUpload(`{"A":"${'\\n'.repeat(500_000)}"}`).get('A')).toHaveLength(500_000);
});

test.each(['A=', 'A: ', 'A: |\n ', '{"A":"x"', 'A', 'A:', 'A: "x"', 'A="x"', 'A: |\n\n'])(
  'a million blanks or breaks after %j cost no more than their length',
  (start) => {
    const endings: readonly [fill: string, end: string][] = [
      [' ', '#'],
      ['\t', '#'],
      [' ', 'x'],
      ['\n', 'x'],
      ['\n', '#'],
      [' ', '"'],
      ['\\', 'x'],
    ];
    for (const [fill, end] of endings) {
      const source = `${start}${fill.repeat(1_000_000)}${end}${fill.repeat(10_000)}${end}`;
      // Quadratic work over a million characters would outlast the test's time limit many times over.
      try {
        parseUpload(source);
      } catch (error) {
        expect(error).toMatchObject({ code: 'ERR_REQUEST_INVALID' });
      }
    }
  },
);

test('a blank that is no space or tab is part of a bare value', () => {
  expect(read('A=x\u00a0')).toEqual({ A: 'x\u00a0' });
  expect(read('A: x\u00a0')).toEqual({ A: 'x\u00a0' });
});

test('json that is read means what JSON.parse says', () => {
  const source = fc.string({
    unit: fc.constantFrom('{', '}', '"', ':', ',', '\\', 'A', 'u0041', '1', '-', '.', ' ', 'true'),
  });
  fc.assert(
    fc.property(source, (raw) => {
      let values: Record<string, string>;
      try {
        values = read(`{"A":${raw}`);
      } catch (error) {
        expect(error).toMatchObject({ code: 'ERR_REQUEST_INVALID' });
        return;
      }
      expect(Object.keys(JSON.parse(`{"A":${raw}`) as object)).toEqual(Object.keys(values));
    }),
    { numRuns: 2000 },
  );
});

const SAFE_LOAD = `
import sys, json, yaml
def load(t):
    try: return yaml.load(t, Loader=yaml.BaseLoader)
    except yaml.YAMLError as e: return "broken"
print(json.dumps([load(t) for t in json.load(sys.stdin)]))`;

testWith(PYTHON_YAML, 'yaml that is read means what PyYAML says', () => {
  const piece = fc.constantFrom(
    'A: ',
    'B: ',
    'A',
    ':',
    ' ',
    '  ',
    '\n',
    '\n',
    '#',
    '"',
    "'",
    '|',
    '|-',
    '|+',
    '-',
    '\\',
    'x',
    'null',
    '\t',
    '---',
    '...',
    ',',
    '[',
  );
  const sources = fc
    .sample(fc.array(piece, { maxLength: 14 }), { numRuns: 20_000, seed: 7 })
    .map((pieces) => `A: ${pieces.join('')}`);
  const accepted = sources.flatMap((source) => {
    try {
      return [{ source, values: read(source) }];
    } catch {
      return [];
    }
  });
  expect(accepted.length).toBeGreaterThan(1000);
  const theirs = python(
    SAFE_LOAD,
    accepted.map(({ source }) => source),
  ) as unknown[];
  const differing = accepted.filter(({ values }, index) => JSON.stringify(values) !== JSON.stringify(theirs[index]));
  expect(differing.slice(0, 10).map((one) => ({ ...one, theirs: theirs[accepted.indexOf(one)] }))).toEqual([]);
});

testWith(PYTHON_YAML, 'yaml that PyYAML writes in any flat style reads back the same, or is refused', () => {
  const maps = fc.sample(values, { numRuns: 300, seed: 11 }).map((map) => Object.fromEntries(map));
  const dump = `
import sys, json, yaml
print(json.dumps([[yaml.safe_dump(m, default_style=s, allow_unicode=u, width=10**6) for s in (None, '"', "'", "|") for u in (True, False)] for m in json.load(sys.stdin)]))`;
  const dumped = python(dump, maps) as string[][];
  let readBack = 0;
  dumped.forEach((texts, index) => {
    for (const source of texts) {
      let found: Record<string, string>;
      try {
        found = read(source);
      } catch (error) {
        expect(error).toMatchObject({ code: 'ERR_REQUEST_INVALID' });
        continue;
      }
      readBack += 1;
      expect(found).toEqual(maps[index]);
    }
  });
  expect(readBack).toBeGreaterThan(500);
});
