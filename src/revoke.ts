// The roof of the revoke action: takes process, clock and network in hand and ends the leases that it is given.
import { GithubRunner, machineOf } from '#action/github-runner.js';
import { revokeGiven } from '#action/revoke-given.js';
import { connectWith } from '#client/connect.js';
import { nodeClock } from '#client/node-clock.js';
import { nodeSend } from '#client/node-send.js';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
// Without a listener SIGUSR1 opens the inspector, and with it the token.
process.on('SIGUSR1', () => {});

const runner = new GithubRunner(machineOf(process));
// Told once: what fails may be this very write, when nobody reads any more. Ending leases goes on.
process.once('uncaughtException', () => {
  runner.fail('secrets-action met an error that it did not expect. Report it with the steps that led here.');
});
process.on('uncaughtException', () => {});

const wire = { send: nodeSend(), clock: nodeClock, random: Math.random };
await revokeGiven({ runner, connect: connectWith(wire), wire, stop: stop.signal });
