// The house is a test: who may import whom, and every other rule of design.md §3, each shown to bite.
import { readFileSync } from 'node:fs';
import {
  findBadRoofs,
  findCircles,
  findClimbs,
  findDangling,
  findLong,
  findMissingPurpose,
  findStrayPackages,
  findUnlisted,
  findUnreachable,
} from './support/architecture/rules.ts';
import { readTree, treeOf } from './support/architecture/source-tree.ts';
import { FLOORS, LONG_FILES, REVEALERS, ROOFS } from './support/architecture/house.ts';
import {
  CLOCK_READERS,
  NETWORK_FILES,
  PACKAGE_OWNERS,
  PROCESS_READERS,
  TRANSACTION_OWNERS,
} from './support/architecture/ports.ts';

const house = readTree('.', ['src', 'provider']);
const PURPOSE = '// What this planted file is for, in one sentence.\n';

const CLOCK = /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(|\bsetTimeout\(|\bsetInterval\(|\bprocess\.hrtime/;
const PROCESS = /(?<![.\w])process\.(?!version)/;
const NETWORK = /from 'node:(?:http|https|net|tls|dns|dgram|http2)(?:\/promises)?'|(?<![.\w])fetch\(/;
const REVEAL = /\.reveal\(/;
const TRANSACTION = /\bDatabaseSync\b|\bSqliteDatabase\b|from 'node:sqlite'|exec\('(?:begin|commit|rollback)/;

describe('every arrow goes down', () => {
  test('in the house', () => expect(findClimbs(house, FLOORS)).toEqual([]));
  test.each([
    ['src/core/a.ts', 'src/contract/doppler/b.ts'],
    ['src/action/a.ts', 'src/engine/engine.ts'],
    ['src/action/a.ts', 'src/contract/doppler/b.ts'],
    ['src/client/a.ts', 'src/action/b.ts'],
    ['src/engine/http/a.ts', 'src/engine/storage/store.ts'],
    ['src/engine/http/a.ts', 'src/engine/keyring/keyring.ts'],
    ['src/engine/secrets/a.ts', 'src/engine/http/b.ts'],
    ['src/engine/secrets/a.ts', 'src/engine/storage/sqlite/database.ts'],
    ['src/engine/integrations/postgres/a.ts', 'src/engine/leases/b.ts'],
    ['provider/wire/a.ts', 'provider/framework/b.ts'],
    ['provider/plugin/a.ts', 'provider/wire/b.ts'],
    ['provider/framework/a.ts', 'provider/plugin/b.ts'],
    ['provider/framework/a.ts', 'provider/framework/rpc/b.ts'],
    ['provider/resources/a.ts', 'provider/wire/b.ts'],
    ['provider/resources/a.ts', 'src/client/http.ts'],
    ['src/client/a.ts', 'provider/framework/b.ts'],
    ['provider/constructs/l2/a.ts', 'provider/framework/b.ts'],
    ['provider/constructs/l1/a.ts', 'provider/constructs/l2/b.ts'],
  ])('a planted arrow from %s to %s is found', (from, to) => {
    const planted = treeOf({
      [from]: `${PURPOSE}import { x } from '#${to.replace(/^src\//, '').replace(/\.ts$/, '.js')}';\n`,
      [to]: PURPOSE,
    });
    expect(findClimbs(planted, FLOORS)).toEqual([`${from} -> ${to}`]);
  });
  test('a planted file outside every room is found', () => {
    expect(findClimbs(treeOf({ 'src/utils/a.ts': PURPOSE }), FLOORS)).toEqual(['src/utils/a.ts lies in no room']);
  });
});

describe('no two files import each other', () => {
  test('in the house', () => expect(findCircles(house)).toEqual([]));
  test('a planted circle around a corner is found', () => {
    const planted = treeOf({
      'src/core/a.ts': "import './b.ts';",
      'src/core/b.ts': "export { c } from './c.ts';",
      'src/core/c.ts': "import type { A } from './a.ts';",
    });
    expect(findCircles(planted)).toHaveLength(1);
  });
  test('every import leads to a file', () => expect(findDangling(house)).toEqual([]));
});

describe('every file says on its first line what it is for', () => {
  test('in the house', () => expect(findMissingPurpose(house)).toEqual([]));
  test('a planted file without a purpose is found', () => {
    const planted = treeOf({
      'src/core/a.ts': 'export const a = 1;\n',
      'src/core/b.ts': PURPOSE,
      'src/core/c.ts': '// c\n',
    });
    expect(findMissingPurpose(planted)).toEqual(['src/core/a.ts', 'src/core/c.ts']);
  });
});

describe('no file is over 300 lines', () => {
  test('in the house', () => expect(findLong(house, 300, LONG_FILES)).toEqual([]));
  test('nor in its tests', () => expect(findLong(readTree('.', ['test']), 300, LONG_FILES)).toEqual([]));
  test('a planted long file is found', () => {
    expect(findLong(treeOf({ 'src/core/a.ts': '\n'.repeat(301) }), 300, [])).toEqual(['src/core/a.ts has 301 lines']);
  });
});

describe('the files that may open a Sensitive are listed', () => {
  test('in the house', () => expect(findUnlisted(house, REVEAL, REVEALERS)).toEqual([]));
  test('a planted reveal() is found, and so is a list entry for nothing', () => {
    const planted = treeOf({ 'src/core/a.ts': 'x.reveal();', 'src/core/b.ts': '// x.reveal()\n' });
    expect(findUnlisted(planted, REVEAL, ['src/core/b.ts'])).toEqual([
      'src/core/a.ts is not listed',
      'src/core/b.ts is listed for nothing',
    ]);
  });
});

describe('no transaction handle leaves storage/', () => {
  test('in the house', () => expect(findUnlisted(house, TRANSACTION, TRANSACTION_OWNERS)).toEqual([]));
  test('operations cannot await between begin and commit', () => {
    const operations = readTree('.', ['src/engine/storage/operations']);
    expect(findUnlisted(operations, /\bawait\b|\basync\b|\bPromise\b/, [])).toEqual([]);
  });
  test('a planted handle and a planted await are found', () => {
    const planted = treeOf({ 'src/engine/leases/a.ts': "import { DatabaseSync } from 'node:sqlite';" });
    expect(findUnlisted(planted, TRANSACTION, [])).toEqual(['src/engine/leases/a.ts is not listed']);
    expect(findUnlisted(treeOf({ 'src/engine/storage/operations/a.ts': 'await x;' }), /\bawait\b/, [])).toHaveLength(1);
  });
});

describe('the machine is touched by roofs and named adapters only', () => {
  test('the clock', () => expect(findUnlisted(house, CLOCK, CLOCK_READERS)).toEqual([]));
  test('the process', () => expect(findUnlisted(house, PROCESS, PROCESS_READERS)).toEqual([]));
  test('the network', () => expect(findUnlisted(house, NETWORK, NETWORK_FILES)).toEqual([]));
  test.each([
    [CLOCK, 'const now = Date.now();'],
    [PROCESS, 'const home = process.env.HOME;'],
    [NETWORK, "import { request } from 'node:https';"],
    [NETWORK, 'await fetch(url);'],
  ])('a planted touch %p is found', (pattern, text) => {
    expect(findUnlisted(treeOf({ 'src/engine/leases/a.ts': text }), pattern, [])).toHaveLength(1);
  });
});

describe('packages are imported where they belong', () => {
  test('in the house', () => expect(findStrayPackages(house, PACKAGE_OWNERS)).toEqual([]));
  test('a planted stray package is found', () => {
    const planted = treeOf({ 'src/action/a.ts': "import { z } from 'zod/mini';" });
    expect(findStrayPackages(planted, PACKAGE_OWNERS)).toEqual(['src/action/a.ts imports zod/mini']);
  });
});

test('the provider imports nothing but Node and ourselves, its constructs nothing but their line of CDK besides', () => {
  const own = [...house.values()].filter(({ path }) => path.startsWith('provider/'));
  const found = own.flatMap(({ path, packages }) =>
    packages
      .filter(
        (name) => !name.startsWith('node:') && !(name === 'constructs' && path.startsWith('provider/constructs/')),
      )
      .map((name) => `${path} imports ${name}`),
  );
  expect(found).toEqual(['provider/constructs/engine.ts imports cdktf']);
});

describe('roofs', () => {
  test('are short, exist, and nothing imports one', () => expect(findBadRoofs(house, ROOFS, 30)).toEqual([]));
  test('reach every file', () => expect(findUnreachable(house, ROOFS)).toEqual([]));
  test('a planted import of a roof, a long roof and an unreachable file are found', () => {
    const planted = treeOf({ 'src/main.ts': '\n'.repeat(31), 'src/core/a.ts': "import '../main.ts';" });
    expect(findBadRoofs(planted, ['src/main.ts'], 30)).toHaveLength(2);
    expect(findUnreachable(planted, ['src/main.ts'])).toEqual(['src/core/a.ts']);
  });
});

describe('action.yml and the table of inputs speak of the same inputs', () => {
  const declared = (yaml: string) =>
    [...(/^inputs:\n((?: {2,}.*\n|\s*\n)*)/m.exec(yaml)?.[1] ?? '').matchAll(/^ {2}([a-z][a-z0-9-]*):/gm)].map(
      (m) => m[1],
    );
  const read = (source: string) =>
    [...(/INPUT_DEFAULTS = \{\n([\s\S]*?)\n\}/.exec(source)?.[1] ?? '').matchAll(/^ {2}'?([a-z][a-z0-9-]*)'?:/gm)].map(
      (m) => m[1],
    );
  const difference = (yaml: string, source: string) => {
    const [here, there] = [declared(yaml), read(source)];
    return [...here.filter((name) => !there.includes(name)), ...there.filter((name) => !here.includes(name))];
  };
  test('in the house', () => {
    const [yaml, source] = [readFileSync('action.yml', 'utf8'), readFileSync('src/action/inputs/table.ts', 'utf8')];
    expect(declared(yaml).length).toBeGreaterThan(8);
    expect(difference(yaml, source)).toEqual([]);
  });
  test('a planted input on one side only is found', () => {
    const yaml = 'inputs:\n  token:\n    required: true\n  ttl:\n    default: x\n';
    const source = "const INPUT_DEFAULTS = {\n  token: '',\n  'planted-one': '',\n} as const;";
    expect(difference(yaml, source)).toEqual(['ttl', 'planted-one']);
  });
});
