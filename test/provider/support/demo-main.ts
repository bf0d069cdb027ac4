// The demo provider as a plugin process: the roof that a real provider would have.
import { providerServer } from '#provider/framework/rpc/dispatch.js';
import { newLog } from '#provider/plugin/log.js';
import { thisProcess } from '#provider/plugin/machine.js';
import { servePlugin } from '#provider/plugin/serve.js';
import { systemClock } from '#provider/plugin/system-clock.js';
import { demoProvider } from './demo-provider.ts';

const machine = thisProcess();
const log = newLog(machine.writeErr, systemClock.now);
const server = providerServer(demoProvider, { clock: systemClock, log });
const served = { service: 'tfplugin6.Provider', load: async () => server };
await servePlugin(served, { machine, clock: systemClock, log, platform: process.platform });
