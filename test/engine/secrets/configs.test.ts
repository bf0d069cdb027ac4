// Configs beyond their values: locks, names, protection, trusted addresses, logs, notes, uploads, formats.
import { startTestEngine, type TestEngine } from '../../support/engine.ts';

let engine: TestEngine;
let writer: string;
beforeAll(async () => {
  engine = await startTestEngine();
  writer = await engine.token('dev', 'read/write');
});
afterAll(() => engine.close());

type Value = Record<string, unknown>;
const DEV = { project: 'app', config: 'dev' };
const admin = (request: string, body?: unknown) =>
  engine.send(engine.admin, request, body === undefined ? {} : { body });
const change = (change_requests: unknown[]) =>
  engine.send(writer, 'POST /configs/config/secrets', { body: { change_requests } });
const get = async (name: string) =>
  (await engine.send(writer, `GET /configs/config/secret?name=${name}`)).body['value'] as Value;
const messages = (reply: { body: Value }) => (reply.body['messages'] as string[]).join(' ');
const logs = async () =>
  (await engine.send(writer, 'GET /configs/config/logs')).body['logs'] as {
    id: string;
    text: string;
    rollback: boolean;
  }[];

test('a locked config refuses every change of its values and of its name until it is unlocked', async () => {
  expect((await admin('POST /configs/config/lock', DEV)).body['config']).toMatchObject({ locked: true });
  const refused = await change([{ name: 'LOCKED', value: 'x' }]);
  expect([refused.status, messages(refused)]).toEqual([400, expect.stringContaining('The config is locked.')]);
  expect((await admin('POST /configs/config/inherits', { ...DEV, inherits: [] })).status).toBe(400);
  expect((await admin('POST /configs/config/unlock', DEV)).body['config']).toMatchObject({ locked: false });
  expect((await change([{ name: 'LOCKED', value: 'x' }])).status).toBe(200);
});

test('a branch is renamed within its environment, a root is not', async () => {
  await admin('POST /configs', { project: 'app', environment: 'dev', name: 'dev_old' });
  const rename = (config: string, name: string) => admin('POST /configs/config', { project: 'app', config, name });
  expect((await rename('dev_old', 'stg_new')).status).toBe(400);
  expect((await rename('dev_old', 'dev')).status).toBe(400);
  expect((await rename('dev', 'dev_x')).status).toBe(400);
  expect((await rename('dev_old', 'dev_new')).body['config']).toMatchObject({ name: 'dev_new', root: false });
  expect((await admin('GET /configs/config?project=app&config=dev_old')).status).toBe(404);
});

test('a new slug of an environment renames its configs, and a project its own name, with their managed values', async () => {
  await admin('POST /projects', { name: 'moving' });
  await admin('POST /configs', { project: 'moving', environment: 'stg', name: 'stg_one' });
  const put = await admin('PUT /environments/environment', {
    project: 'moving',
    environment: 'stg',
    slug: 'stage',
    name: 'Stage',
  });
  expect(put.body['environment']).toMatchObject({ id: 'stage', slug: 'stage', name: 'Stage' });
  const configs = (await admin('GET /configs?project=moving&environment=stage')).body['configs'] as Value[];
  expect(configs.map(({ name }) => name)).toEqual(['stage', 'stage_one']);
  const moved = await admin('POST /projects/project', { project: 'moving', name: 'moved', description: 'far' });
  expect(moved.body['project']).toMatchObject({ id: 'moved', description: 'far' });
  expect((await admin('POST /projects/project', { project: 'moved', name: 'app' })).status).toBe(400);
  expect((await admin('GET /configs/config?project=moved&config=stage_one')).status).toBe(200);
});

test('what is protected is not deleted, and neither is what holds it', async () => {
  await change([{ name: 'SAFE', value: 'x', deletion_protection: true }]);
  expect((await engine.send(writer, 'DELETE /configs/config/secret?name=SAFE')).status).toBe(400);
  expect((await admin('DELETE /projects/project?project=app')).status).toBe(400);
  expect((await admin('DELETE /environments/environment?project=app&environment=dev')).status).toBe(400);
  await change([{ name: 'SAFE', value: null, deletion_protection: false }]);
  expect((await engine.send(writer, 'DELETE /configs/config/secret?name=SAFE')).status).toBe(204);
  await admin('POST /projects', { name: 'kept', deletion_protection: true });
  const refused = await admin('DELETE /projects/project?project=kept');
  expect([refused.status, messages(refused)]).toEqual([400, expect.stringContaining('protected from deletion')]);
  await admin('POST /projects/project', { project: 'kept', name: 'kept', deletion_protection: false });
  expect((await admin('DELETE /projects/project?project=kept')).status).toBe(200);
});

test('service tokens of a config work from its trusted addresses only', async () => {
  const token = await engine.token('prd');
  const from = async (ip: string) => {
    const request = new Request('http://engine/v3/configs/config/secrets', {
      headers: { authorization: `Bearer ${token}` },
    });
    return (await engine.fetch(request, { incoming: { socket: { remoteAddress: ip } } })).status;
  };
  const ips = '/configs/config/trusted_ips?project=app&config=prd';
  expect((await admin(`GET ${ips}`)).body['ips']).toEqual(['0.0.0.0/0']);
  expect((await admin(`POST ${ips}`, { ip: '10.1.0.0/16' })).status).toBe(200);
  expect((await admin(`POST ${ips}`, { ip: '10.1.0.0/16' })).status).toBe(204);
  expect((await admin(`POST ${ips}`, { ip: 'nonsense' })).status).toBe(400);
  expect(await from('203.0.113.9')).toBe(200);
  expect((await admin(`DELETE ${ips}`, { ip: '0.0.0.0/0' })).status).toBe(204);
  expect((await admin(`DELETE ${ips}`, { ip: '0.0.0.0/0' })).status).toBe(404);
  expect([await from('203.0.113.9'), await from('10.1.2.3'), await from('::ffff:10.1.2.3'), await from('')]).toEqual([
    403, 200, 200, 403,
  ]);
});

test('a log tells who changed how many, its diff what, and rolling it back is a change like any other', async () => {
  await change([{ name: 'LOG_A', value: 'one' }]);
  await change([
    { name: 'LOG_A', value: 'two' },
    { name: 'LOG_B', value: 'new' },
  ]);
  const [last] = await logs();
  expect(last).toMatchObject({ text: 'Added 1 secret, changed 1 secret', rollback: false });
  const { log } = (await engine.send(writer, `GET /configs/config/logs/log?log=${last?.id}`)).body as { log: Value };
  expect(log['diff']).toEqual([
    { name: 'LOG_A', added: 'two', removed: 'one' },
    { name: 'LOG_B', added: 'new' },
  ]);
  const back = await engine.send(writer, `POST /configs/config/logs/log/rollback?log=${last?.id}`);
  expect(back.body['log']).toMatchObject({ rollback: true, text: `Rolled back log ${last?.id}` });
  expect([(await get('LOG_A'))['raw'], (await get('LOG_B'))['raw']]).toEqual(['one', null]);
  await engine.send(writer, 'DELETE /configs/config/secret?name=LOG_A');
  const [deletion] = await logs();
  await engine.send(writer, `POST /configs/config/logs/log/rollback?log=${deletion?.id}`);
  expect((await get('LOG_A'))['raw']).toBe('one');
  const all = (await admin('GET /logs?per_page=100')).body['logs'] as Value[];
  expect(all.find(({ id }) => id === last?.id)).toMatchObject({ enclave_config: 'dev', enclave_project: 'app' });
  const seen = await admin(`GET /configs/config/logs/log?project=app&config=dev&log=${last?.id}`);
  expect(seen.text).not.toMatch(/"(?:one|two|new)"/);
});

test('rolling back gives names back that were passed around', async () => {
  await change([
    { name: 'TURN_A', value: 'a' },
    { name: 'TURN_B', value: 'b' },
  ]);
  await change([
    { name: 'TURN_C', originalName: 'TURN_B', value: null },
    { name: 'TURN_B', originalName: 'TURN_A', value: null },
    { name: 'TURN_A', originalName: 'TURN_C', value: null },
  ]);
  expect((await get('TURN_A'))['raw']).toBe('b');
  const [swap] = await logs();
  expect((await engine.send(writer, `POST /configs/config/logs/log/rollback?log=${swap?.id}`)).status).toBe(200);
  expect([(await get('TURN_A'))['raw'], (await get('TURN_B'))['raw']]).toEqual(['a', 'b']);
});

test('a note belongs to the name in the whole project, and an empty one clears it', async () => {
  const branch = await engine.token('dev_personal');
  await change([{ name: 'NOTED', value: 'x' }]);
  await engine.send(writer, 'POST /projects/project/note?project=app', {
    body: { secret: 'NOTED', note: 'why it is' },
  });
  const read = async () => (await engine.send(branch, 'GET /configs/config/secret?name=NOTED')).body['value'] as Value;
  expect((await read())['note']).toBe('why it is');
  await engine.send(writer, 'POST /configs/config/secrets/note', { body: { secret: 'NOTED', note: '' } });
  expect((await read())['note']).toBe('');
});

test.each(['env', 'json', 'yaml'])('a download in %s can be uploaded again, managed names and all', async (format) => {
  const [one, other] = [await engine.token('stg', 'read/write'), await engine.token('prd', 'read/write')];
  await admin('DELETE /configs/config/trusted_ips?project=app&config=prd', { ip: '10.1.0.0/16' });
  const values = { HOSTILE: "a\"b\\c\nd#e: 'f' $X `g` \u2028 ünï 😀", EMPTY: '', SPACE: ' x ' };
  await engine.send(one, 'POST /configs/config/secrets', { body: { secrets: values } });
  const { text, status } = await engine.send(one, `GET /configs/config/secrets/download?format=${format}`);
  expect(status).toBe(200);
  expect((await engine.send(other, 'POST /configs/config/secrets/upload', { body: { file: text } })).status).toBe(200);
  const back = await engine.send(other, 'GET /configs/config/secrets/download?include_managed_secrets=false');
  expect(back.body).toEqual(values);
});

test.each([
  ['dotnet-json', '', 'application/json', '{"Db:UserName":"u"}'],
  ['yaml', '', 'application/yaml', 'DB__USER_NAME: "u"'],
  ['docker', '&name_transformer=tf-var', 'text/plain; charset=utf-8', 'TF_VAR_db__user_name=u'],
  ['env-no-quotes', '&name_transformer=lower-kebab', 'text/plain; charset=utf-8', 'db--user-name=u'],
  ['env', '&name_transformer=camel', 'text/plain; charset=utf-8', 'dbUserName="u"'],
])('a download as %s%s has its content type and its names', async (format, more, type, text) => {
  await change([{ name: 'DB__USER_NAME', value: 'u' }]);
  const reply = await engine.send(
    writer,
    `GET /configs/config/secrets/download?secrets=DB__USER_NAME&format=${format}&include_managed_secrets=false${more}`,
  );
  expect([reply.status, reply.headers.get('content-type'), reply.text]).toEqual([200, type, text]);
});

test('plans bound how many there may be, in the words of Doppler', async () => {
  const small = await startTestEngine({ plan: 'enterprise' });
  const many = await Promise.all(
    Array.from({ length: 14 }, (_, n) => {
      const body = { project: 'app', name: `E${n}x`, slug: `e${n}x` };
      return small.send(small.admin, 'POST /environments', { body });
    }),
  );
  await small.close();
  const refused = many.filter(({ status }) => status === 400);
  expect([refused.length, refused[0] && messages(refused[0])]).toEqual([
    2,
    'Your workplace has reached its limit of 15 environments',
  ]);
});
