// Schemas: every mistake is found with its path, and the types of handlers follow from the words.
import type { Sensitive } from '#core/sensitive.js';
import { choicesOf } from '#provider/framework/definitions.js';
import { byAddress } from '#provider/framework/import-address.js';
import type { Config, Planned, Result, State } from '#provider/framework/schema/infer.js';
import { type Linted, lint, mustBeClean } from '#provider/framework/schema/lint.js';
import { bool, int, list, map, object, oneOf, set, str } from '#provider/framework/schema/words.js';
import type { Unknown } from '#provider/wire/unknown.js';

const problems = (attrs: Linted['attrs'], kind: Linted['kind'] = 'resource', canUpdate = true) =>
  lint({ kind, name: 'x', attrs, canUpdate }).map((line) => line.replace(`${kind} x`, ''));

test.each<[string, readonly string[], RegExp | undefined]>([
  ['nothing said', problems({ a: str }), /^\.a: say who sets it/],
  ['upper case', problems({ A: str.required() }), /lower case/],
  ['a reserved name', problems({ count: int.required() }), /reserved/],
  ['the same name inside', problems({ a: object({ count: int.required() }).required() }), undefined],
  ['a name reserved in providers', problems({ alias: str.required() }, 'provider'), /reserved/],
  ['computed and write-only', problems({ a: str.computed().sensitive().writeOnly() }), /exclude each other/],
  ['a sensitive input that is stored', problems({ a: str.required().sensitive() }), /make it write-only/],
  ['the same in a provider block', problems({ a: str.required().sensitive() }, 'provider'), undefined],
  ['a sensitive data source', problems({ a: str.computed().sensitive() }, 'data source'), /would lie in state/],
  ['write-only and not sensitive', problems({ a: str.optional().writeOnly() }), /is sensitive/],
  [
    'write-only outside resources',
    problems({ a: str.optional().sensitive().writeOnly() }, 'ephemeral'),
    /only resources/,
  ],
  [
    'write-only in a set',
    problems({ a: set(object({ b: str.optional().sensitive().writeOnly() })).optional() }),
    /^\.a\[\]\.b: Terraform has no write-only/,
  ],
  ['computed in a set', problems({ a: set(object({ b: int.default(1) })).optional() }), /cannot be computed/],
  ['a sensitive element', problems({ a: list(str.sensitive()).optional() }), /the whole is sensitive/],
  ['objects too deep', problems({ a: list(list(object({ b: str.required() }))).optional() }), /one level/],
  ['keep without computed', problems({ a: str.optional().keep() }), /can be kept/],
  ['replaces on what is computed', problems({ a: str.computed().replaces() }), /ask for replacement/],
  ['no update but no replacement', problems({ a: str.required() }, 'resource', false), /there is no update/],
  ['a default against its rule', problems({ a: int.between(1, 2).default(3) }), /breaks its own rule/],
  ['a computed provider block', problems({ a: str.computed() }, 'provider'), /computes nothing/],
  [
    'a good one',
    problems({ a: str.required().replaces(), b: oneOf('x', 'y').default('x'), c: bool.optional() }),
    undefined,
  ],
])('%s', (_, found, expected) => {
  if (expected) expect(found.join('\n')).toMatch(expected);
  else expect(found).toEqual([]);
});

test('every problem of every schema is told at once, a name used twice too', () => {
  const twice: Linted = { kind: 'resource', name: 'x', attrs: { a: str } };
  expect(() => mustBeClean([twice, twice])).toThrow(
    expect.objectContaining({
      details: [expect.any(String), expect.any(String), expect.stringContaining('declared twice')],
    }),
  );
});

test('one group or several', () => {
  expect(choicesOf({ exactlyOne: ['a', 'b'] })).toEqual([['a', 'b']]);
  expect(
    choicesOf({
      exactlyOne: [
        ['a', 'b'],
        ['c', 'd'],
      ],
    }),
  ).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
  expect(choicesOf({})).toEqual([]);
});

test('an address is read by its pattern, anything else shows the form', async () => {
  const read = byAddress('project/config/name');
  expect(await read({ id: 'p/c/N' })).toEqual({ project: 'p', config: 'c', name: 'N' });
  await expect(read({ id: 'p/c' })).rejects.toMatchObject({ hint: 'Write it as project/config/name.' });
});

const attrs = {
  id: str.computed().keep(),
  name: str.required(),
  mode: oneOf('a', 'b').default('a'),
  note: str.optional(),
  key: str.optional().sensitive().writeOnly(),
  tags: map(str).optional(),
  gone_at: int.computed().orNull(),
};
type Attrs = typeof attrs;
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const yes = <_T extends true>() => undefined;

test('handlers are typed by the schema', () => {
  yes<Same<Config<Attrs>['name'], string>>();
  yes<Same<Config<Attrs>['mode'], 'a' | 'b' | null>>();
  yes<Same<Config<Attrs>['key'], Sensitive<string> | null>>();
  yes<Same<keyof Config<Attrs>, 'name' | 'mode' | 'note' | 'key' | 'tags'>>();
  yes<Same<keyof State<Attrs>, 'id' | 'name' | 'mode' | 'note' | 'tags' | 'gone_at'>>();
  yes<Same<State<Attrs>['mode'], 'a' | 'b'>>();
  yes<Same<State<Attrs>['gone_at'], number | null>>();
  yes<Same<Planned<Attrs>['id'], string | Unknown>>();
  const whole: Result<Attrs> = { id: '1', gone_at: null };
  // @ts-expect-error gone_at is computed and must be returned
  const part: Result<Attrs> = { id: '1' };
  // @ts-expect-error write-only attributes cannot be returned
  const leak: Result<Attrs> = { id: '1', gone_at: null, key: 'x' };
  expect([whole, part, leak].every((result) => Object.keys(result).every((name) => name in attrs))).toBe(true);
});
