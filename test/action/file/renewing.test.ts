// A profile that renews itself on the disk: its folder lies beside it, for its owner alone, and goes with it.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { writeAnswer } from '#action/credentials/answer.js';
import { removeFile } from '#action/file/remove.js';
import { writeValues } from '#action/file/write.js';
import { sensitive } from '#core/sensitive.js';
import { MemoryRunner } from '../../support/memory-runner.ts';
import { temporaryFolder } from '../../support/temp.ts';

const VALUES = new Map([
  ['AWS_ACCESS_KEY_ID', 'ASIAX'],
  ['AWS_SECRET_ACCESS_KEY', 's3cret'],
  ['AWS_SESSION_TOKEN', 't0ken'],
  ['AWS_REGION', 'eu-central-1'],
  ['PROD_AWS_ACCESS_KEY_ID', 'AKIAY'],
  ['PROD_AWS_SECRET_ACCESS_KEY', 'fixed'],
]);
const answer = writeAnswer({ accessKeyId: 'ASIAX', secretAccessKey: sensitive('s3cret'), sessionToken: undefined }, 0);
const RENEWING = {
  command: ['/n/node', '/d/index.js'],
  profiles: [{ leaseId: 'l', prefix: '', brief: '{}\n', answer }],
};

function job(name = 'temp') {
  const root = temporaryFolder();
  const temp = join(root, name);
  mkdirSync(temp);
  const runner = new MemoryRunner({}, { RUNNER_TEMP: temp, GITHUB_WORKSPACE: root, PATH: process.env['PATH'] ?? '' });
  const write = (path = 'aws') => writeValues(runner, { path, format: 'aws-profile' }, VALUES, RENEWING);
  return { root, temp, runner, write };
}

test('the profile of the lease names a process, other profiles keep their keys, and post takes all of it away', () => {
  const { temp, runner, write } = job();
  write();
  expect(readFileSync(join(temp, 'aws'), 'utf8')).toBe(
    `[default]\nregion = eu-central-1\ncredential_process = /n/node /d/index.js ${temp}/aws.renewing/default.json\n\n` +
      '[prod]\naws_access_key_id = AKIAY\naws_secret_access_key = fixed\n',
  );
  const folder = join(temp, 'aws.renewing');
  const modes = readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mode & 0o777]);
  expect([statSync(folder).mode & 0o777, modes]).toEqual([
    0o700,
    [
      ['default.answer', 0o600],
      ['default.json', 0o600],
    ],
  ]);
  expect(removeFile(runner)).toBeUndefined();
  expect(readdirSync(temp)).toEqual([]);
});

test('post knows of the folder before a value is in it', () => {
  const { temp, runner, write } = job();
  const { saveState } = runner;
  const seen: unknown[] = [];
  runner.saveState = (name, value) => {
    seen.push([JSON.parse(value), readdirSync(join(temp, 'aws.renewing')).length]);
    saveState.call(runner, name, value);
  };
  write();
  expect(seen[0]).toEqual([expect.objectContaining({ folder: join(temp, 'aws.renewing') }), 0]);
});

test('what is undone leaves nothing', () => {
  const { temp, runner, write } = job();
  write()();
  expect([readdirSync(temp), runner.state('file')]).toEqual([[], '']);
});

test('a runner that cannot save state gets neither file nor folder', () => {
  const { temp, runner, write } = job();
  runner.saveState = () => {
    throw new Error('no state here');
  };
  expect(() => write()).toThrow('no state here');
  expect(readdirSync(temp)).toEqual([]);
});

test.each([
  ['a folder', (path: string) => mkdirSync(path)],
  ['a link', (path: string) => symlinkSync('/tmp', path)],
  ['a file', (path: string) => writeFileSync(path, 'mine')],
])('%s that has the name already is left alone, and no profile is written', (_, make) => {
  const { temp, runner, write } = job();
  make(join(temp, 'aws.renewing'));
  expect(() => write()).toThrow(/aws\.renewing cannot be written: there is one already/);
  expect([readdirSync(temp), runner.said('state')]).toEqual([['aws.renewing'], []]);
});

test('where git ignores the profile but not its folder, nothing is written', () => {
  const { root, write } = job();
  execFileSync('git', ['init', '--quiet', root]);
  writeFileSync(join(root, '.gitignore'), '/aws\n/temp\n');
  expect(() => write('./aws')).toThrow('aws.renewing cannot be written: it would lie in a git repository');
  expect(existsSync(join(root, 'aws'))).toBe(false);
  writeFileSync(join(root, '.gitignore'), '/aws*\n');
  write('./aws');
  expect(existsSync(join(root, 'aws.renewing', 'default.json'))).toBe(true);
});

test('a path that SDKs would read differently is refused in one line, before there is anything', () => {
  const { temp, write } = job('tmp é');
  expect(() => write()).toThrow('not every AWS SDK could read such a path in a profile');
  expect(readdirSync(temp)).toEqual([]);
});

test('a profile that a later step took away leaves its folder to post', () => {
  const { temp, runner, write } = job();
  write();
  execFileSync('rm', [join(temp, 'aws')]);
  expect(removeFile(runner)).toBeUndefined();
  expect(readdirSync(temp)).toEqual([]);
});
