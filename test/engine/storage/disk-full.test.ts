// The embedded store on a full disk: what was answered stays, what was refused is not there, and with space it goes on.
import { join } from 'node:path';
import { findAuditGap } from '#engine/storage/audit-chain.js';
import { all, type Row } from '#engine/storage/operation.js';
import type { AuditRow } from '#engine/storage/audit-chain.js';
import { SqliteDatabase } from '#engine/storage/sqlite/database.js';
import { migrate } from '#engine/storage/sqlite/migrate.js';
import { SqliteWriter, type WriteAnswer } from '#engine/storage/sqlite/writer.js';
import { temporaryFolder } from '../../support/temp.ts';

const KEY = new Uint8Array(32).fill(7);
const CHAIN = 'chain';
const BATCH = 20;

let db: SqliteDatabase;
let writer: SqliteWriter;
beforeEach(() => {
  db = new SqliteDatabase(join(temporaryFolder(), 'secrets.db'), { readOnly: false });
  migrate(db, 1, () => undefined);
  writer = new SqliteWriter(db, CHAIN);
  writer.setAuditKey(KEY);
});
afterEach(() => db.close());

const rows = () => db.drive(all<AuditRow & Row>('select * from audit order by seq'));
const pages = () => Number(db.drive(all<{ page_count: number }>('pragma page_count'))[0]?.page_count);

let count = 0;
function commit(): WriteAnswer[] {
  return writer.commit(
    Array.from({ length: BATCH }, (_, id) => {
      const event = {
        at: 1,
        actor: 'token:t',
        action: 'test',
        target: `thing:${(count += 1)}`,
        outcome: 'ok' as const,
      };
      return { id, name: 'recordAudit', args: { events: [event] } };
    }),
  );
}

/** Commits until the disk is full; answers how many operations were answered well. */
function fill(): { done: number; refused: WriteAnswer[] } {
  db.exec(`pragma max_page_count = ${pages() + 12}`);
  for (let done = 0; ; ) {
    const answers = commit();
    const refused = answers.filter(({ error }) => error !== undefined);
    done += answers.length - refused.length;
    if (refused.length > 0) return { done, refused };
  }
}

test('everything that was answered is there, everything that was refused is not, and the audit log has no gap', () => {
  const { done, refused } = fill();
  expect(done).toBeGreaterThan(BATCH);
  for (const { error } of refused) {
    expect(error).toMatchObject({ code: 'ERR_UNAVAILABLE', message: 'The disk of the store is full.' });
  }
  expect(rows()).toHaveLength(done);
  expect(findAuditGap(KEY, rows())).toBeUndefined();
});

test('with space again it goes on where it was', () => {
  const { done } = fill();
  db.exec('pragma max_page_count = 100000');
  expect(commit().every(({ error }) => error === undefined)).toBe(true);
  expect(rows()).toHaveLength(done + BATCH);
  expect(findAuditGap(KEY, rows())).toBeUndefined();
  expect(db.drive(all<{ integrity_check: string }>('pragma integrity_check'))).toEqual([{ integrity_check: 'ok' }]);
});
