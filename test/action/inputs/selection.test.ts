// The grammar of `secrets` and what its lines take: exact names, renames, patterns, exclusions, fields of JSON values.
import fc from 'fast-check';
import { parseSelection, type SelectionRule } from '#action/selection/grammar.js';
import { Selection, matches } from '#action/selection/selection.js';
import { jsonField } from '#action/selection/json-field.js';
import { readInputs } from '#action/inputs/inputs.js';
import type { Secret } from '#core/secret.js';
import { Sensitive } from '#core/sensitive.js';
import { MemoryRunner } from '../../support/memory-runner.ts';

const secret = (name: string): Secret => {
  const value = new Sensitive(`value of ${name}`);
  return { name, raw: value, computed: value, rawVisibility: 'masked', computedVisibility: 'masked', note: '' };
};
const ALL = ['API_KEY', 'DB_HOST', 'DB_PASSWORD', 'DB_URL', 'LEVEL'].map(secret);

/** What these lines take of ALL, as `NAME`, `NAME>OTHER` or `NAME.field>OTHER`. */
function taken(text: string): string[] {
  return new Selection(parseSelection(text)).pick(ALL).map(({ secret: { name }, as, field }) => {
    const source = field ? `${name}.${field.path}` : name;
    return as === undefined ? source : `${source}>${as}`;
  });
}

describe('the lines', () => {
  test.each<[string, string[]]>([
    ['DB_URL', ['DB_URL']],
    ['DB_URL, LEVEL', ['DB_URL', 'LEVEL']],
    ['DB_URL as DATABASE_URL', ['DB_URL>DATABASE_URL']],
    ['DB_URL   as\tDATABASE_URL', ['DB_URL>DATABASE_URL']],
    ['DB_*', ['DB_HOST', 'DB_PASSWORD', 'DB_URL']],
    ['*', ['API_KEY', 'DB_HOST', 'DB_PASSWORD', 'DB_URL', 'LEVEL']],
    ['*_*', ['API_KEY', 'DB_HOST', 'DB_PASSWORD', 'DB_URL']],
    ['!LEVEL', ['API_KEY', 'DB_HOST', 'DB_PASSWORD', 'DB_URL']],
    ['!DB_*\n!LEVEL', ['API_KEY']],
    ['!*', []],
    ['!*\nLEVEL', ['LEVEL']],
    ['DB_*\n!DB_PASSWORD', ['DB_HOST', 'DB_URL']],
    ['DB_*\n!DB_*\nDB_URL', ['DB_URL']],
    ['DB_*\n*L', ['DB_HOST', 'DB_PASSWORD', 'DB_URL', 'LEVEL']],
    ['DB_URL.host.name as DB_HOST', ['DB_URL.host.name>DB_HOST']],
    ['LEVEL as A\nLEVEL as B', ['LEVEL>A', 'LEVEL>B']],
    ['LEVEL\nLEVEL as B', ['LEVEL', 'LEVEL>B']],
  ])('%j takes %j', (text, wanted) => expect(taken(text)).toEqual(wanted));

  test('a line that names a secret exactly decides its name against patterns, above and below it', () => {
    expect(taken('DB_*\nDB_URL as URL')).toEqual(['DB_HOST', 'DB_PASSWORD', 'DB_URL>URL']);
    expect(taken('DB_URL as URL\nDB_*')).toEqual(['DB_URL>URL', 'DB_HOST', 'DB_PASSWORD']);
  });

  test('a field leaves the value itself alone', () => {
    expect(taken('DB_*\nDB_URL.host as HOST')).toEqual(['DB_HOST', 'DB_PASSWORD', 'DB_URL', 'DB_URL.host>HOST']);
  });

  test('an exclusion takes back only what stands above it', () => {
    expect(taken('LEVEL as A\n!LEVEL\nLEVEL as B')).toEqual(['LEVEL>B']);
  });

  test.each([
    'A B',
    'A as',
    'A as B as C',
    'as B',
    'A as 1B',
    'A.b',
    '.b as C',
    'A..b as C',
    '!',
    '!A.b',
    'DB_* as X',
    '!A as B',
    'A=B',
    '1A',
    'A.a.b.c.d.e.f.g.h.i.j.k as C',
  ])('%j is refused by name', (line) => {
    expect(() => parseSelection(`GOOD\n${line}`)).toThrow(/not that: '/);
    expect(() => parseSelection(`GOOD\n${line}`)).not.toThrow(/GOOD/);
  });

  test('a name longer than any is refused', () => {
    expect(() => parseSelection('A'.repeat(201))).toThrow(/not that: '/);
  });

  test('more lines than anybody writes are refused', () => {
    const lines = Array.from({ length: 1001 }, (_, index) => `A${index}`).join('\n');
    expect(() => parseSelection(lines)).toThrow(/more than 1000/);
  });
});

const NAME = fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,12}$/).filter((name) => !name.startsWith('DOPPLER_'));
const SEGMENT = fc.stringMatching(/^[a-z0-9-]{1,8}$/);
const PATTERN = fc.stringMatching(/^[A-Z_*]{0,6}\*[A-Z0-9_*]{0,6}$/);
const rule: fc.Arbitrary<SelectionRule> = fc.oneof(
  NAME.map((name) => ({ kind: 'take' as const, name })),
  fc.tuple(NAME, NAME).map(([name, as]) => ({ kind: 'take' as const, name, as })),
  fc
    .tuple(NAME, fc.array(SEGMENT, { minLength: 1, maxLength: 4 }), NAME)
    .map(([name, field, as]) => ({ kind: 'take' as const, name, field, as })),
  PATTERN.map((pattern) => ({ kind: 'take-matching' as const, pattern })),
  fc.oneof(NAME, PATTERN).map((pattern) => ({ kind: 'drop' as const, pattern })),
);
const written = (one: SelectionRule): string => {
  if (one.kind === 'drop') return `!${one.pattern}`;
  if (one.kind === 'take-matching') return one.pattern;
  return [[one.name, ...(one.field ?? [])].join('.'), ...(one.as === undefined ? [] : ['as', one.as])].join(' ');
};

describe('properties', () => {
  test('what is written is what is read, however it is spaced and separated', () => {
    const spaced = fc.tuple(rule, fc.constantFrom('\n', ',', ' \r\n ', '\n\n'));
    fc.assert(
      fc.property(fc.uniqueArray(spaced, { selector: ([one]) => written(one), maxLength: 12 }), (lines) => {
        const text = lines.map(([one, end]) => written(one).replaceAll(' ', '  ') + end).join('');
        expect(parseSelection(text)).toEqual(lines.map(([one]) => one));
      }),
    );
  });

  test('any text is read or refused with one line that holds no line end', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        try {
          parseSelection(text);
        } catch (error) {
          expect((error as Error).message).toMatch(/^secrets[^\n\r]*$/);
        }
      }),
    );
  });

  test('a pattern is what the same regular expression is', () => {
    const name = fc.stringMatching(/^[AB_]{0,12}$/);
    const pattern = fc.stringMatching(/^[AB_*]{1,8}$/);
    fc.assert(
      fc.property(pattern, name, (stars, text) => {
        expect(matches(stars, text)).toBe(new RegExp(`^${stars.replaceAll('*', '[^]*')}$`).test(text));
      }),
    );
  });

  test('stars upon stars cost no time to speak of', () => {
    expect(matches(`${'*A'.repeat(99)}*B`, 'A'.repeat(200))).toBe(false);
  });

  test('nothing is delivered that no line takes, and an excluded secret only by a line below', () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 8 }), fc.uniqueArray(NAME, { maxLength: 12 }), (rules, names) => {
        const picked = new Selection(rules).pick(names.map(secret)).map(({ secret: { name } }) => name);
        const everything = rules[0] === undefined || rules[0].kind === 'drop';
        for (const name of names) {
          const last = rules.findLastIndex((one) =>
            one.kind === 'take' ? one.name === name : matches(one.pattern, name),
          );
          const wanted = rules[last] === undefined ? everything : rules[last].kind !== 'drop';
          expect([name, picked.includes(name)]).toEqual([name, wanted]);
        }
      }),
    );
  });

  test('a filter is sent only when it loses nothing', () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 8 }), fc.uniqueArray(NAME, { maxLength: 12 }), (rules, names) => {
        const { exactNames } = new Selection(rules);
        const all = names.map(secret);
        const answered = exactNames ? all.filter(({ name }) => exactNames.includes(name)) : all;
        const show = (from: Secret[]) => JSON.stringify(new Selection(rules).pick(from));
        expect(show(answered)).toBe(show(all));
      }),
    );
  });
});

describe('a field of a JSON value', () => {
  const read = (value: unknown, ...path: string[]) => {
    const found = jsonField(new Sensitive(typeof value === 'string' ? value : JSON.stringify(value)), path);
    return found instanceof Sensitive ? found.reveal() : found.wrong;
  };

  test.each<[unknown, string[], string]>([
    [{ host: 'db' }, ['host'], 'db'],
    [{ a: { b: { c: 'deep' } } }, ['a', 'b', 'c'], 'deep'],
    [{ port: 5432, on: true, off: false }, ['port'], '5432'],
    [{ on: false }, ['on'], 'false'],
    [{ list: ['a', 'b'] }, ['list', '1'], 'b'],
    [{ a: { b: [1, 'x'] } }, ['a'], '{"b":[1,"x"]}'],
    [{ text: '{"a":1}' }, ['text'], '{"a":1}'],
    [{ empty: '' }, ['empty'], ''],
    ['{"n":9007199254740991}', ['n'], '9007199254740991'],
  ])('of %j at %j is %j', (value, path, wanted) => expect(read(value, ...path)).toBe(wanted));

  test.each<[unknown, string[], RegExp]>([
    ['no json', ['a'], /^is no JSON$/],
    [{ a: 1 }, ['b'], /^has no field b$/],
    [{ a: { b: 1 } }, ['a', 'c'], /^has no field a\.c$/],
    [{ a: 'text' }, ['a', 'length'], /^has no field a\.length$/],
    [{ a: [1] }, ['a', 'length'], /^has no field/],
    [{ a: [1] }, ['a', '7'], /^has no field/],
    [{ a: null }, ['a'], /^has null in field a$/],
    ['{"n":9007199254740993}', ['n'], /too large to be exact$/],
    ['{"n":1e999}', ['n'], /too large to be exact$/],
    ['{"__proto__":{"a":1}}', ['constructor'], /^has no field/],
  ])('of %j at %j is refused without a value', (value, path, wanted) => expect(read(value, ...path)).toMatch(wanted));

  test('of brackets without end is refused as any other text', () => {
    expect(read('['.repeat(150_000), 'a')).toBe('is no JSON');
  });

  test('every text, flag and small number of a document can be had by its path', () => {
    const key = fc.stringMatching(/^[a-z]{1,6}$/);
    const leaf = fc.oneof(fc.string(), fc.boolean(), fc.integer());
    fc.assert(
      fc.property(fc.array(key, { minLength: 1, maxLength: 6 }), leaf, (path, value) => {
        const document = path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value);
        expect(read(document, ...path)).toBe(typeof value === 'string' ? value : String(value));
      }),
    );
  });
});

describe('prefix and name-transform', () => {
  const rename = async (inputs: Record<string, string>, name: string) =>
    (await readInputs(new MemoryRunner({ token: 'dp.st.dev.x', ...inputs }))).rename(name);

  test.each([
    [{ prefix: 'APP_' }, 'DB_URL', 'APP_DB_URL'],
    [{ 'name-transform': 'lower-snake' }, 'DB_URL', 'db_url'],
    [{ prefix: 'X_', 'name-transform': 'camel' }, 'DB_URL', 'X_dbUrl'],
    [{ 'name-transform': 'tf-var' }, 'DB_URL', 'TF_VAR_db_url'],
    [{ 'name-transform': 'dotnet' }, 'SMTP__USER_NAME', 'Smtp:UserName'],
    [{ 'name-transform': 'lower-kebab' }, 'DB_URL', 'db-url'],
    [{ prefix: 'X_' }, 'DOPPLER_PROJECT', 'DOPPLER_PROJECT'],
  ])('%j calls %s %s', async (inputs, name, wanted) => expect(await rename(inputs, name)).toBe(wanted));

  test.each([{ prefix: '1' }, { prefix: 'a b' }, { 'name-transform': 'upper' }])('%j is refused', async (inputs) => {
    await expect(rename(inputs, 'A')).rejects.toThrow('cannot be used');
  });
});
