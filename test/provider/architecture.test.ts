// The strata of the provider: who may import whom, and who may touch the machine.
import {
  findCircles,
  findClimbs,
  findDangling,
  findLong,
  findMissingPurpose,
  findUnlisted,
  type Floors,
} from '../support/architecture/rules.ts';
import { readTree, treeOf } from '../support/architecture/source-tree.ts';

const FLOORS: Floors = {
  'src/core': [],
  'provider/wire': ['src/core'],
  'provider/plugin': ['src/core'],
  'provider/framework/schema': ['provider/wire', 'src/core'],
  'provider/framework': ['provider/framework/schema', 'provider/wire', 'src/core'],
  'provider/framework/rpc': ['provider/framework', 'provider/framework/schema', 'provider/wire', 'src/core'],
};
const strata = readTree('.', ['provider/wire', 'provider/plugin', 'provider/framework', 'src/core']);
const provider = new Map([...strata].filter(([path]) => path.startsWith('provider/')));
const PURPOSE = '// What this planted file is for, in one sentence.\n';

test('every arrow goes down', () => expect(findClimbs(provider, FLOORS)).toEqual([]));

test.each([
  ['provider/wire/a.ts', '../framework/b.ts', 'provider/framework/b.ts'],
  ['provider/plugin/a.ts', '../wire/b.ts', 'provider/wire/b.ts'],
  ['provider/framework/a.ts', '../plugin/b.ts', 'provider/plugin/b.ts'],
  ['provider/framework/a.ts', './rpc/b.ts', 'provider/framework/rpc/b.ts'],
])('a planted arrow from %s to %s is found', (from, name, to) => {
  const planted = treeOf({ [from]: `${PURPOSE}import { x } from '${name}';\n`, [to]: PURPOSE });
  expect(findClimbs(planted, FLOORS)).toEqual([`${from} -> ${to}`]);
});

test('no circle, no arrow into nothing, a purpose on every first line, nothing long', () => {
  expect(findCircles(strata)).toEqual([]);
  expect(findDangling(strata)).toEqual([]);
  expect(findMissingPurpose(provider)).toEqual([]);
  expect(findLong(provider, 300, [])).toEqual([]);
  expect(findLong(readTree('.', ['test/provider']), 300, [])).toEqual([]);
});

test('only plugin/ touches clock, process and network, and one file opens boxes', () => {
  const clock = /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(|\bsetTimeout\(|\bsetInterval\(|from 'node:timers/;
  expect(findUnlisted(provider, clock, ['provider/plugin/system-clock.ts', 'provider/plugin/machine.ts'])).toEqual([]);
  expect(findUnlisted(provider, /(?<![.\w])process\.(?!version)/, ['provider/plugin/machine.ts'])).toEqual([]);
  const network = /from 'node:(?:http|https|net|tls|dns|dgram|http2)'|(?<![.\w])fetch\(/;
  expect(findUnlisted(provider, network, ['provider/plugin/grpc-server.ts', 'provider/plugin/listen.ts'])).toEqual([]);
  expect(findUnlisted(provider, /\.reveal\(/, ['provider/framework/author-values.ts'])).toEqual([]);
});

test('nothing is imported but Node and ourselves', () => {
  const foreign = [...provider.values()].flatMap(({ packages }) =>
    packages.filter((name) => !name.startsWith('node:')),
  );
  expect(foreign).toEqual([]);
});
