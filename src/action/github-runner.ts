// Runner over the real thing: workflow commands on stdout, command files by append (contracts/runner.md 2).
import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { AppError, oneLine } from '#core/errors.js';
import type { Runner } from './runner.ts';

/** What a roof takes from its process. */
export type Machine = {
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly write: (text: string) => void;
  /** As `write`, and resolves once it is taken: whoever copies a stream must not read faster than it is written. */
  readonly relay: (text: string) => Promise<void>;
  /** A signal to a process, or to the group of a negative id. */
  readonly kill: (pid: number, signal: NodeJS.Signals) => void;
  /** False once a write has failed. */
  readonly isHeard: () => boolean;
  /** Exit code 1 once everything is flushed: process.exit here may lose lines where pipes are asynchronous. */
  readonly failStep: () => void;
};

type OwnPart = Omit<Machine, 'relay' | 'kill'>;

/** The process that a roof holds, as far as a runner needs it. */
export type Host = Pick<NodeJS.Process, 'env' | 'exitCode' | 'platform' | 'kill'> & {
  readonly stdout: { write(text: string, done?: () => void): unknown; readonly errored?: Error | null };
};

export function machineOf(host: Host): Machine {
  return {
    platform: host.platform,
    env: host.env,
    write: (text) => void host.stdout.write(text),
    relay: (text) => new Promise((done) => void host.stdout.write(text, () => done())),
    kill: (pid, signal) => void host.kill(pid, signal),
    isHeard: () => !host.stdout.errored,
    failStep: () => {
      host.exitCode = 1;
    },
  };
}

/** The limit of an annotation's message; a longer one is cut by the runner without a word. */
const ANNOTATION_LIMIT = 4000;

export class GithubRunner implements Runner {
  readonly #machine: OwnPart;

  constructor(machine: OwnPart) {
    this.#machine = machine;
  }

  get platform(): string {
    return this.#machine.platform;
  }

  input(name: string): string {
    return (this.variable(`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`) ?? '').trim();
  }

  state(name: string): string {
    return this.variable(`STATE_${name}`) ?? '';
  }

  variable(name: string): string | undefined {
    return this.#machine.env[name];
  }

  mask(values: readonly string[]): void {
    const shown = values.filter((value) => value.trim() !== '');
    if (shown.length === 0) return;
    // Nearly always there is nothing to escape, and one look at all of them is quicker than one at each.
    const all = /[%\r\n]/.test(shown.join('')) ? shown.map(escapeData) : shown;
    this.#machine.write(`::add-mask::${all.join('\n::add-mask::')}\n`);
  }

  get isHeard(): boolean {
    return this.#machine.isHeard();
  }

  saveState(name: string, value: string): void {
    this.#entries('GITHUB_STATE', new Map([[name, value]]))();
  }

  deliver(outputs: ReadonlyMap<string, string>, variables: ReadonlyMap<string, string>): void {
    const appends = [this.#entries('GITHUB_OUTPUT', outputs), this.#entries('GITHUB_ENV', variables)];
    for (const append of appends) append();
  }

  summarize(markdown: string): void {
    const path = this.variable('GITHUB_STEP_SUMMARY');
    if (!path) return;
    try {
      appendFileSync(path, markdown);
    } catch {
      this.warning('The job summary could not be written.');
    }
  }

  /** `##[` starts a command anywhere in a line, `::` at its beginning. */
  info(text: string): void {
    const safe = oneLine(text, ANNOTATION_LIMIT).replaceAll('##[', '## [').replace(/^::/, ': :');
    this.#machine.write(`${safe}\n`);
  }

  notice(text: string): void {
    this.#annotate('notice', text);
  }

  warning(text: string): void {
    this.#annotate('warning', text);
  }

  fail(text: string): void {
    this.#annotate('error', text);
    this.#machine.failStep();
  }

  #annotate(kind: 'notice' | 'warning' | 'error', text: string): void {
    this.#machine.write(`::${kind}::${escapeData(oneLine(text, ANNOTATION_LIMIT))}\n`);
  }

  /** Everything that can be wrong is found here; the returned function only appends, once. */
  #entries(file: string, values: ReadonlyMap<string, string>): () => void {
    if (values.size === 0) return () => {};
    const path = this.variable(file);
    if (!path) throw new AppError('ERR_CONFIG_INVALID', `${file} is not set: this is not a step of a GitHub job.`);
    const text = commandFile(values, `secrets_${randomUUID()}`);
    return () => append(file, path, text);
  }
}

/** @throws AppError ERR_UNAVAILABLE naming the variable, since the runner made the file, and the reason */
function append(file: string, path: string, text: string): void {
  try {
    appendFileSync(path, text);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'no reason given';
    const hint = 'Look at the disk of the runner.';
    throw new AppError('ERR_UNAVAILABLE', `The file of ${file} cannot be written (${code}).`, { hint });
  }
}

/** The data of a workflow command; `%` first, or it would escape the escapes. */
export function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/**
 * Entries of a command file, as heredocs. A name with `=`, `<` or a line end would inject entries, and so would a value
 * that holds the delimiter, which is why that must be random.
 */
export function commandFile(values: ReadonlyMap<string, string>, delimiter: string): string {
  return [...values]
    .map(([name, value]) => {
      if (!/^[A-Za-z_][A-Za-z0-9_:-]*$/.test(name) || value.includes(delimiter)) {
        throw new AppError('ERR_INTERNAL', 'A name or value does not fit into a command file.');
      }
      return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
    })
    .join('');
}
