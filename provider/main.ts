// The roof of the Terraform provider: takes process, clock and chance in hand and serves.
import { newLog } from './plugin/log.ts';
import { thisProcess } from './plugin/machine.ts';
import { servePlugin } from './plugin/serve.ts';
import { systemClock } from './plugin/system-clock.ts';

const machine = thisProcess();
const log = newLog(machine.writeErr, systemClock.now);
const served = {
  service: 'tfplugin6.Provider',
  load: async () => {
    const { loadProvider } = await import('./load.ts');
    return loadProvider({ clock: systemClock, log, random: Math.random, env: machine.env });
  },
};
await servePlugin(served, { machine, clock: systemClock, log, platform: process.platform });
