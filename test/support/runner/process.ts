// Runs one process as the runner does: two pipes read by line, nothing on stdin, stderr drained first, signals in steps.
import { type ChildProcess, execFileSync, type StdioOptions, spawn } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { constants as os, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

export type Stream = 'stdout' | 'stderr';

/** How long the runner waits, in milliseconds. Tests shorten them. */
export type Patience = {
  /** After SIGINT, before SIGTERM. */
  interruptMs: number;
  /** After SIGTERM, before SIGKILL. */
  terminateMs: number;
  /** After the process ended while something else keeps one of its pipes open. */
  pipeMs: number;
};

export const RUNNER_PATIENCE: Patience = { interruptMs: 7500, terminateMs: 2500, pipeMs: 5000 };

export type ProcessSpec = {
  file: string;
  args: readonly string[];
  cwd: string;
  /** The whole environment: nothing is inherited. */
  env: Readonly<Record<string, string>>;
  patience: Patience;
  /** Aborted when the step is to be cancelled. */
  signal: AbortSignal;
  /** Each line as soon as it is read, before the runner looks at it. */
  onLine?: ((line: string, stream: Stream) => void) | undefined;
};

export type ProcessResult = {
  /** 128 + number when a signal ended it, as the runner sees it; undefined when it never started. */
  exitCode: number | undefined;
  /** The signal that ended it, whoever sent it. */
  endedBy: NodeJS.Signals | undefined;
  /** The code of the error that kept it from starting, E2BIG or ENOENT. */
  startError: string | undefined;
  /** Everything it wrote, as text. */
  stdout: string;
  stderr: string;
  /** In the order in which the runner handles lines that queued up together: stderr, then stdout. */
  lines: readonly { line: string; stream: Stream }[];
  /** Signals sent by the cancellation, in order. */
  signals: readonly NodeJS.Signals[];
  /** Whether a process that it left behind held a pipe until the runner gave up waiting. */
  pipesHeld: boolean;
  durationMs: number;
};

type End = Pick<ProcessResult, 'exitCode' | 'endedBy' | 'startError' | 'pipesHeld'>;

const NO_END: End = { exitCode: undefined, endedBy: undefined, startError: undefined, pipesHeld: false };

/** Reads a stream as text, cut at LF, CRLF and a lone CR. A CR at the end of a chunk waits for what follows. */
export class LineReader {
  text = '';
  readonly lines: string[] = [];
  readonly #decoder = new TextDecoder('utf-8');
  readonly #onLine: (line: string) => void;
  #rest = '';

  constructor(onLine: (line: string) => void = () => {}) {
    this.#onLine = onLine;
  }

  push(chunk: Uint8Array): void {
    this.#take(this.#decoder.decode(chunk, { stream: true }), false);
  }

  end(): void {
    this.#take(this.#decoder.decode(), true);
  }

  #take(text: string, isLast: boolean): void {
    this.text += text;
    this.#rest += text;
    let from = 0;
    for (const match of this.#rest.matchAll(/\r\n|\r|\n/g)) {
      if (match[0] === '\r' && match.index === this.#rest.length - 1 && !isLast) break;
      this.#emit(this.#rest.slice(from, match.index));
      from = match.index + match[0].length;
    }
    this.#rest = this.#rest.slice(from);
    if (isLast && this.#rest !== '') this.#emit(this.#rest);
  }

  #emit(line: string): void {
    this.lines.push(line);
    this.#onLine(line);
  }
}

/**
 * Runs it to its end; never rejects. All lines queue until the end and stderr is handled first: the worst order that
 * the runner's batches can produce for a mask on stdout and a value on stderr.
 */
export async function runProcess(spec: ProcessSpec): Promise<ProcessResult> {
  const started = performance.now();
  const stdout = new LineReader((line) => spec.onLine?.(line, 'stdout'));
  const stderr = new LineReader((line) => spec.onLine?.(line, 'stderr'));
  const signals: NodeJS.Signals[] = [];
  const [out, err] = openPipes();
  const end = await new Promise<End>((resolve) => {
    const stdio: StdioOptions = ['ignore', out.writeFd, err.writeFd];
    let child: ChildProcess;
    try {
      child = spawn(spec.file, spec.args, { cwd: spec.cwd, env: { ...spec.env }, stdio });
    } catch (error) {
      resolve({ ...NO_END, startError: codeOf(error) });
      return;
    } finally {
      for (const { writeFd } of [out, err]) closeSync(writeFd);
    }
    const drained = Promise.all([drain(out.readable, stdout), drain(err.readable, stderr)]);
    const stopCancelling = cancelInSteps(child, spec, signals);
    const finish = (outcome: Partial<End>): void => {
      stopCancelling();
      resolve({ ...NO_END, ...outcome });
    };
    child.once('error', (error) => {
      if (child.pid === undefined) finish({ startError: codeOf(error) });
    });
    child.once('exit', (code, signal) => {
      const how = { exitCode: code ?? 128 + (signal ? os.signals[signal] : 0), endedBy: signal ?? undefined };
      const pipeTimer = setTimeout(() => finish({ ...how, pipesHeld: true }), spec.patience.pipeMs);
      void drained.then(() => {
        clearTimeout(pipeTimer);
        finish(how);
      });
    });
  });
  for (const { readable } of [out, err]) readable.destroy();
  stdout.end();
  stderr.end();
  return {
    ...end,
    stdout: stdout.text,
    stderr: stderr.text,
    lines: [
      ...stderr.lines.map((line) => ({ line, stream: 'stderr' as const })),
      ...stdout.lines.map((line) => ({ line, stream: 'stdout' as const })),
    ],
    signals,
    durationMs: performance.now() - started,
  };
}

type Pipe = { writeFd: number; readable: Socket };

/** Node would give sockets, which cannot be opened through /dev/stderr as the pipes of the runner can. */
function openPipes(): [Pipe, Pipe] {
  const folder = mkdtempSync(join(tmpdir(), 'pipes-'));
  try {
    const paths = [join(folder, 'out'), join(folder, 'err')] as const;
    execFileSync('mkfifo', paths);
    const open = (path: string): Pipe => {
      const readFd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
      const writeFd = openSync(path, constants.O_WRONLY);
      return { writeFd, readable: new Socket({ fd: readFd, readable: true, writable: false }) };
    };
    return [open(paths[0]), open(paths[1])];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function drain(stream: Socket, reader: LineReader): Promise<void> {
  return new Promise((resolve) => {
    stream.on('data', (chunk: Uint8Array) => reader.push(chunk));
    stream.on('error', () => {}).once('close', () => resolve());
  });
}

/** On abort: SIGINT, then SIGTERM, then SIGKILL, to this process alone, each only while the step goes on. */
function cancelInSteps(child: ChildProcess, spec: ProcessSpec, sent: NodeJS.Signals[]): () => void {
  let timer: NodeJS.Timeout | undefined;
  const send = (signal: NodeJS.Signals): void => {
    sent.push(signal);
    child.kill(signal);
  };
  const cancel = (): void => {
    send('SIGINT');
    timer = setTimeout(() => {
      send('SIGTERM');
      timer = setTimeout(() => send('SIGKILL'), spec.patience.terminateMs);
    }, spec.patience.interruptMs);
  };
  if (spec.signal.aborted) cancel();
  else spec.signal.addEventListener('abort', cancel, { once: true });
  return () => {
    clearTimeout(timer);
    spec.signal.removeEventListener('abort', cancel);
  };
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
