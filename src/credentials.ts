// The roof of a credential process: what AWS SDKs run for a profile that renews itself; prints one answer or one error.
import { credentials } from '#action/credentials/credentials.js';
import { nodeProcesses } from '#action/node-processes.js';
import { connectWith } from '#client/connect.js';
import { nodeClock } from '#client/node-clock.js';
import { nodeSend } from '#client/node-send.js';
import { asAppError } from '#core/errors.js';

// Without a listener SIGUSR1 opens the inspector, and with it the credentials.
process.on('SIGUSR1', () => {});

const wire = { send: nodeSend(), clock: nodeClock, random: Math.random };
const tools = {
  variable: (name: string) => process.env[name],
  ...{ wire, connect: connectWith(wire), processes: nodeProcesses(process), newId: () => crypto.randomUUID() },
};
try {
  process.stdout.write(await credentials(tools, process.argv[2] ?? ''));
} catch (error) {
  process.stderr.write(`${asAppError(error).line}\n`);
  process.exitCode = 1;
}
