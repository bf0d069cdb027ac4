// The lease registry: nothing that was lent outlives the process, and time is never asked of the machine.
import fc from 'fast-check';
import { AppError } from '#core/errors.js';
import { type Lease, LeaseRegistry, type LeaseSet } from '#provider/framework/leases.js';
import { renewDelayMs, retryDelayMs } from '#provider/framework/renewal.js';
import { FakeClock } from '../support/fake-clock.ts';

const refused = new AppError('ERR_UNAVAILABLE', 'refused');

function registry(options: { drainMs?: number } = {}) {
  const clock = new FakeClock();
  const logged: string[] = [];
  const leases = new LeaseRegistry({
    clock,
    log: (_, message) => void logged.push(message),
    random: () => 0,
    ...options,
  });
  return { clock, leases, logged };
}

/** A lease that records its revokes; the first `failures` of them are refused. */
function lease(id: string, failures = 0, renew?: Lease['renew']) {
  const revokes: number[] = [];
  const made: Lease = {
    id,
    ttlSec: 60,
    revoke: async () => {
      revokes.push(1);
      if (revokes.length <= failures) throw refused;
    },
    ...(renew ? { renew } : {}),
  };
  return { made, revokes };
}

const open = (leases: LeaseRegistry, made: Lease, set?: LeaseSet) =>
  leases.open(
    async () => made,
    (one) => one,
    set,
  );

test('renewal waits between half and two thirds of the life, and is never in the past', () => {
  const ttl = fc.double({ min: -10, max: 1e9, noNaN: true });
  const random = fc.double({ min: 0, max: 0.999, noNaN: true });
  fc.assert(
    fc.property(ttl, random, (ttlSec, at) => {
      const wait = renewDelayMs(ttlSec, at);
      expect(wait).toBeGreaterThanOrEqual(1_000);
      if (ttlSec > 2) expect(wait / (ttlSec * 1000)).toBeLessThanOrEqual(2 / 3);
      if (ttlSec > 2) expect(wait / (ttlSec * 1000)).toBeGreaterThan(0.499);
      expect(retryDelayMs(ttlSec * 1000, at)).toBeGreaterThanOrEqual(1_000);
    }),
  );
});

test('close revokes once; a second close, and one of a lease never heard of, do nothing', async () => {
  const { leases } = registry();
  const { made, revokes } = lease('a');
  await open(leases, made);
  expect(leases.size).toBe(1);
  expect(await leases.close('a')).toEqual([]);
  expect(await leases.close('a')).toEqual([]);
  expect(await leases.close('never')).toEqual([]);
  expect(revokes).toHaveLength(1);
});

test('a lease that is gone on the server counts as revoked', async () => {
  const { leases } = registry();
  await open(leases, { id: 'a', ttlSec: 60, revoke: () => Promise.reject(new AppError('ERR_NOT_FOUND', 'gone')) });
  expect(await leases.close('a')).toEqual([]);
  expect(leases.size).toBe(0);
});

test('a refused revoke is a warning that says until when, and the drain tries again', async () => {
  const { leases, clock } = registry();
  const { made, revokes } = lease('a', 2);
  await open(leases, made);
  const [found] = await leases.close('a');
  expect(found).toMatchObject({ severity: 'warning', detail: expect.stringContaining('2026-01-01T00:01:00.000Z') });
  await clock.runUntil(leases.drain());
  expect([revokes.length, leases.size]).toEqual([3, 0]);
});

test('the drain ends every lease, whichever refuse, and is one for all callers', async () => {
  const { leases, clock } = registry();
  const all = Array.from({ length: 30 }, (_, n) => lease(`l${n}`, n % 3));
  for (const { made } of all) await open(leases, made);
  await clock.runUntil(Promise.all([leases.drain(), leases.drain()]));
  expect(all.map(({ revokes }) => revokes.length)).toEqual(all.map((_, n) => (n % 3) + 1));
});

test('the drain gives up when its time is over, and says what is left', async () => {
  const { leases, clock, logged } = registry({ drainMs: 5_000 });
  await open(leases, { id: 'stuck', ttlSec: 60, revoke: () => new Promise(() => undefined) });
  const start = clock.now();
  await clock.runUntil(leases.drain());
  expect(clock.now() - start).toBe(5_000);
  expect(logged).toContain('A lease was not given back.');
});

test('a lease whose token Terraform closed first is no warning where a handle ends it, and one without a handle is', async () => {
  const { leases } = registry();
  let calls = 0;
  const set = { revoke: async () => void (calls += 1) };
  const once = () => {
    let isFirst = true;
    return async () => {
      if (!isFirst) return;
      isFirst = false;
      throw new AppError('ERR_UNAUTHENTICATED', 'the token has ended');
    };
  };
  await open(leases, { ...lease('a').made, revoke: once() }, set);
  await open(leases, { ...lease('b').made, revoke: once() });
  expect(await leases.close('a')).toEqual([]);
  expect(await leases.close('b')).toMatchObject([{ summary: 'A lease could not be revoked.' }]);
  await leases.drain();
  expect(calls).toBe(1);
});

test('leases of one set are ended by one call; a set whose leases were all closed costs nothing', async () => {
  const { leases, clock } = registry();
  let calls = 0;
  const set = { revoke: async () => void (calls += 1) };
  const [a, b] = [lease('a'), lease('b')];
  await open(leases, a.made, set);
  await open(leases, b.made, set);
  const quiet = { revoke: async () => Promise.reject(refused) };
  await open(leases, lease('c').made, quiet);
  await leases.close('c');
  await clock.runUntil(leases.drain());
  expect([calls, a.revokes.length + b.revokes.length]).toEqual([1, 0]);
});

test('an opening that failed may have lent: its set is ended', async () => {
  const { leases, clock } = registry();
  let calls = 0;
  const set = { revoke: async () => void (calls += 1) };
  await expect(
    leases.open(
      () => Promise.reject(refused),
      () => undefined,
      set,
    ),
  ).rejects.toBe(refused);
  await open(leases, lease('b').made, set);
  await leases.close('b');
  await clock.runUntil(leases.drain());
  expect(calls).toBe(1);
});

test('an opening that finishes during the drain is taken back and refused; later ones never start', async () => {
  const { leases, clock } = registry();
  const { made, revokes } = lease('late');
  let finish = (_: Lease) => undefined as void;
  let aborted = false;
  const opening = leases.open(
    (signal) => {
      signal.addEventListener('abort', () => (aborted = true));
      return new Promise<Lease>((done) => (finish = done));
    },
    (one) => one,
  );
  const outcome = opening.catch((error: AppError) => error.code);
  const drained = leases.drain();
  finish(made);
  await clock.runUntil(drained);
  expect([aborted, await outcome, revokes.length, leases.size]).toEqual([true, 'ERR_UNAVAILABLE', 1, 0]);
  await expect(open(leases, made)).rejects.toMatchObject({ code: 'ERR_UNAVAILABLE' });
});

test('what is borrowed otherwise is given back after the leases', async () => {
  const { leases, clock } = registry();
  const order: string[] = [];
  leases.borrow(async () => void order.push('token'));
  await open(leases, { id: 'a', ttlSec: 60, revoke: async () => void order.push('lease') });
  await clock.runUntil(leases.drain());
  expect(order).toEqual(['lease', 'token']);
});

test('a renewal that fails is tried again soon, told at close, and forgotten once one works', async () => {
  const { leases, clock } = registry();
  let works = false;
  const { made } = lease('a', 0, async () => (works ? { ttlSec: 60 } : Promise.reject(refused)));
  await open(leases, made);
  const signal = new AbortController().signal;
  expect(leases.renewAt(made)).toBe(clock.now() + 30_000);
  expect(await leases.renew('a', signal)).toEqual({ renewAt: clock.now() + 15_000, found: [] });
  works = true;
  await leases.renew('a', signal);
  works = false;
  await leases.renew('a', signal);
  expect(await leases.close('a')).toMatchObject([{ severity: 'error', summary: 'A lease could not be renewed.' }]);
});

test('a lease that ran out, or will not grow, is not renewed again', async () => {
  const { leases, clock } = registry();
  const signal = new AbortController().signal;
  const { made } = lease('a', 0, () => Promise.reject(refused));
  await open(leases, made);
  clock.advance(59_500);
  expect(await leases.renew('a', signal)).toMatchObject({ renewAt: undefined, found: [{ severity: 'error' }] });
  const { made: last } = lease('b', 0, async () => ({ ttlSec: 60, final: true }));
  await open(leases, last);
  expect((await leases.renew('b', signal)).renewAt).toBeUndefined();
  expect(leases.renewAt(lease('c').made)).toBeUndefined();
});
