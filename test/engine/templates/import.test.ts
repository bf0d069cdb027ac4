// Templates imported as Doppler's command line does: all projects of one text with their secrets, or none.
import { startTestEngine, type TestEngine } from '../../support/engine.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
}, 60_000);
afterAll(() => engine.close());

const load = (template: unknown) =>
  engine.send(engine.admin, 'POST /workplace/template/import', { body: { template } });
async function read(project: string, config: string): Promise<unknown> {
  const body = { project, config, name: 'reader' };
  const made = await engine.send(engine.admin, 'POST /configs/config/tokens', { body });
  const { key } = made.body['token'] as { key: string };
  const query = 'include_managed_secrets=false';
  const { body: found } = await engine.send(key, `GET /configs/config/secrets?${query}`);
  const secrets = Object.entries(found['secrets'] as Record<string, { computed: string }>);
  return Object.fromEntries(secrets.map(([name, { computed }]) => [name, computed]));
}

const TEMPLATE = `# doppler-template.yaml
projects:
  - name: shared
    environments:
      - slug: dev
        name: "Development"
        configs:
          - slug: dev # the root
    secrets:
      dev:
        HOST: mail.example
        EMPTY: ""
  - name: 'api' # the service
    description: Orders: no, "orders"
    environments:
      - name: Development
        slug: dev
        configs:
        - slug: dev
        - slug: dev_mine
      - slug: ci
        name: CI
    secrets:
      dev:
        PORT: 8080
        URL: "smtp://\${shared.dev.HOST}:\${PORT}"
        CERT: |-
          -----BEGIN-----
            abc

          -----END-----
      dev_mine:
        PORT: '9090'
`.replace('Orders: no, "orders"', `'it''s: "orders"'`);

test('projects, environments, configs and secrets are made, and references among them are followed', async () => {
  const { status, body } = await load(TEMPLATE);
  expect([status, body]).toEqual([
    200,
    {
      projects: [
        expect.objectContaining({ id: 'shared', slug: 'shared', name: 'shared', description: '' }),
        expect.objectContaining({ name: 'api', description: `it's: "orders"` }),
      ],
      success: true,
    },
  ]);
  const { body: found } = await engine.send(engine.admin, 'GET /configs?project=api');
  expect((found['configs'] as { name: string }[]).map(({ name }) => name).sort()).toEqual(['ci', 'dev', 'dev_mine']);
  const CERT = '-----BEGIN-----\n  abc\n\n-----END-----';
  expect(await read('api', 'dev')).toEqual({ PORT: '8080', URL: 'smtp://mail.example:8080', CERT });
  expect(await read('api', 'dev_mine')).toMatchObject({ PORT: '9090' });
  expect(await read('shared', 'dev')).toEqual({ HOST: 'mail.example', EMPTY: '' });
});

test('a name that is there already, in the workplace or in the template, leaves nothing behind', async () => {
  const two = (a: string, b: string) => `projects:\n  - name: ${a}\n  - name: ${b}\n`;
  for (const template of [two('fresh', 'app'), two('fresh', 'fresh')]) {
    const { status, body } = await load(template);
    expect([status, body['messages']]).toEqual([400, ['Project name already exists in this workplace.']]);
    expect((await engine.send(engine.admin, 'GET /projects/project?project=fresh')).status).toBe(404);
  }
});

test('a reference out of the template is followed only where its writer may read', async () => {
  const writer = await engine.token('dev', 'read/write');
  await engine.send(writer, 'POST /configs/config/secrets', { body: { secrets: { HIDDEN: 'planted' } } });
  const made = await engine.send(engine.admin, 'POST /workplace/service_accounts', {
    body: { name: 'maker', workplace_role: { permissions: ['create_enclave_project'] } },
  });
  const { slug } = made.body['service_account'] as { slug: string };
  const at = `/workplace/service_accounts/service_account/${slug}/tokens`;
  const key = (await engine.send(engine.admin, `POST ${at}`, { body: { name: 'key' } })).body['api_key'];
  const template = 'projects:\n- name: thief\n  secrets:\n    dev:\n      LOOT: ${app.dev.HIDDEN}\n';
  expect((await engine.send(String(key), 'POST /workplace/template/import', { body: { template } })).status).toBe(200);
  expect(await read('thief', 'dev')).toEqual({ LOOT: '${app.dev.HIDDEN}' });
  expect(engine.logged.join()).not.toContain('planted');
});

test.each([
  ['', 'is a mapping'],
  ['projects: []', 'no scalar'],
  ['projects:\n  - name: x', 'name'],
  ['projects:\n  - name: ab\n    owner: me', 'has no field owner'],
  ['projects:\n  - name: ab\n    name: cd', 'twice (line 3)'],
  ['projects:\n  - name: &a ab', 'no scalar of one line (line 2)'],
  ['projects:\n  - name: ab\n    secrets:\n      dev:\n        A:\n', 'is a text'],
  ['projects:\n  - name: ab\n    secrets:\n      nope:\n        A: s3cret', "'nope'"],
  ['projects:\n  - name: ab\n    secrets:\n      dev:\n        lower: s3cret', 'upper-case'],
  [
    'projects:\n  - name: ab\n    environments:\n      - slug: dev\n        configs:\n          - slug: stg',
    'own config',
  ],
  [
    'projects:\n  - name: ab\n    environments:\n      - slug: dev\n        configs:\n          - slug: dev\n          - slug: x',
    "'dev_'",
  ],
  [`projects:\n  - name: ab\n    secrets:\n      dev:\n        A: ${'x'.repeat(50 * 1024 + 1)}`, '50 KiB'],
  [`${Array.from({ length: 20 }, (_, n) => `${' '.repeat(n)}a:`).join('\n')}`, 'deeper than 8'],
])('a template that is none is refused with its place and never its values: %#', async (template, says) => {
  const { status, body, text } = await load(template);
  expect(status).toBe(400);
  expect((body['messages'] as string[]).join()).toContain(says);
  expect(text).not.toContain('s3cret');
});
