// The file of values: who may read it, where it may lie, and that it is gone after the job.
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { removeFile } from '#action/file/remove.js';
import { writeValues } from '#action/file/write.js';
import { MemoryRunner } from '../../support/memory-runner.ts';
import { temporaryFolder } from '../../support/temp.ts';

const VALUES = new Map([
  ['A', 'one'],
  ['B', 'two\nlines'],
]);
const TEXT = '{"A":"one","B":"two\\nlines"}\n';

/** A job's folders, with a git repository as workspace. */
function job() {
  const root = temporaryFolder();
  const [temp, workspace] = [join(root, 'temp'), join(root, 'work')];
  for (const folder of [temp, workspace]) mkdirSync(folder);
  execFileSync('git', ['init', '--quiet', workspace]);
  const runner = new MemoryRunner(
    {},
    { RUNNER_TEMP: temp, GITHUB_WORKSPACE: workspace, PATH: process.env['PATH'] ?? '' },
  );
  const write = (path: string, values: ReadonlyMap<string, string> = VALUES) =>
    writeValues(runner, { path, format: 'json' }, values);
  return { root, temp, workspace, runner, write };
}

test('a bare name lies in RUNNER_TEMP, whole, readable by its owner alone, and post removes it', () => {
  const { temp, runner, write } = job();
  write('values.json');
  const path = join(temp, 'values.json');
  expect(readFileSync(path, 'utf8')).toBe(TEXT);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(removeFile(runner)).toBeUndefined();
  expect(existsSync(path)).toBe(false);
});

test('post knows of the file before a byte of a value is in it', () => {
  const { temp, runner, write } = job();
  const path = join(temp, 'values.json');
  const sizes: number[] = [];
  const { saveState } = runner;
  runner.saveState = (name, value) => {
    sizes.push(statSync(path).size);
    saveState.call(runner, name, value);
  };
  write('values.json');
  expect(sizes).toEqual([0, TEXT.length]);
});

test('the state names the file and holds nothing of it', () => {
  const { runner, write } = job();
  write('values.json');
  for (const text of runner.said('state')) expect(text).not.toMatch(/one|two/);
});

test('in RUNNER_TEMP the file goes even when it was changed', () => {
  const { temp, runner, write } = job();
  write('values.json');
  appendFileSync(join(temp, 'values.json'), 'more');
  expect(removeFile(runner)).toBeUndefined();
  expect(readdirSync(temp)).toEqual([]);
});

test('what is undone leaves nothing for post', () => {
  const { temp, runner, write } = job();
  write('values.json')();
  expect(readdirSync(temp)).toEqual([]);
  expect(runner.state('file')).toBe('');
  writeFileSync(join(temp, 'values.json'), 'of somebody else');
  expect(removeFile(runner)).toBeUndefined();
  expect(readdirSync(temp)).toEqual(['values.json']);
});

test('a runner that cannot save state gets no file', () => {
  const { temp, runner, write } = job();
  runner.saveState = () => {
    throw new Error('no state here');
  };
  expect(() => write('values.json')).toThrow('no state here');
  expect(readdirSync(temp)).toEqual([]);
});

const NOWHERE = join(temporaryFolder(), 'nowhere');

describe('nothing that is there is touched', () => {
  test.each([
    ['a file', (path: string) => writeFileSync(path, 'mine')],
    ['a link to a file', (path: string) => symlinkSync('/dev/null', path)],
    ['a link to nowhere', (path: string) => symlinkSync(NOWHERE, path)],
    ['a folder', (path: string) => mkdirSync(path)],
  ])('%s of that name is an error', (_, make) => {
    const { temp, runner, write } = job();
    const path = join(temp, 'values.json');
    make(path);
    expect(() => write('values.json')).toThrow(`The file ${path} cannot be written: there is one already.`);
    expect(existsSync(NOWHERE)).toBe(false);
    expect(runner.said('state')).toEqual([]);
  });

  test.each(['..', '.', 'no/such/folder/x', '/proc/1/x'])('%s is no place for a file', (path) => {
    expect(() => job().write(path)).toThrow(/^The file .* cannot be written: /);
  });

  test('a value that the format cannot carry is refused before there is a file', () => {
    const { temp, runner } = job();
    const values = new Map([['A', 'two\nlines']]);
    expect(() => writeValues(runner, { path: 'x', format: 'docker' }, values)).toThrow(
      'The docker format cannot carry',
    );
    expect(readdirSync(temp)).toEqual([]);
  });
});

describe('outside RUNNER_TEMP', () => {
  const outside = () => {
    const made = job();
    const path = join(made.root, 'values.json');
    made.write(path);
    return { ...made, path };
  };

  test('an unchanged file is removed', () => {
    const { runner, path } = outside();
    expect(removeFile(runner)).toBeUndefined();
    expect(existsSync(path)).toBe(false);
  });

  test.each([
    ['changed', (path: string) => appendFileSync(path, 'work of somebody')],
    ['changed to the same length', (path: string) => writeFileSync(path, TEXT.toUpperCase())],
    ['touched', (path: string) => utimesSync(path, 1, 1)],
    [
      'replaced',
      (path: string) => {
        renameSync(path, `${path}.old`);
        writeFileSync(path, TEXT);
      },
    ],
    [
      'replaced by a link',
      (path: string) => {
        rmSync(path);
        symlinkSync('/etc/hostname', path);
      },
    ],
  ])('a file that was %s is kept with a warning that names it', (_, change) => {
    const { runner, path } = outside();
    change(path);
    expect(removeFile(runner)).toBe(
      `The file ${path} has changed since values were written to it, so it was kept: remove it yourself.`,
    );
    expect(existsSync(path)).toBe(true);
  });

  test('a file that is gone already is no reason for a word', () => {
    const { runner, path } = outside();
    rmSync(path);
    expect(removeFile(runner)).toBeUndefined();
  });

  test('a state that is not ours is a warning', () => {
    const { runner } = outside();
    runner.states.set('file', '{');
    expect(removeFile(runner)).toMatch(/could not be removed/);
  });
});

describe('inside a repository', () => {
  test.each(['./values.json', 'deep/values.json'])('%s is refused', (path) => {
    const { workspace, write } = job();
    mkdirSync(join(workspace, 'deep'));
    expect(() => write(path)).toThrow('it would lie in a git repository that does not ignore it');
    expect(readdirSync(workspace).sort()).toEqual(['.git', 'deep']);
  });

  test('a path that git ignores is written, seen from the workspace', () => {
    const { workspace, write } = job();
    writeFileSync(join(workspace, '.gitignore'), '*.secret\n');
    write('./values.secret');
    expect(readFileSync(join(workspace, 'values.secret'), 'utf8')).toBe(TEXT);
  });

  test('a link from outside leads to the same refusal', () => {
    const { root, workspace, write } = job();
    symlinkSync(workspace, join(root, 'link'));
    expect(() => write(join(root, 'link', 'values.json'))).toThrow('git repository');
  });

  test('what is tracked is refused although an ignore rule names it', () => {
    const { workspace, write } = job();
    writeFileSync(join(workspace, 'a.secret'), 'tracked');
    const git = (...args: string[]) => execFileSync('git', ['-C', workspace, ...args]);
    git('add', '-f', 'a.secret');
    writeFileSync(join(workspace, '.gitignore'), '*.secret\n');
    rmSync(join(workspace, 'a.secret'));
    expect(() => write('./a.secret')).toThrow('git repository');
  });

  test('the git folder itself is no place either', () => {
    expect(() => job().write('.git/values.json')).toThrow('git repository');
  });

  test('nothing that the repository or the environment configures is run', () => {
    const { root, workspace, runner, write } = job();
    const ran = join(root, 'ran');
    const hook = join(root, 'hook');
    writeFileSync(hook, `#!/bin/sh\ntouch ${ran}\n`, { mode: 0o755 });
    for (const setting of ['core.fsmonitor', 'core.sshCommand', 'core.pager', 'alias.check-ignore']) {
      execFileSync('git', ['-C', workspace, 'config', setting, setting.startsWith('alias') ? `!${hook}` : hook]);
    }
    Object.assign(runner.env, { GIT_DIR: '/nonexistent', GIT_TRACE: ran, GIT_CONFIG_COUNT: '1' });
    writeFileSync(join(workspace, '.gitignore'), '*.secret\n');
    write('./values.secret');
    expect(existsSync(ran)).toBe(false);
  });

  test('where there is no git to ask, the answer is no', () => {
    const { workspace, runner, write } = job();
    writeFileSync(join(workspace, '.gitignore'), '*.secret\n');
    runner.env['PATH'] = '/nonexistent';
    expect(() => write('./values.secret')).toThrow('git repository');
  });
});

test('on Windows a name with a backslash or a drive is a path, not a bare name', () => {
  const { temp, runner, write } = job();
  Object.assign(runner, { platform: 'win32' });
  expect(() => write('a\\b')).toThrow();
  expect(readdirSync(temp)).toEqual([]);
});
