// What is written of a lease, whatever becomes of it: one event for each move, and in the audit log who ended it and why.
import { AppError } from '#core/errors.js';
import { FakeClock } from '../../support/leasing/clocks.ts';
import { BY, CONFIG_ID, type Engine, openEngine, PLACE, token } from '../../support/leasing/engine.ts';
import { AWAY, FakeTarget, REFUSES } from '../../support/leasing/fake-integration.ts';
import { startStoreDatabase, type StoreDatabase } from '../../support/store-database.ts';

let database: StoreDatabase;
let clock: FakeClock;
let target: FakeTarget;
let engine: Engine;
let dynamicSecretId: string;
let made = 0;
beforeAll(async () => {
  database = await startStoreDatabase();
});
afterAll(() => database?.stop());

const issue = (more: Record<string, unknown> = {}) =>
  engine.leases.issue({ dynamicSecretId, actor: token(), ttlSec: 600, ...more });
const setOf = () => `set-${(made += 1)}`;

/** The moves of a lease, as `state by whom`, in their order; fails where one is missing between them. */
async function moves(id: string): Promise<string[]> {
  const rows = await engine.query(
    `select seq, from_state, to_state, actor from lease_events where lease_id = '${id}' order by seq`,
  );
  expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1));
  expect(rows.map((row) => row['from_state'])).toEqual([null, ...rows.slice(0, -1).map((row) => row['to_state'])]);
  expect(await engine.query(`select event_seq, state from leases where id = '${id}'`)).toEqual([
    { event_seq: rows.length, state: rows.at(-1)?.['to_state'] },
  ]);
  return rows.map((row) => `${String(row['to_state'])} by ${String(row['actor'])}`);
}

/** What the audit log has of a lease after it was issued: action, outcome, who, and the detail. */
async function told(id: string): Promise<unknown[]> {
  const rows = await engine.query(
    `select action, outcome, actor, detail from audit where target = 'lease:${id}' and action <> 'lease.issue' order by at, seq`,
  );
  return rows.map(({ action, outcome, actor, detail }) => [
    `${String(action)} ${String(outcome)} by ${String(actor)}`,
    JSON.parse(String(detail)) as unknown,
  ]);
}

const asked = (actor: string, by: string) => [
  [`lease.revoke intent by ${actor}`, { reason: 'revoke', by }],
  ['lease.revoke ok by engine', { reason: 'revoke' }],
];
const revoked = (actor: string) => [
  'pending by token:token-1',
  'active by token:token-1',
  `revoking by ${actor}`,
  'revoked by engine',
];

/** By what a lease is ended on request, who that is in the log, and the word for it. */
const ENDS: [what: string, actor: string, by: string, end: (id: string, setId: string) => Promise<unknown>][] = [
  ['the token that issued it', 'token:token-1', 'lease', (id) => engine.leases.revoke({ id, actor: token() })],
  ['a manager', 'token:boss', 'lease', (id) => engine.leases.revoke({ id, actor: token('boss', 'p', true) })],
  [
    'its handle by id',
    'handle',
    'lease',
    (id, setId) => engine.leases.revoke({ id, actor: { kind: 'handle', setId, canRenew: false } }),
  ],
  ['the handle of its set, as post does', 'handle', 'set', (_, setId) => engine.leases.revokeSet({ setId })],
  ['the end of its token', BY.actor, 'token', () => engine.leases.revokeOwnedBy({ tokenId: 'token-1' }, BY)],
  [
    'the end of its owner',
    BY.actor,
    'principal',
    () => engine.leases.revokeOwnedBy({ principalId: 'principal-1' }, BY),
  ],
  [
    'the end of its dynamic secret',
    BY.actor,
    'dynamicSecret',
    () => engine.definitions.deleteDynamicSecret(CONFIG_ID, 'DB', BY),
  ],
  [
    'the end of its project',
    BY.actor,
    'dynamicSecret',
    () => engine.definitions.deleteDynamicSecretsIn({ projectId: 'project-1' }, BY),
  ],
];

describe.each(['SQLite', 'PostgreSQL'] as const)('on %s', (store) => {
  beforeEach(async () => {
    clock = new FakeClock();
    target = new FakeTarget();
    const url = store === 'SQLite' ? {} : { url: await database.fresh() };
    engine = await openEngine({ ...url, clock, integrations: () => [target.integration()] });
    await engine.definitions.createIntegration({ name: 'db', type: 'postgres', data: {}, allowed: ['shop'] }, BY);
    const declared = { ...PLACE, name: 'DB', kind: 'postgres', integration: 'db', maxTtlSec: 3600 };
    dynamicSecretId = (await engine.definitions.createDynamicSecret(declared, BY)).slug;
  });
  afterEach(() => engine.close());

  test.each(ENDS)('ended by %s: the log says who and by what', async (_, actor, by, end) => {
    const setId = setOf();
    const { id } = await issue({ setId });
    await end(id, setId);
    expect(await moves(id)).toEqual(revoked(actor));
    expect(await told(id)).toEqual(asked(actor, by));
  });

  test("ended by its expiry: the end says so, and is the engine's", async () => {
    const { id } = await issue();
    clock.advance(600_000);
    await engine.leases.settle();
    expect((await moves(id)).slice(2)).toEqual(['revoking by engine', 'expired by engine']);
    expect(await told(id)).toEqual([['lease.revoke ok by engine', { reason: 'expiry' }]]);
  });

  test('replaced under its idempotency key: the earlier one is ended by the request for the new one', async () => {
    const first = await issue({ idempotencyKey: 'k' });
    await issue({ idempotencyKey: 'k', replace: true });
    expect(await told(first.id)).toEqual(asked('token:token-1', 'lease'));
  });

  test('renewed: one event and one row, with the new end', async () => {
    const { id } = await issue();
    const { expiresAt } = await engine.leases.renew({ id, ttlSec: 900, actor: token() });
    expect((await moves(id)).slice(2)).toEqual(['active by token:token-1']);
    expect(await told(id)).toEqual([['lease.renew ok by token:token-1', { expiresAt }]]);
  });

  test.each([false, true])(
    'a create that failed, after its effect %s: it is rolled back, and nobody is blamed',
    async (after) => {
      target.failure = { call: 'create', error: AWAY, after };
      await expect(issue()).rejects.toBe(AWAY);
      target.failure = undefined;
      await engine.leases.settle();
      const [{ id } = {}] = await engine.query('select id from leases');
      expect((await moves(String(id))).slice(1)).toEqual(['revoking by engine', 'aborted by engine']);
      expect(await told(String(id))).toEqual([
        ['lease.revoke intent by engine', { reason: 'rollback', by: 'lease' }],
        ['lease.revoke ok by engine', { reason: 'rollback' }],
      ]);
    },
  );

  test('ended while its create fails without having reached the target: it ends once, by who ended it', async () => {
    const gate = Promise.withResolvers<void>();
    target.gate = gate.promise;
    const error = new AppError('ERR_UNAVAILABLE', 'There is no way to the target.', { hadNoEffect: true });
    target.failure = { call: 'create', error };
    const refused = expect(issue()).rejects.toBe(error);
    const stateNow = async () => (await engine.query('select id, state from leases'))[0];
    while ((await stateNow()) === undefined) await new Promise((next) => setImmediate(next));
    const ending = engine.leases.revokeOwnedBy({ tokenId: 'token-1' }, BY);
    while ((await stateNow())?.['state'] === 'pending') await new Promise((next) => setImmediate(next));
    gate.resolve();
    await Promise.all([refused, ending]);
    const id = String((await stateNow())?.['id']);
    expect((await moves(id)).slice(1)).toEqual([`revoking by ${BY.actor}`, 'aborted by engine']);
    expect((await engine.definitions.getDynamicSecret(CONFIG_ID, 'DB')).liveLeases).toBe(0);
  });

  test('one that fails and is closed by hand: each try, what it lacked, and who gave it up', async () => {
    const { id } = await issue();
    target.failure = { call: 'revoke', error: REFUSES };
    await engine.leases.revoke({ id, actor: token() });
    await engine.leases.forceClose({ id, cause: BY });
    expect((await moves(id)).slice(2)).toEqual([
      'revoking by token:token-1',
      'needs_operator by engine',
      `aborted by ${BY.actor}`,
    ]);
    expect(await told(id)).toEqual([
      ['lease.revoke intent by token:token-1', { reason: 'revoke', by: 'lease' }],
      ['lease.revoke failed by engine', { reason: REFUSES.line, to: 'needs_operator' }],
      [`lease.force_close ok by ${BY.actor}`, { external_ref: id }],
    ]);
  });

  test('a lease that another engine is making is held back by who ended it, and says so', async () => {
    const gate = Promise.withResolvers<void>();
    target.gate = gate.promise;
    const issuing = issue();
    const refused = expect(issuing).rejects.toMatchObject({ code: 'ERR_CONFLICT' });
    while ((await engine.query('select id from leases')).length === 0) await new Promise((next) => setImmediate(next));
    const [{ id } = {}] = await engine.query('select id from leases');
    const at = clock.now();
    const claimant = { at, claimedBy: 'another engine', claimUntil: at + 60_000, cause: BY };
    await engine.store.write.endLeases({ ...claimant, selector: { by: 'token', id: 'token-1' } });
    gate.resolve();
    await refused;
    expect((await told(String(id)))[0]).toEqual([
      `lease.revoke intent by ${BY.actor}`,
      { reason: 'rollback', by: 'token' },
    ]);
    expect((await moves(String(id)))[1]).toBe(`revoking by ${BY.actor}`);
    clock.advance(120_000);
    await engine.leases.settle();
    expect(target.credentials.size).toBe(0);
  });
});
