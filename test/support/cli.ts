// The command line as a user runs it, to its end or to the line that says it listens.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { compiledEnv } from './compiled.ts';

export const CLI_ARGS = ['--conditions=secrets-action-source', '--disable-warning=ExperimentalWarning', 'src/cli.ts'];
const ENV = { PATH: process.env['PATH'] ?? '', ...compiledEnv() };

/** Runs one command; blocks this process, so that nothing it serves can answer meanwhile. */
export function cli(args: readonly string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...CLI_ARGS, ...args], {
    encoding: 'utf8',
    env: { ...ENV, ...env },
    timeout: 30_000,
  });
  return { status, stdout, stderr };
}

/** Starts one command and leaves it running. */
export function startCli(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [...CLI_ARGS, ...args], { env: { ...ENV, ...env }, stdio: 'pipe' });
  const heard = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (heard.out += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (heard.err += chunk));
  const ended = once(child, 'exit').then(([code, signal]) => ({ code, signal, ...heard }));
  return { child, heard, ended };
}
