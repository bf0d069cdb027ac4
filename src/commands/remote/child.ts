// A child process that is waited for: it has our streams, gets our signals, and its end becomes our exit code.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Host } from '../host.ts';

/** As shells have it: 127 not found, 126 not runnable, 128 + number for a signal. */
export function runChild(
  host: Host,
  command: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<number> {
  const [file = '', ...args] = command;
  return new Promise((resolve) => {
    const child = spawn(file, args, { env, stdio: 'inherit' });
    host.onSignal((signal) => {
      // A terminal sends Ctrl-C to both of us; a second one means "at once" to many programs.
      if (signal !== 'SIGINT' || !host.interactive) child.kill(signal);
    });
    child.once('error', (error: NodeJS.ErrnoException) => {
      host.err(`secrets-action: ${file} cannot be started (${error.code ?? 'unknown'}).\n`);
      resolve(error.code === 'ENOENT' ? 127 : 126);
    });
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}
