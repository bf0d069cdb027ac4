// The model behind the power-loss job: it keeps what was synced, drops what was not, and does not overlook a call.
import { filesAfterCut } from './durable.ts';

const hex = (text: string) => [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
const PATH = hex('/data/secrets.db');
const write = (at: number, text: string, thread = 7) =>
  `${thread} pwrite64(23<${PATH}>, "${hex(text)}", ${text.length}, ${at}) = ${text.length}`;
const SYNC = `7 fdatasync(23<${PATH}>)            = 0`;
const after = (keep: boolean, ...lines: string[]) =>
  filesAfterCut(`${lines.join('\n')}\n`, () => keep)
    .get('secrets.db')
    ?.toString();

test('what was synced stays, what was written after it does not', () => {
  expect(after(false, write(0, 'abcd'), SYNC, write(1, 'XY'))).toBe('abcd');
  expect(after(true, write(0, 'abcd'), SYNC, write(1, 'XY'))).toBe('aXYd');
});

test('a file of which nothing was synced is not there', () => {
  expect(after(false, write(0, 'abcd'))).toBeUndefined();
});

test('a file grows over a hole and is cut, as the calls say', () => {
  expect(after(false, write(3, 'd'), SYNC)).toBe('\0\0\0d');
  expect(after(false, write(0, 'abcd'), SYNC, `7 ftruncate(23<${PATH}>, 2) = 0`, SYNC)).toBe('ab');
});

test('a call that was interrupted counts from its end on, and one without an end not at all', () => {
  const [begin, end] = [write(0, 'abcd').split(', 4, 0)')[0], ', 4, 0) = 4'];
  const unfinished = `${begin} <unfinished ...>`;
  expect(after(false, unfinished, `8 close(3) = 0`, `7 <... pwrite64 resumed>${end}`, SYNC)).toBe('abcd');
  expect(after(true, unfinished)).toBeUndefined();
});

test('a call in which the process was killed was not made', () => {
  expect(after(false, write(0, 'abcd'), `7 fsync(23<${PATH}>) = ?`)).toBeUndefined();
});

test('a call that the model cannot read stops it', () => {
  expect(() => after(false, `7 pwrite64(23<${PATH}>, "abc", 3, 0) = 3`)).toThrow('does not know');
});
