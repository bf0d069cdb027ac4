// The two grammars of references: what each finds, what it leaves alone, and that no text costs more than its length.
import fc from 'fast-check';
import { keyAt, normalPath } from '#core/folder.js';
import { type Referring, resolveReferences } from '#core/reference.js';
import {
  DOPPLER,
  findReferences,
  grammarOf,
  leadsOut,
  PHASE,
  type Reference,
  writtenAs,
} from '#core/reference-grammar.js';

describe('Phase’s grammar', () => {
  test.each<[text: string, found: Reference]>([
    ['${KEY}', { path: '/', name: 'KEY' }],
    ['${/api/KEY}', { path: '/api', name: 'KEY' }],
    ['${api/v1/KEY}', { path: '/api/v1', name: 'KEY' }],
    ['${//api//KEY}', { path: '/api', name: 'KEY' }],
    ['${/my.folder/KEY}', { path: '/my.folder', name: 'KEY' }],
    ['${production.KEY}', { environment: 'production', path: '/', name: 'KEY' }],
    ['${production./api/KEY}', { environment: 'production', path: '/api', name: 'KEY' }],
    ['${my env.api/KEY}', { environment: 'my env', path: '/api', name: 'KEY' }],
    ['${shop::production.KEY}', { project: 'shop', environment: 'production', path: '/', name: 'KEY' }],
    ['${shop.v2::prd./a/b/KEY}', { project: 'shop.v2', environment: 'prd', path: '/a/b', name: 'KEY' }],
  ])('%s', (text, found) => {
    expect(findReferences(`a${text}b`, PHASE)).toEqual([found]);
    expect(leadsOut(found)).toBe(found.environment !== undefined);
  });

  test.each([
    '${{KEY}}',
    '${{ shared.KEY }}',
    '${}',
    '${app::KEY}',
    '${::env.KEY}',
    '${.KEY}',
    '${/api/}',
    '${A',
    '$A',
    '${A\nB}',
  ])('%p is text', (text) => expect(findReferences(text, PHASE)).toEqual([]));

  test('Railway’s own references stay beside ours', () => {
    expect(findReferences('${{A}} ${B} ${{C}}${D}', PHASE).map(({ name }) => name)).toEqual(['B', 'D']);
  });
});

test('a version is read in the grammar of who wrote it, and in none where nobody knows him', () => {
  expect([grammarOf('doppler'), grammarOf('phase')]).toEqual([DOPPLER, PHASE]);
  expect(findReferences('${A} ${b.C} ${/d/E}', grammarOf('later'))).toEqual([]);
  expect(findReferences('${/api/KEY} ${a::b.C}', DOPPLER)).toEqual([]);
});

const part = fc.stringMatching(/^[A-Za-z0-9_-]{1,8}$/);
const reference = fc
  .record({
    project: fc.option(part),
    environment: fc.option(part),
    folders: fc.array(part, { maxLength: 3 }),
    name: part,
  })
  .map(({ project, environment, folders, name }): Reference => {
    const out = environment === null ? {} : { environment, ...(project === null ? {} : { project }) };
    return { ...out, path: normalPath(folders.join('/')), name };
  });
const write = ({ project, environment, path = '/', name }: Reference) =>
  `\${${project === undefined ? '' : `${project}::`}${environment === undefined ? '' : `${environment}.`}${keyAt({ path, name })}}`;

test('any reference is found as it was written, and equal ones have one text', () => {
  fc.assert(
    fc.property(reference, fc.string(), (wanted, around) => {
      const text = around.replaceAll(/[${}]/g, '');
      const [found, ...more] = findReferences(`${text}${write(wanted)}${text}`, PHASE);
      expect([found, more]).toEqual([wanted, []]);
      const shouted = { ...wanted, ...(wanted.environment && { environment: wanted.environment.toUpperCase() }) };
      expect(writtenAs(shouted)).toBe(writtenAs(wanted));
      expect(writtenAs({ ...wanted, name: `${wanted.name}_` })).not.toBe(writtenAs(wanted));
    }),
  );
});

test('of any text everything but references is left as it is', () => {
  const piece = fc.constantFrom('${A}', '${/x/B}', '${e.C}', '${{A}}', '$', '{', '}', 'text', '\n', '${', '::', '.');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const raw = pieces.join('');
      const at = { key: 'start', raw, visibility: 'masked' as const, scope: null, grammar: PHASE };
      expect(resolveReferences<null>(at, () => undefined)).toEqual({ value: raw, visibility: 'masked' });
    }),
  );
});

type World = Readonly<Record<string, { raw: string; dialect: 'doppler' | 'phase' }>>;
const entryOf = (world: World, key: string): Referring<null> | undefined => {
  const found = world[key];
  return found && { key, raw: found.raw, visibility: 'masked', scope: null, grammar: grammarOf(found.dialect) };
};
const resolve = (world: World, key: string) => {
  const start = entryOf(world, key);
  if (!start) throw new Error(`no ${key}`);
  return resolveReferences<null>(start, ({ path = '/', name }) => entryOf(world, keyAt({ path, name }))).value;
};
const phase = (raw: string) => ({ raw, dialect: 'phase' as const });
const doppler = (raw: string) => ({ raw, dialect: 'doppler' as const });

test('a chain may cross dialects: each of its texts is read as its writer meant it', () => {
  const world = {
    A: phase('${B} ${/f/C} ${x.y}'),
    B: doppler('${D} ${/f/C}'),
    '/f/C': phase('c'),
    D: phase('${/f/C}'),
  };
  expect(resolve(world, 'A')).toBe('c ${/f/C} c ${x.y}');
});

test('25 deep is followed and 27 is not, and a cycle ends where it closes', () => {
  const chain = (length: number): World =>
    Object.fromEntries(
      Array.from({ length: length + 1 }, (_, n) => [`K${n}`, phase(n === length ? 'end' : `\${K${n + 1}}`)]),
    );
  expect(resolve(chain(25), 'K0')).toBe('end');
  expect(resolve(chain(27), 'K0')).toMatch(/^\$\{K\d+\}$/);
  expect(resolve({ A: phase('a${B}'), B: phase('b${A}') }, 'A')).toBe('ab${A}');
});

test('no text makes the search slow: a mebibyte of beginnings is read at once', () => {
  for (const piece of ['${', '${a', '${a.', '${a::', '${/', '$']) {
    const text = piece.repeat(Math.floor(1_048_576 / piece.length));
    expect(findReferences(text, PHASE)).toEqual([]);
  }
});
