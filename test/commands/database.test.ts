// A store in a PostgreSQL database, from the command line: made, shared by engines, moved there and back, never twice.
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { cli } from '../support/cli.ts';
import { EngineProcess, initEngine } from '../support/engine-process.ts';
import { startStoreDatabase, type StoreDatabase } from '../support/store-database.ts';
import { temporaryFolder } from '../support/temp.ts';

const PLANTED = 'kept-on-every-journey';
const PLACE = '?project=app&config=dev&name=PLANTED';

let database: StoreDatabase;
beforeAll(async () => {
  database = await startStoreDatabase();
});
afterAll(() => database?.stop());

/** Declares a project with one value, and answers a token that reads it. */
async function plant(engine: EngineProcess): Promise<string> {
  await engine.must('POST', '/v3/projects', { name: 'app' });
  await engine.must('POST', '/v3/configs/config/secrets', { project: 'app', config: 'dev', secrets: { PLANTED } });
  const made = await engine.must('POST', '/v3/configs/config/tokens', {
    project: 'app',
    config: 'dev',
    name: 'reader',
  });
  return (made['token'] as { key: string }).key;
}

async function valueOf(engine: EngineProcess, token: string): Promise<unknown> {
  const { body } = await engine.call('GET', `/v3/configs/config/secret${PLACE}`, undefined, token);
  return (body['value'] as { computed?: string } | undefined)?.computed;
}

/** Runs a command on the database. */
const on = (url: string, ...args: string[]) => cli(args, { SECRETS_DATABASE_URL: url });
const verified = expect.stringMatching(/^audit: \d+ chains, \d+ rows, 0 gaps\n$/);

test('two engines on one database answer the same, and what one writes the other reads with its keys', async () => {
  const url = await database.fresh();
  expect(on(url, 'serve', '--root-key', '/nowhere').stderr).toMatch(/There is no store in the database store_\d+ at /);
  const folder = await initEngine(temporaryFolder(), url);
  expect(on(url, 'init', '--root-key', folder.rootKey).stderr).toMatch(/There is a store in the database/);
  const engines = await Promise.all([EngineProcess.start(folder), EngineProcess.start(folder)]);
  const [one, other] = engines as [EngineProcess, EngineProcess];
  try {
    const token = await plant(one);
    expect(await valueOf(other, token)).toBe(PLANTED);
    await other.must('POST', '/v3/configs/config/secrets', {
      project: 'app',
      config: 'dev',
      secrets: { PLANTED: 'new' },
    });
    expect(await valueOf(one, token)).toBe('new');
    expect(on(url, 'rekey', '--root-key', folder.rootKey).stderr).toMatch(
      /in use by secrets-action serve \(process \d+\) from .* Stop every engine/,
    );
    const audit = on(url, 'audit', 'verify', '--root-key', folder.rootKey);
    expect([audit.status, audit.stdout]).toEqual([0, verified]);
    for (const engine of engines) expect(engine.log).not.toContain(new URL(url).password);
  } finally {
    await Promise.all(engines.map((engine) => engine.stop()));
  }
}, 120_000);

test('a folder moves into a database whole, and a dump of that moves back', async () => {
  const folder = await initEngine(temporaryFolder());
  const engine = await EngineProcess.start(folder);
  const token = await plant(engine);
  const url = await database.fresh();
  const load = () => on(url, 'load', '--data', folder.data, '--root-key', folder.rootKey);
  expect(load().stderr).toMatch(/Another engine \(process \d+\) uses this data folder/);
  await engine.stop();
  const loaded = load();
  expect([loaded.status, loaded.stderr]).toEqual([0, '']);
  expect(loaded.stdout).toMatch(/ {2}secrets: 1\n/);
  expect(loaded.stdout).toMatch(/audit: \d+ chains, \d+ rows, 0 gaps\nLoaded into the database/);
  expect(load().stderr).toMatch(/There is a store in the database already/);

  const there = await EngineProcess.start({ ...folder, databaseUrl: url });
  const out = join(temporaryFolder(), 'dump.db');
  try {
    expect([await valueOf(there, token), (await there.call('GET', '/v3/me')).status]).toEqual([PLANTED, 200]);
    const dumped = on(url, 'dump', '--out', out);
    expect([dumped.status, dumped.stderr, statSync(out).mode & 0o777]).toEqual([0, '', 0o600]);
    expect(on(url, 'dump', '--out', out).stderr).toMatch(/There is a file .* already/);
  } finally {
    await there.stop();
  }

  const data = join(temporaryFolder(), 'again');
  const back = cli(['restore', '--data', data, '--from', out, '--root-key', folder.rootKey]);
  expect([back.status, back.stderr]).toEqual([0, '']);
  const again = await EngineProcess.start({ ...folder, data });
  expect(await valueOf(again, token)).toBe(PLANTED);
  await again.stop();

  const third = await database.fresh();
  const restored = on(third, 'restore', '--from', out, '--root-key', folder.rootKey, '--hold-revocations');
  expect([restored.status, restored.stderr, restored.stdout]).toEqual([0, '', expect.stringContaining('epoch 1')]);
  const audit = on(third, 'audit', 'verify', '--root-key', folder.rootKey);
  expect([audit.status, audit.stdout]).toEqual([0, verified]);
}, 180_000);

test('a load with another key, of no dump, or of a log with a gap loads nothing', async () => {
  const folder = await initEngine(temporaryFolder());
  const other = await initEngine(temporaryFolder());
  const url = await database.fresh();
  const load = (data: string, key: string) => on(url, 'load', '--data', data, '--root-key', key);
  expect(load(folder.data, other.rootKey).stderr).toMatch(/does not open this store/);
  expect(on(url, 'load', '--from', folder.rootKey, '--root-key', folder.rootKey).stderr).toMatch(/not a whole dump/);
  const { DatabaseSync } = await import('node:sqlite');
  const file = new DatabaseSync(join(folder.data, 'secrets.db'));
  file.exec(`update audit set actor = 'somebody else' where seq = 1`);
  file.close();
  expect(load(folder.data, folder.rootKey).stderr).toMatch(/audit log is not whole; nothing was loaded.*was altered/);
  const [made] = await database.query(url, "select to_regclass('data_keys') is not null as made");
  if (made?.['made'] === true)
    expect(await database.query(url, 'select count(*) as rows from data_keys')).toEqual([{ rows: 0 }]);
  expect(load(other.data, other.rootKey).status).toBe(0);
}, 120_000);

test('rekey changes the key of a database, and the old one opens it no more', async () => {
  const url = await database.fresh();
  const folder = await initEngine(temporaryFolder(), url);
  const done = on(url, 'rekey', '--root-key', folder.rootKey);
  expect([done.status, done.stderr]).toEqual([0, '']);
  const old = /(\S+\.old-[0-9a-f]{16})/.exec(done.stdout)?.[1] ?? '';
  expect(existsSync(old)).toBe(true);
  const refused = on(url, 'serve', '--root-key', old, '--listen', '127.0.0.1:0');
  expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining('does not open this store')]);
  const renewed = on(url, 'init', '--new-admin', '--root-key', folder.rootKey);
  expect([renewed.status, renewed.stdout]).toEqual([0, expect.stringMatching(/dp\.sa\./)]);
}, 90_000);

test.each([
  [['serve', '--data', 'somewhere'], /SECRETS_DATABASE_URL is set and --data is given: keep one/],
  [['serve', '--listen', '127.0.0.1:0'], /--root-key FILE is missing|cannot be reached/],
  [['load', '--root-key', 'x'], /--data DIR or --from FILE/],
])('%j: an unclear place is refused, without the password', (args, why) => {
  const { status, stdout, stderr } = on('postgres://u:planted-Pa55word@127.0.0.1:9/x', ...args);
  expect(status).not.toBe(0);
  expect(stderr).toMatch(why);
  expect(stdout + stderr).not.toContain('planted-Pa55word');
});
