// The roof of the Terraform provider: takes process, clock and network in hand and serves.
import { connectWith } from '#client/connect.js';
import { connectManagementWith } from '#client/doppler-management.js';
import { connectSigningInWith } from '#client/management-sign-in.js';
import { nodeSend } from '#client/node-send.js';
import { providerServer } from './framework/rpc/dispatch.ts';
import { newLog } from './plugin/log.ts';
import { thisProcess } from './plugin/machine.ts';
import { servePlugin } from './plugin/serve.ts';
import { systemClock } from './plugin/system-clock.ts';
import { secretsProvider } from './resources/provider.ts';

const machine = thisProcess();
const log = newLog(machine.writeErr, systemClock.now);
const far = { send: nodeSend(), clock: systemClock, random: Math.random };
const provider = secretsProvider({
  connect: connectWith(far),
  connectManagement: connectManagementWith(far),
  connectSigningIn: connectSigningInWith(far),
  env: machine.env,
});
const server = providerServer(provider, { clock: systemClock, log });
await servePlugin(server, { machine, clock: systemClock, log, platform: process.platform });
