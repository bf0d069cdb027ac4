// The roof of main: takes process, clock and network in hand and passes them to load.
import { GithubRunner } from '#action/github-runner.js';
import { load } from '#action/load.js';
import { connectWith } from '#client/connect.js';
import { nodeClock } from '#client/node-clock.js';
import { nodeSend } from '#client/node-send.js';
import { newLeaseHandle } from '#core/lease-handle.js';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
// Without a listener SIGUSR1 opens the inspector, and with it every value in memory.
process.on('SIGUSR1', () => {});

await load({
  runner: new GithubRunner({
    env: process.env,
    write: (text) => process.stdout.write(text),
    failStep: () => {
      process.exitCode = 1;
    },
  }),
  connect: connectWith({ send: nodeSend(), clock: nodeClock, random: Math.random }),
  clock: nodeClock,
  stop: stop.signal,
  newHandle: newLeaseHandle,
});
