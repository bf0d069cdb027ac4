// Projects, environments and configs: what comes with what, which names hold, and what cannot go while leases live.
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { startTestEngine, type TestEngine } from '../../support/engine.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.close());

const send = (request: string, body?: unknown) => engine.send(engine.admin, request, { body });
const names = async (request: string, list: string) =>
  ((await send(request)).body[list] as { name: string }[]).map(({ name }) => name);

test('a project comes with three environments, their roots, and dev_personal', async () => {
  const { body } = await send('GET /environments?project=app');
  expect(body['environments']).toEqual(
    ['dev', 'prd', 'stg'].map((slug) => ({
      id: slug,
      slug,
      name: expect.any(String),
      initial_fetch_at: null,
      created_at: expect.stringMatching(/Z$/),
      project: 'app',
      personal_configs: slug === 'dev',
    })),
  );
  expect(await names('GET /configs?project=app', 'configs')).toEqual(['dev', 'dev_personal', 'prd', 'stg']);
  expect(await names('GET /configs?project=app&environment=dev', 'configs')).toEqual(['dev', 'dev_personal']);
});

test('a project can come bare, from the query or the body, with every field of its answer', async () => {
  const { body } = await send('POST /projects?create_default_environments=False', { name: 'bare', description: 'd' });
  expect(body['project']).toEqual({
    id: 'bare',
    slug: 'bare',
    name: 'bare',
    deletion_protection: false,
    description: 'd',
    created_at: expect.stringMatching(/Z$/),
  });
  expect(await names('GET /environments?project=bare', 'environments')).toEqual([]);
});

test('a config has every field of its answer', async () => {
  const { body } = await send('GET /configs/config?project=app&config=dev_personal');
  expect(body['config']).toEqual({
    name: 'dev_personal',
    deletion_protection: false,
    slug: expect.stringMatching(/^[0-9a-f-]{36}$/),
    root: false,
    locked: false,
    inheritable: false,
    inheriting: false,
    inherits: [],
    inheritedBy: [],
    initial_fetch_at: null,
    last_fetch_at: null,
    created_at: expect.stringMatching(/Z$/),
    environment: 'dev',
    project: 'app',
  });
});

test.each([
  ['POST /projects', { name: 'app' }, 'Project name already exists in this workplace.'],
  ['POST /projects', { name: 'x' }, undefined],
  ['POST /projects', { name: 'a b' }, undefined],
  ['POST /projects', { name: '../up' }, undefined],
  ['POST /configs', { project: 'app', environment: 'dev', name: 'dev_personal' }, 'Name is already in use'],
  ['POST /configs', { project: 'app', environment: 'dev', name: 'personal' }, undefined],
  ['POST /configs', { project: 'app', environment: 'dev', name: 'dev_' }, undefined],
  ['POST /configs', { project: 'app', environment: 'dev', name: `dev_${'x'.repeat(57)}` }, undefined],
  ['POST /environments', { project: 'app', name: 'Dev', slug: 'dev' }, 'Environment slug is already in use'],
  ['POST /environments', { project: 'app', name: 'D', slug: 'd' }, undefined],
  ['DELETE /configs/config', { project: 'app', config: 'dev' }, undefined],
])('%s %j is refused', async (request, body, message) => {
  const { status, body: answer } = await send(request, body);
  expect(status).toBe(400);
  if (message) expect(answer['messages']).toEqual([message]);
});

test('pages go on until a short one', async () => {
  for (const name of ['p1', 'p2', 'p3']) await send('POST /projects', { name, create_default_environments: false });
  const first = await names('GET /projects?per_page=3', 'projects');
  const second = await names('GET /projects?per_page=3&page=2', 'projects');
  expect([first.length, [...first, ...second]]).toEqual([3, ['app', 'bare', 'p1', 'p2', 'p3']]);
  expect((await send('GET /projects?per_page=0')).status).toBe(400);
});

test('deleting takes everything below with it', async () => {
  await send('POST /projects', { name: 'gone' });
  await send('POST /configs/config/secrets', { project: 'gone', config: 'dev', secrets: { A: 'x' } });
  expect((await send('DELETE /environments/environment?project=gone&environment=dev')).status).toBe(200);
  expect(await names('GET /configs?project=gone', 'configs')).toEqual(['prd', 'stg']);
  expect((await send('DELETE /projects/project?project=gone')).status).toBe(200);
  expect((await send('GET /projects/project?project=gone')).status).toBe(404);
  const db = new DatabaseSync(join(engine.folder, 'secrets.db'), { readOnly: true });
  expect(db.prepare('select count(*) as n from secrets').get()).toMatchObject({ n: 0 });
  db.close();
});

test.each(['DELETE /projects/project', 'DELETE /environments/environment', 'DELETE /configs/config'])(
  '%s is refused while a lease lives, and goes through when it has ended',
  async (request) => {
    const project = `held${request.length}`;
    await send('POST /projects', { name: project });
    const config = await send(`GET /configs/config?project=${project}&config=dev_personal`);
    const at = (config.body['config'] as { slug: string }).slug;
    const db = new DatabaseSync(join(engine.folder, 'secrets.db'));
    db.exec(`insert or ignore into integrations(id,type,name,data_key_id,data_sealed,allowed,ceiling,created_at)
        values('i','postgres','i','k',x'00','[]','{}',1);
      insert into dynamic_secrets(id,config_id,name,kind,integration_id,parameters,key_map,default_ttl_sec,
        max_ttl_sec,max_live_leases,live,created_at) values('${at}d','${at}','D','postgres','i','{}','{}',60,60,9,1,1);
      insert into leases(id,dynamic_secret_id,kind,integration_id,owner,state,external_ref,data_key_id,
        revoke_plan_sealed,created_at,expires_at,hard_expires_at)
        values('${at}l','${at}d','postgres','i','o','active','r','k',x'00',1,1,1);
      insert into lease_events(lease_id,seq,at,to_state,actor,detail) values('${at}l',1,1,'active','a','{}')`);
    const body = { project, environment: 'dev', config: 'dev_personal' };
    const refused = await send(request, body);
    expect([refused.status, String(refused.body['messages'])]).toEqual([400, expect.stringContaining('1 live lease')]);
    db.exec(`update dynamic_secrets set live = 0 where id = '${at}d'`);
    db.exec(`update leases set state = 'revoked' where id = '${at}l'`);
    expect((await send(request, body)).status).toBe(200);
    db.close();
  },
);
