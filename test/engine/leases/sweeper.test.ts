// The sweep by itself: how often it looks around, from where it claims, and when it looks again.
import { AppError } from '#core/errors.js';
import { Sweeper, type SweeperParts } from '#engine/leases/sweeper.js';
import type { WorkRow } from '#engine/storage/operations/lease-rows.js';
import { FakeClock } from '../../support/leasing/clocks.ts';

const STROKE = 4;
const ROOM = 8;

type Line = { due: number; id: string };

/** Lines of leases that are due, and a target per integration that ends what `finish` lets it end. */
class World {
  readonly clock = new FakeClock(1_000_000);
  readonly lines = new Map<string, Line[]>();
  readonly asked: string[] = [];
  readonly claimed: string[] = [];
  readonly working = new Map<string, number>();
  looks = 0;
  isAway = false;
  readonly log: string[] = [];
  readonly parts = this.#parts();
  readonly sweeper = new Sweeper(this.parts, {
    room: (id) => ROOM - (this.working.get(id) ?? 0),
    isAtWork: (id) => (this.working.get(id) ?? 0) > 0,
    end: async (row) => {
      this.claimed.push(row.id);
      this.working.set(row.integration_id, (this.working.get(row.integration_id) ?? 0) + 1);
    },
    oneDone: () => new Promise(() => undefined),
  });

  add(integrationId: string, count: number, from = 0): void {
    const line = this.lines.get(integrationId) ?? [];
    for (let n = from; n < from + count; n += 1) line.push({ due: n, id: `${integrationId}${n}` });
    this.lines.set(
      integrationId,
      line.sort((a, b) => a.due - b.due),
    );
  }

  finish(integrationId: string): void {
    this.working.set(integrationId, 0);
  }

  #parts(): SweeperParts {
    const { clock } = this;
    const read = {
      integrationsDue: async () => {
        this.looks += 1;
        if (this.isAway) throw new AppError('ERR_UNAVAILABLE', 'The store is away.');
        return [...this.lines].filter(([, line]) => line.length > 0).map(([id]) => id);
      },
      nextLeaseDue: async ({ after }: { after: number }) => {
        this.asked.push(`next after ${after}`);
        return clock.now() + 1;
      },
    };
    const claimDueLeases: SweeperParts['store']['write']['claimDueLeases'] = async (request) => {
      const { integrationId, from, limit } = request;
      this.asked.push(`${integrationId} from ${from}, ${limit} at most`);
      const line = this.lines.get(integrationId) ?? [];
      const taken = line.filter(({ due }) => due >= from).slice(0, limit);
      this.lines.set(
        integrationId,
        line.filter((one) => !taken.includes(one)),
      );
      return taken.map(({ id, due }) => ({ id, integration_id: integrationId, next_action_at: due }) as WorkRow);
    };
    const write = { claimDueLeases, saveMoment: async () => undefined };
    return {
      clock,
      now: () => clock.now(),
      processId: 'p',
      log: (line) => void this.log.push(line),
      store: { stroke: STROKE, read, write },
    };
  }
}

test('claims in strokes what there is room for, each behind the one before, and says that there is more', async () => {
  const world = new World();
  world.add('a', 20);
  expect(await world.sweeper.sweep()).toEqual({ claimed: 8, isMore: true, isRoom: false });
  expect(world.asked).toEqual(['a from 0, 4 at most', 'a from 3, 4 at most']);
  world.finish('a');
  expect(await world.sweeper.sweep()).toEqual({ claimed: 8, isMore: true, isRoom: false });
  expect(world.asked.slice(2)).toEqual(['a from 7, 4 at most', 'a from 11, 4 at most']);
  expect(world.looks).toBe(1);
});

test('before a line counts as empty, it is looked through from its beginning: something may have been put back', async () => {
  const world = new World();
  world.add('a', 10, 10);
  await world.sweeper.sweep();
  world.add('a', 1);
  world.finish('a');
  expect(await world.sweeper.sweep()).toMatchObject({ claimed: 3 });
  expect(world.claimed.at(-1)).toBe('a0');
});

test('who comes to a storm of another waits half a second at most', async () => {
  const world = new World();
  world.add('a', 1000);
  await world.sweeper.sweep();
  world.add('b', 1);
  world.finish('a');
  world.clock.advance(499);
  await world.sweeper.sweep();
  expect([world.looks, world.claimed.includes('b0')]).toEqual([1, false]);
  world.finish('a');
  world.clock.advance(1);
  await world.sweeper.sweep();
  expect([world.looks, world.claimed.includes('b0')]).toEqual([2, true]);
});

test('after the end of a storm it looks around at once', async () => {
  const world = new World();
  world.add('a', 9);
  await world.sweeper.sweep();
  world.add('b', 1);
  world.finish('a');
  expect(await world.sweeper.sweep()).toEqual({ claimed: 1, isMore: true, isRoom: true });
  expect(await world.sweeper.sweep()).toEqual({ claimed: 1, isMore: false, isRoom: false });
  expect(world.claimed.at(-1)).toBe('b0');
});

test('leases that find no room because others are being ended are not left to the plain pace', async () => {
  const world = new World();
  world.add('a', ROOM);
  await world.sweeper.sweep();
  world.add('a', 1, 50);
  expect(await world.sweeper.sweep()).toEqual({ claimed: 0, isMore: true, isRoom: false });
});

test('what no room is for while nothing is being ended waits for the plain pace', async () => {
  const world = new World();
  world.add('down', 3);
  const resting = new Sweeper(world.parts, {
    ...{ room: () => 0, isAtWork: () => false, oneDone: async () => undefined },
    end: async () => undefined,
  });
  expect(await resting.sweep()).toEqual({ claimed: 0, isMore: false, isRoom: false });
});

test('it sleeps until something is due that was not when it looked', async () => {
  const world = new World();
  world.sweeper.start();
  while (world.asked.length === 0) await new Promise((done) => setTimeout(done, 1));
  expect(world.asked).toEqual(['next after 1000000']);
  await world.sweeper.stop();
});

test('a store that fails is asked every five seconds, however soon the next lease is due', async () => {
  const world = new World();
  world.isAway = true;
  world.sweeper.start();
  const turns = () => new Promise((done) => setTimeout(done, 20));
  await turns();
  world.clock.advance(4999);
  await turns();
  expect(world.log).toEqual(['sweep: The store is away.']);
  world.isAway = false;
  world.add('a', 1);
  world.clock.advance(1);
  await turns();
  expect([world.looks, world.claimed]).toEqual([2, ['a0']]);
  await world.sweeper.stop();
});
