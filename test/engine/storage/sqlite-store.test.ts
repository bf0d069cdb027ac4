// The embedded store: whole transactions, one commit for many, and nothing half done.
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { findAuditGap } from '#engine/storage/audit-chain.js';
import { all } from '#engine/storage/operation.js';
import { SqliteDatabase } from '#engine/storage/sqlite/database.js';
import { migrate } from '#engine/storage/sqlite/migrate.js';
import { SqliteWriter } from '#engine/storage/sqlite/writer.js';
import type { Store } from '#engine/storage/store.js';
import { openTestStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temp.ts';

const KEY = new Uint8Array(32).fill(7);
const event = (n: number) => ({
  at: n,
  actor: 'token:t',
  action: 'test',
  target: `thing:${n}`,
  outcome: 'ok' as const,
});

let store: Store;
let folder: string;
beforeEach(async () => {
  folder = temporaryFolder();
  store = await openTestStore(folder);
});
afterEach(() => store.close());

test('what a write resolved to is there for the next read', async () => {
  await store.write.initSetting({ key: 'a', value: new Uint8Array([1, 2, 3]) });
  expect(Buffer.from((await store.read.getSetting({ key: 'a' })) ?? [])).toEqual(Buffer.from([1, 2, 3]));
});

test('a commit is on the disk before it is answered: whoever writes waits for the disk at every one', () => {
  const writing = new SqliteDatabase(join(folder, 'secrets.db'), { readOnly: false });
  const settings = ['journal_mode', 'synchronous'].map((name) => writing.drive(all(`pragma ${name}`))[0]?.[name]);
  writing.close();
  // 2 is `full`: with less, the newest commits of a write-ahead log are lost with the power.
  expect(settings).toEqual(['wal', 2]);
});

test('a commit waits for the disk but for one of claims alone, and the next of anything else brings those along', () => {
  const db = new SqliteDatabase(join(temporaryFolder(), 'secrets.db'), { readOnly: false });
  migrate(db, 1, () => undefined);
  const writer = new SqliteWriter(db, 'chain');
  writer.setAuditKey(KEY);
  const cause = { actor: 'engine' };
  const args = { at: 1, claimedBy: 'p', claimUntil: 2, cause, integrationId: 'i', from: 0, limit: 1 };
  const claim = { id: 1, name: 'claimDueLeases' as const, args };
  const other = { id: 2, name: 'recordAudit' as const, args: { events: [event(1)] } };
  const waits = [[claim], [claim, claim], [claim, other], [claim], [other], [other]].map((batch) => {
    expect(writer.commit(batch).filter(({ error }) => error)).toEqual([]);
    return db.drive(all('pragma synchronous'))[0]?.['synchronous'];
  });
  writer.close();
  expect(waits).toEqual([1, 1, 2, 1, 2, 2]);
});

test('an operation that fails among others undoes itself alone, its audit row included', async () => {
  const bad = { at: 1, actor: 'x', action: 'x', target: 'x', outcome: null as unknown as 'ok' };
  const results = await Promise.allSettled([
    ...Array.from({ length: 50 }, (_, n) => store.write.recordAudit({ events: [event(n)] })),
    store.write.recordAudit({ events: [event(50), bad] }),
    ...Array.from({ length: 50 }, (_, n) => store.write.recordAudit({ events: [event(100 + n)] })),
  ]);
  expect(results.map((r) => r.status).filter((status) => status === 'rejected')).toHaveLength(1);
  const [chain] = await store.read.listAuditChains({});
  const rows = await store.read.readAuditChain({ chain: chain?.chain ?? '', afterSeq: 0, limit: 1000 });
  expect(rows).toHaveLength(100);
  expect(rows.map((row) => row.target)).not.toContain('thing:50');
  expect(findAuditGap(KEY, rows)).toBeUndefined();
});

test('a changed, dropped or reordered audit row is found', async () => {
  await store.write.recordAudit({ events: [1, 2, 3, 4].map(event) });
  const [chain] = await store.read.listAuditChains({});
  const rows = await store.read.readAuditChain({ chain: chain?.chain ?? '', afterSeq: 0, limit: 10 });
  const [a, b, c, d] = rows as [(typeof rows)[0], (typeof rows)[0], (typeof rows)[0], (typeof rows)[0]];
  expect(findAuditGap(KEY, [a, { ...b, actor: 'token:other' }, c, d])?.seq).toBe(2);
  expect(findAuditGap(KEY, [a, c, d])?.seq).toBe(3);
  expect(findAuditGap(KEY, [a, c, b, d])?.seq).toBe(3);
  expect(findAuditGap(new Uint8Array(32), rows)?.seq).toBe(1);
});

test('nothing that must be audited happens while the audit log is closed', async () => {
  await store.close();
  const { openSqliteStore } = await import('#engine/storage/sqlite/sqlite-store.js');
  const { WORKER_URL } = await import('../../support/store.ts');
  store = await openSqliteStore({
    folder,
    workerUrl: WORKER_URL,
    chain: 'c',
    pid: 1,
    now: 1,
    onFatal: () => undefined,
  });
  await expect(store.write.recordAudit({ events: [event(1)] })).rejects.toMatchObject({ code: 'ERR_UNAVAILABLE' });
});

test('a second engine on the same folder is refused, naming the first', async () => {
  await expect(openTestStore(folder)).rejects.toMatchObject({
    code: 'ERR_CONFLICT',
    message: expect.stringContaining(`process ${process.pid}`),
  });
});

test('the files are for their owner alone', () => {
  for (const name of ['secrets.db', 'secrets.db-wal', 'lock.pid']) {
    if (existsSync(join(folder, name))) expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
  }
});

test('a store of a newer version is refused and left alone', async () => {
  await store.close();
  const db = new DatabaseSync(join(folder, 'secrets.db'));
  db.exec("insert into schema_migrations values(999,'future','x',1)");
  db.close();
  await expect(openTestStore(folder)).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID' });
  store = await openTestStore();
});

test('after close every write is refused', async () => {
  await store.close();
  await expect(store.write.initSetting({ key: 'late', value: new Uint8Array(1) })).rejects.toMatchObject({
    code: 'ERR_UNAVAILABLE',
  });
  store = await openTestStore();
});
