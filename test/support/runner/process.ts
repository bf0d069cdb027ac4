// Runs one process as the runner does: two pipes read by line, stdin closed, stderr drained first, signals in steps.
import { type ChildProcess, spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import type { Readable } from 'node:stream';

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

const SIGNAL_NUMBER: Partial<Record<NodeJS.Signals, number>> = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };

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
  const end = await new Promise<Pick<ProcessResult, 'exitCode' | 'startError' | 'pipesHeld'>>((resolve) => {
    let child: ChildProcess;
    try {
      child = spawn(spec.file, spec.args, { cwd: spec.cwd, env: { ...spec.env }, stdio: 'pipe' });
    } catch (error) {
      resolve({ exitCode: undefined, startError: codeOf(error), pipesHeld: false });
      return;
    }
    child.stdin?.on('error', () => {}).end();
    const readers: [Readable | null, LineReader][] = [
      [child.stdout, stdout],
      [child.stderr, stderr],
    ];
    for (const [stream, reader] of readers) {
      stream?.on('data', (chunk: Uint8Array) => reader.push(chunk)).on('error', () => {});
    }
    const stopCancelling = cancelInSteps(child, spec, signals);
    let pipeTimer: NodeJS.Timeout | undefined;
    const finish = (outcome: { exitCode?: number; startError?: string; pipesHeld: boolean }): void => {
      clearTimeout(pipeTimer);
      stopCancelling();
      for (const [stream] of readers) stream?.destroy();
      resolve({ exitCode: outcome.exitCode, startError: outcome.startError, pipesHeld: outcome.pipesHeld });
    };
    child.once('error', (error) => {
      if (child.pid === undefined) finish({ startError: codeOf(error), pipesHeld: false });
    });
    child.once('exit', (code, signal) => {
      const exitCode = code ?? 128 + ((signal && SIGNAL_NUMBER[signal]) ?? 0);
      pipeTimer = setTimeout(() => finish({ exitCode, pipesHeld: true }), spec.patience.pipeMs);
      child.once('close', () => finish({ exitCode, pipesHeld: false }));
    });
  });
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
