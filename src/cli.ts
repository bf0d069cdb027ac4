// Roof of the command line: takes the process, the clock and the signals in hand and passes them down.
import { lookup } from 'node:dns/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { endedBy } from './commands/endings.ts';
import { main } from './commands/main.ts';
import { outputsOf } from './commands/outputs.ts';

process.on('SIGUSR1', () => {}); // Without a listener it opens the inspector, and with it every value in memory.
const ENDINGS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';

process.exitCode = await main({
  args: process.argv.slice(2),
  env: process.env,
  clock: {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    sleep: (ms, signal) => wait(ms, undefined, signal ? { signal } : {}).catch(() => undefined),
  },
  pid: process.pid,
  version: '1.0.0',
  storeWorkerUrl: new URL(`./sqlite-worker.${extension}`, import.meta.url),
  ...outputsOf(process),
  ended: () => endedBy(process, () => performance.now()),
  onSignal: (listen) => void ENDINGS.map((signal) => process.on(signal, () => listen(signal))),
  interactive: process.stdin.isTTY,
  lookup: (name) => lookup(name, { all: true }),
  random: Math.random,
  abort: (exitCode) => process.exit(exitCode),
});
