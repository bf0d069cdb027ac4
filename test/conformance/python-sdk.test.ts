// Doppler's Python SDK, replayed: queries as it pastes them, True and False, and DELETE without a body (contracts/doppler.md 8.1).
import { parseEnv } from '#formats/env.js';
import { count, done, flag, list, map, nullable, object, text } from './decode.ts';
import { bearer, ReplayedClient, type Service, startService } from './service.ts';

const HEADERS = {
  'User-Agent': 'DopplerSDK/1.3.0 Python/3.12.1',
  'Accept-Encoding': 'gzip, deflate',
  Accept: '*/*',
};
const SECRETS = '/v3/configs/config/secrets';
const LEASES = '/v3/configs/config/dynamic_secrets/dynamic_secret/leases';

let service: Service;
const as = (token: string) => new ReplayedClient(service.url, { ...HEADERS, ...bearer(token) });
const sending = { 'Content-type': 'application/json' };
beforeAll(async () => {
  service = await startService();
  const secrets = { SECRET_API_KEY: '1234567890', TRICKY: 'a "b" \\ $c\nd # e' };
  await service.ok(service.tokens.write, 'POST /configs/config/secrets', { secrets });
}, 60_000);
afterAll(() => service.close());

test('the download of the Prefect recipe is a text that reads back', async () => {
  const { status, body } = await as(service.tokens.read).send(
    `GET ${SECRETS}/download?project=app&config=dev&format=env`,
  );
  expect(status).toBe(200);
  expect(() => JSON.parse(body) as unknown).toThrow();
  const values = parseEnv(body);
  expect([values.get('SECRET_API_KEY'), values.get('TRICKY')]).toEqual(['1234567890', 'a "b" \\ $c\nd # e']);
});

test('True and False are booleans of a query', async () => {
  const names = object({ names: list(text) });
  const all = (managed: string) =>
    as(service.tokens.read).ask(
      names,
      `GET ${SECRETS}/names?project=app&config=dev&include_managed_secrets=${managed}`,
    );
  expect((await all('True')).names).toContain('DOPPLER_CONFIG');
  expect((await all('False')).names).toEqual(['SECRET_API_KEY', 'TRICKY']);
  const leased = await as(service.tokens.read).ask(
    map(text),
    `GET ${SECRETS}/download?project=app&config=dev&format=json&include_dynamic_secrets=True&dynamic_secrets_ttl_sec=60`,
  );
  expect(leased.get('DB_PASSWORD')).toBe('leased-DB_PASSWORD');
});

test.each([
  ['config=dev&project=app&secrets=SECRET_API_KEY,TRICKY', 200],
  ['project=app&config=dev&secrets=A B', 400],
  ['project=a+b&config=dev', 400],
  ["project=o'hara&config=dev", 400],
  ['project=app&config=dev&format=env&', 200],
  ['project=app&config=dev&format=%', 400],
  ['project=a&b&config=dev', 400],
  ['project==app&config=dev', 400],
  ['project=app[]&config={dev}', 400],
])('a query that is pasted together (%s) is read or refused in the dialect', async (query, status) => {
  const answer = await as(service.tokens.read).send(`GET ${SECRETS}/download?${query}`);
  expect(answer.status).toBe(status);
  if (status === 400 && answer.body !== '') {
    expect(object({ success: flag, messages: list(text) })(JSON.parse(answer.body), query).success).toBe(false);
  }
});

test('list sends the header `accepts`, writes send JSON', async () => {
  const writer = as(service.tokens.write);
  const { status } = await writer.send(`GET ${SECRETS}?project=app&config=dev`, undefined, {
    accepts: 'application/json',
  });
  const body = { project: 'app', config: 'dev', secrets: { WRITTEN: 'x' } };
  expect([status, (await writer.send(`POST ${SECRETS}`, body, sending)).status]).toEqual([200, 200]);
});

test('a DELETE whose fields are in the query needs no body', async () => {
  const owner = as(service.tokens.owner);
  const gone = async (request: string) => (await owner.send(request)).status;
  expect(await gone('DELETE /v3/configs/config/secret?project=app&config=dev&name=WRITTEN')).toBe(204);
  await service.ok(service.admin, 'POST /configs', { project: 'app', environment: 'dev', name: 'dev_py' });
  expect(await gone('DELETE /v3/configs/config?project=app&config=dev_py')).toBe(200);
  await service.ok(service.admin, 'POST /projects', { name: 'python' });
  expect(await gone('DELETE /v3/projects/project?project=python')).toBe(200);

  const which = { project: 'app', config: 'dev', dynamic_secret: 'DB' };
  const lease = object({ success: flag, id: text, expires_at: text, value: map(text) });
  const { id } = await owner.ask(lease, `POST ${LEASES}`, { ...which, ttl_sec: 60 });
  await owner.ask(done, `DELETE ${LEASES}/lease?${new URLSearchParams({ ...which, slug: id })}`);
});

test('a DELETE whose body was dropped is refused with what is missing, and deletes nothing', async () => {
  const owner = as(service.tokens.owner);
  for (const path of [
    '/v3/projects/project',
    '/v3/configs/config',
    '/v3/configs/config/tokens/token',
    `${LEASES}/lease`,
  ]) {
    const { status, body } = await owner.send(`DELETE ${path}`);
    expect([status, object({ messages: list(text) })(JSON.parse(body), path).messages.length]).toEqual([400, 1]);
  }
  const projects = object({ page: count, projects: list(object({ name: text, created_at: nullable })) });
  const { projects: left } = await owner.ask(projects, 'GET /v3/projects?page=1&per_page=20');
  expect(left.map(({ name }) => name)).toContain('app');
});
