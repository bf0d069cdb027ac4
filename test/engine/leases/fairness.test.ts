// One target that is down, among others that are not: it keeps nobody waiting, and is tried until it answers.
import fc from 'fast-check';
import { AppError } from '#core/errors.js';
import { Breakers } from '#engine/leases/breakers.js';
import { FakeClock } from '../../support/leasing/clocks.ts';
import { BY, type Engine, openEngine, PLACE, query, token } from '../../support/leasing/engine.ts';
import { FakeTarget } from '../../support/leasing/fake-integration.ts';

const MANY = 60;
const down = new Set<string>();
let clock: FakeClock;
let calls: string[];
let engine: Engine;

beforeEach(async () => {
  clock = new FakeClock();
  calls = [];
  down.clear();
  const fake = new FakeTarget().integration();
  const revoke: typeof fake.revoke = async (target, signal) => {
    const name = String(target.data['name']);
    calls.push(name);
    if (down.has(name)) throw new AppError('ERR_UNAVAILABLE', 'The target cannot be reached.');
    return fake.revoke(target, signal);
  };
  engine = await openEngine({ clock, integrations: () => [{ ...fake, revoke }] });
  for (const name of ['dead', 'fine']) {
    await engine.definitions.createIntegration({ name, type: 'postgres', data: { name }, allowed: ['shop'] }, BY);
  }
});
afterEach(() => engine.close());

async function lease(integration: string, count: number): Promise<void> {
  const wanted = {
    name: integration.toUpperCase(),
    kind: 'postgres' as const,
    integration,
    maxLiveLeases: count,
    maxTtlSec: 3600,
  };
  const { slug } = await engine.definitions.createDynamicSecret({ ...PLACE, ...wanted }, BY);
  for (let n = 0; n < count; n++) await engine.leases.issue({ dynamicSecretId: slug, actor: token(), ttlSec: 600 });
}
const left = () => query(engine.folder, 'select id from leases where closed_at is null').length;

test('leases of a target that answers end in one sweep, however many wait for one that does not', async () => {
  await lease('dead', MANY);
  await lease('fine', 3);
  down.add('dead');
  clock.advance(600_000);
  await engine.leases.settle();
  expect([left(), calls.filter((name) => name === 'fine').length]).toEqual([MANY, 3]);
});

test('a target that is down gets one try at a time, and all of its leases end once it answers', async () => {
  await lease('dead', MANY);
  down.add('dead');
  clock.advance(600_000);
  await engine.leases.settle();
  const before = calls.length;
  clock.advance(300_000);
  await engine.leases.settle();
  expect(calls.length - before).toBe(1);
  down.clear();
  for (let round = 0; round < 5 && left() > 0; round++) {
    clock.advance(15 * 60_000);
    await engine.leases.settle();
  }
  expect(left()).toBe(0);
  expect(engine.log.filter((line) => / is down| answers again/.test(line))).toHaveLength(2);
});

test('whatever succeeds and fails, a target that is up has room, and one that is down rests at most five minutes', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 60 }), (outcomes) => {
      let now = 0;
      const breakers = new Breakers({ monotonic: () => now });
      let failures = 0;
      for (const ok of outcomes) {
        if (ok) breakers.succeeded('one');
        else breakers.failed('one');
        failures = ok ? 0 : failures + 1;
        expect(breakers.room('one')).toBe(failures < 5 ? 10 : 0);
        expect(breakers.room('two')).toBe(10);
        now += 300_000;
        expect(breakers.room('one')).toBe(failures < 5 ? 10 : 1);
      }
    }),
  );
});

test('a target that stays down rests twice as long after each try, from half a minute to five minutes', () => {
  let now = 0;
  const breakers = new Breakers({ monotonic: () => now });
  for (let n = 0; n < 5; n += 1) breakers.failed('one');
  for (const seconds of [30, 60, 120, 240, 300, 300]) {
    now += seconds * 1000 - 1;
    expect(breakers.room('one')).toBe(0);
    now += 1;
    expect(breakers.room('one')).toBe(1);
    breakers.failed('one');
  }
});

test('while one try is on its way to a target that is down, there is room for no other', async () => {
  let now = 0;
  const breakers = new Breakers({ monotonic: () => now });
  for (let n = 0; n < 5; n += 1) breakers.failed('one');
  now += 30_000;
  const gate = Promise.withResolvers<void>();
  const trying = breakers.run('one', 5, Promise.resolve(), () => gate.promise);
  expect(breakers.room('one')).toBe(0);
  gate.resolve();
  await trying;
  expect(breakers.room('one')).toBe(1);
});
