// Any order of leasing, time and trouble at AWS: when it is over, what AWS lets anybody use are the live leases.
import fc from 'fast-check';
import { isLive } from '#core/lease.js';
import { FakeClock } from '../../support/leasing/clocks.ts';
import { BY, type Engine, openEngine, PLACE, query, token } from '../../support/leasing/engine.ts';
import type { Trouble } from '../../support/aws/model.ts';
import { type AwsShop, credentialsOf, localIntegration, startAwsShop } from '../../support/aws/shop.ts';

const MINUTE = 60_000;
const OBJECT = 'arn:aws:s3:::shop/x';
const TROUBLES: readonly Trouble['what'][] = [
  'throttle',
  'deny',
  'fail',
  'conflict',
  'malformed',
  { lost: 'before' },
  { lost: 'after' },
];

type Step =
  | { do: 'issue'; kind: 'USER' | 'ROLE' }
  | { do: 'revoke' | 'renew'; which: number }
  | { do: 'advance'; ms: number }
  | { do: 'lag'; ms: number }
  | { do: 'trouble'; nth: number; what: Trouble['what'] };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('issue' as const), kind: fc.constantFrom('USER', 'ROLE') }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('revoke', 'renew'), which: fc.nat(5) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('advance' as const), ms: fc.integer({ min: 1, max: 20 * MINUTE }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lag' as const), ms: fc.constantFrom(0, 5000, 30_000) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('trouble' as const),
      nth: fc.integer({ min: 1, max: 10 }),
      what: fc.constantFrom(...TROUBLES),
    }),
  },
) as fc.Arbitrary<Step>;

type World = { clock: FakeClock; shop: AwsShop; engine: Engine; ids: Record<string, string>; issued: Issued[] };
type Issued = { id: string; values: ReadonlyMap<string, { reveal(): string }> };

async function start(): Promise<World> {
  const clock = new FakeClock();
  const shop = await startAwsShop({ now: () => clock.now() });
  const slept = (ms: number) => clock.advance(ms);
  const engine = await openEngine({ clock, integrations: (now) => [localIntegration({ now, slept })] });
  const ceiling = { role_arns: [shop.roleArn], policy_arns: [shop.readArn] };
  const integration = { name: 'aws', type: 'aws', data: shop.data, allowed: ['shop'], ceiling };
  await engine.definitions.createIntegration(integration, BY);
  const ids: Record<string, string> = {};
  const declare = async (name: string, kind: string, parameters: object) => {
    const asked = { ...PLACE, name, kind, integration: 'aws', parameters, maxTtlSec: 7200, defaultTtlSec: 7200 };
    ids[name] = (await engine.definitions.createDynamicSecret(asked, BY)).slug;
  };
  await declare('USER', 'aws_iam_user', { policy_arns: [shop.readArn] });
  await declare('ROLE', 'aws_sts', { role_arn: shop.roleArn, hard_revoke: true });
  return { clock, shop, engine, ids, issued: [] };
}

async function run({ clock, shop, engine, ids, issued }: World, one: Step): Promise<void> {
  const { leases } = engine;
  const which = (number: number) => issued[number % Math.max(issued.length, 1)]?.id;
  if (one.do === 'advance') clock.advance(one.ms);
  if (one.do === 'lag') shop.model.account.lagMs = one.ms;
  if (one.do === 'trouble') shop.model.trouble({ nth: one.nth, what: one.what });
  if (one.do === 'issue') issued.push(await leases.issue({ dynamicSecretId: ids[one.kind] ?? '', actor: token() }));
  if (one.do === 'revoke' || one.do === 'renew') {
    const id = which(one.which);
    if (id === undefined) return;
    if (one.do === 'revoke') await leases.revoke({ id, actor: token() });
    else await leases.renew({ id, ttlSec: 3600, actor: token() });
  }
}

/** AWS is well again and time goes by; what is still active then has not expired. */
async function heal({ clock, shop, engine }: World): Promise<void> {
  shop.model.noTrouble();
  shop.model.account.lagMs = 0;
  for (let round = 0; round < 10; round += 1) {
    await engine.leases.settle();
    clock.advance(2 * MINUTE);
    query(engine.folder, `update leases set next_action_at = 1 where closed_at is null and state <> 'active'`);
  }
  await engine.leases.settle();
}

function external({ shop }: World): string[] {
  const { account } = shop.model;
  const users = [...account.users.values()].map(({ name }) => name).filter((name) => name.startsWith('lease-'));
  const sessions = [...account.sessions.values()].filter(
    ({ keyId: accessKeyId, secret: secretAccessKey, token: sessionToken }) =>
      shop.model.may({ accessKeyId, secretAccessKey, sessionToken }, 's3:GetObject', OBJECT) === 'yes',
  );
  return [...users, ...sessions.map(({ name }) => name)].sort();
}

test('after any trouble the credentials at AWS are those of the live leases, and every lease shown works', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      const world = await start();
      const { engine, shop, issued } = world;
      try {
        // A failure is an answer too; what counts is what is left when all is quiet.
        for (const one of steps) await run(world, one).catch(() => undefined);
        await heal(world);
        const rows = query(engine.folder, 'select id, state, external_ref from leases');
        const live = rows.filter(({ state }) => isLive(state as Parameters<typeof isLive>[0]));
        expect(live.every(({ state }) => state === 'active')).toBe(true);
        expect(external(world)).toEqual(live.map((row) => String(row['external_ref'])).sort());
        for (const { id, values } of issued) {
          const fields = new Map([...values].map(([name, value]) => [name.replace('AWS_', '').toLowerCase(), value]));
          const works = shop.model.may(credentialsOf(fields), 's3:GetObject', OBJECT) === 'yes';
          expect(works).toBe(live.some((row) => row['id'] === id));
        }
      } finally {
        await engine.close();
        await shop.close();
      }
    }),
    { numRuns: 40 },
  );
}, 300_000);
