// A store on its way into a database and out of it: every row arrives, from one moment, or nothing does.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PostgresConnection } from '#engine/storage/postgres/connection.js';
import { readDatabaseUrl } from '#engine/storage/postgres/settings.js';
import { loadDatabase, unloadDatabase } from '#engine/storage/postgres/transfer.js';
import { openTestStore } from '../../support/store.ts';
import { openDatabaseStore, startStoreDatabase, type StoreDatabase } from '../../support/store-database.ts';
import { temporaryFolder } from '../../support/temp.ts';

const PROJECTS = 3;

let database: StoreDatabase;
let url: string;
beforeAll(async () => {
  database = await startStoreDatabase();
});
afterAll(() => database?.stop());
beforeEach(async () => {
  url = await database.fresh();
});

async function folderWithProjects(): Promise<string> {
  const folder = temporaryFolder();
  await (await openTestStore(folder)).close();
  const db = new DatabaseSync(join(folder, 'secrets.db'));
  for (let n = 0; n < PROJECTS; n += 1) {
    db.exec(`insert into projects(id, name, created_at) values('p${n}','p${n}',${n})`);
  }
  db.close();
  return folder;
}
const parts = (folder: string) => ({ settings: readDatabaseUrl(url), folder, now: 1, name: 'secrets-action test' });
const load = (folder: string, check = async () => {}) => loadDatabase({ ...parts(folder), check });
const emptied = async () => (await openDatabaseStore(url)).close();
const projects = () => database.query(url, 'select id from projects order by id');
const NOTHING: unknown[] = [];

test('a load in which rows get lost, or that is refused after a look, leaves nothing', async () => {
  const folder = await folderWithProjects();
  await emptied();
  await expect(load(folder, () => Promise.reject(new Error('not whole')))).rejects.toBeDefined();
  expect(await projects()).toEqual(NOTHING);
  await database.query(
    url,
    `create function lose() returns trigger language plpgsql as
       $$ begin if new.id = 'p1' then return null; end if; return new; end $$;
     create trigger lose before insert on projects for each row execute function lose()`,
  );
  await expect(load(folder)).rejects.toMatchObject({
    code: 'ERR_INTERNAL',
    message: `Of ${PROJECTS} rows of projects, ${PROJECTS - 1} arrived.`,
  });
  expect(await projects()).toEqual(NOTHING);
  await database.query(url, 'drop trigger lose on projects');
  expect(await load(folder)).toMatchObject({ projects: PROJECTS });
});

test('a database with one row in any table is not loaded into', async () => {
  await emptied();
  await database.query(url, `insert into lease_sets(id, owner, created_at) values('s','o',1)`);
  await expect(load(await folderWithProjects())).rejects.toMatchObject({ code: 'ERR_CONFLICT' });
  expect(await projects()).toEqual(NOTHING);
});

test('nothing is loaded while an engine is there', async () => {
  const folder = await folderWithProjects();
  const engine = await openDatabaseStore(url);
  try {
    await expect(load(folder)).rejects.toMatchObject({ code: 'ERR_CONFLICT', hint: 'Stop every engine on it first.' });
  } finally {
    await engine.close();
  }
  expect(await projects()).toEqual(NOTHING);
});

test('what is dumped is of one moment, though engines go on', async () => {
  await load(await folderWithProjects());
  const engine = await PostgresConnection.open(readDatabaseUrl(url), { name: 'secrets-action test' });
  await engine.exec('begin; lock table secret_notes in access exclusive mode');
  let isOver = false;
  const dumping = unloadDatabase(parts(temporaryFolder())).finally(() => {
    isOver = true;
  });
  const waiting = `select 1 from pg_locks where locktype = 'relation' and not granted`;
  while ((await database.query(url, waiting)).length === 0) if (isOver) throw new Error('it did not wait');
  await engine.exec(
    `insert into projects(id, name, created_at) values('late','late',9);
     insert into secret_notes(project_id, name_digest, data_key_id, sealed, updated_at, updated_by)
       values('late','d','k','',1,'u'); commit`,
  );
  expect(await dumping).toMatchObject({ projects: PROJECTS, secret_notes: 0 });
  await engine.close();
});

test('a database of an older version, or whose rows do not belong together, is not dumped', async () => {
  await load(await folderWithProjects());
  await database.query(
    url,
    `set session_replication_role = replica;
     insert into environments(id, project_id, slug, name, created_at) values('e','nobody','e','e',0)`,
  );
  await expect(unloadDatabase(parts(temporaryFolder()))).rejects.toMatchObject({
    code: 'ERR_INTERNAL',
    message: 'The rows of the database do not belong together.',
  });
  await database.query(
    url,
    `delete from environments; delete from schema_migrations
    where number = (select max(number) from schema_migrations)`,
  );
  await expect(unloadDatabase(parts(temporaryFolder()))).rejects.toMatchObject({
    code: 'ERR_CONFIG_INVALID',
    message: 'The database was written by an older version.',
  });
});
