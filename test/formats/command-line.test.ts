// The command of an AWS profile: whoever splits it gets the words that it was made of, and what is read in two ways is refused.
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { commandLine } from '#formats/command-line.js';
import { BOTOCORE, python, SH, testWith } from '../support/consumer.ts';

const HOSTILE = [...`'"\\$\`!*?~&|;<>()[]{}%#= `, 'a', '/', '-n'];
const word = fc
  .oneof(
    fc.string({ unit: 'grapheme-ascii', minLength: 1 }),
    fc.string({ unit: fc.constantFrom(...HOSTILE), minLength: 1 }),
  )
  .filter((text) => /^[\x20-\x7e]+$/.test(text));
const words = fc.array(word, { minLength: 1, maxLength: 4 });
const cases = fc.array(
  words.filter((all) => commandLine(all, 'linux') !== undefined),
  { minLength: 100, maxLength: 100 },
);
const RUNS = { numRuns: 4, endOnFailure: true };

const SPLIT = `
import sys, json
from botocore.compat import _windows_shell_split, shlex
case = json.load(sys.stdin)
split = _windows_shell_split if case["platform"] == "win32" else shlex.split
print(json.dumps([split(line) for line in case["lines"]]))`;
const split = (lines: readonly (string | undefined)[], platform: string) => python(SPLIT, { lines, platform });

testWith(BOTOCORE, 'botocore splits it into its words', () => {
  fc.assert(
    fc.property(cases, (all) => {
      const lines = all.map((one) => commandLine(one, 'linux'));
      expect(split(lines, 'linux')).toEqual(all);
    }),
    RUNS,
  );
});

testWith(SH, 'sh -c splits it into its words', () => {
  fc.assert(
    fc.property(cases, (all) => {
      const script = all.map((one) => `printf '%s\\0' ${commandLine(one, 'linux')}; printf '\\0'`).join('\n');
      const { stdout } = spawnSync('sh', ['-c', script], { encoding: 'utf8' });
      expect(stdout).toBe(all.map((one) => `${one.join('\0')}\0\0`).join(''));
    }),
    RUNS,
  );
});

testWith(BOTOCORE, 'on Windows botocore splits it into its words, wherever it is not refused', () => {
  const paths = fc.array(words, { minLength: 300, maxLength: 300 }).map((all) =>
    all.flatMap((one) => {
      const line = commandLine(one, 'win32');
      return line === undefined ? [] : [{ one, line }];
    }),
  );
  fc.assert(
    fc.property(paths, (all) => {
      expect(
        split(
          all.map(({ line }) => line),
          'win32',
        ),
      ).toEqual(all.map(({ one }) => one));
    }),
    RUNS,
  );
});

test.each([
  ['linux', 'é', undefined],
  ['linux', 'a\nb', undefined],
  ['linux', 'a #b', undefined],
  ['linux', 'a ;b', undefined],
  ['linux', "it's", `'it'\\''s'`],
  ['linux', '/opt/node', '/opt/node'],
  ['win32', 'C:\\Program Files\\node.exe', '"C:\\Program Files\\node.exe"'],
  ['win32', 'C:\\runner\\node.exe', 'C:\\runner\\node.exe'],
  ['win32', 'a%PATH%', undefined],
  ['win32', 'a"b', undefined],
  ['win32', 'C:\\a b\\', undefined],
])('on %s the word %j becomes %j', (platform, word, line) => {
  expect(commandLine([word], platform)).toBe(line);
});
