// The schema grows by numbered steps: a store of an earlier version opens in this one with everything that was in it.
import { join } from 'node:path';
import { MIGRATIONS } from '#engine/storage/migrations.js';
import { run } from '#engine/storage/operation.js';
import { SqliteDatabase } from '#engine/storage/sqlite/database.js';
import { migrate } from '#engine/storage/sqlite/migrate.js';
import { openTestStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temp.ts';

test('the steps are numbered from 1 without a gap', () => {
  expect(MIGRATIONS.map(({ number }) => number)).toEqual(MIGRATIONS.map((_, index) => index + 1));
});

test.each(MIGRATIONS.slice(0, -1).map(({ number }) => number))(
  'a store of schema %d is brought up to date',
  async (number) => {
    const folder = temporaryFolder();
    const old = new SqliteDatabase(join(folder, 'secrets.db'), { readOnly: false });
    migrate(old, 1, () => undefined, MIGRATIONS.slice(0, number));
    old.drive(run('insert into kv(key, value) values($1,$2)', 'kept', new Uint8Array([7])));
    old.close();
    const store = await openTestStore(folder);
    try {
      expect([...((await store.read.getSetting({ key: 'kept' })) ?? [])]).toEqual([7]);
      expect(await store.read.countOidcTokens({})).toBe(0);
    } finally {
      await store.close();
    }
  },
);
