// Leases that share one transaction: a bad one takes no other with it, and a store that fails one loses no credential.
import { AppError } from '#core/errors.js';
import { Strokes } from '#engine/leases/strokes.js';
import { findAuditGap } from '#engine/storage/audit-chain.js';
import type { Intent } from '#engine/storage/operations/lease-issue.js';
import type { Store } from '#engine/storage/store.js';
import { FakeClock } from '../../support/leasing/clocks.ts';
import { BY, type Engine, openEngine, PLACE, token } from '../../support/leasing/engine.ts';
import { FakeTarget } from '../../support/leasing/fake-integration.ts';
import { startStoreDatabase, type StoreDatabase } from '../../support/store-database.ts';

const AT_ONCE = 40;
const DAY_MS = 24 * 3_600_000;

let database: StoreDatabase;
let engine: Engine;
let clock: FakeClock;
let target: FakeTarget;
let dynamicSecretId: string;
/** Thrown by the next stroke of that name, with or without its effect. */
let failure: { name: string; isDone: boolean } | undefined;

beforeAll(async () => {
  database = await startStoreDatabase();
});
afterAll(() => database?.stop());
afterEach(() => engine.close());

const LOST = new AppError('ERR_UNAVAILABLE', 'The store is full, or away at the commit.');

function failing(store: Store): Store {
  const write = Object.fromEntries(
    Object.entries(store.write).map(([name, operation]) => {
      const call = operation as (args: unknown) => Promise<unknown>;
      return [name, (args: unknown) => (failure?.name === name ? once(() => call(args)) : call(args))];
    }),
  );
  return { ...store, write: write as unknown as Store['write'] };
}

async function once(call: () => Promise<unknown>): Promise<never> {
  const isDone = failure?.isDone;
  failure = undefined;
  if (isDone) await call();
  throw LOST;
}

async function open(where: string): Promise<void> {
  clock = new FakeClock();
  target = new FakeTarget();
  const url = where === 'postgres' ? { url: await database.fresh() } : {};
  engine = await openEngine({ ...url, clock, integrations: () => [target.integration()], decorate: failing });
  await engine.definitions.createIntegration({ name: 'db', type: 'postgres', data: {}, allowed: ['shop'] }, BY);
  const declared = { ...PLACE, name: 'DB', kind: 'postgres' as const, integration: 'db', maxLiveLeases: 2 * AT_ONCE };
  dynamicSecretId = (await engine.definitions.createDynamicSecret(declared, BY)).slug;
}

const issue = () => engine.leases.issue({ dynamicSecretId, actor: token() });
const issueAll = () => Promise.allSettled(Array.from({ length: AT_ONCE }, issue));
const names = async (sql: string) => (await engine.query(sql)).map((row) => String(row['external_ref'])).sort();
const live = async () => Number((await engine.query('select live from dynamic_secrets'))[0]?.['live']);

/** External credentials = live leases, each counted, and an audit log without a gap. */
async function expectWhole(): Promise<void> {
  const open = await names("select external_ref from leases where closed_at is null and state = 'active'");
  expect([...target.credentials].sort()).toEqual(open);
  expect(await live()).toBe(
    Number((await engine.query('select count(*) as n from leases where closed_at is null'))[0]?.['n']),
  );
  for (const { chain } of await engine.store.read.listAuditChains({})) {
    const rows = await engine.store.read.readAuditChain({ chain, afterSeq: 0, limit: 10_000 });
    expect(findAuditGap(engine.keyring.auditKey, rows)).toBeUndefined();
  }
}

describe.each(['sqlite', 'postgres'])('on %s', (where) => {
  beforeEach(() => open(where));

  test('an intent that the store cannot hold is refused alone; all others of its stroke are written', async () => {
    const strokes = new Strokes({ store: engine.store, now: () => clock.now() });
    const { id: integrationId } = (await engine.query('select id from integrations'))[0] as { id: string };
    const intents = Array.from({ length: AT_ONCE }, (_, n) => intent(`lease-${n}`, integrationId));
    const bad = 17;
    const outcomes = await Promise.allSettled(
      intents.map((each, n) => strokes.intend(n === bad ? { ...each, hardExpiresAt: each.expiresAt - 1 } : each)),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(AT_ONCE - 1);
    expect(outcomes[bad]).toMatchObject({ status: 'rejected', reason: { code: 'ERR_CONFLICT' } });
    expect(await names('select external_ref from leases')).toEqual(
      intents
        .filter((_, n) => n !== bad)
        .map(({ id }) => id)
        .sort(),
    );
    expect(await live()).toBe(AT_ONCE - 1);
  });

  test.each([false, true])(
    'intents whose stroke is lost (its effect done: %s) make no credential and are closed',
    async (isDone) => {
      failure = { name: 'intendLeases', isDone };
      const outcomes = await issueAll();
      const made = outcomes.filter(({ status }) => status === 'fulfilled').length;
      expect(target.made).toHaveLength(made);
      expect(made).toBeLessThan(AT_ONCE);
      clock.advance(5 * 60_000);
      await engine.leases.settle();
      expect(target.credentials.size).toBe(made);
      await expectWhole();
    },
  );

  test.each([false, true])(
    'credentials whose activation is lost (its effect done: %s) are shown to nobody and ended',
    async (isDone) => {
      failure = { name: 'activateLeases', isDone };
      const outcomes = await issueAll();
      const shown = outcomes.filter(({ status }) => status === 'fulfilled').length;
      expect([target.made.length, shown < AT_ONCE]).toEqual([AT_ONCE, true]);
      await engine.leases.settle();
      expect(target.credentials.size).toBe(shown);
      await expectWhole();
    },
  );

  test.each([false, true])(
    'ends whose stroke is lost (its effect done: %s) are ended again, and the target is not blamed',
    async (isDone) => {
      await issueAll();
      clock.advance(DAY_MS);
      failure = { name: 'finishLeases', isDone };
      await engine.leases.settle();
      expect([target.credentials.size, engine.leases.integrationsDown]).toEqual([0, 0]);
      clock.advance(5 * 60_000);
      await engine.leases.settle();
      expect(await engine.query('select state, count(*) as n from leases group by state')).toEqual([
        { state: 'expired', n: AT_ONCE },
      ]);
      await expectWhole();
    },
  );
});

function intent(id: string, integrationId: string): Intent {
  const createdAt = clock.now();
  return {
    ...{
      id,
      dynamicSecretId,
      kind: 'postgres',
      integrationId,
      integrationRevision: 1,
      owner: 'p',
      tokenId: null,
      setId: null,
    },
    ...{ idempotencyKey: null, replace: false, externalRef: id, planKeyId: 'k', planSealed: new Uint8Array(1) },
    ...{ createdAt, expiresAt: createdAt + 1000, hardExpiresAt: createdAt + 2000, pendingUntil: createdAt + 1 },
    ...{ claimedBy: 'test', cause: { actor: 'test' } },
  };
}
