// Declaring integrations and dynamic secrets: all problems at once, credentials sealed, scope and ceiling kept.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPostgresIntegration } from '#engine/integrations/postgres/postgres.js';
import { systemClock } from '../../support/leasing/clocks.ts';
import { BY, CONFIG_ID, type Engine, openEngine, PLACE } from '../../support/leasing/engine.ts';

const DATA = { host: 'db.example', database: 'app', username: 'admin', password: 'Pl4nted-Pa55word' };
const SCOPE = { allowed: ['shop/prd'], ceiling: { group_roles: ['reader'], max_ttl_sec: 7200 } };

let engine: Engine;
beforeAll(async () => {
  const sql = { connect: () => Promise.reject(new Error('nothing is connected to here')) };
  engine = await openEngine({
    clock: systemClock,
    integrations: (now) => [createPostgresIntegration({ sql, now })],
  });
  await engine.definitions.createIntegration({ name: 'pg', type: 'postgres', data: DATA, ...SCOPE }, BY);
});
afterAll(() => engine.close());

const declare = (more: Record<string, unknown> = {}) =>
  engine.definitions.createDynamicSecret(
    { ...PLACE, name: 'DB', kind: 'postgres', integration: 'pg', parameters: { group_role: 'reader' }, ...more },
    BY,
  );
const problems = (more: Record<string, unknown>) =>
  declare(more).then(
    () => [],
    (error: { details: string[] }) => error.details,
  );

test('an integration comes back without its credential, and the file holds none', async () => {
  const [view] = await engine.definitions.listIntegrations();
  expect(view).toMatchObject({ name: 'pg', type: 'postgres', scope: SCOPE });
  expect(JSON.stringify(view)).not.toContain(DATA.password);
  for (const suffix of ['', '-wal']) {
    expect(readFileSync(join(engine.folder, `secrets.db${suffix}`)).includes(DATA.password)).toBe(false);
  }
});

test('every problem of an integration is named, and no value with it', async () => {
  const data = { host: 'db.example', port: 70_000, username: 'x', password: 5, sslmode: 'disable', extra: 1 };
  const bad = { name: '', type: 'postgres', data, allowed: 'all', ceiling: { group_roles: [''] } };
  const error = (await engine.definitions.createIntegration(bad, BY).catch((it: unknown) => it)) as {
    code: string;
    details: string[];
  };
  expect(error.code).toBe('ERR_REQUEST_INVALID');
  const told = error.details.join('\n');
  for (const word of ['name', 'port', 'data.database', 'password', 'sslmode', 'extra', 'allowed', 'group_roles']) {
    expect(told).toContain(word);
  }
  expect(told).not.toContain('70000');
});

test('an update seals the new data for the next revision, keeps the scope, and is held to the same rules', async () => {
  const { definitions } = engine;
  const scope = { allowed: ['shop/prd'], ceiling: { group_roles: ['reader'] } };
  await definitions.createIntegration({ name: 'turning', type: 'postgres', data: DATA, ...scope }, BY);
  const renamed = await definitions.updateIntegration('turning', { name: 'turned' }, BY);
  const turned = { ...DATA, password: 'Pl4nted-An0ther' };
  expect(await definitions.updateIntegration(renamed.slug, { data: turned }, BY)).toEqual({
    ...renamed,
    name: 'turned',
  });
  expect(renamed.scope.allowed).toEqual(['shop/prd']);
  await expect(
    definitions.createDynamicSecret(
      { ...PLACE, name: 'TURNED', kind: 'postgres', integration: 'turned', parameters: { group_role: 'reader' } },
      BY,
    ),
  ).resolves.toMatchObject({ integration: 'turned' });
  const refused = (which: string, changes: object) => definitions.updateIntegration(which, changes, BY);
  await expect(refused('turned', { name: 'pg' })).rejects.toMatchObject({ code: 'ERR_CONFLICT' });
  await expect(refused('turned', { data: { host: 'x' } })).rejects.toMatchObject({ code: 'ERR_REQUEST_INVALID' });
  await expect(refused('gone', {})).rejects.toMatchObject({ code: 'ERR_NOT_FOUND' });
  for (const suffix of ['', '-wal']) {
    expect(readFileSync(join(engine.folder, `secrets.db${suffix}`)).includes('Pl4nted')).toBe(false);
  }
});

test('of two updates that read the same, one is told to read again', async () => {
  const { definitions } = engine;
  const { slug } = await definitions.createIntegration({ name: 'raced', type: 'postgres', data: DATA, ...SCOPE }, BY);
  const both = await Promise.allSettled(['a', 'b'].map((name) => definitions.updateIntegration(slug, { name }, BY)));
  const refused = both.filter((one) => one.status === 'rejected');
  expect(refused.map(({ reason }) => (reason as { code: string }).code)).toEqual(['ERR_CONFLICT']);
});

test('a name is taken once', async () => {
  const again = { name: 'pg', type: 'postgres', data: DATA, ...SCOPE };
  await expect(engine.definitions.createIntegration(again, BY)).rejects.toMatchObject({ code: 'ERR_CONFLICT' });
});

test('an integration that names nobody is used by nobody', async () => {
  await engine.definitions.createIntegration({ name: 'shut', type: 'postgres', data: DATA }, BY);
  await expect(declare({ integration: 'shut' })).rejects.toMatchObject({
    code: 'ERR_ACCESS_DENIED',
    details: ['It is not allowed in shop/prd.', 'The group role reader is not in its ceiling.'],
  });
});

test('what lies above the ceiling is refused, each by its sentence', async () => {
  const parameters = { group_roles: ['reader', 'root'], databases: ['other'] };
  expect(await problems({ parameters, maxTtlSec: 7201 })).toEqual([
    'The group role root is not in its ceiling.',
    'The database other is not in its ceiling.',
    'Its longest lifetime is 7200 seconds.',
  ]);
});

test('every problem of a dynamic secret is named', async () => {
  const told = await problems({
    name: 'bad name',
    integration: 'none',
    keyMap: { username: 'PATH', password: 'lower', nonsense: 'X', url: 'SAME', host: 'SAME' },
    defaultTtlSec: 5,
    maxLiveLeases: 0,
  });
  for (const word of ['name', 'integration', 'PATH', 'key_map.password', 'nonsense', 'SAME twice', 'ttl', 'live']) {
    expect(told.join('\n')).toContain(word);
  }
});

test('defaults are filled in and read back', async () => {
  const made = await declare({ keyMap: { url: 'DATABASE_URL' } });
  expect(made).toMatchObject({ defaultTtlSec: 1800, maxTtlSec: 3600, maxLiveLeases: 100, liveLeases: 0 });
  expect(await engine.definitions.getDynamicSecret(CONFIG_ID, 'DB')).toEqual(made);
  await expect(declare()).rejects.toMatchObject({ code: 'ERR_CONFLICT' });
  await engine.definitions.deleteDynamicSecret(CONFIG_ID, 'DB', BY);
  await expect(engine.definitions.getDynamicSecret(CONFIG_ID, 'DB')).rejects.toMatchObject({ code: 'ERR_NOT_FOUND' });
  await declare();
});

test('what may use an integration follows a place that is renamed, and a freed name opens nothing', async () => {
  const { definitions, store } = engine;
  const scope = { allowed: ['shop', 'shop/prd', 'shopping'], ceiling: { group_roles: ['reader'] } };
  await definitions.createIntegration({ name: 'following', type: 'postgres', data: DATA, ...scope }, BY);
  const allowed = async () =>
    (await definitions.listIntegrations()).find(({ name }) => name === 'following')?.scope.allowed;
  const row = await store.read.findProject({ name: 'shop' });
  const event = { at: 1, actor: 'test', action: 'x', target: 'x', outcome: 'ok' as const };
  const log = {
    id: 'log-1',
    configId: null,
    project: 'x',
    environment: null,
    config: null,
    changes: [],
    rollback: false,
  };
  const by = { body: 'x', actor: 'test', actorName: 'test' };
  const project = { id: row?.id ?? '', description: '', deletion_protection: 0 };
  await store.write.updateProject({ ...project, name: 'store', at: 1, event, log: { ...log, ...by } });
  expect(await allowed()).toEqual(['store', 'store/prd', 'shopping']);
  await store.write.deleteProject({ id: project.id, at: 2, event, log: { ...log, ...by, id: 'log-2' } });
  expect(await allowed()).toEqual(['shopping']);
});
