// What the command line writes when nobody reads it, or it cannot be written: no stack, and no success that is none.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { outputsOf, type Written } from '../../src/commands/outputs.ts';
import { compiledEnv } from '../support/compiled.ts';
import { CLI_ARGS } from '../support/cli.ts';
import { testWith } from '../support/consumer.ts';

const ENV = { PATH: process.env['PATH'] ?? '', ...compiledEnv() };

test('a reader that has gone is no failure', async () => {
  const child = spawn(process.execPath, [...CLI_ARGS, '--help'], { env: ENV, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  let said = '';
  child.stderr.on('data', (part: Buffer) => (said += part.toString()));
  expect([...(await once(child, 'close')), said]).toEqual([0, null, '']);
});

const FULL = { name: '/dev/full', command: 'test', probe: ['-c', '/dev/full'] };
testWith(FULL, 'what a full disk does not take is a failure, told in one line', async () => {
  const full = openSync(FULL.name, 'w');
  const child = spawn(process.execPath, [...CLI_ARGS, '--help'], { env: ENV, stdio: ['ignore', full, 'pipe'] });
  let said = '';
  child.stderr?.on('data', (part: Buffer) => (said += part.toString()));
  const ended = await once(child, 'close');
  expect([...ended, said]).toEqual([1, null, 'secrets-action: The output could not be written (ENOSPC).\n']);
});

describe('an output', () => {
  type Listener = (error: NodeJS.ErrnoException) => void;
  function made(write: (text: string) => void) {
    const heard: { errors: Listener[]; exits: (() => void)[]; err: string } = { errors: [], exits: [], err: '' };
    const on = (_: 'error', listener: Listener) => heard.errors.push(listener);
    const written: Written = {
      stdout: { write, on },
      stderr: { write: (text) => (heard.err += text), on: () => undefined },
      once: (_, listener) => heard.exits.push(listener),
    };
    return { ...outputsOf(written), heard, written };
  }
  const error = (code: string) => Object.assign(new Error(code), { code });

  test('that fails later fails the command, whatever it says itself, and is told of once', () => {
    const { heard, written } = made(() => undefined);
    for (const code of ['EPIPE', 'EIO', 'EIO']) heard.errors[0]?.(error(code));
    written.exitCode = 0;
    for (const exit of heard.exits) exit();
    expect([written.exitCode, heard.err]).toEqual([1, 'secrets-action: The output could not be written (EIO).\n']);
  });

  test('that fails where failures are told as well ends with the exit code alone', () => {
    const full = () => {
      throw error('ENOSPC');
    };
    const exits: (() => void)[] = [];
    const stream = { write: full, on: () => undefined };
    const written: Written = { stdout: stream, stderr: stream, once: (_, listener) => exits.push(listener) };
    const { out, err } = outputsOf(written);
    out('text');
    err('text');
    for (const exit of exits) exit();
    expect([exits.length, written.exitCode]).toEqual([1, 1]);
  });

  test('that nobody reads is no failure, however often it is written to', () => {
    const { out, heard } = made(() => {
      throw error('EPIPE');
    });
    for (let n = 0; n < 3; n += 1) out('text');
    expect([heard.exits, heard.err]).toEqual([[], '']);
  });
});
