// The process as a port: what the plugin needs of the machine it runs on, and the one real adapter.
import type { Environment } from './handshake.ts';
import type { Level } from './log.ts';

/** Everything outside our own memory that the life of a plugin depends on. */
export type Machine = {
  env: Environment;
  /** The parent's process id now; it changes when the parent dies. */
  parent: () => number;
  writeOut: (text: string) => void;
  writeErr: (text: string) => void;
  /** Calls back when somebody asks the process to end, or it is about to break. */
  onEnd: (heard: (why: string, exitCode: number) => void) => void;
  onStray: (heard: (error: unknown) => void) => void;
  /** Sends what console methods print elsewhere: a long line on stdout would block us for ever. */
  redirectConsole: (print: (level: Level, text: string) => void) => void;
  /** Calls back every `ms` without keeping the process alive. */
  every: (ms: number, tick: () => void) => void;
  exit: (code: number) => void;
};

const ENDING = ['SIGTERM', 'SIGHUP'] as const;
const CONSOLE: Readonly<Record<'log' | 'info' | 'debug' | 'warn' | 'error', Level>> = {
  log: 'debug',
  info: 'info',
  debug: 'debug',
  warn: 'warn',
  error: 'error',
};

/** The running process. Ctrl-C reaches the whole group, so SIGINT is the host's to answer; SIGUSR1 opens no inspector. */
export function thisProcess(): Machine {
  // Once the host is dead every write fails with EPIPE, which would end us before the leases are revoked.
  process.stdout.on('error', ignore);
  process.stderr.on('error', ignore);
  process.on('SIGINT', ignore);
  process.on('SIGUSR1', ignore);
  return {
    env: process.env,
    parent: () => process.ppid,
    writeOut: (text) => void process.stdout.write(text),
    writeErr: (text) => void process.stderr.write(text),
    onEnd: (heard) => {
      for (const signal of ENDING) process.on(signal, () => heard(signal, 0));
      process.on('uncaughtException', () => heard('an uncaught exception', 1));
    },
    onStray: (heard) => void process.on('unhandledRejection', heard),
    redirectConsole: (print) => {
      for (const [name, level] of Object.entries(CONSOLE) as [keyof typeof CONSOLE, Level][]) {
        console[name] = (...parts: unknown[]) => print(level, parts.map(String).join(' '));
      }
    },
    every: (ms, tick) => void setInterval(tick, ms).unref(),
    exit: (code) => process.exit(code),
  };
}

function ignore(): void {}
