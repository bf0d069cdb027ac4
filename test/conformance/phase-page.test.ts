// Where Phase's page and its server differ (contracts/phase.md 9): each row has a test, and the list of rows is held.
import { restForm } from '../support/phase/engine.ts';
import type { PhaseClient } from '#client/phase.js';
import { must } from './must.ts';
import { type PhaseService, startPhaseService } from './phase-service.ts';

const SECRETS = '/v1/secrets/';
const DYNAMIC = '/v1/secrets/dynamic/';
const LEASES = `${DYNAMIC}leases/`;

let service: PhaseService;
let at: string;
beforeAll(async () => {
  service = await startPhaseService();
  at = `app_id=${service.app}&env=development`;
}, 60_000);
afterAll(() => service.close());

type Fields = Record<string, unknown>;
type Lease = Fields & { id: string; ttl: string; expiresAt: string; owner: { type: string; data: Fields } };
type Item = Fields & { id: string; name: string; type: string; path: string; lease: Lease | null };
const items = async (request: string, more: Parameters<PhaseService['ask']>[1] = {}) => {
  const { status, text, body } = await service.ask(request, more);
  expect([request, status, text]).toEqual([request, 200, expect.any(String)]);
  return body as Item[];
};
const lend = async (query = '', token = service.tokens.account) => {
  const [item] = await items(`GET ${DYNAMIC}?${at}&name=DB&lease=true${query}`, { token });
  return { item: must(item), lease: must(item?.lease) };
};
const leases = async (secret: string, query = `${at}&`) =>
  (await items(`GET ${LEASES}?${query}secret_id=${secret}`)) as unknown as Lease[];
const sec = (duration: string) => {
  const [, hours = 0, minutes = 0, seconds = 0] = must(/^(\d\d):(\d\d):(\d\d)$/.exec(duration)).map(Number);
  return hours * 3600 + minutes * 60 + seconds;
};

/** The first column of the table, and the rule that its last column gives the engine. */
const ROWS = [
  ['embedded lease', 'has its owner', embeddedLease],
  ['keyMap', 'says of each field whether it is masked', keyMap],
  ['owner.data', 'is a superset of what page and server show', ownerData],
  ['`/v1/secrets?dynamic=true` sample', 'leases only what lease=true asks for', sample],
  ['TTL on `/v1/secrets`', 'is lease_ttl, and ttl is taken on both addresses', ttlOnSecrets],
  ['`includeDynamic`', 'is taken in either spelling', includeDynamic],
  ['renew ttl', 'is added to the old expiry, and the sum is bounded', renewTtl],
  ['renew/revoke params', 'are app_id and env, or the header', renewParams],
  ['list leases', 'needs secret_id alone, and takes the place too', listLeases],
  ['revoke body', 'is JSON or the query', revokeBody],
  ['status set', 'is active, revoked and expired', statusSet],
  ['renewedAt', 'is filled once it was renewed', renewedAt],
  ['default key', 'is what keyMap says, and nobody assumes it', defaultKey],
  ['path in sample', 'is the exact path that was asked for', pathInSample],
  ['empty result', 'is 404 of dynamic secrets and an empty list of secrets', emptyResult],
  ['limits', 'hold in the engine and stand behind no plan', limits],
  ['201/204 in docs errors page', 'is none of: secrets answer 200', statuses],
] as const;

test.each(ROWS.map(([topic, rule, check]) => ({ topic, rule, check })))('$topic: $rule', ({ check }) => check());

test('every row of the table is one of these, once', () => {
  const topics = ROWS.map(([topic]) => topic);
  expect([topics.length, new Set(topics).size]).toEqual([17, 17]);
  expect(new Set(ROWS.map(([, , check]) => check)).size).toBe(17);
});

async function embeddedLease(): Promise<void> {
  const { lease } = await lend();
  expect(lease.owner).toMatchObject({ type: 'service_account', data: { id: service.accountId, name: 'ci' } });
}

async function keyMap(): Promise<void> {
  const { item } = await lend();
  const map = item['keyMap'] as { id: string; keyName: string; keyDigest: string; masked: boolean }[];
  expect(map.map((entry) => Object.keys(entry))).toEqual(map.map(() => ['id', 'keyName', 'keyDigest', 'masked']));
  expect(must(map.find(({ id }) => id === 'password')).masked).toBe(true);
  expect(must(map.find(({ id }) => id === 'username')).masked).toBe(false);
}

async function ownerData(): Promise<void> {
  const dates = { createdAt: expect.any(String) as unknown, updatedAt: expect.any(String) as unknown, deletedAt: null };
  const role = { id: 'no_access', name: 'no_access' };
  expect((await lend()).lease.owner.data).toEqual({ id: service.accountId, name: 'ci', role, ...dates });
  const person = { username: 'ada@example.test', fullName: 'ada@example.test', email: 'ada@example.test' };
  const { owner } = (await lend('', service.tokens.user)).lease;
  expect(owner).toEqual({
    type: 'organisation_member',
    data: { id: expect.any(String), ...person, role, ...dates },
  });
}

async function sample(): Promise<void> {
  const before = service.real.target.made.length;
  const all = await items(`GET ${SECRETS}?${at}&dynamic=true`);
  expect(all.filter(({ type }) => type === 'dynamic').map(({ lease }) => lease)).toEqual([null, null]);
  expect(service.real.target.made.length).toBe(before);
}

async function ttlOnSecrets(): Promise<void> {
  for (const word of ['lease_ttl', 'ttl']) {
    const all = await items(`GET ${SECRETS}?${at}&dynamic=true&lease=true&${word}=120`);
    expect(all.flatMap(({ lease }) => (lease ? [lease.ttl] : []))).toEqual(['00:02:00', '00:02:00']);
    expect((await lend(`&${word}=120`)).lease.ttl).toBe('00:02:00');
  }
}

async function includeDynamic(): Promise<void> {
  for (const word of ['includeDynamic', 'include_dynamic', 'dynamic']) {
    const all = await items(`GET ${SECRETS}?${at}&${word}=true`);
    expect(all.filter(({ type }) => type === 'dynamic')).toHaveLength(2);
    expect(await items(`GET ${SECRETS}?${at}&${word}=false`)).toHaveLength(4);
  }
}

async function renewTtl(): Promise<void> {
  const { item, lease } = await lend('&ttl=600');
  service.advance(300_000);
  const renew = (ttl: number) => service.ask(`PUT ${LEASES}?${at}`, { body: { lease_id: lease.id, ttl } });
  expect((await renew(900)).status).toBe(200);
  const now = must((await leases(item.id)).find(({ id }) => id === lease.id));
  expect([Date.parse(now.expiresAt) - Date.parse(lease.expiresAt), sec(now.ttl)]).toEqual([900_000, 1500]);
  // The maximum is an hour since it was made.
  const over = await renew(2101);
  expect([over.status, over.body]).toEqual([400, { error: expect.stringContaining('2100') }]);
  expect((await renew(2100)).status).toBe(200);
}

async function renewParams(): Promise<void> {
  const { item, lease } = await lend();
  const environment = String(item['environment']);
  const put = (query: string, headers: Record<string, string> = {}) =>
    service.ask(`PUT ${LEASES}${query}`, { body: { lease_id: lease.id, ttl: 1 }, headers });
  expect((await put(`?${at}`)).status).toBe(200);
  expect((await put('', { environment })).status).toBe(200);
  const elsewhere = await put(`?app_id=${service.app}&env=production`);
  expect([elsewhere.status, elsewhere.body]).toEqual([404, { error: 'Lease not found' }]);
  expect((await put('')).status).toBe(403);
}

async function listLeases(): Promise<void> {
  const { item, lease } = await lend();
  for (const query of ['', `${at}&`]) {
    expect((await leases(item.id, query)).map(({ id }) => id)).toContain(lease.id);
  }
  const elsewhere = await service.ask(`GET ${LEASES}?app_id=${service.app}&env=production&secret_id=${item.id}`);
  expect([elsewhere.status, elsewhere.body]).toEqual([404, { error: 'Secret not found' }]);
}

async function revokeBody(): Promise<void> {
  const [one, other] = [(await lend()).lease.id, (await lend()).lease.id];
  const live = service.real.target.credentials.size;
  expect((await service.ask(`DELETE ${LEASES}?${at}`, { body: { lease_id: one } })).status).toBe(200);
  expect((await service.ask(`DELETE ${LEASES}?${at}&lease_id=${other}`)).status).toBe(200);
  expect(service.real.target.credentials.size).toBe(live - 2);
}

async function statusSet(): Promise<void> {
  const { item, lease: short } = await lend('&ttl=60');
  const { lease: ended } = await lend();
  const { lease: kept } = await lend();
  await service.ask(`DELETE ${LEASES}?${at}&lease_id=${ended.id}`);
  service.advance(61_000);
  await service.real.settle();
  const all = await leases(item.id);
  const status = (id: string) => must(all.find((lease) => lease.id === id))['status'];
  expect([short.id, ended.id, kept.id].map(status)).toEqual(['expired', 'revoked', 'active']);
  // Both ends set the same date, and no list shows a credential.
  const over = all.filter((lease) => lease['status'] !== 'active');
  expect(over.every((lease) => typeof lease['revokedAt'] === 'string')).toBe(true);
  expect(all.map((lease) => lease['credentials'])).toEqual(all.map(() => []));
}

async function renewedAt(): Promise<void> {
  const { item, lease } = await lend();
  expect(lease['renewedAt']).toBeNull();
  await service.ask(`PUT ${LEASES}?${at}`, { body: { lease_id: lease.id, ttl: 60 } });
  const now = must((await leases(item.id)).find(({ id }) => id === lease.id));
  expect(Date.parse(String(now['renewedAt']))).toBeGreaterThanOrEqual(Date.parse(String(now['createdAt'])));
}

async function defaultKey(): Promise<void> {
  const { item, lease } = await lend();
  const names = (item['keyMap'] as { keyName: string }[]).map(({ keyName }) => keyName).sort();
  expect((lease['credentials'] as { key: string }[]).map(({ key }) => key).sort()).toEqual(names);
}

async function pathInSample(): Promise<void> {
  for (const path of ['/', '//', '']) {
    const all = await items(`GET ${SECRETS}?${at}&path=${path}`);
    expect(new Set(all.map((item) => item.path))).toEqual(new Set(['/']));
  }
  expect(await items(`GET ${SECRETS}?${at}&path=/backend&dynamic=true&lease=true`)).toEqual([]);
}

async function emptyResult(): Promise<void> {
  const none = await service.ask(`GET ${DYNAMIC}?app_id=${service.app}&env=production`);
  expect([none.status, none.body]).toEqual([404, { error: 'No dynamic secrets found' }]);
  expect(await items(`GET ${SECRETS}?app_id=${service.app}&env=production&dynamic=true`)).toEqual([]);
  // Our own client takes that 404 for nothing, where it named nothing.
  const client: PhaseClient = service.client();
  expect(await client.listDynamicSecrets({ project: service.app, environment: 'production' })).toEqual([]);
}

async function limits(): Promise<void> {
  const short = await service.ask(`GET ${DYNAMIC}?${at}&name=DB&lease=true&ttl=59`);
  expect([short.status, short.body]).toEqual([400, { error: expect.stringContaining('60') }]);
  const long = await service.ask(`GET ${DYNAMIC}?${at}&name=DB&lease=true&ttl=3601`);
  expect([long.status, long.body]).toEqual([400, { error: expect.stringContaining('3600') }]);
}

async function statuses(): Promise<void> {
  const { lease } = await lend();
  const headers = { authorization: `Bearer ${restForm(service.tokens.account)}` };
  for (const request of [`GET ${SECRETS}?${at}`, `GET ${DYNAMIC}?${at}`, 'GET /service/secrets/tokens/']) {
    expect((await service.ask(request, { headers })).status).toBe(200);
  }
  const body = { lease_id: lease.id, ttl: 60 };
  for (const method of ['PUT', 'DELETE']) {
    expect((await service.ask(`${method} ${LEASES}?${at}`, { body, headers })).status).toBe(200);
  }
}
