// The Phase client and leases: one per request, no second one after a doubt, and revoked means gone.
import { Sensitive } from '#core/sensitive.js';
import { type Answer, ENGINE } from '../support/fake-api.ts';
import { OK, refused } from '../support/fake-phase.ts';
import { AWS, type Fault, SCOPE, cut, far, line, minting, stopAll } from '../support/phase/far.ts';

afterEach(stopAll);

describe('minting', () => {
  test('looks names up once and leases each secret by its id in a request of its own', async () => {
    const { phase, client, minted, mint } = await far();
    const [bot, other] = [phase.dynamic('deploy bot', AWS), phase.dynamic('other', { KEY: 'v' })];
    const leases = await Promise.all([mint('deploy bot'), mint('other')]);
    expect([...(leases[0]?.fields ?? [])].map(([key, value]) => [key, value.reveal()])).toEqual(Object.entries(AWS));
    expect(minted.toSorted()).toEqual(phase.leases.map(({ id }) => id).toSorted());
    const asked = phase.api.seen.filter((one) => one.query['lease'] !== undefined);
    expect(asked.map((one) => [one.query['id'], one.query['ttl']])).toEqual([
      [bot.id, '900'],
      [other.id, '900'],
    ]);
    expect(phase.api.seen).toHaveLength(3);
    expect(await client.listDynamicSecrets(SCOPE)).toEqual(['deploy bot', 'other']);
  });

  test('takes an id in place of a name, and the end from the answer', async () => {
    const { phase, mint, clock } = await far();
    const { id } = phase.dynamic('bot', AWS);
    expect((await mint(id)).expiresAt).toBe(clock.now() + 900_000);
    expect(phase.api.seen).toHaveLength(1);
  });

  test('names what is not there, also where there is nothing at all', async () => {
    const { phase, client, mint } = await far();
    expect(await line(mint('bot'))).toMatch(/There is no dynamic secret bot in production of app/);
    phase.dynamic('bot', AWS, '/api');
    expect(await client.listDynamicSecrets({ ...SCOPE, path: '/api' })).toEqual(['bot']);
    expect(await line(client.listDynamicSecrets({ ...SCOPE, project: 'none' }))).toContain(
      'App with ID none not found',
    );
  });

  test('tells the id before it reads the values', async () => {
    const odd = { id: 'l1', expiresAt: 'soon', credentials: [{ key: 'A', value: { deep: 1 } }] };
    const { phase, minted, mint } = await far(minting(({ dynamics }) => OK([{ id: dynamics[0]?.id, lease: odd }])));
    phase.dynamic('bot', AWS);
    expect(await line(mint('bot'))).toContain('credentials.A is not a text');
    expect(minted).toEqual(['l1']);
  });

  test('tells every id of an answer, and takes the values of no other secret', async () => {
    const lease = { id: 'l9', expiresAt: null, credentials: [{ key: 'A', value: 'x' }] };
    const { phase, minted, mint } = await far(minting(() => OK([{ id: 'another', lease }])));
    phase.dynamic('bot', AWS);
    expect(await line(mint('bot'))).toContain('The answer holds no lease of bot.');
    expect(minted).toEqual(['l9']);
  });

  test('tries again after 429, and it is the same request', async () => {
    const { phase, mint } = await far(minting((_, earlier) => (earlier === 0 ? refused(429, 'throttled') : undefined)));
    phase.dynamic('bot', AWS);
    await mint('bot');
    expect(phase.leases).toHaveLength(1);
  });

  test.each([
    ['a cut connection', cut],
    ['a 500', refused(500, 'An internal error occurred while creating the lease')],
  ])(
    'after %s never repeats towards a cloud, and names the lease that it may be without ending it',
    async (_, answer) => {
      const { phase, mint } = await far(
        minting((at) => {
          const [bot] = at.dynamics;
          if (bot) at.lease(bot, 900);
          return answer;
        }),
      );
      const bot = phase.dynamic('bot', AWS);
      const older = phase.lease(bot, 3600);
      older.createdAt -= 10 * 60_000;
      const text = await line(mint('bot'));
      expect(phase.api.seen.filter((one) => one.query['lease'] !== undefined)).toHaveLength(1);
      const lost = phase.leases.find((lease) => lease !== older);
      expect(text).toContain(`it may be ${lost?.id}, which is left alone because it may be another job's.`);
      expect(text).not.toContain(older.id);
      expect(phase.leases.map((lease) => lease.status)).toEqual(['active', 'active']);
    },
  );

  test('does not take a lease that did arrive for the one that got lost', async () => {
    const { phase, mint, minted } = await far(minting((_, earlier) => (earlier === 0 ? undefined : cut)));
    phase.dynamic('bot', AWS);
    await mint('bot');
    expect(await line(mint('bot'))).toContain('its id never arrived, and no new lease is listed yet.');
    expect(minted).toHaveLength(1);
  });

  test('names afterwards what an earlier process may have leased, and says nothing where nobody can tell', async () => {
    const { phase, client, clock } = await far();
    const bot = phase.dynamic('bot', AWS);
    const known = phase.lease(bot, 900);
    const lost = phase.lease(bot, 900);
    const doubt = { ...SCOPE, dynamic: 'bot', since: clock.now() };
    expect(await client.nameCandidates(doubt, new Set([known.id]))).toBe(
      `bot: it may be ${lost.id}, which is left alone because it may be another job's.`,
    );
    expect(await client.nameCandidates({ ...doubt, dynamic: 'none' }, new Set())).toBe('');
    expect(phase.leases.map(({ status }) => status)).toEqual(['active', 'active']);
  });

  test('says until when a lease may live when not even a list can be had', async () => {
    const down: Fault = (_, { query, path }) =>
      query['lease'] || path.endsWith('/leases/') ? refused(503, 'down') : undefined;
    const { phase, mint } = await far(down);
    phase.dynamic('bot', AWS);
    expect(await line(mint('bot'))).toMatch(
      /A lease of bot may live until 2026-.*never arrived, so nothing can end it/,
    );
  });

  test.each([400, 401, 403, 404])('says nothing of a lease after a plain %d', async (status) => {
    const { phase, mint } = await far(minting(() => refused(status, 'no')));
    phase.dynamic('bot', AWS);
    expect(await line(mint('bot'))).not.toContain('may live');
  });

  test('says nothing of a lease after an error of the engine itself', async () => {
    const told: Answer = { status: 502, headers: ENGINE, body: { error: 'no login' } };
    const { phase, mint } = await far(minting(() => told));
    phase.dynamic('bot', AWS);
    const text = await line(mint('bot'));
    expect(text).toContain('no login');
    expect(text).not.toContain('may live');
  });

  test('repeats towards an engine with the same key and replace', async () => {
    const { phase, mint } = await far(minting((_, earlier) => (earlier === 0 ? cut : undefined)));
    const { id } = phase.dynamic('bot', AWS);
    await mint('bot', 'k2');
    const asked = phase.api.seen.filter((one) => one.query['lease'] !== undefined);
    expect(asked.map((one) => one.query['replace'])).toEqual([undefined, 'true']);
    expect(asked.map((one) => one.headers['idempotency-key'])).toEqual([`k2.${id}`, `k2.${id}`]);
    expect(asked[1]?.headers['x-secrets-lease-set']).toBe('k2');
  });

  test('another round of the same set is another lease, not the first one again', async () => {
    const { phase, client } = await far();
    const { id } = phase.dynamic('bot', AWS);
    const ask = { scope: SCOPE, dynamic: 'bot', ttlSec: 900, setId: 'k2', round: 'r1', onIssued: () => undefined };
    await client.issueLease(ask);
    expect(phase.api.seen.at(-1)?.headers['idempotency-key']).toBe(`k2.${id}.r1`);
  });

  test('with the legacy token of one app nothing is asked: it could only fail, and leave a doubt', async () => {
    const { phase, mint } = await far(undefined, { token: new Sensitive(`Service ${'a'.repeat(64)}`) });
    phase.dynamic('bot', AWS);
    expect(await line(mint('bot'))).toMatch(/pss_service:v1\) cannot lease.*service account/);
    expect(phase.api.seen).toEqual([]);
  });
});

describe('ending and renewing', () => {
  async function leased(fault?: Fault) {
    const all = await far(fault);
    all.phase.dynamic('bot', AWS);
    const { id, expiresAt } = await all.mint('bot');
    return { ...all, expiresAt, ref: { ...SCOPE, dynamic: 'bot', id } };
  }

  test('revoked means gone, also when it was already', async () => {
    const { phase, client, ref } = await leased();
    await client.revokeLease(ref);
    await client.revokeLease(ref);
    expect(phase.leases.map(({ status }) => status)).toEqual(['revoked']);
    expect(phase.api.seen.at(-1)).toMatchObject({ query: { lease_id: ref.id }, body: `{"lease_id":"${ref.id}"}` });
  });

  test('a lease of another environment counts as left', async () => {
    const { client, ref } = await leased();
    const elsewhere = client.revokeLease({ ...ref, environment: 'staging' });
    expect(await line(elsewhere)).toContain(
      `could not revoke lease ${ref.id} of bot: there is no such thing (404: Lease not found)`,
    );
  });

  test('being revoked is not revoked: what an engine has not done yet counts as left', async () => {
    const { client, ref } = await leased((_, { method }) =>
      method === 'DELETE'
        ? { status: 202, body: { message: 'The lease is being revoked until it is gone.' } }
        : undefined,
    );
    expect(await line(client.revokeLease(ref))).toMatch(/is being revoked and not gone yet/);
  });

  test('tries a revoke again after an outage', async () => {
    let left = 2;
    const { phase, client, ref } = await leased((_, { method }) =>
      method === 'DELETE' && left-- > 0
        ? refused(500, 'An internal error occurred while revoking the lease')
        : undefined,
    );
    await client.revokeLease(ref);
    expect(phase.leases[0]?.status).toBe('revoked');
  });

  test('renews on top of the old expiry and looks up what it is now', async () => {
    const { client, ref, expiresAt } = await leased();
    expect(await client.renewLease(ref, 600)).toEqual({ expiresAt: expiresAt + 600_000 });
    expect((await client.listLeases(SCOPE, 'bot')).map(({ id, status }) => [id, status])).toEqual([[ref.id, 'active']]);
  });

  test('does not renew twice after a doubt', async () => {
    const { phase, client, ref } = await leased((_, { method }) => (method === 'PUT' ? cut : undefined));
    expect(await line(client.renewLease(ref, 600))).toContain('cut the connection');
    expect(phase.api.asked.filter((one) => one.startsWith('PUT'))).toHaveLength(1);
  });

  test('ends a set where the engine has its own routes, with the handle alone', async () => {
    const { phase, client } = await far(({ api }, { path }) =>
      path === '/v3/leases' ? OK({ leases: [], revoked: 0, left: api.seen.length - 1 }) : undefined,
    );
    expect(await client.revokeSet(new Sensitive('k1'))).toEqual({ leases: [], revoked: 0, left: 0 });
    expect(phase.api.seen[0]?.headers).toMatchObject({ 'x-secrets-lease-handle': 'k1' });
    expect(phase.api.seen[0]?.headers.authorization).toBeUndefined();
  });
});
