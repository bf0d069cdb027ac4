// What differs on Windows and macOS, with the platform injected: shells, script files, names of variables, groups.
import { runChild } from '#action/run/child.js';
import { childEnvironment } from '#action/run/environment.js';
import { commandFor, scriptFor, shellsFor } from '#action/run/shells.js';
import { nodeClock } from '#client/node-clock.js';

test('each platform has a shell that is sure to be there, and the one asked for comes alone', () => {
  expect(shellsFor(undefined, 'linux')).toEqual(['bash', 'sh']);
  expect(shellsFor(undefined, 'darwin')).toEqual(['bash', 'sh']);
  expect(shellsFor(undefined, 'win32')).toEqual(['pwsh', 'powershell']);
  expect(shellsFor('python', 'win32')).toEqual(['python']);
  expect(shellsFor('python', 'linux')).toEqual(['python', 'python3']);
});

test('a script has the line ends of its platform, and PowerShell fails with the program that failed', () => {
  expect(scriptFor('bash', 'a\r\nb', 'linux')).toEqual({ extension: '.sh', text: 'a\nb\n' });
  expect(scriptFor('cmd', 'a\nb', 'win32')).toEqual({ extension: '.cmd', text: '@echo off\r\na\r\nb\r\n' });
  expect(scriptFor('pwsh', 'a', 'linux').text).toMatch(
    /^\$ErrorActionPreference = 'stop'\na\nif .*exit \$LASTEXITCODE/,
  );
});

test('a path cannot break out of the command of a shell', () => {
  expect(commandFor('pwsh', "C:\\it's\\a.ps1").args).toEqual(['-command', ". 'C:\\it''s\\a.ps1'"]);
  expect(commandFor('cmd', 'C:\\a b\\x.cmd')).toMatchObject({ isVerbatim: true });
  expect(commandFor('bash', '/a b/x.sh').args).toEqual(['--noprofile', '--norc', '-eo', 'pipefail', '/a b/x.sh']);
});

test('Windows folds the case of names: a value takes the place of a variable in any case, and tokens stay out', () => {
  const own = { Api_Key: 'old', Path: 'p', input_token: 't', Actions_Runtime_Token: 'r' };
  const values = new Map([['API_KEY', 'new']]);
  expect(childEnvironment(own, values, 'win32')).toEqual({ Path: 'p', API_KEY: 'new' });
  expect(childEnvironment({ Api_Key: 'other' }, values, 'linux')).toEqual({ Api_Key: 'other', API_KEY: 'new' });
});

test.each([
  ['linux', -1],
  ['darwin', -1],
  ['win32', 1],
])('on %s what ends the job is sent to the group where there are groups', async (platform, sign) => {
  const sent: number[] = [];
  const stop = new AbortController();
  const kill = (pid: number, signal: NodeJS.Signals) => {
    sent.push(Math.sign(pid));
    process.kill(Math.abs(pid), signal);
  };
  const take = async () => stop.abort('SIGTERM');
  const plan = {
    file: 'sh',
    args: ['-c', 'echo up; exec sleep 30'],
    cwd: '/',
    env: { PATH: process.env['PATH'] ?? '' },
    take,
  };
  const end = await runChild(plan, { clock: nodeClock, platform, stop: stop.signal, kill });
  expect([end.signal, sent[0]]).toEqual(['SIGTERM', sign]);
});
