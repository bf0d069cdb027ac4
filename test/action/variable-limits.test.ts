// What fits into an environment: to the byte, on each platform, with the name of what does not.
import { spawnSync } from 'node:child_process';
import { environmentObjections } from '#action/variable-limits.js';

const of = (name: string, length: number, unit = 'x') => new Map([[name, unit.repeat(length)]]);

test('on Linux the largest value that is let through starts a process, and the next one does not', () => {
  const start = (values: ReadonlyMap<string, string>) =>
    spawnSync('/bin/true', { env: Object.fromEntries(values) }).error as NodeJS.ErrnoException | undefined;
  const [largest, next] = [of('NAME', 131_066), of('NAME', 131_067)];
  expect([environmentObjections(largest, 'linux'), start(largest)?.code]).toEqual([[], undefined]);
  expect(start(next)?.code).toBe(process.platform === 'linux' ? 'E2BIG' : undefined);
  expect(environmentObjections(next, 'linux')).toEqual([
    'NAME is too large for the environment (131072 of 131071 bytes): use its output or a file.',
  ]);
});

test('bytes count on Linux, UTF-16 units on Windows', () => {
  expect(environmentObjections(of('A', 65_535, 'é'), 'linux')).toHaveLength(1);
  expect(environmentObjections(of('A', 32_764, 'é'), 'win32')).toEqual([]);
  expect(environmentObjections(of('A', 32_765, 'é'), 'win32')).toEqual([
    'A is too large for the environment (32767 of 32766 characters): use its output or a file.',
  ]);
});

test('many values that fit one by one may be too many for all', () => {
  const many = new Map(Array.from({ length: 20 }, (_, n) => [`N${n}`, 'x'.repeat(100_000)]));
  expect(environmentObjections(many, 'linux')).toEqual([expect.stringMatching(/^All values together are too large/)]);
  expect(environmentObjections(new Map([...many].slice(0, 5)), 'darwin')).toEqual([]);
  expect(environmentObjections(new Map([...many].slice(0, 8)), 'darwin')).toHaveLength(1);
});

test('a NUL byte is refused anywhere, and an unknown platform has the limits of Linux', () => {
  for (const platform of ['linux', 'darwin', 'win32', 'freebsd']) {
    expect(environmentObjections(new Map([['A', 'x\0']]), platform)).toEqual([expect.stringMatching(/^A holds a NUL/)]);
  }
  expect(environmentObjections(of('A', 131_072), 'freebsd')).toHaveLength(1);
});
