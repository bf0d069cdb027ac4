// Every row of Phase's table of statuses (contracts/phase.md 1.2), as the engine answers it; where it differs, the name says so.
import { restForm } from '../support/phase/engine.ts';
import { must } from './must.ts';
import { type PhaseService, startPhaseService } from './phase-service.ts';
import { ReplayedClient } from './service.ts';

const SECRETS = '/v1/secrets/';
const DYNAMIC = '/v1/secrets/dynamic/';
const LEASES = `${DYNAMIC}leases/`;

let service: PhaseService;
let at: string;
/** Ended, run out, of one environment alone, and of nothing at all. */
let other: Record<'ended' | 'expired' | 'confined' | 'nobody', string>;
beforeAll(async () => {
  service = await startPhaseService();
  at = `app_id=${service.app}&env=development`;
  const { admin } = service;
  const send = async (request: string, body: object) => (await service.send(admin, request, { body })).body;
  const account = async (name: string) => {
    const { id, initialToken } = await send('POST /v1/service-accounts/', { name });
    return { id: String(id), token: String((initialToken as { bearerToken: string }).bearerToken) };
  };
  const { body } = await service.send(admin, `GET /v1/environments/?app_id=${service.app}`);
  const environments = body['data'] as { id: string; name: string }[];
  const staging = must(environments.find(({ name }) => name === 'Staging')).id;
  const [ended, confined, nobody] = [await account('ended'), await account('confined'), await account('nobody')];
  const apps = [{ id: service.app, environments: [staging] }];
  await send(`PUT /v1/service-accounts/${confined.id}/access/`, { apps });
  const short = await send(`POST /v1/service-accounts/${confined.id}/tokens/`, { name: 'short', expires_in: 60 });
  await send('POST /auth/revoke', { token: ended.token });
  service.advance(61_000);
  other = {
    ...{ ended: ended.token, expired: String(short['bearerToken']) },
    ...{ confined: confined.token, nobody: nobody.token },
  };
}, 60_000);
afterAll(() => service.close());

type Heard = { status: number; headers: ReadonlyMap<string, string>; error: string };

async function ask(request: string, authorization?: string, headers: Record<string, string> = {}): Promise<Heard> {
  const mine = authorization ?? `Bearer ${restForm(service.tokens.account)}`;
  const client = new ReplayedClient(service.url, mine === '' ? {} : { Authorization: mine });
  const answer = await client.send(request, undefined, headers);
  const body = JSON.parse(answer.body === '' ? '{}' : answer.body) as Record<string, unknown>;
  if (answer.status >= 400 && answer.body !== '') expect(body).toEqual({ error: expect.any(String) });
  return { status: answer.status, headers: answer.headers, error: String(body['error'] ?? '') };
}

test('no Authorization header: 401, and what to send', async () => {
  const { status, headers } = await ask(`GET ${SECRETS}?${at}`, '');
  expect([status, headers.get('www-authenticate')]).toEqual([401, expect.stringMatching(/^Bearer/)]);
});

test.each(['Robot', 'Service', 'serviceaccount'])('unknown TokenType %s, or malformed: 401', async (type) => {
  expect((await ask(`GET ${SECRETS}?${at}`, `Bearer ${type} ${'0'.repeat(64)}`)).status).toBe(401);
  expect((await ask(`GET ${SECRETS}?${at}`, `Bearer ${type}`)).status).toBe(401);
});

test('token missing, ended or expired: 401, with one face for all three', async () => {
  const unknown = `ServiceAccount ${'0'.repeat(64)}`;
  const heard = await Promise.all(
    [unknown, other.ended, other.expired].map((token) => ask(`GET ${SECRETS}?${at}`, `Bearer ${token}`)),
  );
  expect(heard.map(({ status }) => status)).toEqual([401, 401, 401]);
  expect(new Set(heard.map(({ error }) => error)).size).toBe(1);
});

test('an account without access to the environment: 404, where Phase says 401 or 403 and so that it is there', async () => {
  const refused = await ask(`GET ${SECRETS}?${at}`, `Bearer ${other.confined}`);
  const absent = await ask(`GET ${SECRETS}?app_id=${service.app}&env=none`, `Bearer ${other.confined}`);
  expect([refused.status, absent.status]).toEqual([404, 404]);
  expect(refused.error.replace('development', 'none')).toBe(absent.error);
});

test('role lacks permission: 403', async () => {
  expect((await ask(`GET ${SECRETS}?${at}`, `Bearer ${other.nobody}`)).status).toBe(403);
  expect((await ask('GET /v1/service-accounts/')).status).toBe(403);
});

test('IP policy: 403 for a good token from an address that its config does not trust', async () => {
  const token = await service.token('prd');
  const ips = (method: string, ip: string) =>
    service.send(service.admin, `${method} /configs/config/trusted_ips`, {
      body: { project: 'app', config: 'prd', ip },
    });
  expect((await ask(`GET ${SECRETS}`, `Bearer ${token}`)).status).toBe(200);
  expect((await ips('POST', '203.0.113.7')).status).toBe(200);
  expect((await ips('DELETE', '0.0.0.0/0')).status).toBe(204);
  expect((await ask(`GET ${SECRETS}`, `Bearer ${token}`)).status).toBe(403);
});

test.each([SECRETS, DYNAMIC])(
  '%s without an environment: 403 on both, where Phase breaks down on the second',
  async (path) => {
    const { status, error } = await ask(`GET ${path}`);
    expect([status, error]).toEqual([403, expect.stringContaining('app_id and env')]);
  },
);

test('an unknown secret, app or environment: 404; an unknown environment id in the header: 401', async () => {
  expect((await ask(`GET ${LEASES}?secret_id=none`)).error).toBe('Secret not found');
  expect((await ask(`GET ${SECRETS}?app_id=none&env=development`)).status).toBe(404);
  expect((await ask(`GET ${SECRETS}?app_id=${service.app}&env=none`)).status).toBe(404);
  expect((await ask(`GET ${SECRETS}`, undefined, { Environment: 'none' })).status).toBe(401);
});

test('an unhandled exception: a 5xx in the dialect with a fixed sentence', async () => {
  // A target that fails in a way that nobody foresaw stands for every one of them.
  const foreign = new TypeError('planted: a value in a foreign message');
  service.real.target.failure = { call: 'create', error: foreign as never };
  const { status, error } = await ask(`GET ${DYNAMIC}?${at}&name=DB&lease=true`);
  service.real.target.failure = undefined;
  expect(status).toBeGreaterThanOrEqual(500);
  expect(error).not.toContain('planted');
});

test('a field of a wrong form: 400 that names the field, where some serializers of Phase say 403', async () => {
  const { status, error } = await ask(`GET ${DYNAMIC}?${at}&lease=true&ttl=soon`);
  expect([status, error]).toEqual([400, expect.stringContaining('ttl')]);
});

test.each([SECRETS, DYNAMIC, LEASES])(
  'PATCH, HEAD and OPTIONS on %s: 405 with what it takes, as the pages say',
  async (path) => {
    for (const method of ['PATCH', 'OPTIONS']) {
      const { status, headers } = await ask(`${method} ${path}?${at}`);
      expect([method, status, headers.get('allow')]).toEqual([method, 405, expect.stringContaining('GET')]);
    }
    // An answer to HEAD has no body to read.
    const response = await service.fetch(new Request(`http://engine${path}?${at}&lease=true`, { method: 'HEAD' }));
    expect([response.status, await response.text()]).toEqual([405, '']);
  },
);

test('an Accept that takes no JSON: 406', async () => {
  expect((await ask(`GET ${SECRETS}?${at}`, undefined, { Accept: 'text/html' })).status).toBe(406);
});
