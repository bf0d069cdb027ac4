// The lease engine over a fake target: what is promised of every lease, whatever happens to it.
import { setTimeout as sleep } from 'node:timers/promises';
import { newLeaseHandle } from '#core/lease-handle.js';
import type { LeaseActor } from '#engine/leases/lease-service.js';
import { FakeClock } from '../../support/leasing/clocks.ts';
import { BY, CONFIG_ID, type Engine, openEngine, PLACE, query, token } from '../../support/leasing/engine.ts';
import { AWAY, FakeTarget, REFUSES } from '../../support/leasing/fake-integration.ts';

let clock: FakeClock;
let target: FakeTarget;
let engine: Engine;
let dynamicSecretId: string;

beforeEach(async () => {
  clock = new FakeClock();
  target = new FakeTarget();
  engine = await openEngine({ clock, integrations: () => [target.integration()] });
  await engine.definitions.createIntegration({ name: 'db', type: 'postgres', data: {}, allowed: ['shop'] }, BY);
  const made = await engine.definitions.createDynamicSecret(
    { ...PLACE, name: 'DB', kind: 'postgres', integration: 'db', maxLiveLeases: 5, maxTtlSec: 3600 },
    BY,
  );
  dynamicSecretId = made.slug;
});
afterEach(() => engine.close());

const issue = (more: Record<string, unknown> = {}) =>
  engine.leases.issue({ dynamicSecretId, actor: token(), ttlSec: 600, ...more });
const states = () =>
  query(engine.folder, 'select state from leases order by created_at, id').map((row) => row['state']);
const state = async (id: string) => (await engine.store.read.getLease({ id }))?.state;
const handle = (setId: string, canRenew = false): LeaseActor => ({ kind: 'handle', setId, canRenew });

test('values come under their final names, are stored nowhere, and end with the lease', async () => {
  const lease = await issue();
  expect([...lease.values.keys()]).toEqual([
    'DB_HOST',
    'DB_PORT',
    'DB_DATABASE',
    'DB_USERNAME',
    'DB_PASSWORD',
    'DB_URL',
  ]);
  expect(lease.expiresAt).toBe(clock.now() + 600_000);
  const ended = await engine.leases.revoke({ id: lease.id, actor: token() });
  expect(ended).toMatchObject({ state: 'revoked', dynamicSecret: 'DB', project: 'shop', config: 'prd' });
  expect(target.credentials.size).toBe(0);
  await expect(engine.leases.revoke({ id: lease.id, actor: token() })).rejects.toMatchObject({
    code: 'ERR_LEASE_EXPIRED',
  });
});

test('a lease that nobody ended ends at its expiry, and not before', async () => {
  const { id } = await issue();
  clock.advance(599_000);
  expect(await engine.leases.settle()).toBe(0);
  clock.advance(1_000);
  await engine.leases.settle();
  expect(await state(id)).toBe('expired');
  expect(target.credentials.size).toBe(0);
});

test('a wall clock that is set back delays no expiry', async () => {
  const { id } = await issue();
  clock.advance(300_000);
  engine.now();
  clock.setBack(86_400_000);
  clock.advance(300_000);
  await engine.leases.settle();
  expect(await state(id)).toBe('expired');
});

test('another token of the same owner may not touch a lease; a manager and the handle may', async () => {
  const { setId } = newLeaseHandle();
  const lease = await issue({ setId });
  const other = { id: lease.id, actor: token('token-2') };
  await expect(engine.leases.revoke(other)).rejects.toMatchObject({ code: 'ERR_ACCESS_DENIED' });
  await expect(engine.leases.renew({ ...other, ttlSec: 60 })).rejects.toMatchObject({ code: 'ERR_ACCESS_DENIED' });
  await expect(engine.leases.revoke({ id: lease.id, actor: handle('elsewhere') })).rejects.toMatchObject({
    code: 'ERR_NOT_FOUND',
  });
  const renew = { id: lease.id, ttlSec: 900 };
  await expect(engine.leases.renew({ ...renew, actor: handle(setId) })).rejects.toMatchObject({
    code: 'ERR_ACCESS_DENIED',
  });
  expect((await engine.leases.renew({ ...renew, actor: handle(setId, true) })).expiresAt).toBe(clock.now() + 900_000);
  expect((await engine.leases.revoke({ id: lease.id, actor: token('m', 'm', true) })).state).toBe('revoked');
  const denied = query(engine.folder, `select action from audit where outcome = 'denied'`);
  expect(denied).toHaveLength(3);
});

test('a lease that belongs to no set is there for no handle', async () => {
  const { id } = await issue();
  for (const actor of [handle('elsewhere', true), handle('', true)]) {
    await expect(engine.leases.revoke({ id, actor })).rejects.toMatchObject({ code: 'ERR_NOT_FOUND' });
    await expect(engine.leases.renew({ id, actor, ttlSec: 900 })).rejects.toMatchObject({ code: 'ERR_NOT_FOUND' });
  }
  expect([await state(id), [...target.credentials]]).toEqual(['active', [id]]);
});

test('renewal never passes the hard limit and says when it gave less', async () => {
  const lease = await issue();
  const renewed = await engine.leases.renew({ id: lease.id, ttlSec: 100_000, actor: token() });
  expect(renewed).toEqual({ id: lease.id, expiresAt: clock.now() + 3_600_000, capped: true });
  target.failure = { call: 'extend', error: AWAY };
  clock.advance(1000);
  const second = await issue();
  await expect(engine.leases.renew({ id: second.id, ttlSec: 900, actor: token() })).rejects.toBe(AWAY);
  expect((await engine.store.read.getLease({ id: second.id }))?.expires_at).toBe(second.expiresAt);
});

test('a failed create answers with the reason at once, and its row is rolled back', async () => {
  for (const after of [false, true]) {
    target.failure = { call: 'create', error: AWAY, after };
    await expect(issue()).rejects.toBe(AWAY);
    target.failure = undefined;
    await engine.leases.settle();
  }
  expect(states()).toEqual(['aborted', 'aborted']);
  expect(target.credentials.size).toBe(0);
});

test('a target that is away is tried again without end, and the lease ends when it is back', async () => {
  const { id } = await issue();
  target.failure = { call: 'revoke', error: AWAY };
  expect((await engine.leases.revoke({ id, actor: token() })).state).toBe('revoke_failed');
  for (let hour = 0; hour < 30; hour += 1) {
    clock.advance(3_600_000);
    await engine.leases.settle();
  }
  expect(await state(id)).toBe('needs_operator');
  target.failure = undefined;
  clock.advance(2 * 3_600_000);
  await engine.leases.settle();
  expect(await state(id)).toBe('revoked');
  expect(target.credentials.size).toBe(0);
});

test('a refusal needs an operator, whose revoke is tried at once', async () => {
  const { id } = await issue();
  target.failure = { call: 'revoke', error: REFUSES };
  expect((await engine.leases.revoke({ id, actor: token() })).state).toBe('needs_operator');
  target.failure = undefined;
  expect((await engine.leases.revoke({ id, actor: token('op', 'op', true) })).state).toBe('revoked');
});

test.each([
  ['an operator', 'needs_operator', REFUSES],
  ['its next try', 'revoke_failed', AWAY],
])('what waits for %s is tried at once by the next start', async (_, waiting, error) => {
  const { id } = await issue();
  target.failure = { call: 'revoke', error };
  expect((await engine.leases.revoke({ id, actor: token() })).state).toBe(waiting);
  target.failure = undefined;
  await engine.leases.start();
  // The clock stands still: nothing but the start makes it due. It is the running sweep that takes it.
  while ((await state(id)) !== 'revoked') await sleep(5);
  expect(target.credentials.size).toBe(0);
});

test('a set ended while its lease is being made gets no credential and leaves none', async () => {
  const { setId } = newLeaseHandle();
  const gate = Promise.withResolvers<void>();
  target.gate = gate.promise;
  const issuing = issue({ setId });
  const refused = expect(issuing).rejects.toMatchObject({ code: 'ERR_CONFLICT' });
  while (states().length === 0) await sleep(5);
  const ending = engine.leases.revokeSet({ setId });
  while (states()[0] === 'pending') await sleep(5);
  expect(states()).toEqual(['revoking']);
  gate.resolve();
  await refused;
  expect((await ending).map((lease) => lease.state)).toEqual(['aborted']);
  expect(target.made).toHaveLength(1);
  expect(target.credentials.size).toBe(0);
});

test('a set ended before its first lease stays closed, as does one that was used', async () => {
  const unknown = newLeaseHandle().setId;
  expect(await engine.leases.revokeSet({ setId: unknown })).toEqual([]);
  await expect(issue({ setId: unknown })).rejects.toMatchObject({ code: 'ERR_CONFLICT' });
  const { setId } = newLeaseHandle();
  await issue({ setId });
  await issue({ setId });
  await expect(issue({ setId, actor: token('t', 'principal-2') })).rejects.toMatchObject({ code: 'ERR_CONFLICT' });
  expect((await engine.leases.revokeSet({ setId })).map((lease) => lease.state)).toEqual(['revoked', 'revoked']);
  await expect(issue({ setId })).rejects.toMatchObject({ code: 'ERR_CONFLICT' });
  expect(target.credentials.size).toBe(0);
});

test('one idempotency key has one credential: repeated it is refused, replaced the earlier one is gone first', async () => {
  const first = await issue({ idempotencyKey: 'k' });
  await expect(issue({ idempotencyKey: 'k' })).rejects.toMatchObject({
    code: 'ERR_CONFLICT',
    details: [`Lease ${first.id} is active.`],
  });
  const second = await issue({ idempotencyKey: 'k', replace: true });
  expect([...target.credentials]).toEqual([second.id]);
  target.failure = { call: 'revoke', error: AWAY };
  await expect(issue({ idempotencyKey: 'k', replace: true })).rejects.toMatchObject({ code: 'ERR_UNAVAILABLE' });
  expect([...target.credentials]).toEqual([second.id]);
});

test('the cap holds for issuers side by side', async () => {
  const results = await Promise.allSettled(Array.from({ length: 12 }, () => issue()));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
  expect(target.credentials.size).toBe(5);
  const [counted] = await engine.definitions.listDynamicSecrets(CONFIG_ID);
  expect(counted?.liveLeases).toBe(5);
});

test('lifetimes outside their bounds are refused with the bound', async () => {
  await expect(issue({ ttlSec: 3601 })).rejects.toMatchObject({
    code: 'ERR_TTL_EXCEEDED',
    message: expect.stringContaining('3600'),
  });
  await expect(issue({ ttlSec: 9 })).rejects.toMatchObject({ code: 'ERR_REQUEST_INVALID' });
});

test('the leases of a deleted token or principal end, and no others', async () => {
  const mine = await issue();
  const other = await issue({ actor: token('token-2') });
  const foreign = await issue({ actor: token('token-3', 'principal-2') });
  await engine.leases.revokeOwnedBy({ tokenId: 'token-1' }, BY);
  expect([...target.credentials].sort()).toEqual([other.id, foreign.id].sort());
  await engine.leases.revokeOwnedBy({ principalId: 'principal-1' }, BY);
  expect([...target.credentials]).toEqual([foreign.id]);
  expect(await state(mine.id)).toBe('revoked');
});

test('deleting a dynamic secret ends its leases first, and only then its integration can go', async () => {
  await issue();
  await expect(engine.definitions.deleteIntegration('db', BY)).rejects.toMatchObject({ code: 'ERR_CONFLICT' });
  target.failure = { call: 'revoke', error: AWAY };
  await engine.definitions.deleteDynamicSecret(CONFIG_ID, 'DB', BY);
  expect([states(), target.credentials.size]).toEqual([['revoke_failed'], 1]);
  await expect(engine.definitions.deleteIntegration('db', BY)).rejects.toMatchObject({ code: 'ERR_CONFLICT' });
  target.failure = undefined;
  clock.advance(60_000);
  await engine.leases.settle();
  expect(target.credentials.size).toBe(0);
  await engine.definitions.deleteIntegration('db', BY);
  await expect(issue()).rejects.toMatchObject({ code: 'ERR_NOT_FOUND' });
});

test('a stopped engine issues nothing and ends nothing: what is due then is left to the next start', async () => {
  await issue();
  await engine.leases.start();
  await engine.leases.stop();
  await expect(issue()).rejects.toMatchObject({ code: 'ERR_UNAVAILABLE' });
  clock.advance(600_000);
  // Longer than a sweep would take: each of these goes through the store's one writer.
  for (let n = 0; n < 20; n += 1) await engine.store.write.saveMoment({ at: n });
  expect([states(), target.ended]).toEqual([['active'], []]);
});

test('a lease that nobody can end is listed with its name at the target, and closed by hand only then', async () => {
  const [{ id }] = [await issue(), await issue()];
  const close = () => engine.leases.forceClose({ id, cause: BY });
  await expect(close()).rejects.toMatchObject({ code: 'ERR_CONFLICT' });
  expect(await engine.leases.stuck()).toEqual([]);
  target.failure = { call: 'revoke', error: REFUSES };
  await engine.leases.revoke({ id, actor: token() });
  expect(await engine.leases.stuck()).toMatchObject([{ id, state: 'needs_operator', externalRef: id }]);
  expect(await close()).toMatchObject({ id, state: 'aborted', externalRef: id });
  expect(await engine.leases.stuck()).toEqual([]);
  const live = () => query(engine.folder, 'select live from dynamic_secrets')[0]?.['live'];
  const events = query(engine.folder, 'select detail from lease_events order by seq');
  expect([live(), events.at(-1)?.['detail']]).toEqual([1, expect.stringContaining(id)]);
  await expect(close()).rejects.toMatchObject({ code: 'ERR_CONFLICT' });
  expect(live()).toBe(1);
  await expect(engine.leases.forceClose({ id: 'none', cause: BY })).rejects.toMatchObject({ code: 'ERR_NOT_FOUND' });
});

test('a credential that its lease left behind is ended by comparing, and what nobody knows is only told', async () => {
  const [gone, alive] = [await issue(), await issue()];
  target.failure = { call: 'revoke', error: REFUSES };
  await engine.leases.revoke({ id: gone.id, actor: token() });
  await engine.leases.forceClose({ id: gone.id, cause: BY });
  target.failure = undefined;
  const foreign = 'lease-00000000-0000-4000-8000-000000000000';
  target.credentials.add(foreign);
  expect(await engine.leases.reconcile()).toEqual({ ended: [gone.id], unknown: [foreign], missing: [] });
  expect(target.credentials).toEqual(new Set([alive.id, foreign]));
  target.credentials.delete(alive.id);
  expect(await engine.leases.reconcile()).toEqual({ ended: [], unknown: [foreign], missing: [alive.id] });
  expect(engine.log.filter((line) => line.includes(foreign) || line.includes(alive.id))).not.toEqual([]);
  target.failure = { call: 'list', error: AWAY };
  expect(await engine.leases.reconcile()).toEqual({ ended: [], unknown: [], missing: [] });
});
