// The life of a lease on Phase's side, with the real lease service: renewed, it lives on; ended, it stays ended.
import { auditRows } from '../../../support/audit.ts';
import { AWAY } from '../../../support/leasing/fake-integration.ts';
import { type PhaseEngine, startPhaseEngine } from '../../../support/phase/engine.ts';
import { type RealMinting, realMinting } from '../../../support/phase/minting.ts';

const LEASES = '/v1/secrets/dynamic/leases/';
const MAX_SEC = 3600;

let engine: PhaseEngine;
let real: RealMinting;
let at: string;
beforeEach(async () => {
  real = realMinting();
  engine = await startPhaseEngine({ minting: real.minting });
  at = `app_id=${engine.app}&env=development`;
  const admin = async (request: string, body: object) => {
    const { status, text } = await engine.send(engine.admin, request, { body });
    expect([status, text]).toEqual([200, expect.any(String)]);
  };
  await admin('POST /integrations', { type: 'postgres', name: 'pg', data: {}, allowed: ['app/dev'] });
  const terms = { default_ttl_sec: 900, max_ttl_sec: MAX_SEC };
  await admin('POST /configs/config/dynamic_secrets', {
    ...{ project: 'app', config: 'dev', name: 'DB', kind: 'postgres', integration: 'pg', parameters: {} },
    ...terms,
  });
});
afterEach(() => engine.close());

type Shown = { id: string; status: string; ttl: string; expiresAt: string; renewedAt: string | null; owner: object };
type Dynamic = { id: string; lease: Shown };

async function leased(): Promise<Dynamic> {
  const { body } = await engine.ask(`GET /v1/secrets/dynamic/?${at}&lease=true`);
  const [only] = body as Dynamic[];
  if (!only) throw new Error('nothing was leased');
  return only;
}
const renew = (id: string, ttl: number) => engine.ask(`PUT ${LEASES}?${at}`, { body: { lease_id: id, ttl } });
const listed = async (secretId: string, where = `${at}&`) =>
  (await engine.ask(`GET ${LEASES}?${where}secret_id=${secretId}`)).body as Shown[];

test('a renewed lease lives to its new expiry, and says when it was renewed', async () => {
  const { id: secretId, lease } = await leased();
  engine.advance(600_000);
  const renewed = await renew(lease.id, 600);
  const expiry = new Date(Date.parse(lease.expiresAt) + 600_000);
  expect(renewed.status).toBe(200);
  const said = expiry.toISOString().replace('T', ' ').slice(0, 23);
  expect((renewed.body as { message: string }).message).toContain(said);
  const [now] = await listed(secretId);
  expect(now).toMatchObject({ id: lease.id, ttl: '00:25:00', status: 'active', renewedAt: expect.any(String) });
  engine.advance(400_000);
  await real.settle();
  expect(real.target.credentials.size).toBe(1);
  engine.advance(600_000);
  await real.settle();
  expect(real.target.credentials.size).toBe(0);
  expect(await listed(secretId)).toMatchObject([{ status: 'expired', revokedAt: expect.any(String), credentials: [] }]);
});

test('renewals add up to the maximum and no further', async () => {
  const { lease } = await leased();
  const tooLong = await renew(lease.id, MAX_SEC);
  expect([tooLong.status, tooLong.body]).toEqual([400, { error: expect.stringContaining('2700 more seconds') }]);
  expect((await renew(lease.id, 2700)).status).toBe(200);
  expect((await renew(lease.id, 1)).status).toBe(400);
});

test('our own client renews and reads back the same end', async () => {
  const client = engine.client();
  const scope = { project: engine.app, environment: 'development' };
  const { id, expiresAt } = await client.issueLease({ scope, dynamic: 'DB', ttlSec: 900, onIssued: () => undefined });
  const renewed = await client.renewLease({ ...scope, dynamic: 'DB', id }, 60);
  expect(renewed.expiresAt).toBe(expiresAt + 60_000);
});

test('an ended lease is not renewed, and stays in the list with its owner', async () => {
  const { id: secretId, lease } = await leased();
  await engine.ask(`DELETE ${LEASES}?${at}&lease_id=${lease.id}`);
  expect(real.target.credentials.size).toBe(0);
  expect((await renew(lease.id, 60)).status).toBe(400);
  const role = { id: 'no_access', name: 'no_access' };
  const owner = { type: 'service_account', data: { id: engine.accountId, name: 'ci', role } };
  expect(await listed(secretId)).toMatchObject([{ status: 'revoked', owner }]);
});

test('the id of a dynamic secret is enough to list its leases', async () => {
  const { id: secretId, lease } = await leased();
  expect(await listed(secretId, '')).toMatchObject([{ id: lease.id }]);
  const stranger = await engine.ask(`GET ${LEASES}?secret_id=00000000-0000-4000-8000-000000000000`);
  expect([stranger.status, stranger.body]).toEqual([404, { error: 'Secret not found' }]);
});

test('a revoke that the target refuses is tried until it succeeds', async () => {
  const { id: secretId, lease } = await leased();
  real.target.failure = { call: 'revoke', error: AWAY };
  const answer = await engine.ask(`DELETE ${LEASES}?${at}&lease_id=${lease.id}`);
  expect([answer.status, real.target.credentials.size]).toEqual([202, 1]);
  expect(await listed(secretId)).toMatchObject([{ status: 'active' }]);
  real.target.failure = undefined;
  engine.advance(3_600_000);
  await real.settle();
  expect([real.target.credentials.size, (await listed(secretId))[0]?.status]).toEqual([0, 'revoked']);
});

test('an environment does not go while it has leases, and a dynamic secret takes its leases with it', async () => {
  const { lease } = await leased();
  const remove = (what: string) => engine.send(engine.admin, `DELETE ${what}`);
  expect((await remove('/environments/environment?project=app&environment=dev')).status).toBe(400);
  const where = 'project=app&config=dev&dynamic_secret=DB';
  expect((await remove(`/configs/config/dynamic_secrets/dynamic_secret?${where}`)).status).toBeLessThan(300);
  expect(real.target.credentials.size).toBe(0);
  expect((await engine.ask(`DELETE ${LEASES}?${at}&lease_id=${lease.id}`)).status).toBe(404);
  expect((await remove('/environments/environment?project=app&environment=dev')).status).toBeLessThan(300);
});

test('a lease of another environment is neither seen nor touched', async () => {
  const { id: secretId, lease } = await leased();
  const elsewhere = `app_id=${engine.app}&env=production`;
  const seen = await engine.ask(`GET ${LEASES}?${elsewhere}&secret_id=${secretId}`);
  const renewed = await engine.ask(`PUT ${LEASES}?${elsewhere}`, { body: { lease_id: lease.id, ttl: 60 } });
  const revoked = await engine.ask(`DELETE ${LEASES}?${elsewhere}`, { body: { lease_id: lease.id } });
  expect([seen, renewed, revoked].map(({ status }) => status)).toEqual([404, 404, 404]);
  expect([...real.target.credentials]).toHaveLength(1);
  expect(await listed(secretId)).toMatchObject([{ expiresAt: lease.expiresAt, renewedAt: null, status: 'active' }]);
});

test('when one lease of a request fails, what the others made is gone at the target', async () => {
  const one = { project: 'app', config: 'dev', name: 'ONE', kind: 'postgres', integration: 'pg', parameters: {} };
  const body = { ...one, max_live_leases: 1 };
  expect((await engine.send(engine.admin, 'POST /configs/config/dynamic_secrets', { body })).status).toBe(200);
  expect((await engine.ask(`GET /v1/secrets/dynamic/?${at}&name=ONE&lease=true`)).status).toBe(200);
  const [kept] = [...real.target.credentials];
  for (const path of ['/v1/secrets/dynamic/', '/v1/secrets/']) {
    const { status, text } = await engine.ask(`GET ${path}?${at}&dynamic=true&lease=true`);
    expect([status, text]).toEqual([429, expect.not.stringContaining('credentials')]);
    await real.settle();
    expect([...real.target.credentials]).toEqual([kept]);
  }
  // That of DB was made and taken back both times.
  expect([real.target.made.length, real.target.ended.length]).toEqual([3, 2]);
});

test.each(['/v1/secrets/dynamic/', '/v1/secrets/', '/service/secrets/'])(
  'a read of %s that leases is in the audit log as what it does, by whom and from where',
  async (path) => {
    const [secret] = (await engine.ask(`GET /v1/secrets/dynamic/?${at}`)).body as { environment: string }[];
    const headers = { environment: secret?.environment ?? '', dynamic: 'true', lease: 'true' };
    const before = await audited();
    const { status } = await engine.ask(`GET ${path}?dynamic=true&lease=true`, { headers });
    const rows = (await audited()).slice(before.length);
    expect([status, rows.map(({ outcome }) => outcome)]).toEqual([200, ['intent', 'ok']]);
    for (const { actor, request_id } of rows) {
      expect([actor, request_id]).toEqual([expect.stringMatching(/^token:/), expect.any(String)]);
    }
    await engine.ask(`GET ${path}?dynamic=true`, { headers: { ...headers, lease: 'false' } });
    expect(await audited()).toHaveLength(before.length + 2);
  },
);

/** What the log says of leases that were made. */
async function audited() {
  const rows = await auditRows(engine.store);
  return rows.filter(({ action }) => action === 'lease.issue');
}

test('a personal token renews and ends what it leased itself, and nothing that others did', async () => {
  const token = engine.tokens.user;
  const mine = ((await engine.ask(`GET /v1/secrets/dynamic/?${at}&lease=true`, { token })).body as Dynamic[])[0]?.lease;
  const theirs = (await leased()).lease;
  const statuses = async (id: string) => {
    const body = { lease_id: id, ttl: 60 };
    const renewed = await engine.ask(`PUT ${LEASES}?${at}`, { token, body });
    const ended = await engine.ask(`DELETE ${LEASES}?${at}`, { token, body });
    return [renewed.status, ended.status];
  };
  expect(await statuses(theirs.id)).toEqual([403, 403]);
  expect(await statuses(mine?.id ?? '')).toEqual([200, 200]);
  expect(real.target.credentials.size).toBe(1);
});

describe('what is deleted takes its leases along, to the target', () => {
  const environment = async () => {
    const { body } = await engine.send(engine.admin, `GET /v1/environments/?app_id=${engine.app}`);
    const all = body['data'] as { id: string; name: string }[];
    return `/v1/environments/${all.find(({ name }) => name === 'Development')?.id}/`;
  };

  test.each(['environment', 'app'])('an %s: the credential is gone when the answer comes', async (what) => {
    await leased();
    expect(real.target.credentials.size).toBe(1);
    const path = what === 'app' ? `/v1/apps/${engine.app}/` : await environment();
    const gone = await engine.send(engine.admin, `DELETE ${path}`);
    expect([gone.status, gone.text, real.target.credentials.size]).toEqual([204, '', 0]);
    // Whose only app is gone may read nothing anywhere.
    expect((await engine.ask(`GET /v1/secrets/?${at}`)).status).toBe(what === 'app' ? 403 : 404);
  });

  test('a target that is away keeps the environment, which leases nothing more, until the retry has ended it', async () => {
    const { id: secretId } = await leased();
    real.target.failure = { call: 'revoke', error: AWAY };
    const path = await environment();
    const refused = await engine.send(engine.admin, `DELETE ${path}`);
    expect([refused.status, refused.body]).toEqual([
      409,
      { error: expect.stringContaining('1 are still being revoked') },
    ]);
    expect((await engine.ask(`GET /v1/secrets/dynamic/?${at}&id=${secretId}&lease=true`)).status).toBe(404);
    real.target.failure = undefined;
    engine.advance(3_600_000);
    await real.settle();
    expect(real.target.credentials.size).toBe(0);
    expect((await engine.send(engine.admin, `DELETE ${path}`)).status).toBe(204);
  });

  test('one that is protected keeps its leases and its dynamic secrets', async () => {
    const { id: secretId } = await leased();
    const protect = { project: 'app', config: 'dev', deletion_protection: true };
    expect((await engine.send(engine.admin, 'POST /configs/config', { body: protect })).status).toBe(200);
    expect((await engine.send(engine.admin, `DELETE ${await environment()}`)).status).toBe(400);
    expect((await engine.send(engine.admin, `DELETE /v1/apps/${engine.app}/`)).status).toBe(400);
    expect([real.target.credentials.size, await listed(secretId)]).toMatchObject([1, [{ status: 'active' }]]);
  });

  test('a service account: its leases end with it', async () => {
    await leased();
    expect((await engine.send(engine.admin, `DELETE /v1/service-accounts/${engine.accountId}/`)).status).toBe(204);
    expect(real.target.credentials.size).toBe(0);
  });
});
