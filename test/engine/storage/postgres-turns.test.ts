// Turns and snapshots in a shared database: who writes is alone with what all others committed, who reads sees one moment.
import { AppError } from '#core/errors.js';
import { PostgresConnection } from '#engine/storage/postgres/connection.js';
import { BEGIN_TURN } from '#engine/storage/postgres/locks.js';
import { readDatabaseUrl } from '#engine/storage/postgres/settings.js';
import type { Store } from '#engine/storage/store.js';
import { openDatabaseStore, startStoreDatabase, type StoreDatabase } from '../../support/store-database.ts';

let database: StoreDatabase;
let url: string;
beforeAll(async () => {
  database = await startStoreDatabase();
});
afterAll(() => database?.stop());
beforeEach(async () => {
  url = await database.fresh();
});

/** What an engine holds by its first session (locks.ts). */
const TURNS = { classId: 0x53_41_43_54, presence: 1 };
const connect = () => PostgresConnection.open(readDatabaseUrl(url), { name: 'secrets-action test' });
/** Of every session that comes after it. */
const byDefault = (setting: string, value: string) =>
  database.query(url, `alter database "${url.split('/').at(-1)}" set ${setting} = '${value}'`);

/** Until it waits for a lock of that type; fails when it is over before. */
async function standsInLine(work: Promise<unknown>, type = 'advisory'): Promise<void> {
  let isOver = false;
  const over = () => {
    isOver = true;
  };
  void work.then(over, over);
  const waiting = `select 1 from pg_locks where locktype = '${type}' and not granted`;
  while ((await database.query(url, waiting)).length === 0) {
    if (isOver) throw new Error('it did not wait');
  }
}

/** What the write comes to that waits for a turn in which `sql` is done. */
async function afterTurn(store: Store, sql: string, write: () => Promise<unknown>): Promise<unknown> {
  const holder = await connect();
  try {
    await holder.exec(BEGIN_TURN);
    const writing = write().catch((error: unknown) => error);
    await standsInLine(writing);
    await holder.exec(sql);
    await holder.exec('commit');
    return await writing;
  } finally {
    await holder.close();
    await store.close();
  }
}

test.each(['read committed', 'repeatable read', 'serializable'])(
  'a write waits for its turn and sees what the one before it did, where the default is %s',
  async (isolation) => {
    await byDefault('default_transaction_isolation', isolation);
    const store = await openDatabaseStore(url);
    const other = `insert into data_keys(id, scope, root_key_id, wrapped, created_at) values('other','a','another','',1)`;
    const key = { id: 'mine', scope: 'b', root_key_id: 'mine', wrapped: new Uint8Array(1), created_at: 1 };
    const outcome = await afterTurn(store, other, () => store.write.addDataKey(key));
    expect(outcome).toBeInstanceOf(AppError);
    expect(outcome).toMatchObject({ message: expect.stringContaining('root key') });
  },
);

test('a read of several statements sees one moment, though somebody commits in between', async () => {
  const store = await openDatabaseStore(url);
  await database.query(
    url,
    `insert into projects(id, name, created_at) values('p','p',0);
     insert into environments(id, project_id, slug, name, created_at) values('e','p','e','e',0);
     insert into configs(id, project_id, environment_id, name, created_at) values('c','p','e','c',0)`,
  );
  const holder = await connect();
  await holder.exec('begin; lock table secret_notes in access exclusive mode');
  const reading = store.read.readConfigTree({ configId: 'c' });
  await standsInLine(reading, 'relation');
  await holder.exec(
    `insert into secret_notes(project_id, name_digest, data_key_id, sealed, updated_at, updated_by)
     values('p','d','k','',1,'u'); commit`,
  );
  expect((await reading).notes).toEqual([]);
  expect((await store.read.readConfigTree({ configId: 'c' })).notes).toHaveLength(1);
  await holder.close();
  await store.close();
});

test.each([
  ['off', 'on'],
  ['remote_apply', 'remote_apply'],
])('what is committed is on the disk, where the default is %s', async (given, kept) => {
  await byDefault('synchronous_commit', given);
  const session = await connect();
  const shown = await session.query('select current_setting($1) as value', ['synchronous_commit']);
  await session.close();
  expect(shown).toEqual([{ value: kept }]);
});

test('an engine that has lost the session of its turns still keeps out what must be alone', async () => {
  const store = await openDatabaseStore(url);
  const event = { at: 1, actor: 'token:t', action: 'test', target: 'thing', outcome: 'ok' as const };
  await store.write.recordAudit({ events: [event] });
  await database.query(
    url,
    `select pg_terminate_backend(pid, 5000) from pg_locks
     where locktype = 'advisory' and classid = ${TURNS.classId} and objid = ${TURNS.presence}`,
  );
  await expect(openDatabaseStore(url, { presence: 'alone' })).rejects.toMatchObject({ code: 'ERR_CONFLICT' });
  await store.close();
});

test('no statement is compiled for what a plan that is not wanted seems to cost', async () => {
  const session = await connect();
  expect(await session.query('select current_setting($1) as value', ['jit'])).toEqual([{ value: 'off' }]);
  await session.close();
});

test('the server itself ends what waits, runs or lies open for too long', async () => {
  const session = await connect();
  const names = ['lock_timeout', 'statement_timeout', 'idle_in_transaction_session_timeout'];
  const shown = await Promise.all(names.map((name) => session.query('select current_setting($1) as value', [name])));
  await session.close();
  expect(shown.flat().map(({ value }) => value)).toEqual(['10s', '15s', '10s']);
});
