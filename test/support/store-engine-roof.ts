// Roof of a lease engine on a shared database that is killed: issues leases, tells of each credential, hangs at the third.
import { sensitive } from '#core/sensitive.js';
import { systemClock } from './leasing/clocks.ts';
import { openEngine, token } from './leasing/engine.ts';
import { FakeTarget } from './leasing/fake-integration.ts';

const { url, dynamicSecretId, now } = JSON.parse(process.argv[2] ?? '{}') as {
  url: string;
  dynamicSecretId: string;
  now: number;
};
const HANGS_AT = 3;
let made = 0;

const engine = await openEngine({
  url,
  clock: { ...systemClock, now: () => now },
  integrations: () => [
    {
      ...new FakeTarget().integration(),
      create: async ({ plan }) => {
        made += 1;
        process.send?.(String(plan['name']));
        if (made === HANGS_AT) await new Promise(() => setInterval(() => {}, 1000));
        return new Map([['username', sensitive('somebody')]]);
      },
    },
  ],
});
for (let n = 0; n < HANGS_AT; n += 1) await engine.leases.issue({ dynamicSecretId, actor: token() });
