// A process that fell by itself, said aloud: what a test expected of it then says nothing about what it tests.
import { relative } from 'node:path';

/** What ends a process from within; nobody sends these. */
const FALLS: readonly (NodeJS.Signals | null)[] = ['SIGSEGV', 'SIGTRAP', 'SIGILL', 'SIGBUS', 'SIGABRT'];

export type Crash = { program: string; signal: NodeJS.Signals; step: string };

/** The signal, when it is one that only a fault sends. */
export function crashOf(signal: NodeJS.Signals | null | undefined): NodeJS.Signals | undefined {
  return signal !== undefined && FALLS.includes(signal) ? (signal ?? undefined) : undefined;
}

/** The variable that names the test file in a process that a test started to run jobs. */
export const TEST_FILE = 'SECRETS_TEST_FILE';

/** The test file that runs here, seen from the project; empty outside of tests. */
export function testFile(): string {
  const { expect } = globalThis as { expect?: { getState(): { testPath?: string } } };
  const path = expect?.getState().testPath;
  return path === undefined ? (process.env[TEST_FILE] ?? '') : relative(process.cwd(), path);
}

/** `.ci/crashed.mjs` reads this line. It goes past jest, which keeps a console for itself until a file has ended. */
export function crashLine({ program, signal, step }: Crash): string {
  return `!!! ${program} crashed with ${signal} under '${step}' in ${testFile()} !!!`;
}

export function sayCrash(crash: Crash): void {
  process.stderr.write(`${crashLine(crash)}\n`);
}
