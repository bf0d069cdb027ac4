// The invariants of leases about what others see, sealed bytes, the audit log and ends in numbers, on both stores.
import fc from 'fast-check';
import { asAppError } from '#core/errors.js';
import { BY, CONFIG_ID, token } from '../../support/leasing/engine.ts';
import { failure, LeaseRoom, refusal, type StoreKind, STORES } from '../../support/leasing/room.ts';

let room: LeaseRoom;
beforeAll(async () => {
  room = await LeaseRoom.open();
});
afterAll(() => room?.stop());

/** Makes the store refuse audit rows for which `condition` holds; returns what lets them in again. */
async function breakAudit(store: StoreKind, condition: string): Promise<() => Promise<unknown>> {
  if (store === 'SQLite') {
    await room.engine.query(`create trigger broken before insert on audit when ${condition}
      begin select raise(abort, 'the audit log is broken'); end`);
    return () => room.engine.query('drop trigger broken');
  }
  await room.engine.query(`create or replace function broken() returns trigger language plpgsql as
    $$ begin raise exception 'the audit log is broken' using errcode = '53100'; end $$`);
  await room.engine.query(`create trigger broken before insert on audit for each row when (${condition})
    execute function broken()`);
  return () => room.engine.query('drop trigger broken on audit');
}

describe.each(STORES)('on %s', (store) => {
  beforeAll(() => room.start(store));
  afterAll(() => room.close());
  beforeEach(() => room.calm());
  afterEach(() => room.rest());

  test('invariant 11: the sealed plan of one lease in the place of another ends neither, and both are told', async () => {
    const dynamicSecretId = await room.dynamicSecret();
    const [one, other] = [await room.issue(dynamicSecretId), await room.issue(dynamicSecretId)];
    const swap = (a: string, b: string) =>
      `update leases set revoke_plan_sealed = (select revoke_plan_sealed from leases where id = '${b}') where id = '${a}'`;
    const rows = await room.engine.query(`select id, revoke_plan_sealed from leases where id = '${one.id}'`);
    const kept = Buffer.from(rows[0]?.['revoke_plan_sealed'] as Uint8Array).toString('hex');
    await room.engine.query(swap(one.id, other.id));
    const bytes = store === 'SQLite' ? `x'${kept}'` : `'\\x${kept}'`;
    await room.engine.query(`update leases set revoke_plan_sealed = ${bytes} where id = '${other.id}'`);
    for (const { id } of [one, other]) {
      expect((await room.engine.leases.revoke({ id, actor: token() })).state).toBe('needs_operator');
    }
    expect([...room.target.credentials].sort()).toEqual([one.id, other.id].sort());
    expect((await room.engine.leases.stuck()).map(({ id }) => id).sort()).toEqual([one.id, other.id].sort());
    for (const { id } of [one, other]) await room.engine.leases.forceClose({ id, cause: BY });
  });

  test('invariant 13: under another dynamic secret, by another token or another handle a lease is not there', async () => {
    const [mine, foreign] = [await room.dynamicSecret(), await room.dynamicSecret()];
    const setId = 'set-mine';
    const lease = await room.issue(mine, { setId });
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
    const before = await room.engine.query(`select * from leases where id = '${lease.id}'`);
    await fc.assert(
      fc.asyncProperty(strangers, async ({ dynamicSecretId, actor, renews }) => {
        const named = { id: lease.id, dynamicSecretId, actor };
        const asked = renews ? room.engine.leases.renew({ ...named, ttlSec: 900 }) : room.engine.leases.revoke(named);
        const isHidden = dynamicSecretId === foreign || actor.kind === 'handle';
        expect((await refusal(asked)).code).toBe(isHidden ? 'ERR_NOT_FOUND' : 'ERR_ACCESS_DENIED');
      }),
      { numRuns: 24 },
    );
    for (const id of ['elsewhere', `${setId}x`]) expect(await room.engine.leases.revokeSet({ setId: id })).toEqual([]);
    expect((await room.engine.leases.list({ dynamicSecretId: foreign })).map(({ id }) => id)).toEqual([]);
    expect(await room.engine.query(`select * from leases where id = '${lease.id}'`)).toEqual(before);
    expect(room.target.credentials.has(lease.id)).toBe(true);
  });

  test('invariant 14: no value of a lease or of its connection is in a row, a log line or an error', async () => {
    const dynamicSecretId = await room.dynamicSecret();
    const lease = await room.issue(dynamicSecretId);
    const told: string[] = [];
    for (const call of ['create', 'revoke', 'extend'] as const) {
      room.target.failure = failure(call, true);
      const asked = {
        create: (id: string) => room.issue(id),
        revoke: () => room.engine.leases.revoke({ id: lease.id, actor: token() }),
      };
      const renew = () => room.engine.leases.renew({ id: lease.id, ttlSec: 900, actor: token() });
      await (call === 'extend' ? renew() : asked[call](dynamicSecretId)).catch((error: unknown) => {
        told.push(asAppError(error).line, String((error as Error).stack), JSON.stringify(error));
      });
    }
    const tables = ['leases', 'lease_events', 'audit', 'dynamic_secrets', 'integrations', 'kv', 'lease_sets'];
    for (const table of tables) {
      for (const row of await room.engine.query(`select * from ${table}`)) {
        for (const field of Object.values(row)) {
          told.push(field instanceof Uint8Array ? Buffer.from(field).toString('latin1') : String(field));
        }
      }
    }
    const text = [...told, ...room.engine.log].join('\n');
    expect(text).toContain(lease.id);
    for (const value of [...lease.values.values()].map((each) => each.reveal())) expect(text).not.toContain(value);
    expect(text).not.toContain('planted-connection');
  });

  test('invariant 16: an audit log that cannot be written stops issuing, and leaves no credential', async () => {
    const dynamicSecretId = await room.dynamicSecret();
    const before = room.target.made.length;
    const heal = await breakAudit(store, 'true');
    expect((await refusal(room.issue(dynamicSecretId))).code).toMatch(/^ERR_/);
    await heal();
    expect(room.target.made).toHaveLength(before);
    const healAfter = await breakAudit(store, `new.action = 'lease.issue' and new.outcome = 'ok'`);
    expect((await refusal(room.issue(dynamicSecretId))).code).toMatch(/^ERR_/);
    await healAfter();
    await room.engine.leases.settle();
    expect([room.target.made.length, room.target.credentials.size]).toEqual([before + 1, 0]);
    const [left] = (await room.engine.definitions.listDynamicSecrets(CONFIG_ID)).filter(
      (each) => each.slug === dynamicSecretId,
    );
    expect(left?.liveLeases).toBe(0);
  });

  test('leases that expire by the hundred in one second each end once', async () => {
    const many = 600;
    const dynamicSecretId = await room.dynamicSecret(many);
    const leases = await Promise.all(Array.from({ length: many }, () => room.issue(dynamicSecretId)));
    const ids = new Set(leases.map(({ id }) => id));
    room.clock.advance(600_000);
    await room.engine.leases.settle();
    const states = await room.engine.query(
      `select state, count(*) as count from leases where dynamic_secret_id = '${dynamicSecretId}' group by state`,
    );
    expect(states).toEqual([{ state: 'expired', count: many }]);
    expect(room.target.ended.filter((name) => ids.has(name))).toHaveLength(many);
    expect(room.target.credentials.size).toBe(0);
  });

  test('a revoke that takes long is answered after ten seconds, and goes on', async () => {
    const { id } = await room.issue(await room.dynamicSecret());
    const gate = Promise.withResolvers<void>();
    room.revoking = gate.promise;
    const asked = room.engine.leases.revoke({ id, actor: token() });
    while (room.seen.length === 0) await new Promise((next) => setImmediate(next));
    room.clock.advance(10_000);
    expect((await asked).state).toBe('revoking');
    gate.resolve();
    await room.engine.leases.settle();
    expect(await room.stateOf(id)).toBe('revoked');
  });

  test('a lease that is being ended just now is not closed by hand', async () => {
    const { id } = await room.issue(await room.dynamicSecret());
    const gate = Promise.withResolvers<void>();
    room.revoking = gate.promise;
    const asked = room.engine.leases.revoke({ id, actor: token() });
    while (room.seen.length === 0) await new Promise((next) => setImmediate(next));
    const [closing] = await Promise.allSettled([room.engine.leases.forceClose({ id, cause: BY })]);
    gate.resolve();
    expect([(await asked).state, room.target.credentials.has(id)]).toEqual(['revoked', false]);
    expect(closing).toMatchObject({ status: 'rejected', reason: { code: 'ERR_CONFLICT' } });
  });

  test('a lease is ended with the credential that its integration has by then', async () => {
    const { id } = await room.issue(await room.dynamicSecret());
    const rotated = { password: 'planted-connection-2' };
    await room.engine.definitions.updateIntegration('db', { data: rotated }, BY);
    expect((await room.engine.leases.revoke({ id, actor: token() })).state).toBe('revoked');
    expect(room.seen).toEqual([rotated]);
  });
});

test('an engine that stops waits for the lease that is being made, and hands it over', async () => {
  await room.start('SQLite');
  const dynamicSecretId = await room.dynamicSecret();
  const gate = Promise.withResolvers<void>();
  room.target.gate = gate.promise;
  const issuing = room.issue(dynamicSecretId);
  while ((await room.engine.query('select state from leases')).length === 0)
    await new Promise((next) => setImmediate(next));
  let isStopped = false;
  const stopping = room.engine.leases.stop().then(() => {
    isStopped = true;
  });
  expect((await refusal(room.issue(dynamicSecretId))).code).toBe('ERR_UNAVAILABLE');
  // The clock stands still: however long it may take, nothing but the create can end the wait.
  for (let turns = 0; turns < 100; turns += 1) await new Promise((next) => setImmediate(next));
  const wasStopped = isStopped;
  gate.resolve();
  const { id } = await issuing;
  await stopping;
  expect(wasStopped).toBe(false);
  expect(await room.stateOf(id)).toBe('active');
  await room.close();
});

test('an engine that stops waits ten seconds and no longer for a target that hangs; what it was making is on disk', async () => {
  await room.start('SQLite');
  const dynamicSecretId = await room.dynamicSecret();
  const gate = Promise.withResolvers<void>();
  room.target.gate = gate.promise;
  const issuing = room.issue(dynamicSecretId);
  const states = () => room.engine.query('select state from leases');
  while ((await states()).length === 0) await new Promise((next) => setImmediate(next));
  let isStopped = false;
  const stopping = room.engine.leases.stop().then(() => {
    isStopped = true;
  });
  for (let turns = 0; turns < 1000 && !isStopped; turns += 1) {
    room.clock.advance(10_000);
    await new Promise((next) => setImmediate(next));
  }
  const left = { isStopped, states: await states() };
  gate.resolve();
  await Promise.all([issuing, stopping]);
  expect(left).toEqual({ isStopped: true, states: [{ state: 'pending' }] });
  await room.close();
});
