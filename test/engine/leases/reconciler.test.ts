// Comparing with targets while other things go on: what is told is true, what is ended is written down, no target hides another.
import type { Integration } from '#engine/integrations/integration.js';
import { FakeClock } from '../../support/leasing/clocks.ts';
import { BY, type Engine, openEngine, PLACE, token } from '../../support/leasing/engine.ts';
import { AWAY, FakeTarget, REFUSES } from '../../support/leasing/fake-integration.ts';

const NAMES = ['one', 'other'] as const;
type Name = (typeof NAMES)[number];

let engine: Engine;
let targets: Record<Name, FakeTarget>;
/** Ids of dynamic secrets. */
let sources: Map<Name, string>;
/** Is waited for by a target when it is asked for its list, before it looks. */
let whileListing: (() => Promise<unknown>) | undefined;

beforeEach(async () => {
  targets = { one: new FakeTarget(), other: new FakeTarget() };
  sources = new Map();
  whileListing = undefined;
  engine = await openEngine({ clock: new FakeClock(), integrations: () => [both()] });
  for (const name of NAMES) {
    await engine.definitions.createIntegration({ name, type: 'postgres', data: { name }, allowed: ['shop'] }, BY);
    const wanted = { name: name.toUpperCase(), kind: 'postgres', integration: name };
    sources.set(name, (await engine.definitions.createDynamicSecret({ ...PLACE, ...wanted }, BY)).slug);
  }
});
afterEach(() => engine.close());

/** One integration whose data says which of the two targets is meant. */
function both(): Integration {
  const of = ({ data }: { data: Readonly<Record<string, unknown>> }) => targets[data['name'] as Name].integration();
  return {
    ...targets.one.integration(),
    create: (asked, signal) => of(asked).create(asked, signal),
    revoke: (asked, signal) => of(asked).revoke(asked, signal),
    list: async (asked, signal) => {
      await whileListing?.();
      return (await of(asked).list?.(asked, signal)) ?? [];
    },
  };
}

const issue = async (from: Name = 'one') =>
  (await engine.leases.issue({ dynamicSecretId: sources.get(from) ?? '', actor: token() })).id;

/** A credential whose lease was given up. */
async function orphan(from: Name = 'one'): Promise<string> {
  const id = await issue(from);
  targets[from].failure = { call: 'revoke', error: REFUSES };
  await engine.leases.revoke({ id, actor: token() });
  targets[from].failure = undefined;
  await engine.leases.forceClose({ id, cause: BY });
  return id;
}

/** What the audit log has of ended orphans. */
const told = async () =>
  (
    await engine.query(`select outcome, actor, target, detail from audit where action = 'lease.orphan' order by seq`)
  ).map(({ detail, ...row }) => ({ ...row, detail: JSON.parse(String(detail)) as unknown }));

test('a lease that ends, or is issued, while its target is asked is neither missing nor unknown', async () => {
  const id = await issue();
  whileListing = async () => {
    whileListing = undefined;
    await engine.leases.revoke({ id, actor: token() });
    await issue();
  };
  expect(await engine.leases.reconcile()).toEqual({ ended: [], unknown: [], missing: [] });
  expect(targets.one.made).toHaveLength(2);
});

test('the end of a credential without a lease is in the audit log with its name, and so is a target that refuses it', async () => {
  const id = await orphan();
  targets.one.failure = { call: 'revoke', error: REFUSES };
  expect(await engine.leases.reconcile()).toEqual({ ended: [], unknown: [], missing: [] });
  targets.one.failure = undefined;
  expect(await engine.leases.reconcile()).toEqual({ ended: [id], unknown: [], missing: [] });
  const about = { actor: 'engine', target: `lease:${id}` };
  expect(await told()).toEqual([
    { ...about, outcome: 'failed', detail: { code: 'ERR_INTEGRATION_FAILED' } },
    { ...about, outcome: 'ok', detail: { external_ref: id } },
  ]);
  expect(targets.one.credentials.size).toBe(0);
});

test('a credential that is gone when it is to be ended was ended by somebody else, and nobody says that we did', async () => {
  const id = await orphan();
  const fake = targets.one;
  const real = fake.integration();
  fake.integration = () => ({ ...real, revoke: async () => 'not_found' });
  expect(await engine.leases.reconcile()).toEqual({ ended: [], unknown: [], missing: [] });
  expect([await told(), [...fake.credentials]]).toEqual([[], [id]]);
});

test('a target that cannot be asked keeps no other from being compared, and says why', async () => {
  const [one, other] = [await orphan('one'), await orphan('other')];
  for (const name of NAMES) {
    const rest = name === 'one' ? other : one;
    targets[name].failure = { call: 'list', error: AWAY };
    expect(await engine.leases.reconcile()).toEqual({ ended: [rest], unknown: [], missing: [] });
    targets[name].failure = undefined;
  }
  expect(engine.log.filter((line) => line.includes(AWAY.line))).toHaveLength(2);
});
