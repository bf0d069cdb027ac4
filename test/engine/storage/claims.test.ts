// Claims on PostgreSQL are made beside the turns: nobody waits in vain, and what two of them want is one's alone.
import { PostgresConnection } from '#engine/storage/postgres/connection.js';
import { BEGIN_TURN } from '#engine/storage/postgres/locks.js';
import { readDatabaseUrl } from '#engine/storage/postgres/settings.js';
import { FakeClock } from '../../support/leasing/clocks.ts';
import { BY, type Engine, openEngine, PLACE, token } from '../../support/leasing/engine.ts';
import { FakeTarget } from '../../support/leasing/fake-integration.ts';
import { startStoreDatabase, type StoreDatabase } from '../../support/store-database.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let database: StoreDatabase;
let url: string;
let clock: FakeClock;
let engine: Engine;
/** Somebody else who has the database open, in the middle of a transaction. */
let other: PostgresConnection;
let integrationId: string;
let id: string;

beforeAll(async () => {
  database = await startStoreDatabase();
});
afterAll(() => database?.stop());
beforeEach(async () => {
  url = await database.fresh();
  clock = new FakeClock();
  const target = new FakeTarget();
  engine = await openEngine({ url, clock, integrations: () => [target.integration()] });
  await engine.definitions.createIntegration({ name: 'db', type: 'postgres', data: {}, allowed: ['shop'] }, BY);
  const declared = { ...PLACE, name: 'DB', kind: 'postgres' as const, integration: 'db', maxLiveLeases: 9 };
  const { slug: dynamicSecretId } = await engine.definitions.createDynamicSecret(declared, BY);
  ({ id } = await engine.leases.issue({ dynamicSecretId, actor: token(), ttlSec: 3600 }));
  [{ id: integrationId = '' } = {}] = await engine.store.read.listIntegrations({});
  clock.advance(2 * HOUR);
  other = await PostgresConnection.open(readDatabaseUrl(url), { name: 'somebody else' });
});
afterEach(async () => {
  await other.close();
  await engine.close();
});

const claimant = () => {
  const at = clock.now();
  return { at, claimedBy: 'us', claimUntil: at + MINUTE, cause: { actor: 'engine' } };
};
const claim = () => engine.store.write.claimDueLeases({ ...claimant(), integrationId, from: 0, limit: 10 });
const revoke = () => engine.store.write.endLeases({ ...claimant(), selector: { by: 'lease', id } });

/** What a claim does, by somebody else, who has not committed it yet. */
async function claimByAnother(): Promise<void> {
  await other.exec('begin');
  await other.query(
    `insert into lease_events(lease_id, seq, at, from_state, to_state, actor, detail)
     select id, event_seq + 1, 1, state, 'revoking', 'another', '' from leases where id = $1`,
    [id],
  );
  await other.query(
    `update leases set state = 'revoking', end_reason = 'expiry', fence = fence + 1, event_seq = event_seq + 1,
       claimed_by = 'another', claim_until = $2 where id = $1`,
    [id, clock.now() + MINUTE],
  );
}

/** Resolves when some session of the engine waits for a lock. */
async function untilSomebodyWaits(): Promise<void> {
  const waiting = 'select 1 from pg_locks where not granted';
  while ((await database.query(url, waiting)).length === 0) await new Promise((done) => setTimeout(done, 5));
}

/** Runs a write against a claim that is under way, and lets that claim be committed once the write waits for it. */
async function against<Result>(write: () => Promise<Result>): Promise<Result> {
  await claimByAnother();
  const writing = write();
  await Promise.race([untilSomebodyWaits(), writing.catch(() => undefined)]);
  await other.exec('commit');
  return writing;
}

const trail = async () =>
  (await database.query(url, 'select seq, to_state, actor from lease_events order by seq')).map(
    (row) => `${row['seq']} ${row['to_state']} by ${row['actor']}`,
  );
const CLAIMED_BY_ANOTHER = ['1 pending by', '2 active by', '3 revoking by another'];

test('a claim waits for nobody’s turn', async () => {
  await other.exec(BEGIN_TURN);
  expect(await claim()).toMatchObject([{ id, state: 'revoking', end_reason: 'expiry', fence: 2 }]);
  const turn = engine.store.write.saveMoment({ at: clock.now() });
  await untilSomebodyWaits();
  await other.exec('commit');
  await turn;
});

test('what somebody is writing just now is left out by a claim, and claimed when it is free', async () => {
  await other.exec('begin');
  await other.query('update leases set renew_count = renew_count where id = $1', [id]);
  expect(await claim()).toEqual([]);
  await other.exec('rollback');
  expect(await claim()).toMatchObject([{ id }]);
});

test('a revoke that meets a claim under way leaves the lease to who claimed it', async () => {
  expect(await against(revoke)).toEqual({ claimed: [], others: [id] });
  expect((await trail()).map((line) => line.replace(/ token:.*| engine$/, ''))).toEqual(CLAIMED_BY_ANOTHER);
});

test('an end that comes while the lease is claimed anew by another changes nothing', async () => {
  const [held] = await claim();
  clock.advance(HOUR);
  const ended = { leases: [{ id, fence: held?.fence ?? 0 }], at: clock.now(), cause: { actor: 'engine' } };
  expect(await against(() => engine.store.write.finishLeases(ended))).toEqual([null]);
  expect(await database.query(url, 'select state, fence from leases')).toEqual([{ state: 'revoking', fence: 3 }]);
});

test('a lease that is being claimed is not closed by hand', async () => {
  const closing = { id, at: clock.now(), cause: { actor: 'engine' } };
  await database.query(url, `update leases set state = 'revoke_failed'`);
  expect(await against(() => engine.store.write.forceCloseLease(closing))).toBe(false);
});
