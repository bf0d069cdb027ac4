// The invariants of leases about what others see, sealed bytes, the audit log and ends in numbers, on both stores.
import fc from 'fast-check';
import { type AppError, asAppError } from '#core/errors.js';
import type { Integration } from '#engine/integrations/integration.js';
import { FakeClock } from '../../support/leasing/clocks.ts';
import { BY, CONFIG_ID, type Engine, openEngine, PLACE, token } from '../../support/leasing/engine.ts';
import { AWAY, FakeTarget } from '../../support/leasing/fake-integration.ts';
import { startStoreDatabase, type StoreDatabase } from '../../support/store-database.ts';

const MINUTE = 60_000;

let database: StoreDatabase;
let clock: FakeClock;
let target: FakeTarget;
let engine: Engine;
/** What the target was given as its connection, by call. */
let seen: unknown[];
/** While set, revokes wait for it. */
let revoking: Promise<void> | undefined;
let made = 0;

beforeAll(async () => {
  database = await startStoreDatabase();
});
afterAll(() => database?.stop());

function integration(): Integration {
  const fake = target.integration();
  const revoke: typeof fake.revoke = async (asked, signal) => {
    seen.push(asked.data);
    await revoking;
    return fake.revoke(asked, signal);
  };
  return { ...fake, revoke };
}

async function start(store: 'SQLite' | 'PostgreSQL'): Promise<void> {
  clock = new FakeClock();
  target = new FakeTarget();
  const url = store === 'SQLite' ? {} : { url: await database.fresh() };
  engine = await openEngine({ ...url, clock, integrations: () => [integration()] });
  const data = { password: 'planted-connection' };
  await engine.definitions.createIntegration({ name: 'db', type: 'postgres', data, allowed: ['shop'] }, BY);
}

async function dynamicSecret(maxLiveLeases = 20): Promise<string> {
  const wanted = { name: `DB_${(made += 1)}`, kind: 'postgres' as const, integration: 'db', maxLiveLeases };
  return (await engine.definitions.createDynamicSecret({ ...PLACE, ...wanted, maxTtlSec: 7200 }, BY)).slug;
}

const issue = (dynamicSecretId: string, more: Record<string, unknown> = {}) =>
  engine.leases.issue({ dynamicSecretId, actor: token(), ttlSec: 600, ...more });
const stateOf = async (id: string) => (await engine.store.read.getLease({ id }))?.state;
const failure = (call: 'create' | 'revoke' | 'extend', after: boolean, error = AWAY) => ({ call, after, error });

/** How a promise was refused; fails where it was not. */
async function refusal(promise: Promise<unknown>): Promise<AppError> {
  const outcome = await promise.then(
    () => undefined,
    (error: unknown) => asAppError(error),
  );
  if (outcome === undefined) throw new Error('it was not refused');
  return outcome;
}

/** Makes the store refuse audit rows for which `condition` holds; returns what lets them in again. */
async function breakAudit(store: 'SQLite' | 'PostgreSQL', condition: string): Promise<() => Promise<unknown>> {
  if (store === 'SQLite') {
    await engine.query(`create trigger broken before insert on audit when ${condition}
      begin select raise(abort, 'the audit log is broken'); end`);
    return () => engine.query('drop trigger broken');
  }
  await engine.query(`create or replace function broken() returns trigger language plpgsql as
    $$ begin raise exception 'the audit log is broken' using errcode = '53100'; end $$`);
  await engine.query(`create trigger broken before insert on audit for each row when (${condition})
    execute function broken()`);
  return () => engine.query('drop trigger broken on audit');
}

describe.each(['SQLite', 'PostgreSQL'] as const)('on %s', (store) => {
  beforeAll(() => start(store));
  afterAll(() => engine.close());
  beforeEach(() => {
    seen = [];
    revoking = undefined;
    target.failure = undefined;
    target.credentials.clear();
  });
  afterEach(async () => {
    target.failure = undefined;
    clock.advance(180 * MINUTE);
    await engine.leases.settle();
  });

  test('invariant 11: the sealed plan of one lease in the place of another ends neither, and both are told', async () => {
    const dynamicSecretId = await dynamicSecret();
    const [one, other] = [await issue(dynamicSecretId), await issue(dynamicSecretId)];
    const swap = (a: string, b: string) =>
      `update leases set revoke_plan_sealed = (select revoke_plan_sealed from leases where id = '${b}') where id = '${a}'`;
    const rows = await engine.query(`select id, revoke_plan_sealed from leases where id = '${one.id}'`);
    const kept = Buffer.from(rows[0]?.['revoke_plan_sealed'] as Uint8Array).toString('hex');
    await engine.query(swap(one.id, other.id));
    const bytes = store === 'SQLite' ? `x'${kept}'` : `'\\x${kept}'`;
    await engine.query(`update leases set revoke_plan_sealed = ${bytes} where id = '${other.id}'`);
    for (const { id } of [one, other]) {
      expect((await engine.leases.revoke({ id, actor: token() })).state).toBe('needs_operator');
    }
    expect([...target.credentials].sort()).toEqual([one.id, other.id].sort());
    expect((await engine.leases.stuck()).map(({ id }) => id).sort()).toEqual([one.id, other.id].sort());
    for (const { id } of [one, other]) await engine.leases.forceClose({ id, cause: BY });
  });

  test('invariant 13: under another dynamic secret, by another token or another handle a lease is not there', async () => {
    const [mine, foreign] = [await dynamicSecret(), await dynamicSecret()];
    const setId = `set-${made}`;
    const lease = await issue(mine, { setId });
    const strangers = fc.record({
      dynamicSecretId: fc.constantFrom(mine, foreign, undefined),
      actor: fc.constantFrom(
        token('token-2'),
        token('token-3', 'principal-2'),
        { kind: 'handle' as const, setId: 'elsewhere', canRenew: true },
        { kind: 'handle' as const, setId: `${setId}x`, canRenew: false },
      ),
      renews: fc.boolean(),
    });
    const before = await engine.query(`select * from leases where id = '${lease.id}'`);
    await fc.assert(
      fc.asyncProperty(strangers, async ({ dynamicSecretId, actor, renews }) => {
        const named = { id: lease.id, dynamicSecretId, actor };
        const asked = renews ? engine.leases.renew({ ...named, ttlSec: 900 }) : engine.leases.revoke(named);
        const isHidden = dynamicSecretId === foreign || actor.kind === 'handle';
        expect((await refusal(asked)).code).toBe(isHidden ? 'ERR_NOT_FOUND' : 'ERR_ACCESS_DENIED');
      }),
      { numRuns: 24 },
    );
    for (const id of ['elsewhere', `${setId}x`]) expect(await engine.leases.revokeSet({ setId: id })).toEqual([]);
    expect((await engine.leases.list({ dynamicSecretId: foreign })).map(({ id }) => id)).toEqual([]);
    expect(await engine.query(`select * from leases where id = '${lease.id}'`)).toEqual(before);
    expect(target.credentials.has(lease.id)).toBe(true);
  });

  test('invariant 14: no value of a lease or of its connection is in a row, a log line or an error', async () => {
    const dynamicSecretId = await dynamicSecret();
    const lease = await issue(dynamicSecretId);
    const told: string[] = [];
    for (const call of ['create', 'revoke', 'extend'] as const) {
      target.failure = failure(call, true);
      const asked = { create: issue, revoke: () => engine.leases.revoke({ id: lease.id, actor: token() }) };
      const renew = () => engine.leases.renew({ id: lease.id, ttlSec: 900, actor: token() });
      await (call === 'extend' ? renew() : asked[call](dynamicSecretId)).catch((error: unknown) => {
        told.push(asAppError(error).line, String((error as Error).stack), JSON.stringify(error));
      });
    }
    const tables = ['leases', 'lease_events', 'audit', 'dynamic_secrets', 'integrations', 'kv', 'lease_sets'];
    for (const table of tables) {
      for (const row of await engine.query(`select * from ${table}`)) {
        for (const field of Object.values(row)) {
          told.push(field instanceof Uint8Array ? Buffer.from(field).toString('latin1') : String(field));
        }
      }
    }
    const text = [...told, ...engine.log].join('\n');
    expect(text).toContain(lease.id);
    for (const value of [...lease.values.values()].map((each) => each.reveal())) expect(text).not.toContain(value);
    expect(text).not.toContain('planted-connection');
  });

  test('invariant 16: an audit log that cannot be written stops issuing, and leaves no credential', async () => {
    const dynamicSecretId = await dynamicSecret();
    const before = target.made.length;
    const heal = await breakAudit(store, 'true');
    expect((await refusal(issue(dynamicSecretId))).code).toMatch(/^ERR_/);
    await heal();
    expect(target.made).toHaveLength(before);
    const healAfter = await breakAudit(store, `new.action = 'lease.issue' and new.outcome = 'ok'`);
    expect((await refusal(issue(dynamicSecretId))).code).toMatch(/^ERR_/);
    await healAfter();
    await engine.leases.settle();
    expect([target.made.length, target.credentials.size]).toEqual([before + 1, 0]);
    const [left] = (await engine.definitions.listDynamicSecrets(CONFIG_ID)).filter(
      (each) => each.slug === dynamicSecretId,
    );
    expect(left?.liveLeases).toBe(0);
  });

  test('leases that expire by the hundred in one second each end once', async () => {
    const many = 600;
    const dynamicSecretId = await dynamicSecret(many);
    const leases = await Promise.all(Array.from({ length: many }, () => issue(dynamicSecretId)));
    const ids = new Set(leases.map(({ id }) => id));
    clock.advance(600_000);
    await engine.leases.settle();
    const states = await engine.query(
      `select state, count(*) as count from leases where dynamic_secret_id = '${dynamicSecretId}' group by state`,
    );
    expect(states).toEqual([{ state: 'expired', count: many }]);
    expect(target.ended.filter((name) => ids.has(name))).toHaveLength(many);
    expect(target.credentials.size).toBe(0);
  });

  test('a revoke that takes long is answered after ten seconds, and goes on', async () => {
    const { id } = await issue(await dynamicSecret());
    const gate = Promise.withResolvers<void>();
    revoking = gate.promise;
    const asked = engine.leases.revoke({ id, actor: token() });
    while (seen.length === 0) await new Promise((next) => setImmediate(next));
    clock.advance(10_000);
    expect((await asked).state).toBe('revoking');
    gate.resolve();
    await engine.leases.settle();
    expect(await stateOf(id)).toBe('revoked');
  });

  test('a lease is ended with the credential that its integration has by then', async () => {
    const { id } = await issue(await dynamicSecret());
    const rotated = { password: 'planted-connection-2' };
    await engine.definitions.updateIntegration('db', { data: rotated }, BY);
    expect((await engine.leases.revoke({ id, actor: token() })).state).toBe('revoked');
    expect(seen).toEqual([rotated]);
  });
});

test('an engine that stops waits for the lease that is being made, and hands it over', async () => {
  clock = new FakeClock();
  target = new FakeTarget();
  seen = [];
  revoking = undefined;
  engine = await openEngine({ clock, integrations: () => [integration()] });
  await engine.definitions.createIntegration({ name: 'db', type: 'postgres', data: {}, allowed: ['shop'] }, BY);
  const dynamicSecretId = await dynamicSecret();
  const gate = Promise.withResolvers<void>();
  target.gate = gate.promise;
  const issuing = issue(dynamicSecretId);
  while ((await engine.query('select state from leases')).length === 0) await new Promise((next) => setImmediate(next));
  let isStopped = false;
  const stopping = engine.leases.stop().then(() => {
    isStopped = true;
  });
  expect((await refusal(issue(dynamicSecretId))).code).toBe('ERR_UNAVAILABLE');
  expect(isStopped).toBe(false);
  gate.resolve();
  const { id } = await issuing;
  await stopping;
  expect(await stateOf(id)).toBe('active');
  await engine.close();
});
