// The files of a step, read by the runner's own rules.
import fc from 'fast-check';
import { parseKeyValueFile, parsePathFile, readLines, scrubSummary, SUMMARY_LIMIT_BYTES } from './command-files.ts';

const read = (text: string | Uint8Array) => {
  const { entries, error } = parseKeyValueFile(typeof text === 'string' ? Buffer.from(text) : text);
  const pairs = entries.map(({ name, value }) => [name, value]);
  return error === undefined ? pairs : [...pairs, 'error'];
};

test.each<[string, string, unknown[]]>([
  ['an entry', 'A=1\n', [['A', '1']]],
  ['no final line end', 'A=1', [['A', '1']]],
  [
    'empty lines between',
    '\n\nA=1\n\nB=2\n',
    [
      ['A', '1'],
      ['B', '2'],
    ],
  ],
  ['a carriage return, which stays', 'A=1\r\n', [['A', '1\r']]],
  ['names that are not trimmed', ' A =1\n', [[' A ', '1']]],
  ['an empty name', '=x\n', [['', 'x']]],
  ['= before <<', 'A=x<<E\n', [['A', 'x<<E']]],
  ['a name with = before a heredoc', 'A=B<<E\nvalue\nE\n', [['A', 'B<<E'], 'error']],
  ['a heredoc', 'A<<E\none\ntwo\nE\n', [['A', 'one\ntwo']]],
  ['a heredoc whose delimiter has no line end', 'A<<E\none\nE', [['A', 'one']]],
  ['a delimiter with spaces', 'A<<E F\none\nE F\n', [['A', 'one']]],
  ['an empty heredoc', 'A<<E\nE\n', [['A', '']]],
  ['a heredoc of one empty line', 'A<<E\n\nE\n', [['A', '']]],
  ['a trailing line end by an empty line', 'A<<E\none\n\nE\n', [['A', 'one\n']]],
  ['= in heredoc lines', 'A<<E\nx=1\nE\n', [['A', 'x=1']]],
  ['<< before =', 'A<<E=F\nv\nE=F\n', [['A', 'v']]],
  ['a delimiter inside the value: injection', 'A<<E\nx\nE\nB=2\nE\n', [['A', 'x'], ['B', '2'], 'error']],
  ['a heredoc without end', 'A=1\nB<<E\nx\n', [['A', '1'], 'error']],
  ['a delimiter line with CR', 'A<<E\nx\nE\r\n', ['error']],
  ['no name', '<<E\nx\nE\n', ['error']],
  ['no delimiter', 'A<<\nx\n', ['error']],
  ['a line without form: earlier entries count, later ones are lost', 'A=1\nbad\nB=2\n', [['A', '1'], 'error']],
])('reads %s', (_name, text, expected) => {
  expect(read(text)).toEqual(expected);
});

test('drops a byte order mark and replaces bad bytes', () => {
  expect(read(Buffer.from([0xef, 0xbb, 0xbf, 0x41, 0x3d, 0xff]))).toEqual([['A', '\ufffd']]);
});

test('whatever the values, complete heredocs read back exactly when the delimiter is in none', () => {
  const name = fc.string({ minLength: 1 }).filter((text) => !/[=\n]|<</.test(text) && !text.startsWith('\ufeff'));
  const value = fc.string({ unit: 'binary' }).map((text) => text.toWellFormed());
  fc.assert(
    fc.property(fc.array(fc.tuple(name, value)), (pairs) => {
      const text = pairs.map(([key, content]) => `${key}<<ghadelimiter_1\n${content}\nghadelimiter_1\n`).join('');
      fc.pre(pairs.every(([key]) => !key.endsWith('<')));
      expect(read(text)).toEqual(pairs);
    }),
  );
});

test('never throws, and gives entries in the order of their lines', () => {
  const line = fc.constantFrom('A=1', 'B<<E', 'E', '', 'x', '=y', 'C<<', 'D=<<E', 'E\r');
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const { entries } = parseKeyValueFile(Buffer.from(lines.join('\n')));
      let from = 0;
      for (const { name } of entries) {
        from = lines.findIndex((text, index) => index >= from && text.startsWith(name)) + 1;
        expect(from).toBeGreaterThan(0);
      }
    }),
  );
});

test('splits lines at LF, CRLF and a lone CR', () => {
  expect(readLines('a\nb\r\nc\rd')).toEqual(['a', 'b', 'c', 'd']);
  expect(readLines('a\n\n')).toEqual(['a', '']);
});

test('reads a path file', () => {
  expect(parsePathFile(Buffer.from('/a\n\n/b c\r\n'))).toEqual(['/a', '/b c']);
});

test('a summary is masked line by line, and one byte too much is refused whole', () => {
  const mask = (line: string) => line.replaceAll('two\nlines', '***').replaceAll('s3cret', '***');
  expect(scrubSummary(Buffer.from('two\nlines s3cret'), mask).text).toBe('two\nlines ***\n');
  expect(scrubSummary(Buffer.alloc(0), mask)).toEqual({ text: undefined, error: undefined });
  expect(scrubSummary(Buffer.alloc(SUMMARY_LIMIT_BYTES, 'x'), mask).error).toBeUndefined();
  const over = scrubSummary(Buffer.alloc(SUMMARY_LIMIT_BYTES + 1, 'x'), mask);
  expect([over.text, over.error]).toEqual([undefined, expect.stringContaining('1024k')]);
});
