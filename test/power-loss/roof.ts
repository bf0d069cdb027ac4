// Roof of a process that is cut off: opens the embedded store, claims and writes without end, telling each write that was answered.
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SqliteDatabase } from '../../src/engine/storage/sqlite/database.ts';
import { openSqliteStore } from '../../src/engine/storage/sqlite/sqlite-store.ts';

const AT_ONCE = 4;
const CLAIMED_AT_ONCE = 8;
/** Due leases, with as much of what they refer to as a claim reads. */
const LEASES = `pragma foreign_keys = off;
  insert into integrations(id, type, name, data_key_id, data_sealed, allowed, ceiling, created_at)
    values('i', 'postgres', 'i', 'k', x'00', '[]', '{}', 1);
  with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < 4000)
  insert into leases(id, dynamic_secret_id, kind, integration_id, owner, token_id, state, external_ref, data_key_id,
    created_at, expires_at, hard_expires_at, next_action_at, fence, revoke_plan_sealed)
  select 'lease-' || n, 'd', 'postgres', 'i', 'o', 't', 'active', n, 'k', 1, 1, 1, 1, 1, x'00' from numbers`;

const store = await openSqliteStore({
  folder: process.argv[2] ?? '',
  workerUrl: pathToFileURL(resolve('src/sqlite-worker.ts')),
  chain: 'chain',
  pid: process.pid,
  now: 1,
  onFatal: () => undefined,
});
await store.setAuditKey(new Uint8Array(32).fill(7));
const side = new SqliteDatabase(join(process.argv[2] ?? '', 'secrets.db'), { readOnly: false });
side.exec(LEASES);
side.close();
const claimant = { at: 1, claimedBy: 'p', claimUntil: 2, cause: { actor: 'engine' } };

process.stdout.write(`process:${process.pid}\n`);
for (let n = 0; ; n += AT_ONCE) {
  // Not synced by itself: what it wrote is carried by the next write that is.
  const limit = CLAIMED_AT_ONCE;
  const claimed = await store.write.claimDueLeases({ ...claimant, integrationId: 'i', from: 0, limit });
  if (n < AT_ONCE && claimed.length < limit) throw new Error('no lease was claimed');
  await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, index) => {
      const target = `thing:${n + index}`;
      const event = { at: 1, actor: 'token:t', action: 'test', target, outcome: 'ok' as const };
      await store.write.recordAudit({ events: [event] });
      process.stdout.write(`${target}\n`);
    }),
  );
}
