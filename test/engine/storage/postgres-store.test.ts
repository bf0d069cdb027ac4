// The PostgreSQL store against a server that fails: what was answered is kept, what was refused is not there, once is once.
import { PostgresConnection } from '#engine/storage/postgres/connection.js';
import { readDatabaseUrl } from '#engine/storage/postgres/settings.js';
import type { Store } from '#engine/storage/store.js';
import { systemClock } from '../../support/leasing/clocks.ts';
import { openDatabaseStore, startStoreDatabase, type StoreDatabase } from '../../support/store-database.ts';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy.ts';

let database: StoreDatabase;
let proxy: TcpProxy;
let url: string;
let store: Store;
beforeAll(async () => {
  database = await startStoreDatabase();
  proxy = await startTcpProxy({ host: database.server.host, port: database.server.port });
});
afterAll(async () => {
  await proxy?.close();
  await database?.stop();
});
beforeEach(async () => {
  url = await database.fresh();
  const through = new URL(url);
  through.port = String(proxy.port);
  store = await openDatabaseStore(through.href, { clock: systemClock });
});
afterEach(async () => {
  proxy.pass();
  await proxy.accept();
  await store.close();
});

const event = (n: number) => ({
  ...{ at: n, actor: 'token:t', action: 'test', target: `thing:${n}` },
  outcome: 'ok' as const,
});
const audited = (n: number) => store.write.recordAudit({ events: [event(n)] });
const targets = async () =>
  (await database.query(url, 'select target, seq from audit order by seq')).map(
    (row) => `${row['seq']} ${row['target']}`,
  );

/** Cuts the connection at the `turn`th answer of the next write, whose effect the server has had by then. */
async function cutAtAnswer(turn: number, write: () => Promise<unknown>): Promise<PromiseSettledResult<unknown>> {
  proxy.holdAnswers(proxy.stats().answers + turn);
  const [outcome] = await Promise.all([
    Promise.allSettled([write()]),
    proxy.whenHeld().then(() => {
      proxy.cut();
      proxy.pass();
    }),
  ]);
  return outcome[0] as PromiseSettledResult<unknown>;
}

/** A transaction of effects alone and its COMMIT travel together. */
const ANSWERS = 1;

test('a connection cut at the answer of a write: it is done once, and answered', async () => {
  await audited(1);
  expect(await cutAtAnswer(ANSWERS, () => audited(2))).toMatchObject({ status: 'fulfilled' });
  await audited(3);
  expect(await targets()).toEqual(['1 thing:1', '2 thing:2', '3 thing:3']);
});

test('there is one answer in a write', async () => {
  await audited(1);
  const before = proxy.stats().answers;
  await audited(2);
  expect(proxy.stats().answers - before).toBe(ANSWERS);
});

test('a COMMIT that never arrived is done again, once', async () => {
  await audited(1);
  proxy.holdRequests(proxy.stats().requests + ANSWERS);
  const write = audited(2);
  await proxy.whenHeld();
  proxy.cut();
  proxy.pass();
  await write;
  expect(await targets()).toEqual(['1 thing:1', '2 thing:2']);
});

/** Begun, and what there is looked at; written; and only then its COMMIT is sent. */
const ANSWERS_WITHOUT_WITNESS = 3;

test.each([1, 2])(
  'a connection cut at answer %d of a write without a witness: it is done, and answered',
  async (turn) => {
    await audited(1);
    expect(await cutAtAnswer(turn, () => store.write.saveMoment({ at: 5 }))).toMatchObject({ status: 'fulfilled' });
    expect(await store.read.lastMoment({})).toBe(5);
  },
);

test('a COMMIT that still runs when its connection is cut is waited for, and done once', async () => {
  await audited(1);
  await database.query(
    url,
    `create function slow() returns trigger language plpgsql as
       $$ begin perform pg_advisory_xact_lock(4711); return null; end $$;
     create constraint trigger slow after insert on audit deferrable initially deferred
       for each row execute function slow()`,
  );
  const holder = await PostgresConnection.open(readDatabaseUrl(url), { name: 'holder' });
  await holder.exec('select pg_advisory_lock(4711)');
  let isOver = false;
  const write = audited(2).finally(() => {
    isOver = true;
  });
  const waiting = async (count: number) => {
    const sql = `select 1 from pg_locks where locktype = 'advisory' and not granted`;
    while (!isOver && (await database.query(url, sql)).length < count);
  };
  await waiting(1);
  proxy.cut();
  await waiting(2);
  expect(isOver).toBe(false);
  await holder.close();
  await write;
  expect(await targets()).toEqual(['1 thing:1', '2 thing:2']);
});

test('a COMMIT without a witness that is lost is refused as unknown, and later writes go on', async () => {
  await audited(1);
  const outcome = await cutAtAnswer(ANSWERS_WITHOUT_WITNESS, () => store.write.saveMoment({ at: 5 }));
  expect(outcome).toMatchObject({
    status: 'rejected',
    reason: { code: 'ERR_UNAVAILABLE', message: expect.stringContaining('not known') },
  });
  await store.write.saveMoment({ at: 5 });
  await audited(2);
  expect([await store.read.lastMoment({}), await targets()]).toEqual([5, ['1 thing:1', '2 thing:2']]);
});

test('while the server is away everything is refused, and nothing of it happens later', async () => {
  await proxy.refuse();
  proxy.cut();
  await expect(audited(1)).rejects.toMatchObject({
    code: 'ERR_UNAVAILABLE',
    hint: expect.stringContaining('Try again'),
  });
  await expect(store.read.listProjects({ limit: 1, offset: 0 })).rejects.toMatchObject({ code: 'ERR_UNAVAILABLE' });
  await proxy.accept();
  await audited(2);
  expect(await targets()).toEqual(['1 thing:2']);
});

test('a server that was restarted is found again by reads and writes', async () => {
  await audited(1);
  await database.server.stopServer();
  await database.server.startServer();
  await audited(2);
  expect(await store.read.listAuditChains({})).toMatchObject([{ rows: 2 }]);
});

/** The server says that its disk is full when this table is written. */
const FULL = (table: string, name: string) => `
  create function ${name}() returns trigger language plpgsql as
    $$ begin raise exception 'No space left on device' using errcode = '53100'; end $$;
  create trigger ${name} before insert or update on ${table} for each row execute function ${name}()`;

test('a full disk refuses the write and changes nothing; with space again it goes on', async () => {
  await audited(1);
  await database.query(url, FULL('kv', 'full_kv'));
  const writes = await Promise.allSettled([audited(2), store.write.saveMoment({ at: 9 }), audited(3)]);
  expect(writes.at(1)).toMatchObject({
    reason: { code: 'ERR_UNAVAILABLE', message: 'The disk of the store is full.' },
  });
  await database.query(url, 'drop trigger full_kv on kv');
  await store.write.saveMoment({ at: 9 });
  await audited(4);
  const done = [2, 3].filter((_, index) => writes.at(index * 2)?.status === 'fulfilled').map((n) => `thing:${n}`);
  expect((await targets()).map((row) => row.split(' ')[1])).toEqual(['thing:1', ...done, 'thing:4']);
});

test('a COMMIT that the server refuses is no COMMIT', async () => {
  await audited(1);
  await database.query(
    url,
    `create function late() returns trigger language plpgsql as
       $$ begin raise exception 'No space left on device' using errcode = '53100'; end $$;
     create constraint trigger late after insert on audit deferrable initially deferred
       for each row execute function late()`,
  );
  await expect(audited(2)).rejects.toMatchObject({ message: 'The disk of the store is full.' });
  await database.query(url, 'drop trigger late on audit');
  await audited(3);
  expect(await targets()).toEqual(['1 thing:1', '2 thing:3']);
});

test('what may only be done alone is refused while an engine is there, and names it', async () => {
  const alone = () => openDatabaseStore(url, { presence: 'alone', name: 'secrets-action rekey (process 7)' });
  await expect(alone()).rejects.toMatchObject({
    code: 'ERR_CONFLICT',
    message: expect.stringMatching(/in use by secrets-action test from /),
    hint: 'Stop every engine on it first.',
  });
  await store.close();
  const rekey = await alone();
  await expect(openDatabaseStore(url)).rejects.toMatchObject({ message: expect.stringContaining('rekey (process 7)') });
  await rekey.close();
  store = await openDatabaseStore(url);
});

test('a login without a connection left, or with a wrong password, is told so without the password', async () => {
  const wrong = new URL(url);
  wrong.password = 'planted-Pa55word';
  const refused = await openDatabaseStore(wrong.href).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 'ERR_CONFIG_INVALID', message: expect.stringContaining('refuses the login') });
  expect(JSON.stringify(refused) + String(refused) + String((refused as Error).stack)).not.toContain(
    'planted-Pa55word',
  );
  await database.query(
    url,
    `create role one login password 'one' connection limit 0; grant all on database "${url.split('/').at(-1)}" to one`,
  );
  const full = new URL(url);
  [full.username, full.password] = ['one', 'one'];
  await expect(openDatabaseStore(full.href)).rejects.toMatchObject({
    code: 'ERR_UNAVAILABLE',
    message: 'The database has no connection left.',
  });
});

test('a database of a newer version is refused and left alone', async () => {
  await database.query(url, `insert into schema_migrations values(999,'future','x',1)`);
  await expect(openDatabaseStore(url)).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID' });
});

test('a database that does not speak UTF-8 is refused', async () => {
  await database.query(url, `create database bytes template template0 encoding 'SQL_ASCII' locale 'C'`);
  await expect(openDatabaseStore(database.server.url('bytes'))).rejects.toMatchObject({
    code: 'ERR_CONFIG_INVALID',
    message: 'The encoding of the database is not UTF8.',
  });
});

test('a schema that another engine changed under prepared statements is noticed by every session, and nobody is told', async () => {
  const integrations = () => Promise.all(Array.from({ length: 24 }, () => store.read.listIntegrations({})));
  const closing = () => store.write.endLeaseSet({ at: 1, claimedBy: 'c', claimUntil: 2, cause: BY, setId: 'set' });
  await database.query(url, `insert into lease_sets(id, owner, created_at) values('set','p',1)`);
  const intend = (id: string) => store.write.intendLeases({ intents: [{ ...INTENT, id }] });
  await Promise.all([integrations(), intend('a')]);
  await database.query(
    url,
    'alter table integrations add column newer text; alter table lease_sets add column newer text',
  );
  // One after the other: each would be given the next session that lay idle.
  expect(await store.read.listIntegrations({})).toEqual([]);
  expect(await intend('b')).toEqual([{ refused: GONE }]);
  expect(await closing()).toEqual({ claimed: [], others: [] });
});

const BY = { actor: 'test' };
const GONE = expect.objectContaining({ code: 'ERR_NOT_FOUND' });
const INTENT = {
  ...{
    id: '',
    dynamicSecretId: 'none',
    kind: 'postgres',
    integrationId: 'none',
    integrationRevision: 1,
    owner: 'p',
    tokenId: null,
  },
  ...{ setId: 'set', idempotencyKey: null, replace: false, externalRef: 'x', planKeyId: 'k' },
  ...{ planSealed: new Uint8Array(1), createdAt: 1, expiresAt: 2, hardExpiresAt: 3, pendingUntil: 2 },
  ...{ claimedBy: 'c', cause: BY },
};
