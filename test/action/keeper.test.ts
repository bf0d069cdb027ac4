// The keeper: in good time, for as long as the worker lives, and never a lease longer than told.
import fc from 'fast-check';
import { keep } from '#action/keeper.js';
import { readBrief, writeBrief } from '#action/keeper-brief.js';
import { DIRECT } from '#client/network.js';
import { AppError, type ErrorCode } from '#core/errors.js';
import { newLeaseHandle } from '#core/lease-handle.js';
import { Sensitive } from '#core/sensitive.js';
import { FakeClock } from '../support/memory-runner.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

type World = {
  gone?: number;
  stopped?: number;
  fails?: (at: number) => ErrorCode | undefined;
  cap?: number;
  random?: number;
};

async function run(world: World, { ttlSec = 900, until = 6 * HOUR } = {}) {
  const clock = new FakeClock();
  const start = clock.now();
  const renewals: number[] = [];
  const stop = new AbortController();
  let expiresAt = start + ttlSec * 1000;
  let lapsed = false;
  const sleep = clock.sleep.bind(clock);
  clock.sleep = async (ms) => {
    await sleep(ms);
    if (world.stopped !== undefined && clock.now() - start >= world.stopped) stop.abort();
    if (clock.now() > expiresAt) lapsed = true;
  };
  const tools = {
    clock,
    random: () => world.random ?? 0.5,
    isWorkerAlive: () => world.gone === undefined || clock.now() - start < world.gone,
    stop: stop.signal,
    renew: async () => {
      renewals.push(clock.now() - start);
      const code = world.fails?.(renewals.length);
      if (code) throw new AppError(code, 'no');
      const wanted = clock.now() + ttlSec * 1000;
      expiresAt = world.cap === undefined ? wanted : Math.min(wanted, start + world.cap);
      return { expiresAt, capped: world.cap !== undefined && wanted >= start + world.cap };
    },
  };
  await keep(tools, [{ id: 'l1', ttlSec, expiresAt }], start + until);
  return { renewals, lapsed, ended: clock.now() - start };
}

test('renews at half to two thirds of the lifetime, until it is told to stop renewing', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 60, max: 3600 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      async (ttlSec, random) => {
        const { renewals, lapsed, ended } = await run({ random }, { ttlSec, until: 3 * HOUR });
        expect([lapsed, ended]).toEqual([false, 3 * HOUR]);
        for (const [index, at] of renewals.entries()) {
          const used = at - (renewals[index - 1] ?? 0);
          expect(used).toBeGreaterThanOrEqual(ttlSec * 500);
          // Woken at least every five seconds.
          expect(used).toBeLessThanOrEqual((ttlSec * 2000) / 3 + 5000);
        }
      },
    ),
    { numRuns: 30 },
  );
});

test('ends within seconds when the worker is gone or post says so', async () => {
  expect((await run({ gone: HOUR })).ended).toBeLessThanOrEqual(HOUR + 5000);
  expect((await run({ stopped: HOUR })).ended).toBeLessThanOrEqual(HOUR + 5000);
});

test('a failure that may pass is tried again before the lease lapses', async () => {
  const { renewals, lapsed } = await run(
    { fails: (nth) => (nth <= 2 ? 'ERR_UNAVAILABLE' : undefined) },
    { until: HOUR },
  );
  expect(renewals.length).toBeGreaterThan(3);
  expect(lapsed).toBe(false);
});

test.each<ErrorCode>(['ERR_NOT_FOUND', 'ERR_LEASE_EXPIRED', 'ERR_CONFLICT', 'ERR_ACCESS_DENIED'])(
  'a lease that is over (%s) is asked for no more, and without any the keeper ends',
  async (code) => {
    const { renewals, ended } = await run({ fails: () => code });
    expect([renewals.length, ended < HOUR]).toEqual([1, true]);
  },
);

test('a lease that can be moved no further is left at its end', async () => {
  const { renewals, ended } = await run({ cap: HOUR });
  expect(ended).toBeLessThan(HOUR);
  expect(renewals.length).toBeGreaterThan(2);
});

test('a brief is read as it was written, and half of one is none', () => {
  const { renewKey } = newLeaseHandle();
  const network = {
    ...DIRECT,
    proxy: new Sensitive('http://u:p@proxy:3128'),
    ca: 'CA',
    client: { certificate: 'CERT', key: new Sensitive('KEY') },
  };
  const worker = { pid: 7, startedAt: '99' };
  const leases = [{ id: 'l', ttlSec: 60, expiresAt: 5 }];
  const brief = { apiUrl: 'https://x', renewKey, leases, until: 9, worker, network };
  const text = writeBrief(brief);
  const read = readBrief(text);
  expect(read).toMatchObject({ apiUrl: 'https://x', leases, until: 9, worker, network: { ca: 'CA', noProxy: '' } });
  expect([read?.renewKey.reveal(), read?.network.client?.key.reveal()]).toEqual([renewKey.reveal(), 'KEY']);
  expect(read?.network.proxy?.reveal()).toBe('http://u:p@proxy:3128');
  for (let end = 0; end < text.length; end += 7) expect(readBrief(text.slice(0, end))).toBeUndefined();
});
