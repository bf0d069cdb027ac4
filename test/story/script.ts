// Runs one of our scripts, or a program of an example, as a user does: without the condition of the sources.
import { spawnSync } from 'node:child_process';
import { temporaryFolder } from '../support/temp.ts';

/** @returns what it printed @throws Error with what it said when it fails */
export function runScript(
  args: readonly string[],
  { cwd = process.cwd(), env = {} }: { cwd?: string; env?: Readonly<Record<string, string>> } = {},
): string {
  const inherited = { PATH: process.env['PATH'] ?? '', HOME: temporaryFolder() };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    env: { ...inherited, ...env },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}
