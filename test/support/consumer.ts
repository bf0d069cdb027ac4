// Real programs that read what we write, as far as this machine has them; a missing one is skipped loudly.
import { spawnSync } from 'node:child_process';

/** A program, the arguments that prove it is there, and what to say where it is not. */
export type Consumer = { readonly name: string; readonly command: string; readonly probe: readonly string[] };

export const PYTHON_DOTENV: Consumer = { name: 'python-dotenv', command: 'python3', probe: ['-c', 'import dotenv'] };
export const PYTHON_YAML: Consumer = { name: 'PyYAML', command: 'python3', probe: ['-c', 'import yaml'] };
export const BASH: Consumer = { name: 'bash', command: 'bash', probe: ['-c', 'true'] };
export const PYTHON: Consumer = { name: 'python3', command: 'python3', probe: ['-c', 'import configparser'] };
export const BOTOCORE: Consumer = { name: 'botocore', command: 'python3', probe: ['-c', 'import botocore.session'] };
export const SH: Consumer = { name: 'sh', command: 'sh', probe: ['-c', 'true'] };
export const DASH: Consumer = { name: 'dash', command: 'dash', probe: ['-c', 'true'] };
export const DOCKER: Consumer = { name: 'the docker client', command: 'docker', probe: ['--version'] };

const present = new Map<string, boolean>();

function isPresent({ name, command, probe }: Consumer): boolean {
  const known = present.get(name);
  if (known !== undefined) return known;
  const found = spawnSync(command, probe, { stdio: 'ignore', timeout: 20_000 }).status === 0;
  present.set(name, found);
  return found;
}

/** Declares a test that needs `consumer`; without it the test is reported as skipped, and stderr says why. */
export function testWith(consumer: Consumer, title: string, run: () => void | Promise<void>): void {
  const body = async () => {
    await run();
  };
  if (isPresent(consumer)) {
    test(title, body);
    return;
  }
  process.stderr.write(`SKIPPED because ${consumer.name} is not on this machine: ${title}\n`);
  test.skip(`${title} [skipped: ${consumer.name} is not on this machine]`, body);
}

/** Runs a Python program over `input` as JSON and returns what it prints as JSON. */
export function python(program: string, input: unknown): unknown {
  const run = spawnSync('python3', ['-c', program], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    timeout: 60_000,
    maxBuffer: 64 * 1024 * 1024,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PYTHONIOENCODING: 'utf-8', PYTHONUTF8: '1' },
  });
  if (run.status !== 0) throw new Error(`python3 failed: ${run.stderr}`);
  return JSON.parse(run.stdout);
}
