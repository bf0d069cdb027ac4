// References in Phase's grammar through the engine: followed along edges that their writer was allowed to make, text otherwise.
import { openSealed } from '#crypto/sealing.js';
import { type PhaseEngine, startPhaseEngine } from '../../../support/phase/engine.ts';
import { unlock } from '../../../support/phase/unlock.ts';

let engine: PhaseEngine;
/** Writes and reads `dev` and nothing else. */
let dev: { authorization: string };
beforeAll(async () => {
  engine = await startPhaseEngine();
  dev = { authorization: `Bearer ${await engine.token('dev', 'read/write')}` };
  await must(engine.send(engine.admin, 'POST /projects', { body: { name: 'Shop' } }));
  const member = { project: 'Shop', type: 'service_account', slug: engine.accountId, role: 'collaborator' };
  await must(engine.send(engine.admin, 'POST /projects/project/members', { body: member }));
  await add(
    'production',
    { key: 'TOP', value: 'top' },
    { key: 'KEY', value: 'prd-root' },
    { key: 'KEY', value: 'prd-api', path: '/api' },
  );
  const shop = (await engine.store.read.findProject({ name: 'Shop' }))?.id ?? '';
  const there = await engine.ask(`POST /v1/secrets/?app_id=${shop}&env=production`, {
    body: { secrets: [{ key: 'KEY', value: 'shop', path: '/deep/er' }] },
  });
  expect(there.status).toBe(200);
});
afterAll(() => engine.close());

type Item = Record<string, unknown> & { id: string; key: string; value: string };
type More = { token?: string; headers?: Record<string, string> };
const must = async (reply: Promise<{ status: number; text: string; body: unknown }>) => {
  const { status, text, body } = await reply;
  expect([status, text]).toEqual([200, expect.any(String)]);
  return body;
};
const at = (env: string) => `/v1/secrets/?app_id=${engine.app}&env=${env}`;
async function add(env: string, ...secrets: object[]): Promise<Item[]> {
  return (await must(engine.ask(`POST ${at(env)}`, { body: { secrets } }))) as Item[];
}
const edit = async (secret: object, more: More = {}) =>
  (await must(engine.ask(`PUT ${at('dev')}`, { ...more, body: { secrets: [secret] } }))) as Item[];
const ids = async (...keys: string[]) =>
  ((await must(engine.ask(`GET ${at('dev')}`))) as Item[]).filter(({ key }) => keys.includes(key)).map(({ id }) => id);
const value = async (key: string, more: More = {}) => {
  const items = (await must(engine.ask(`GET ${at('dev')}&key=${key}`, more))) as Item[];
  return items[0]?.value;
};

test('every form leads where it says, apps and environments in any case, keys in theirs', async () => {
  await add('dev', { key: 'HOST', value: 'root-host' }, { key: 'HOST', value: 'api-host', path: '/api' });
  const texts = {
    ROOT: ['${HOST}', 'root-host'],
    FOLDER: ['${/api/HOST} ${api/HOST}', 'api-host api-host'],
    OTHER: ['${production.TOP}|${PRD./api/KEY}', 'top|prd-api'],
    APP: ['${shop::Production./deep/er/KEY}', 'shop'],
    BY_ID: [`\${${(await engine.store.read.findProject({ name: 'Shop' }))?.id}::prd.deep/er/KEY}`, 'shop'],
    LITERAL: ['${{HOST}} ${NONE} ${host} ${nowhere.KEY} ${nobody::prd.KEY} ${production.NONE}', undefined],
    MANAGED: ['${DOPPLER_CONFIG}', undefined],
  } as const;
  const made = await add('dev', ...Object.entries(texts).map(([key, [text]]) => ({ key, value: text })));
  for (const [index, [key, [text, wanted]]] of Object.entries(texts).entries()) {
    expect([key, made[index]?.value]).toEqual([key, wanted ?? text]);
    expect([key, await value(key)]).toEqual([key, wanted ?? text]);
  }
});

test('a bare key means the root, also in a folder, and never the folder itself', async () => {
  await add('dev', { key: 'WHO', value: 'root' }, { key: 'WHO', value: 'folder', path: '/q' });
  const [made] = await add('dev', { key: 'ASKS', value: '${WHO}', path: '/q' });
  expect(made?.value).toBe('root');
});

test('the text of who may not read the target stays text, also when who may edits its tags later', async () => {
  const [made] = (await must(
    engine.ask('POST /v1/secrets/', {
      headers: dev,
      body: { secrets: [{ key: 'STOLEN', value: '${production.TOP}' }] },
    }),
  )) as Item[];
  expect(made?.value).toBe('${production.TOP}');
  expect((await edit({ id: made?.id, tags: ['x'] }))[0]?.value).toBe('${production.TOP}');
  // Written again by who may, it is a reference.
  expect((await edit({ id: made?.id, value: '${production.TOP}' }))[0]?.value).toBe('top');
  // And an edit without a value, by who may not, leaves it one.
  expect((await edit({ id: made?.id, comment: '' }, { headers: dev }))[0]?.value).toBe('top');
});

test('an edge is listed at its target, with the folders that it joins, and ends there for ever', async () => {
  await add('dev', { key: 'PULLS', value: '${production./api/KEY}', path: '/in' });
  const { body } = await engine.send(engine.admin, 'GET /configs/config/references?project=app&config=prd');
  const all = body['references'] as { slug: string; name: string; source: { secret: string } }[];
  const mine = all.find(({ source }) => source.secret === '/in/PULLS');
  expect(mine).toMatchObject({ name: '/api/KEY', source: { project: 'app', config: 'dev' } });
  const path = `/configs/config/references?project=app&config=prd&slug=${mine?.slug}`;
  expect((await engine.send(engine.admin, `DELETE ${path}`)).status).toBe(200);
  expect(await value('PULLS')).toBe('${production./api/KEY}');
});

test('a reference never opens what is sealed to a user: it becomes sealed itself', async () => {
  await add(
    'dev',
    { key: 'VAULT', value: 'hush', type: 'sealed' },
    { key: 'VIA', value: '<${VAULT}>', type: 'config' },
  );
  const mine = (await must(engine.ask(`GET ${at('dev')}`, { token: engine.tokens.user }))) as Item[];
  expect(mine.map(({ key }) => key)).not.toContain('VIA');
  expect(JSON.stringify(mine)).not.toContain('hush');
  expect(await value('VIA')).toBe('<hush>');
});

test('a referenced secret counts with its own value, whatever a user has put over it for himself', async () => {
  const [base] = await add('dev', { key: 'BASE', value: 'base' }, { key: 'USES', value: '${BASE}!' });
  await edit({ id: base?.id, override: { value: 'mine', isActive: true } }, { token: engine.tokens.user });
  expect(await value('USES', { token: engine.tokens.user })).toBe('base!');
});

test('each dialect follows its own texts through the other’s', async () => {
  const change = (name: string, text: string) => ({ name, value: text, originalName: null });
  const changes = [change('D_URL', 'http://${P_HOST}/${/p/PORT}'), change('D_PLAIN', 'd')];
  await must(
    engine.send(engine.admin, 'POST /configs/config/secrets?project=app&config=dev', {
      body: { change_requests: changes },
    }),
  );
  await add(
    'dev',
    { key: 'P_HOST', value: '${/p/NAME}.example' },
    { key: 'NAME', value: 'host', path: '/p' },
    { key: 'P_ALL', value: '${D_URL} ${D_PLAIN}' },
  );
  const wanted = 'http://host.example/${/p/PORT}';
  expect([await value('D_URL'), await value('P_ALL')]).toEqual([wanted, `${wanted} d`]);
  const got = await engine.send(dev.authorization.slice(7), 'GET /configs/config/secret?name=P_ALL');
  expect(got.body['value']).toMatchObject({ raw: '${D_URL} ${D_PLAIN}', computed: `${wanted} d` });
});

test('who decrypts gets the texts of his dialect raw, and those that only the engine reads resolved', async () => {
  const keys = await unlock(engine, engine.tokens.account, 'Development');
  const { body } = await engine.ask('GET /service/secrets/', { headers: { environment: keys.id } });
  const open = (text: string) => openSealed(keys.pair, text).reveal();
  const found = new Map((body as Item[]).map((item) => [open(item.key), open(item.value)]));
  expect([found.get('P_ALL'), found.get('P_HOST')]).toEqual(['${D_URL} ${D_PLAIN}', '${/p/NAME}.example']);
  expect(found.get('D_URL')).toBe('http://host.example/${/p/PORT}');
});

test('a rollback by Doppler brings back a text of Phase’s with its grammar', async () => {
  const [made] = await add('dev', { key: 'TURNS', value: '${/p/NAME}' });
  await edit({ id: made?.id, value: 'plain' });
  const token = dev.authorization.slice(7);
  const logs = (await engine.send(token, 'GET /configs/config/logs')).body['logs'] as { id: string }[];
  const path = `POST /configs/config/logs/log/rollback?project=app&config=dev&log=${logs[0]?.id}`;
  await must(engine.send(token, path));
  expect(await value('TURNS')).toBe('host');
});

test.each([
  ['references', 20_000, (value: number, at: number) => `\${production.K${value}_${at}}`, 'references to configs'],
  ['configs', 1000, (value: number, at: number) => `\${e${value}-${at}.K}`, 'configs that it refers to'],
])(
  'one change has only so many %s in all, and one over is refused before it keeps others waiting',
  async (_, most, write, what) => {
    const each = most / 200;
    const text = (value: number, count: number) => Array.from({ length: count }, (__, at) => write(value, at)).join('');
    const secrets = Array.from({ length: 201 }, (__, value) => ({ key: `M${value}`, value: text(value, each) }));
    const refused = await engine.ask(`POST ${at('dev')}`, { body: { secrets } });
    expect([refused.status, refused.text]).toEqual([400, expect.stringContaining(`at most ${most} ${what}`)]);
    expect(await value('M0')).toBeUndefined();
    expect((await engine.ask(`POST ${at('dev')}`, { body: { secrets: secrets.slice(0, 2) } })).status).toBe(200);
    await must(engine.ask(`DELETE ${at('dev')}`, { body: { secrets: await ids('M0', 'M1') } }));
  },
);
