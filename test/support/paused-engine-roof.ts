// Roof of a lease engine on a shared database that is paused: its target is its parent's, and so is its clock.
import { AppError } from '#core/errors.js';
import { sensitive } from '#core/sensitive.js';
import type { RevokeOutcome } from '#engine/integrations/integration.js';
import { systemClock } from './leasing/clocks.ts';
import { openEngine, token } from './leasing/engine.ts';
import { FakeTarget } from './leasing/fake-integration.ts';

/** `go`: what to do. `answer`: what the target says to the call of that number. `now`: how late it is. */
export type ToPaused =
  | { kind: 'go'; work: 'issue' | 'sweep' }
  | { kind: 'now'; at: number }
  | { kind: 'answer'; call: number; outcome: RevokeOutcome | 'made' | 'late' };
export type FromPaused =
  | { kind: 'ready' }
  | { kind: 'call'; call: number; what: 'create' | 'revoke'; name: string; deadlineAt: number }
  | { kind: 'over'; shown: string[]; error: string };

const about = JSON.parse(process.argv[2] ?? '{}') as { url: string; dynamicSecretId: string; now: number };
let { now } = about;
const calls: ((outcome: string) => void)[] = [];

const tell = (message: FromPaused) => process.send?.(message);
const ask = (what: 'create' | 'revoke', name: unknown, deadlineAt = 0): Promise<string> =>
  new Promise((resolve) => {
    calls.push(resolve);
    tell({ kind: 'call', call: calls.length - 1, what, name: String(name), deadlineAt });
  });

const engine = await openEngine({
  url: about.url,
  clock: { ...systemClock, now: () => now },
  integrations: () => [
    {
      ...new FakeTarget().integration(),
      create: async ({ plan, deadlineAt }) => {
        const outcome = await ask('create', plan['name'], deadlineAt);
        if (outcome !== 'made') throw new AppError('ERR_TIMEOUT', 'The target is past the deadline.');
        return new Map([['username', sensitive(String(plan['name']))]]);
      },
      revoke: async ({ plan }) => (await ask('revoke', plan['name'])) as RevokeOutcome,
    },
  ],
});

async function work(what: 'issue' | 'sweep'): Promise<void> {
  const shown: string[] = [];
  let error = '';
  try {
    if (what === 'sweep') await engine.leases.settle();
    else {
      const { values } = await engine.leases.issue({ dynamicSecretId: about.dynamicSecretId, actor: token() });
      shown.push(...values.keys());
    }
  } catch (cause) {
    error = (cause as AppError).code;
  }
  await engine.leases.settle();
  tell({ kind: 'over', shown, error });
}

process.on('message', (message: ToPaused) => {
  if (message.kind === 'now') now = message.at;
  if (message.kind === 'answer') calls[message.call]?.(message.outcome);
  if (message.kind === 'go') void work(message.work);
});
tell({ kind: 'ready' });
