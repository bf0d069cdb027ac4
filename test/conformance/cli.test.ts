// Doppler's command line, replayed: its requests as it writes them, their answers as its types decode them (contracts/doppler.md 7).
import { openSocket, readAnswers } from '../support/raw-http.ts';
import { anything, count, done, flag, goString, list, map, nullable, object, text } from './decode.ts';
import { bearer, basic, ReplayedClient, type Service, startService } from './service.ts';

const SDK = { 'client-sdk': 'go-cli', 'client-version': 'v3.75.1', 'client-os': 'linux', 'client-arch': 'amd64' };
const HEADERS = {
  'User-Agent': 'doppler-go-cli-v3.75.1',
  Accept: 'application/json',
  'Accept-Encoding': 'gzip',
  ...SDK,
  'Content-Type': 'application/json',
};

let service: Service;
const as = (token: string) => new ReplayedClient(service.url, { ...HEADERS, ...bearer(token) });
const reader = () => as(service.tokens.read);
const writer = () => as(service.tokens.write);
const owner = () => as(service.tokens.owner);

beforeAll(async () => {
  service = await startService();
}, 60_000);
afterAll(() => service.close());

const valueType = object({ type: text });
const secret = object({
  ...{ raw: nullable, computed: nullable, note: text },
  ...{ rawVisibility: text, computedVisibility: text, rawValueType: valueType, computedValueType: valueType },
});
const secrets = object({ secrets: map(secret) });
const other = object({ project: text, config: text });
const config = object({
  ...{ name: text, root: flag, locked: flag, inheritable: flag, inheriting: flag, environment: text, project: text },
  ...{ inherits: list(other), inheritedBy: list(other), initial_fetch_at: nullable, last_fetch_at: nullable },
  created_at: text,
});
const project = object({ id: text, name: text, description: text, created_at: text });
const environment = object({ id: text, name: text, created_at: text, initial_fetch_at: nullable, project: text });
const log = object({
  ...{ id: text, text, html: text, created_at: text },
  ...{ enclave_config: goString, enclave_environment: goString, enclave_project: goString },
  user: object({ email: goString, name: goString, username: goString, profile_image_url: goString }),
});
const DOWNLOAD = '/v3/configs/config/secrets/download?project=&config=&include_dynamic_secrets=true&format=json';
const PLACE = 'project=&config=';
const set = (...change_requests: object[]) =>
  writer().ask(secrets, `POST /v3/configs/config/secrets?${PLACE}`, { change_requests });
const change = (name: string, value: string | null, more: object = {}) => ({
  name,
  originalName: null,
  value,
  ...more,
});

test('set makes and changes, null keeps a value, and the whole config comes back', async () => {
  await set(change('FOO', 'bar'), change('QUOTED', '"a\\b"\n${FOO}'));
  const { secrets: all } = await set(change('FOO', null, { visibility: 'unmasked', valueType: { type: 'string' } }));
  expect(all.get('FOO')).toMatchObject({ computed: 'bar', rawVisibility: 'unmasked' });
  expect([...all.keys()]).toEqual(['DOPPLER_CONFIG', 'DOPPLER_ENVIRONMENT', 'DOPPLER_PROJECT', 'FOO', 'QUOTED']);
  const left = await writer().ask(secrets, `POST /v3/configs/config/secrets?${PLACE}`, { secrets: { QUOTED: null } });
  expect(left.secrets.has('QUOTED')).toBe(false);
});

test('a config without leases is downloaded byte for byte, tagged, and not sent to who holds it', async () => {
  const stg = as(await service.token('stg'));
  const first = await stg.send(`GET ${DOWNLOAD}`);
  expect([first.status, first.body]).toEqual([
    200,
    '{"DOPPLER_CONFIG":"stg","DOPPLER_ENVIRONMENT":"stg","DOPPLER_PROJECT":"app"}',
  ]);
  const held = await stg.send(`GET ${DOWNLOAD}`, undefined, { 'If-None-Match': first.headers.get('etag') ?? '' });
  expect([held.status, held.body, held.headers.get('etag')]).toEqual([304, '', first.headers.get('etag')]);
});

test('an answer with a lease has no tag and is sent also to who holds the one without', async () => {
  const plain = await reader().send(`GET ${DOWNLOAD.replace('true', 'false')}`);
  const etag = { 'If-None-Match': plain.headers.get('etag') ?? '' };
  const leased = await reader().send(`GET ${DOWNLOAD}&dynamic_secrets_ttl_sec=900`, undefined, etag);
  expect([leased.status, leased.headers.get('etag')]).toEqual([200, undefined]);
  const values = map(text)(JSON.parse(leased.body), 'download');
  expect([values.get('FOO'), values.get('DB_USERNAME')]).toEqual(['bar', 'leased-DB_USERNAME']);
  expect((await reader().send(`GET ${DOWNLOAD.replace('true', 'false')}`, undefined, etag)).status).toBe(304);
});

test('a format is printed as it is, and a transformer renames every name', async () => {
  const of = (query: string) => reader().send(`GET /v3/configs/config/secrets/download?${PLACE}&secrets=FOO&${query}`);
  expect((await of('format=env')).body).toBe('FOO="bar"');
  expect((await of('format=docker')).body).toBe('FOO=bar');
  expect((await of('format=json&name_transformer=tf-var')).body).toBe('{"TF_VAR_foo":"bar"}');
});

test('secrets, secrets get and --only-names read without leasing', async () => {
  const listed = await reader().ask(secrets, `GET /v3/configs/config/secrets?${PLACE}&include_dynamic_secrets=false`);
  expect([...listed.secrets.keys()]).toContain('FOO');
  const some = await reader().ask(secrets, `GET /v3/configs/config/secrets?${PLACE}&secrets=FOO,NOT_THERE`);
  expect([...some.secrets.keys()]).toEqual(['FOO']);
  const names = object({ names: list(text) });
  const query = `${PLACE}&include_dynamic_secrets=false`;
  expect((await reader().ask(names, `GET /v3/configs/config/secrets/names?${query}`)).names).toContain('FOO');
});

test('upload and notes', async () => {
  const file = 'UP="one\\ntwo"\nDOWN=plain # not this\n';
  const all = await writer().ask(secrets, `POST /v3/configs/config/secrets/upload?${PLACE}`, { file });
  expect([all.secrets.get('UP')?.computed, all.secrets.get('DOWN')?.computed]).toEqual(['one\ntwo', 'plain']);
  const note = { secret: 'UP', note: 'from a file' };
  const told = object({ secret: text, note: text });
  expect(await writer().ask(told, 'POST /v3/projects/project/note?project=app', note)).toMatchObject(note);
});

test('a restricted value is null in the table and 403 in run for a user, whose command line then drops its fallback', async () => {
  await set(change('HIDDEN', 'planted-value', { visibility: 'restricted' }));
  const user = as(service.tokens.collab);
  const at = 'project=app&config=dev';
  const { secrets: seen } = await user.ask(secrets, `GET /v3/configs/config/secrets?${at}`);
  expect(seen.get('HIDDEN')).toMatchObject({ raw: null, computed: null, computedVisibility: 'restricted' });
  const run = await user.send(`GET /v3/configs/config/secrets/download?${at}&format=json`);
  expect([run.status, run.headers.get('content-type')]).toEqual([403, 'application/json']);
  await set({ name: 'HIDDEN', originalName: 'HIDDEN', value: null, shouldDelete: true });
});

test('me is seven texts for every kind of token, and a bad one is 401 in JSON', async () => {
  const parts = { slug: goString, name: goString, created_at: goString, last_seen_at: goString };
  const actor = object({
    ...{ ...parts, type: goString, token_preview: goString },
    workplace: object({ slug: goString, name: goString }),
  });
  for (const token of Object.values(service.tokens)) {
    const { token_preview } = await as(token).ask(actor, 'GET /v3/me');
    expect(token.startsWith(token_preview.split('...')[0] ?? '?')).toBe(true);
  }
  await expect(as('dp.ct.nothing').ask(actor, 'GET /v3/me')).rejects.toThrow(/401 Invalid Auth token$/);
});

test('setup lists projects and configs of any token', async () => {
  const projects = object({ page: count, projects: list(project) });
  for (const token of [service.tokens.read, service.tokens.collab, service.tokens.owner]) {
    const all = await as(token).ask(projects, 'GET /v3/projects?page=1&per_page=1000');
    expect(all.projects.map(({ name }) => name)).toContain('app');
    const configs = object({ configs: list(config) });
    const found = await as(token).ask(configs, 'GET /v3/configs?project=app&page=1&per_page=100');
    expect(found.configs.map(({ name }) => name)).toContain('dev');
  }
});

test('projects and environments, with identifiers in the query and a rename with both in the body', async () => {
  const one = object({ project });
  await owner().ask(one, 'POST /v3/projects', { name: 'cli', description: '' });
  await owner().ask(one, 'POST /v3/projects/project?project=cli', { name: 'cli', description: 'changed' });
  expect((await owner().ask(one, 'GET /v3/projects/project?project=cli')).project.description).toBe('changed');
  const made = object({ environment });
  await owner().ask(made, 'POST /v3/environments', { project: 'cli', name: 'Quality', slug: 'qa' });
  const rename = { project: 'cli', environment: 'qa', name: 'Tests', slug: 'test' };
  expect((await owner().ask(made, 'PUT /v3/environments/environment', rename)).environment.id).toBe('test');
  await owner().ask(object({ environments: list(environment) }), 'GET /v3/environments?project=cli');
  await owner().ask(done, 'DELETE /v3/environments/environment?project=cli&environment=test');
  await owner().ask(done, 'DELETE /v3/projects/project?project=cli');
});

test('configs: create, clone, rename, lock, inheritable, inherits, logs, rollback, delete', async () => {
  const one = object({ config });
  const at = 'project=app&config=dev_cli';
  await owner().ask(one, 'POST /v3/configs?project=app', { environment: 'dev', name: 'dev_cli' });
  for (const action of ['lock', 'unlock']) {
    const { locked } = (await owner().ask(one, `POST /v3/configs/config/${action}?${at}`)).config;
    expect(locked).toBe(action === 'lock');
  }
  await owner().ask(one, `POST /v3/configs/config/clone?${at}`, { name: 'dev_twin' });
  await owner().ask(one, `POST /v3/configs/config?project=app&config=dev_twin`, { name: 'dev_heir' });
  await owner().ask(one, `POST /v3/configs/config/inheritable?${at}&inheritable=true`);
  const inherits = encodeURIComponent('[{"project":"app","config":"dev_cli"}]');
  const heir = 'project=app&config=dev_heir';
  const told = await owner().ask(one, `POST /v3/configs/config/inherits?${heir}&inherits=${inherits}`);
  expect(told.config.inherits).toEqual([{ project: 'app', config: 'dev_cli' }]);
  await owner().ask(one, `POST /v3/configs/config/inherits?${heir}`, { inherits: [] });

  const branch = { project: 'app', config: 'dev_cli' };
  await owner().ask(secrets, 'POST /v3/configs/config/secrets', { ...branch, secrets: { LOGGED: 'one' } });
  const { logs } = await owner().ask(
    object({ logs: list(log) }),
    `GET /v3/configs/config/logs?${at}&page=1&per_page=20`,
  );
  const id = `log=${logs[0]?.id}`;
  const diff = list(object({ name: text, added: goString, removed: goString }));
  const shown = await owner().ask(
    object({ log: object({ id: text, diff }) }),
    `GET /v3/configs/config/logs/log?${at}&${id}`,
  );
  expect(shown.log.diff).toMatchObject([{ name: 'LOGGED', added: 'one' }]);
  const back = await owner().ask(
    object({ log: object({ rollback: flag }) }),
    `POST /v3/configs/config/logs/log/rollback?${at}&${id}`,
  );
  expect(back.log.rollback).toBe(true);
  for (const name of ['dev_cli', 'dev_heir'])
    await owner().ask(done, `DELETE /v3/configs/config?project=app&config=${name}`);
  await owner().ask(object({ logs: list(log) }), 'GET /v3/logs?page=1&per_page=20');
});

test('a service token takes a unix expiry and ends by slug in the query or in the body', async () => {
  const expire_at = Math.floor(service.now() / 1000) + 3600;
  const token = object({ name: text, slug: text, created_at: text, expires_at: nullable, access: text, key: goString });
  const make = () =>
    owner().ask(object({ token }), 'POST /v3/configs/config/tokens?project=app&config=dev', {
      ...{ name: 'cli', access: 'read', expire_at },
    });
  const [first, second] = [await make(), await make()];
  expect(first.token.expires_at).toBe(new Date(expire_at * 1000).toISOString());
  await owner().ask(done, `DELETE /v3/configs/config/tokens/token?project=app&config=dev&slug=${first.token.slug}`);
  const body = { project: 'app', config: 'dev', slug: second.token.slug };
  await owner().ask(done, 'DELETE /v3/configs/config/tokens/token', body);
  expect((await as(second.token.key).send('GET /v3/me')).status).toBe(401);
});

test('login polls on 409, then has a token, a name and a dashboard, and the token is rolled and revoked', async () => {
  const open = new ReplayedClient(service.url, HEADERS);
  const query = 'hostname=box&version=v3.75.1&os=linux&arch=amd64&client_type=cli';
  const asked = object({ code: text, polling_code: text, auth_url: text });
  const { code, polling_code } = await open.ask(asked, `GET /v3/auth/cli/generate/2?${query}`);
  expect((await open.send('POST /v3/auth/cli/authorize', { code: polling_code })).status).toBe(409);
  await service.ok(service.admin, 'POST /auth/cli/approve', { code, user: service.slugs.collab });
  const login = object({ token: text, name: text, dashboard_url: text });
  const { token } = await open.ask(login, 'POST /v3/auth/cli/authorize', { code: polling_code });
  const rolled = (await open.ask(object({ token: text }), 'POST /v3/auth/cli/roll', { token })).token;
  expect([(await as(token).send('GET /v3/me')).status, (await as(rolled).send('GET /v3/me')).status]).toEqual([
    401, 200,
  ]);
  await open.ask(done, 'POST /v3/auth/cli/revoke', { token: rolled });
});

test('oidc login has four texts, and oidc logout an empty answer', async () => {
  const open = new ReplayedClient(service.url, HEADERS);
  const identity = await service.identity(service.slugs.nobody);
  const answer = object({ token: text, expires_at: text, dashboard_url: text });
  const jwt = service.issuer.token({ jti: 'cli' });
  const { token } = await open.ask(answer, 'POST /v3/auth/oidc', { identity, token: jwt });
  expect((await open.send('POST /v3/auth/revoke', { token })).body).toBe('');
  await expect(open.ask(anything, 'POST /v3/auth/oidc', { identity, token: 'a.b.c' })).rejects.toThrow(/401 The OIDC/);
});

test('the liveness ping of run is 200 in both forms of authorization', async () => {
  for (const headers of [bearer(service.tokens.read), basic(service.tokens.read)]) {
    const client = new ReplayedClient(service.url, { ...HEADERS, ...headers });
    expect((await client.send(`GET /v3/configs/config/ping?${PLACE}`)).status).toBe(200);
  }
});

test('run --watch reads each chunk of at most 1 KiB as one event', async () => {
  const socket = openSocket(service.url);
  const chunks: string[] = [];
  const heard = new Promise<void>((enough) => {
    let bytes = Buffer.alloc(0);
    socket.on('data', (data) => {
      bytes = Buffer.concat([bytes, data]);
      chunks.splice(0, chunks.length, ...wireChunks(bytes));
      if (chunks.length === 1) void set(change('FOO', 'watched'));
      if (chunks.length >= 2) enough();
    });
  });
  const headers = Object.entries({ Host: 'engine', ...HEADERS, ...bearer(service.tokens.read) });
  const head = headers.map(([name, value]) => `${name}: ${value}`).join('\r\n');
  socket.write(`GET /v3/configs/config/secrets/watch?${PLACE} HTTP/1.1\r\n${head}\r\n\r\n`);
  await heard;
  socket.destroy();
  expect(chunks).toEqual(['connected', 'secrets.update'].map((type) => `event: message\ndata: {"type":"${type}"}\n\n`));
  for (const chunk of chunks) expect(Buffer.byteLength(chunk)).toBeLessThanOrEqual(1024);
});

/** The whole chunks behind the head of an answer that goes on. */
function wireChunks(bytes: Buffer): string[] {
  const start = bytes.indexOf('\r\n\r\n') + 4;
  expect(readAnswers(bytes).answers).toEqual([]);
  const found: string[] = [];
  for (let at = start; ; ) {
    const line = bytes.indexOf('\r\n', at);
    if (line < 0) return found;
    const size = Number.parseInt(bytes.subarray(at, line).toString(), 16);
    if (bytes.length < line + 2 + size + 2) return found;
    found.push(bytes.subarray(line + 2, line + 2 + size).toString());
    at = line + 2 + size + 2;
  }
}

test('import sends the text of a template, and decodes the projects that were made', async () => {
  const template = 'projects:\n  - name: imported\n    environments:\n      - slug: dev\n        name: Development\n';
  const made = object({ projects: list(project) });
  const { projects } = await owner().ask(made, 'POST /v3/workplace/template/import', { template });
  expect(projects.map(({ name }) => name)).toEqual(['imported']);
});
