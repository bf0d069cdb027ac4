// Somebody else holds the SQLite file: writes wait a while, are then refused with nothing changed, and go on afterwards.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { findAuditGap } from '#engine/storage/audit-chain.js';
import type { Store } from '#engine/storage/store.js';
import { auditRows } from '../../support/audit.ts';
import { openTestStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temp.ts';

const KEY = new Uint8Array(32).fill(7);
const event = (n: number) => ({
  ...{ at: n, actor: 'token:t', action: 'test', target: `thing:${n}` },
  outcome: 'ok' as const,
});

let store: Store;
let other: DatabaseSync;
beforeEach(async () => {
  const folder = temporaryFolder();
  store = await openTestStore(folder);
  other = new DatabaseSync(join(folder, 'secrets.db'));
});
afterEach(async () => {
  other.close();
  await store.close();
});

const audited = (n: number) => store.write.recordAudit({ events: [event(n)] });

test('a write waits for whoever holds the file for a moment', async () => {
  // A thread that is still starting would not meet the lock at all.
  await audited(0);
  other.exec('begin immediate');
  const waiting = audited(1);
  // Long enough that the thread has met the lock, and far from where it gives up.
  await new Promise((resolve) => setTimeout(resolve, 300));
  other.exec('commit');
  await waiting;
  expect((await auditRows(store)).map(({ target }) => target)).toEqual(['thing:0', 'thing:1']);
});

test('held for too long, all that waited is refused with nothing changed, reads go on, and later writes leave no gap', async () => {
  await audited(1);
  other.exec('begin immediate');
  const refused = await Promise.allSettled([audited(2), store.write.saveMoment({ at: 9 }), audited(3)]);
  for (const outcome of refused) {
    expect(outcome).toMatchObject({
      status: 'rejected',
      reason: { code: 'ERR_UNAVAILABLE', hint: 'Close what has it open; nothing was changed.' },
    });
  }
  expect(await store.read.lastMoment({})).toBe(0);
  other.exec('rollback');
  await audited(4);
  const rows = await auditRows(store);
  expect(rows.map(({ seq, target }) => [seq, target])).toEqual([
    [1, 'thing:1'],
    [2, 'thing:4'],
  ]);
  expect(findAuditGap(KEY, rows)).toBeUndefined();
}, 30_000);
