// The first lines of a step in the log: what is run, its inputs, and the whole environment that steps before it left.
import type { StepLog } from './log.ts';

/** A `uses` step. The runner prints no header but one line for post. */
export function writeActionHeader(
  log: StepLog,
  label: string,
  inputs: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
): void {
  log.write(`Run ${label}`, '##[group]');
  writeBlock(
    log,
    'with',
    Object.entries(inputs).filter(([, value]) => value !== ''),
  );
  writeBlock(log, 'env', Object.entries(env));
  log.write('', '##[endgroup]');
}

/** A `run` step. */
export function writeScriptHeader(log: StepLog, script: string, env: Readonly<Record<string, string>>): void {
  const lines = script.trim().split(/\r?\n/);
  log.write(`Run ${lines[0] ?? ''}`, '##[group]');
  for (const line of lines) log.write(`\u001b[36;1m${line}\u001b[0m`);
  log.write('shell: bash -e {0}');
  writeBlock(log, 'env', Object.entries(env));
  log.write('', '##[endgroup]');
}

function writeBlock(log: StepLog, title: string, entries: readonly (readonly [string, string])[]): void {
  if (entries.length === 0) return;
  log.write(`${title}:`);
  for (const [name, value] of entries) log.write(`  ${name}: ${value}`);
}
