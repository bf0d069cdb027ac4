// Phase's command line, replayed: keys first, then everything in headers; dynamic secrets and leases on the REST API (contracts/phase.md 5, 6).
import { anything, count, flag, list, nullable, object, text } from './decode.ts';
import { must } from './must.ts';
import {
  AGENTS,
  digestHeader,
  type OpenEnvironment,
  type PhaseService,
  readSealed,
  SealedClient,
  startPhaseService,
} from './phase-service.ts';
import { ReplayedClient } from './service.ts';

const DYNAMIC = '/service/public/v1/secrets/dynamic/';
const LEASES = `${DYNAMIC}leases/`;

let service: PhaseService;
let dev: OpenEnvironment;
beforeAll(async () => {
  service = await startPhaseService();
  dev = await new SealedClient(service.url, service.tokens.account, AGENTS.cli).open(service.app, 'development');
}, 60_000);
afterAll(() => service.close());

const lease = object({
  ...{ id: text, name: text, description: text, secret: text, ttl: text, status: text },
  ...{ createdAt: text, renewedAt: nullable, expiresAt: text, revokedAt: nullable, deletedAt: nullable },
  credentials: list(object({ key: text, value: text })),
  owner: object({ type: text, data: anything }),
});
const dynamic = object({
  ...{ id: text, name: text, type: text, description: text, environment: text, path: text },
  ...{ defaultTtl: text, maxTtl: text, provider: text, createdAt: text, updatedAt: text },
  keyMap: list(object({ id: text, keyName: text, keyDigest: text, masked: flag })),
  lease: (value, at) => (value === null ? null : lease(value, at)),
});
const message = object({ message: text });
const dynamics = (query = '') => dev.client.ask(list(dynamic), `GET ${DYNAMIC}?${dev.at}${query}`);
const idOf = async (name: string) => must((await dynamics()).find((one) => one.name === name)).id;
const live = () => service.real.target.credentials.size;

test('an app is found by its id or by the shortest name that holds the text, an environment by the first that does', async () => {
  const client = new SealedClient(service.url, service.tokens.user, AGENTS.agent);
  for (const [app, env] of [
    [service.app, 'development'],
    ['APP', 'dev'],
    ['app', 'DEVELOP'],
  ] as const) {
    const { app: name, environment } = await client.open(app, env);
    expect([name, environment.name]).toEqual(['app', 'Development']);
  }
  const { apps } = await client.bootstrap();
  expect(apps.map(({ name }) => name)).toEqual(['app']);
});

test('run: every value opens, every dynamic secret is leased, and a time is said only where one is given', async () => {
  const before = live();
  const all = await readSealed(dev, { Path: '/', dynamic: 'true', lease: 'true', 'lease-ttl': '600' });
  const statics = all.filter(({ type }) => type !== 'dynamic');
  expect(Object.fromEntries(statics.map(({ key, value }) => [key, value]))).toEqual({
    ...{ API_KEY: 'sk-1', HOST: 'h.example', URL: 'https://h.example/', EMPTY: '' },
  });
  const leased = all.filter(({ type }) => type === 'dynamic');
  expect(leased.map(({ key, credentials }) => [key, [...credentials.keys()].length])).toEqual([
    ['CACHE', 6],
    ['DB', 6],
  ]);
  expect(must(leased[1]).credentials.get('DB_PASSWORD')).toMatch(/^password-/);
  expect(live()).toBe(before + 2);
});

test('secrets list without --show leases nothing, and a path of which there is nothing is empty', async () => {
  const before = live();
  const all = await readSealed(dev, { dynamic: 'true' });
  expect(all.filter(({ type }) => type === 'dynamic').map(({ credentials }) => credentials.size)).toEqual([0, 0]);
  expect(await readSealed(dev, { Path: '/nowhere', dynamic: 'true', lease: 'true' })).toEqual([]);
  expect(await readSealed(dev, { dynamic: 'true', lease: 'false' })).toHaveLength(6);
  expect(live()).toBe(before);
});

test('secrets get: one key by its digest, whatever its case', async () => {
  const found = await readSealed(dev, digestHeader(dev, 'api_key'));
  expect(found.map(({ key, value }) => [key, value])).toEqual([['API_KEY', 'sk-1']]);
});

test('dynamic-secrets list and lease generate, get, renew, revoke', async () => {
  const secret = await idOf('DB');
  expect((await dynamics('&path=%2F')).map(({ lease: made }) => made)).toEqual([null, null]);
  const [generated] = await dynamics(`&id=${secret}&lease=true&ttl=600`);
  const made = must(generated?.lease);
  expect([made.ttl, made.status, made.credentials.length]).toEqual(['00:10:00', 'active', 6]);
  const listed = () => dev.client.ask(list(lease), `GET ${LEASES}?${dev.at}&secret_id=${secret}`);
  expect(must((await listed()).find(({ id }) => id === made.id))).toMatchObject({ credentials: [] });
  const body = { lease_id: made.id, ttl: 300 };
  const renewed = await dev.client.ask(message, `PUT ${LEASES}?${dev.at}`, { body });
  expect(renewed.message).toMatch(/Updated expiry: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{6})?\+00:00$/);
  const now = must((await listed()).find(({ id }) => id === made.id));
  expect([now.ttl, now.status, Date.parse(now.expiresAt) - Date.parse(made.expiresAt)]).toEqual([
    '00:15:00',
    'active',
    300_000,
  ]);
  expect(now.renewedAt).not.toBeNull();
  const before = live();
  for (const said of ['Lease revoked', 'Lease was already revoked']) {
    const body = { lease_id: made.id };
    expect(await dev.client.ask(message, `DELETE ${LEASES}?${dev.at}`, { body })).toMatchObject({ message: said });
  }
  expect(live()).toBe(before - 1);
});

test('a refusal is printed from its one field', async () => {
  const ask = (request: string, body?: object) => dev.client.ask(anything, request, body ? { body } : {});
  await expect(ask(`GET ${DYNAMIC}?${dev.at}&name=NONE`)).rejects.toThrow('status 404: No dynamic secrets found');
  await expect(ask(`PUT ${LEASES}?${dev.at}`, { lease_id: 'none', ttl: 60 })).rejects.toThrow('status 404');
  await expect(ask('GET /service/public/v1/service-accounts/')).rejects.toThrow('forbidden: ');
  const ended = new SealedClient(service.url, service.tokens.account.replace(/[0-9a-f]/g, '0'), AGENTS.cli);
  await expect(ended.bootstrap()).rejects.toThrow('status 401: ');
});

test('which server this is, it tells without a token at every mount', async () => {
  const open = new ReplayedClient(service.url, { 'User-Agent': AGENTS.cli });
  for (const path of ['/', '/service/', '/service', '/public/', '/service/public/']) {
    const { status, body } = await open.send(`GET ${path}`);
    expect([path, status, JSON.parse(body)]).toEqual([path, 200, { message: expect.any(String), status: 'ok' }]);
  }
  for (const path of ['/health/', '/health', '/service/health/', '/service/public/health/']) {
    const { status, body } = await open.send(`GET ${path}`);
    expect([path, status, JSON.parse(body)]).toEqual([path, 200, { status: 'alive', version: 'v1.0.0' }]);
  }
});

test('an environment of index 0 comes first, in the bootstrap as in the list', async () => {
  const listed = object({ data: list(object({ id: text, name: text, index: count })) });
  const { data } = await dev.client.ask(listed, `GET /service/public/v1/environments/?app_id=${service.app}`);
  expect(data.map(({ index }) => index)).toEqual([0, 1, 2]);
  const [app] = (await dev.client.bootstrap()).apps;
  expect(must(app).environment_keys.map(({ id }) => id)).toEqual(data.map(({ id }) => id));
});
