// The roof of main: takes process, clock and network in hand and passes them to load.
import { resolve } from 'node:path';
import { GithubRunner, machineOf } from '#action/github-runner.js';
import { load } from '#action/load.js';
import { connectWith } from '#client/connect.js';
import { nodeClock } from '#client/node-clock.js';
import { nodeSend } from '#client/node-send.js';
import { newLeaseHandle } from '#core/lease-handle.js';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort(signal));
// Without a listener SIGUSR1 opens the inspector, and with it every value in memory.
process.on('SIGUSR1', () => {});
const machine = machineOf(process);
const runner = new GithubRunner(machine);
// Node would print a stack; aborting rolls back what was leased. Told once: what fails may be this very write.
process.once('uncaughtException', () => {
  runner.fail('secrets-action met an error that it did not expect. Report it with the steps that led here.');
});
process.on('uncaughtException', () => stop.abort());
const script = (stage: string) => resolve(process.argv[1] ?? '', `../../${stage}/index.js`);
const wire = { send: nodeSend(), clock: nodeClock, random: Math.random };
// Should nothing be left to wait for before the story ends, the step must not pass.
process.once('beforeExit', () => runner.fail('secrets-action ended before its work was done.'));
void load({
  ...{ runner, machine, wire, clock: nodeClock, connect: connectWith(wire) },
  ...{ stop: stop.signal, newHandle: () => newLeaseHandle() },
  openProcesses: async () => (await import('#action/node-processes.js')).nodeProcesses(process),
  ...{ keeperScript: script('keeper'), credentialProcess: [process.execPath, script('credentials')] },
}).then(() => process.stdout.write('', () => process.exit())); // After all that was written; taking down is slow.
