// The roof of the keeper: takes its brief from stdin, and renews until post, the worker or the clock says that it is over.
import { keep } from '#action/keeper.js';
import { readBrief } from '#action/keeper-brief.js';
import { nodeProcesses } from '#action/node-processes.js';
import { nodeClock } from '#client/node-clock.js';
import { nodeSend } from '#client/node-send.js';
import { renewWith } from '#client/renewal.js';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
// Without a listener SIGUSR1 opens the inspector, and with it the renewing key.
process.on('SIGUSR1', () => {});

let text = '';
for await (const chunk of process.stdin.setEncoding('utf8')) text += String(chunk);
const brief = readBrief(text);
if (brief) {
  const { worker, leases, until, ...far } = brief;
  const wire = { send: nodeSend(), clock: nodeClock, random: Math.random };
  const renew = renewWith({ ...wire, ...far, budgetMs: 15_000, signal: stop.signal });
  const isWorkerAlive = () => nodeProcesses(process).isAlive(worker);
  await keep({ ...wire, renew, isWorkerAlive, stop: stop.signal }, leases, until);
}
