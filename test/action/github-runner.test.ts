// The runner's own tongue: commands on one line, command files that nothing can break out of.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { GithubRunner, commandFile } from '#action/github-runner.js';

const folder = mkdtempSync(join(tmpdir(), 'runner-'));
afterAll(() => rmSync(folder, { recursive: true }));

function runner(more: Record<string, string> = {}) {
  const env: Record<string, string> = { ...more };
  for (const file of ['GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_STATE']) {
    env[file] ??= join(folder, file);
    if (env[file]) writeFileSync(env[file], '');
  }
  const written: string[] = [];
  let failed = false;
  const failStep = () => {
    failed = true;
  };
  const write = (text: string) => void written.push(text);
  const one = new GithubRunner({ platform: 'linux', env, write, isHeard: () => true, failStep });
  return { one, written, failed: () => failed, file: (name: string) => readFileSync(join(folder, name), 'utf8') };
}

/** The runner's reading of a command file, as contracts/runner.md 2.4 has it for heredocs. */
function parsed(text: string): Map<string, string> {
  const lines = text.split('\n');
  const found = new Map<string, string>();
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (line === '') continue;
    const [name = '', delimiter = ''] = line.split('<<');
    const end = lines.indexOf(delimiter, index + 1);
    found.set(name, lines.slice(index + 1, end).join('\n'));
    index = end;
  }
  return found;
}

test('reads inputs by the runner’s rule for names, trimmed', () => {
  const { one } = runner({ 'INPUT_API-URL': ' https://x ', STATE_handoff: 's' });
  expect(one.input('api-url')).toBe('https://x');
  expect(one.input('none')).toBe('');
  expect(one.state('handoff')).toBe('s');
});

test('hides everything in one write, escaped, and nothing blank', () => {
  const { one, written } = runner();
  one.mask(['a%b', ' ', 'c\nd\re']);
  one.mask(['']);
  expect(written).toEqual(['::add-mask::a%25b\n::add-mask::c%0Ad%0De\n']);
});

test('keeps every sentence on one line, and no text becomes a command', () => {
  const { one, written, failed } = runner();
  one.info('::set-env name=x::y\n##[add-mask]z');
  one.notice('a\nb');
  one.warning('50%');
  expect(failed()).toBe(false);
  one.fail('c\r\n::add-mask::d');
  expect(written).toEqual([
    ': :set-env name=x::y ## [add-mask]z\n',
    '::notice::a b\n',
    '::warning::50%25\n',
    '::error::c ::add-mask::d\n',
  ]);
  expect(failed()).toBe(true);
});

test('any value comes back from a command file as it was', () => {
  const names = fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,8}$/);
  const value = fc.string({ unit: fc.constantFrom('\n', '\r', '=', '<', 'E', 'O', 'F', ' ', 'é', '"') });
  fc.assert(
    fc.property(fc.array(fc.tuple(names, value)), (pairs) => {
      const values = new Map(pairs);
      expect(parsed(commandFile(values, 'secrets_delimiter'))).toEqual(values);
    }),
  );
});

test('refuses a name that would inject an entry, and a value that holds the delimiter', () => {
  expect(() => commandFile(new Map([['A=B', 'x']]), 'd')).toThrow();
  expect(() => commandFile(new Map([['A\nB', 'x']]), 'd')).toThrow();
  expect(() => commandFile(new Map([['A', 'x\ndelim\nB<<y']]), 'delim')).toThrow();
});

test('appends outputs, variables and state, each in its file', () => {
  const { one, file } = runner();
  one.deliver(new Map([['A', '1']]), new Map([['B', '2\n3']]));
  one.saveState('handoff', '{}');
  expect(parsed(file('GITHUB_OUTPUT'))).toEqual(new Map([['A', '1']]));
  expect(parsed(file('GITHUB_ENV'))).toEqual(new Map([['B', '2\n3']]));
  expect(parsed(file('GITHUB_STATE'))).toEqual(new Map([['handoff', '{}']]));
});

test('delivers nothing when one of two places is missing', () => {
  const { one, file } = runner({ GITHUB_ENV: '' });
  expect(() => one.deliver(new Map([['A', '1']]), new Map([['B', '2']]))).toThrow('GITHUB_ENV is not set');
  expect(file('GITHUB_OUTPUT')).toBe('');
});

test('a command file that cannot be written is named, with the reason and without a value', () => {
  for (const [path, code] of [
    [join(folder, 'nowhere', 'file'), 'ENOENT'],
    [folder, 'EISDIR'],
  ]) {
    const blocked = new GithubRunner({
      ...{ platform: 'linux', env: { GITHUB_OUTPUT: path }, write: () => undefined },
      ...{ isHeard: () => true, failStep: () => undefined },
    });
    expect(() => blocked.deliver(new Map([['A', 'secret-value']]), new Map())).toThrow(
      `The file of GITHUB_OUTPUT cannot be written (${code}).`,
    );
  }
});
