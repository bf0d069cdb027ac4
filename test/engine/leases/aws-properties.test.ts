// Trouble at AWS, at every call and in any order: when it is over, what AWS lets anybody use are the live leases.
import fc from 'fast-check';
import type { Trouble } from '../../support/aws/model.ts';
import { AwsWorld, type Leasable, TROUBLES } from '../../support/aws/world.ts';

const MINUTE = 60_000;
const TIMEOUT_MS = 300_000;
/** How many calls each makes when nothing goes wrong. */
const CALLS: Record<Leasable, { issue: number; revoke: number }> = {
  USER: { issue: 5, revoke: 8 },
  ROLE: { issue: 2, revoke: 3 },
};

async function check(world: AwsWorld): Promise<void> {
  await world.heal();
  expect(world.external()).toEqual(world.live());
  for (const lease of world.issued) expect(world.works(lease)).toBe(world.isActive(lease));
}

describe.each(Object.entries(CALLS) as [Leasable, { issue: number; revoke: number }][])('%s', (what, calls) => {
  let world: AwsWorld;
  beforeEach(async () => {
    world = await AwsWorld.start();
  });
  afterEach(() => world.close());

  const everyTrouble = async (count: number, work: (trouble: Trouble) => Promise<void>) => {
    for (const kind of TROUBLES) {
      for (let nth = 1; nth <= count; nth += 1) {
        try {
          await work({ nth, what: kind });
          await check(world);
        } catch (cause) {
          throw new Error(`${JSON.stringify(kind)} at call ${nth}`, { cause });
        }
      }
    }
  };

  test(
    'every trouble at every call of an issue',
    async () => {
      const { model } = world.shop;
      const before = model.calls.length;
      await world.issue(what);
      expect(model.calls.length - before).toBe(calls.issue);
      await everyTrouble(calls.issue, async (trouble) => {
        model.trouble(trouble);
        await world.issue(what).catch(() => undefined);
      });
    },
    TIMEOUT_MS,
  );

  test(
    'every trouble at every call of a revoke',
    async () => {
      const { model } = world.shop;
      await world.issue(what);
      const before = model.calls.length;
      await world.revoke(-1);
      expect(model.calls.length - before).toBe(calls.revoke);
      await everyTrouble(calls.revoke, async (trouble) => {
        await world.issue(what);
        model.trouble(trouble);
        await world.engine.leases.revoke({ id: world.issued.at(-1)?.id ?? '', actor: OWNER });
      });
    },
    TIMEOUT_MS,
  );
});

const OWNER = { kind: 'token', tokenId: 'token-1', principalId: 'principal-1', canManage: false } as const;

type Step =
  | { do: 'issue'; what: Leasable; trouble: Trouble | undefined }
  | { do: 'revoke'; which: number; trouble: Trouble | undefined }
  | { do: 'renew'; which: number; trouble: Trouble | undefined }
  | { do: 'advance'; ms: number }
  | { do: 'lag'; ms: number };

const trouble: fc.Arbitrary<Trouble | undefined> = fc.option(
  fc.record({
    nth: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 9 })),
    what: fc.constantFrom(...TROUBLES),
  }),
  { nil: undefined },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('issue' as const), what: fc.constantFrom('USER' as const, 'ROLE' as const), trouble }),
  fc.record({ do: fc.constant('revoke' as const), which: fc.nat(5), trouble }),
  fc.record({ do: fc.constant('renew' as const), which: fc.nat(5), trouble }),
  fc.record({ do: fc.constant('advance' as const), ms: fc.integer({ min: 1, max: 20 * MINUTE }) }),
  fc.record({ do: fc.constant('lag' as const), ms: fc.constantFrom(0, 5000, 30_000) }),
);

async function run(world: AwsWorld, one: Step): Promise<void> {
  if (one.do === 'advance') return world.clock.advance(one.ms);
  if (one.do === 'lag') return void (world.shop.model.account.lagMs = one.ms);
  if (one.trouble) world.shop.model.trouble(one.trouble);
  if (one.do === 'issue') return world.issue(one.what);
  return one.do === 'revoke' ? world.revoke(one.which) : world.renew(one.which);
}

test(
  'any order of leasing, time, lag and trouble',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const world = await AwsWorld.start();
        try {
          // A failure is an answer too; what counts is what is left when all is quiet.
          for (const one of steps) await run(world, one).catch(() => undefined);
          await check(world);
        } finally {
          await world.close();
        }
      }),
      { numRuns: 30 },
    );
  },
  TIMEOUT_MS,
);
