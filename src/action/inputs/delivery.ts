// How values reach the job beside step outputs: a file, or one child process.
import { choice, problem } from './scalars.ts';
import type { Attempt, Given } from './table.ts';

export const FILE_FORMATS = ['env', 'json', 'yaml', 'docker', 'dotnet-json', 'shell', 'aws-profile'] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

export const SHELLS = ['bash', 'sh', 'pwsh', 'powershell', 'cmd', 'python', 'node'] as const;
export type Shell = (typeof SHELLS)[number];

export type FileInput = {
  /** A bare name lies in RUNNER_TEMP; anything with a slash is a path, relative ones from the working directory. */
  readonly path: string;
  readonly format: FileFormat;
};

export type RunInput = {
  readonly script: string;
  /** Undefined: the runner's own choice for the platform. */
  readonly shell: Shell | undefined;
  readonly workingDirectory: string | undefined;
};

const PATH = /^[^\u0000-\u001f\u007f]{1,1000}$/;

export type Delivering = {
  readonly file: FileInput | undefined;
  /** With it, values reach that child alone: no outputs, no variables. */
  readonly run: RunInput | undefined;
};

/** Reads the subject `delivery`. */
export function readDelivering(given: Given, attempt: Attempt): Delivering {
  return {
    file: attempt(() => readFileInput(given), undefined),
    run: attempt(() => readRunInput(given), undefined),
  };
}

function readFileInput(given: Given): FileInput | undefined {
  const format = choice('file-format', given('file-format'), FILE_FORMATS);
  const path = given('file');
  if (path === '' && format !== 'env') throw problem('file-format says how to write a file: give file too.');
  if (path === '') return undefined;
  if (!PATH.test(path)) throw problem('file is not a path: give a name, or a path on one line.');
  return { path, format };
}

function readRunInput(given: Given): RunInput | undefined {
  const [script, shell, directory] = [given('run'), given('shell'), given('working-directory')];
  if (script === '') {
    const lonely = shell !== '' ? 'shell' : directory !== '' ? 'working-directory' : undefined;
    if (lonely) throw problem(`${lonely} says how to run a script: give run too.`);
    return undefined;
  }
  if (script.includes('\0')) throw problem('run holds a NUL byte, which no script may: take it out.');
  if (directory !== '' && !PATH.test(directory))
    throw problem('working-directory is not a path: give one on one line.');
  return {
    script,
    shell: shell === '' ? undefined : choice('shell', shell, SHELLS),
    workingDirectory: directory === '' ? undefined : directory,
  };
}
