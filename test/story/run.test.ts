// The command itself: where it cannot go on it says so in one line, fails, and leaves nothing.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { temporaryFolder } from '../support/temp.ts';

test('without terraform the story fails with one plain line, and leaves no file', () => {
  const temp = temporaryFolder();
  const flags = ['--conditions=secrets-action-source', '--disable-warning=ExperimentalWarning', 'test/story/run.ts'];
  const { status, stdout, stderr } = spawnSync(process.execPath, flags, {
    env: { PATH: dirname(process.execPath), HOME: temp, TMPDIR: temp },
    encoding: 'utf8',
  });
  expect([status, stdout, stderr]).toEqual([1, '', 'story: failed: terraform is not on PATH; install 1.11 or newer\n']);
  expect(readdirSync(temp)).toEqual([]);
});
