// Who gets a lease for which key, token and connection: what is decided where the intent is written, on both stores.
import { BY, token } from '../../support/leasing/engine.ts';
import { AWAY } from '../../support/leasing/fake-integration.ts';
import { failure, LeaseRoom, refusal, STORES } from '../../support/leasing/room.ts';

let room: LeaseRoom;
beforeAll(async () => {
  room = await LeaseRoom.open();
});
afterAll(() => room?.stop());

describe.each(STORES)('on %s', (store) => {
  let dynamicSecretId: string;
  beforeAll(() => room.start(store));
  afterAll(() => room.close());
  beforeEach(async () => {
    room.calm();
    dynamicSecretId = await room.dynamicSecret();
  });
  afterEach(() => room.rest());
  const issue = (more: Record<string, unknown> = {}) => room.issue(dynamicSecretId, more);

  test('a token that was ended while its request was on the way gets no lease, and nothing is made for it', async () => {
    const { engine } = room;
    await engine.query(`insert into principals(id, kind, name, created_at) values('p-${store}','service_token','t',1)`);
    for (const [id, endedAt] of [
      ['ended', 2],
      ['alive', null],
    ] as const) {
      await engine.query(
        `insert into tokens(id, kind, hash, preview, principal_id, name, access, created_at, revoked_at)
         values('${id}','service_token','${id}','x','p-${store}','t','read',1,${endedAt})`,
      );
    }
    const before = room.target.made.length;
    expect((await refusal(issue({ actor: token('ended', `p-${store}`) }))).code).toBe('ERR_UNAUTHENTICATED');
    expect(room.target.made).toHaveLength(before);
    await expect(issue({ actor: token('alive', `p-${store}`) })).resolves.toHaveProperty('id');
  });

  test('a key that another job of the account hit upon ends nothing of it; the job itself, or its set, replaces its own', async () => {
    const first = await issue({ idempotencyKey: 'k', setId: `set-${store}` });
    const other = { idempotencyKey: 'k', replace: true, actor: token('token-2') };
    expect(await refusal(issue(other))).toMatchObject({
      code: 'ERR_CONFLICT',
      message: 'This Idempotency-Key belongs to a lease of another token.',
    });
    expect([await room.stateOf(first.id), room.target.credentials.has(first.id)]).toEqual(['active', true]);
    const second = await issue({ ...other, setId: `set-${store}` });
    expect([...room.target.credentials]).toEqual([second.id]);
    await room.engine.leases.revoke({ id: second.id, actor: token('op', 'op', true) });
    expect((await refusal(issue({ ...other, actor: token('token-3') }))).code).toBe('ERR_CONFLICT');
  });

  test('two jobs without a set have none in common: neither replaces the lease that the other has under the same key', async () => {
    const { id } = await issue({ idempotencyKey: 'k' });
    const other = { idempotencyKey: 'k', replace: true, actor: token('token-2') };
    expect((await refusal(issue(other))).code).toBe('ERR_CONFLICT');
    expect([...room.target.credentials]).toEqual([id]);
  });

  test('a key is one for each owner: that of another account is not seen, not ended and not told', async () => {
    const mine = await issue({ idempotencyKey: 'k' });
    const theirs = await issue({ idempotencyKey: 'k', actor: token('token-9', 'principal-9') });
    expect([...room.target.credentials].sort()).toEqual([mine.id, theirs.id].sort());
    await issue({ idempotencyKey: 'k', replace: true, actor: token('token-9', 'principal-9') });
    expect([await room.stateOf(mine.id), await room.stateOf(theirs.id)]).toEqual(['active', 'revoked']);
  });

  test('a key that is asked for twice in one moment, so in one stroke, makes one lease', async () => {
    const before = room.target.made.length;
    const asked = await Promise.allSettled([issue({ idempotencyKey: 'twin' }), issue({ idempotencyKey: 'twin' })]);
    expect(asked.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = asked.find((each) => each.status === 'rejected');
    expect(refused).toMatchObject({ reason: { code: 'ERR_CONFLICT' } });
    expect(room.target.made.length - before).toBe(1);
  });

  test('a key whose lease never came to be is free again, without replace', async () => {
    room.target.failure = failure('create', true);
    await expect(issue({ idempotencyKey: 'k' })).rejects.toBe(AWAY);
    room.target.failure = undefined;
    await room.engine.leases.settle();
    const { id } = await issue({ idempotencyKey: 'k' });
    expect([...room.target.credentials]).toEqual([id]);
    expect(await refusal(issue({ idempotencyKey: 'k' }))).toMatchObject({ details: [`Lease ${id} is active.`] });
    await room.engine.leases.revoke({ id, actor: token() });
    expect((await refusal(issue({ idempotencyKey: 'k' }))).code).toBe('ERR_CONFLICT');
    await expect(issue({ idempotencyKey: 'k', replace: true })).resolves.toHaveProperty('id');
  });

  test('a set that was ended before its first lease has nothing made for it', async () => {
    const before = room.target.made.length;
    const setId = `unseen-${store}`;
    expect(await room.engine.leases.revokeSet({ setId })).toEqual([]);
    expect((await refusal(issue({ setId }))).code).toBe('ERR_CONFLICT');
    expect(room.target.made).toHaveLength(before);
  });

  test('a set that is ended while its first lease is on the way to the store shows no value and leaves nothing', async () => {
    const setId = `early-${store}`;
    room.beforeIntent = async () => {
      room.beforeIntent = undefined;
      expect(await room.engine.leases.revokeSet({ setId })).toEqual([]);
    };
    expect((await refusal(issue({ setId }))).code).toBe('ERR_CONFLICT');
    await room.engine.leases.settle();
    const rows = await room.engine.query(`select state from leases where set_id = '${setId}'`);
    expect([rows, room.target.credentials.size]).toEqual([[{ state: 'aborted' }], 0]);
  });

  test('an integration that was changed after the request looked at it makes nothing with the connection of before', async () => {
    const { definitions, store: real } = room.engine;
    const [integration] = await real.read.listIntegrations({});
    const before = room.target.made.length;
    room.beforeIntent = async () => {
      room.beforeIntent = undefined;
      await definitions.updateIntegration('db', { data: { password: 'planted-connection-2' } }, BY);
    };
    expect(await refusal(issue())).toMatchObject({ code: 'ERR_UNAVAILABLE', hint: 'Try again.' });
    expect(room.target.made).toHaveLength(before);
    await expect(issue()).resolves.toHaveProperty('id');
    const [now] = await real.read.listIntegrations({});
    expect(now?.revision).toBe((integration?.revision ?? 0) + 1);
  });
});
