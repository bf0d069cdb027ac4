// The folder beside a profile that renews itself: for each profile a brief, the last answer, and whose turn it is.
import { randomUUID } from 'node:crypto';
import { closeSync, constants, fstatSync, linkSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Processes, ProcessIdentity } from '../processes.ts';
import { type Answer, readAnswer } from './answer.ts';

const MAX_BYTES = 1024 * 1024;
/** Longer than a process of ours lives. */
const TURN_MS = 30_000;
const { O_WRONLY, O_CREAT, O_EXCL, O_RDONLY, O_NOFOLLOW = 0 } = constants;

/** Where the brief of a profile lies. */
export function briefPath(folder: string, profile: string): string {
  return join(folder, `${profile}.json`);
}

/** For its owner alone, and only where nothing is; no link is followed. */
export function writeNew(path: string, text: string): void {
  const handle = openSync(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  try {
    writeFileSync(handle, text);
  } finally {
    closeSync(handle);
  }
}

/** What is there; empty when nothing is, or more than we would write. */
export function readWhole(path: string): string {
  try {
    const handle = openSync(path, O_RDONLY | O_NOFOLLOW);
    try {
      return fstatSync(handle).size > MAX_BYTES ? '' : readFileSync(handle, 'utf8');
    } finally {
      closeSync(handle);
    }
  } catch {
    return '';
  }
}

/** The answer that is kept beside a brief: read whole or not at all, whoever replaces it meanwhile. */
export class Kept {
  readonly #path: string;

  constructor(brief: string) {
    this.#path = brief.replace(/\.json$/, '.answer');
  }

  read(): Answer | undefined {
    return readAnswer(readWhole(this.#path));
  }

  write({ text }: Answer): void {
    beside(this.#path, text, (written) => renameSync(written, this.#path));
  }
}

export type TurnTools = { readonly processes: Pick<Processes, 'self' | 'isAlive'>; readonly now: () => number };

/**
 * Takes the turn to lease for this brief, unless a process has it that still lives. Turns are numbered files that hold
 * who took them. None is taken away: the end of a process ends its turn, and the next number is given out once.
 */
export function takeTurn({ processes, now }: TurnTools, brief: string): boolean {
  const stem = `${basename(brief, '.json')}.turn-`;
  const folder = dirname(brief);
  const numbers = readdirSync(folder).flatMap((name) =>
    name.startsWith(stem) && /^\d+$/.test(name.slice(stem.length)) ? Number(name.slice(stem.length)) : [],
  );
  const last = Math.max(0, ...numbers);
  const path = (number: number) => join(folder, `${stem}${number}`);
  if (last > 0 && isTaken(path(last), processes, now())) return false;
  const turn: Turn = { ...processes.self(), at: now() };
  try {
    beside(path(last + 1), JSON.stringify(turn), (written) => linkSync(written, path(last + 1)));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

type Turn = ProcessIdentity & { readonly at: number };

/** Where start times cannot be told they are empty, and only the age counts. What cannot be read nobody has. */
function isTaken(path: string, { isAlive }: Pick<Processes, 'isAlive'>, now: number): boolean {
  try {
    const { pid, startedAt, at } = JSON.parse(readWhole(path)) as Turn;
    return now - at <= TURN_MS && (startedAt === '' || isAlive({ pid, startedAt }));
  } catch {
    return false;
  }
}

/** Writes a whole file under a name of its own first, so that `place` puts it where it belongs in one step. */
function beside(path: string, text: string, place: (written: string) => void): void {
  const written = `${path}.${randomUUID()}`;
  try {
    writeNew(written, text);
    place(written);
  } finally {
    rmSync(written, { force: true });
  }
}
