// Where the file of values goes: resolved to one real path, and refused where a commit could pick it up.
import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { AppError, oneLine } from '#core/errors.js';
import type { Runner } from '../runner.ts';

export type Place = {
  /** Absolute, and no folder of it is a link. */
  readonly path: string;
  /** Whether the runner clears it away with the job anyway. */
  readonly isTemporary: boolean;
};

/** A bare name lies in RUNNER_TEMP; anything else is a path, seen from the workspace when it is relative. */
export function placeOf(runner: Runner, given: string): Place {
  const temp = runner.variable('RUNNER_TEMP');
  const isBare = !(runner.platform === 'win32' ? /[\\/:]/ : /\//).test(given);
  if (isBare && !temp) throw problem(given, 'RUNNER_TEMP is not set: this is not a step of a GitHub job');
  const wanted = isBare && temp ? join(temp, given) : resolve(runner.variable('GITHUB_WORKSPACE') || '.', given);
  const path = join(real(dirname(wanted), given), basename(wanted));
  const place = { path, isTemporary: temp !== undefined && isInside(path, temp) };
  if (!place.isTemporary) refuseInsideRepository(runner, path, given);
  return place;
}

/** @throws AppError ERR_CONFIG_INVALID saying why nothing can be written there */
export function problem(path: string, why: string): AppError {
  return new AppError('ERR_CONFIG_INVALID', `The file ${oneLine(path, 200)} cannot be written: ${why}.`);
}

function real(folder: string, given: string): string {
  try {
    return realpathSync(folder);
  } catch {
    throw problem(given, 'its folder does not exist');
  }
}

function isInside(path: string, folder: string): boolean {
  return existsSync(folder) && path.startsWith(realpathSync(folder) + sep);
}

function refuseInsideRepository(runner: Runner, path: string, given: string): void {
  if (!isInRepository(dirname(path)) || isIgnored(runner, path)) return;
  throw problem(
    given,
    'it would lie in a git repository that does not ignore it. Give a bare name, which lies in RUNNER_TEMP, or have git ignore it',
  );
}

function isInRepository(folder: string): boolean {
  return existsSync(join(folder, '.git')) || (dirname(folder) !== folder && isInRepository(dirname(folder)));
}

/**
 * Only git knows all of its rules. Nothing of the environment reaches it, and nothing that a repository may configure
 * is run or fetched: no monitor, no hook, no transport. A repository of another user is no reason not to answer.
 */
const GIT_SETTINGS = ['core.fsmonitor=false', 'core.hooksPath=/dev/null', 'protocol.allow=never', 'safe.directory=*'];
const GIT_TIMEOUT_MS = 10_000;

function isIgnored(runner: Runner, path: string): boolean {
  const passed = ['PATH', 'SystemRoot'].flatMap((name) => {
    const value = runner.variable(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const nothing = runner.platform === 'win32' ? 'NUL' : '/dev/null';
  const env = {
    ...Object.fromEntries(passed),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: nothing,
    GIT_NO_LAZY_FETCH: '1',
  };
  const settings = GIT_SETTINGS.flatMap((setting) => ['-c', setting]);
  const args = [...settings, '-C', dirname(path), 'check-ignore', '--quiet', '--', path];
  const git = spawnSync('git', args, { env, stdio: 'ignore', timeout: GIT_TIMEOUT_MS, killSignal: 'SIGKILL' });
  return git.status === 0;
}
