// Renewals that others get in the way of: what the target was told in vain changes no row, and no ended lease lives again.
import { BY, token } from '../../support/leasing/engine.ts';
import { LeaseRoom, MINUTE, refusal, STORES } from '../../support/leasing/room.ts';

let room: LeaseRoom;
beforeAll(async () => {
  room = await LeaseRoom.open();
});
afterAll(() => room?.stop());

describe.each(STORES)('on %s', (store) => {
  beforeAll(() => room.start(store));
  afterAll(() => room.close());
  beforeEach(() => room.calm());
  afterEach(() => room.rest());
  const renew = (id: string, ttlSec: number) => room.engine.leases.renew({ id, ttlSec, actor: token() });
  const rowOf = async (id: string) => (await room.engine.query(`select * from leases where id = '${id}'`))[0];
  /** As another engine on the same store would. */
  const swap = (id: string, from: number, to: number) =>
    room.engine.store.write.renewLease({ id, from, to, at: room.clock.now(), cause: BY });

  test('a lease that is ended while its target extends it stays ended, and the renewal says so', async () => {
    const { id } = await room.issue(await room.dynamicSecret());
    room.whileExtending = async () => {
      room.whileExtending = undefined;
      await room.engine.leases.revoke({ id, actor: token() });
    };
    expect((await refusal(renew(id, 900))).code).toBe('ERR_LEASE_EXPIRED');
    expect([await room.stateOf(id), room.target.credentials.has(id)]).toEqual(['revoked', false]);
    expect(await rowOf(id)).toMatchObject({ renew_count: 0, next_action_at: null });
  });

  test('a lease that is being ended is not renewed, and its target is not asked to let it live longer', async () => {
    const { id } = await room.issue(await room.dynamicSecret());
    const gate = Promise.withResolvers<void>();
    room.revoking = gate.promise;
    const ending = room.engine.leases.revoke({ id, actor: token() });
    while (room.seen.length === 0) await new Promise((next) => setImmediate(next));
    let extended = 0;
    room.whileExtending = async () => {
      extended += 1;
    };
    const [renewing] = await Promise.allSettled([renew(id, 900)]);
    gate.resolve();
    expect((await ending).state).toBe('revoked');
    expect(renewing).toMatchObject({ status: 'rejected', reason: { code: 'ERR_LEASE_EXPIRED' } });
    expect(extended).toBe(0);
  });

  test('a lease that is still being issued is not renewed, and is not said to have ended', async () => {
    const gate = Promise.withResolvers<void>();
    room.target.gate = gate.promise;
    const dynamicSecretId = await room.dynamicSecret();
    const issuing = room.issue(dynamicSecretId);
    const pending = () => room.engine.query(`select id from leases where state = 'pending'`);
    while ((await pending()).length === 0) await new Promise((next) => setImmediate(next));
    const [renewing] = await Promise.allSettled([renew(String((await pending())[0]?.['id']), 900)]);
    gate.resolve();
    room.target.gate = undefined;
    await issuing;
    expect(renewing).toMatchObject({ status: 'rejected', reason: { code: 'ERR_CONFLICT' } });
  });

  test('of two renewals that began at the same expiry the second starts from where the first ended', async () => {
    const { id, expiresAt } = await room.issue(await room.dynamicSecret());
    const longer = expiresAt + 60 * MINUTE;
    room.whileExtending = async () => {
      room.whileExtending = undefined;
      expect(await swap(id, expiresAt, longer)).toBe(true);
    };
    expect(await renew(id, 900)).toMatchObject({ expiresAt: longer });
    expect(await rowOf(id)).toMatchObject({ expires_at: longer, next_action_at: longer, renew_count: 1 });
  });

  test('a swap from another expiry, to an earlier one, or of a lease that is not active changes nothing', async () => {
    const { id, expiresAt } = await room.issue(await room.dynamicSecret());
    const before = await rowOf(id);
    expect(await swap(id, expiresAt - 1, expiresAt + MINUTE)).toBe(false);
    expect(await swap(id, expiresAt, expiresAt - 1)).toBe(false);
    expect(await rowOf(id)).toEqual(before);
    await room.engine.leases.revoke({ id, actor: token() });
    const ended = await rowOf(id);
    expect(await swap(id, expiresAt, expiresAt + MINUTE)).toBe(false);
    expect(await rowOf(id)).toEqual(ended);
  });

  test('a lease that others renew without pause is given up after a few looks, and is whole', async () => {
    const { id, expiresAt } = await room.issue(await room.dynamicSecret());
    let end = expiresAt;
    room.whileExtending = async () => {
      await swap(id, end, end + 1);
      end += 1;
    };
    expect((await refusal(renew(id, 900))).code).toBe('ERR_CONFLICT');
    expect(await rowOf(id)).toMatchObject({ state: 'active', expires_at: end, next_action_at: end });
  });
});
