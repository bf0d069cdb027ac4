// What is over is forgotten at its age and not before; what lives is never touched.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { forgetOld } from '#engine/retention/retention.js';
import { openTestStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temp.ts';

const DAY = 24 * 3600_000;
const NOW = Date.UTC(2026, 10, 1);
const KEY = new Uint8Array(32).fill(7);

/** Leases by id: state, and days since they closed (or were issued). */
const LEASES: readonly (readonly [id: string, state: string, days: number])[] = [
  ['old', 'revoked', 91],
  ['young', 'expired', 89],
  ['today', 'revoked', 0],
  ['alive', 'active', 400],
  ['stuck', 'revoke_failed', 400],
];

async function seeded(): Promise<string> {
  const folder = temporaryFolder();
  await (await openTestStore(folder)).close();
  const db = new DatabaseSync(join(folder, 'secrets.db'));
  db.exec(`insert into projects(id, name, created_at) values('p','p',0);
    insert into environments(id, project_id, slug, name, created_at) values('e','p','e','e',0);
    insert into configs(id, project_id, environment_id, name, created_at) values('c','p','e','c',0);
    insert into integrations(id, type, name, data_key_id, data_sealed, allowed, ceiling, created_at)
      values('i','t','i','k',x'00','[]','{}',0);
    insert into dynamic_secrets(id, config_id, name, kind, integration_id, parameters, key_map, default_ttl_sec,
      max_ttl_sec, max_live_leases, created_at) values('d','c','D','postgres','i','{}','{}',1,1,9,0);`);
  for (const [id, state, days] of LEASES) {
    const at = NOW - days * DAY;
    const closed = ['revoked', 'expired'].includes(state) ? at : 'null';
    db.exec(`insert into lease_sets(id, owner, created_at) values('s-${id}','o',${at});
      insert into leases(id, dynamic_secret_id, kind, integration_id, owner, set_id, idem_key, state, external_ref,
        data_key_id, revoke_plan_sealed, created_at, expires_at, hard_expires_at, closed_at)
        values('${id}','d','postgres','i','o','s-${id}','k-${id}','${state}','r','k',x'00',${at},${at},${at},${closed});
      insert into lease_events(lease_id, seq, at, to_state, actor, detail) values('${id}',1,${at},'${state}','a','');`);
  }
  db.close();
  return folder;
}

test('leases, events, sets and keys go at their age; live leases stay whatever their age', async () => {
  const folder = await seeded();
  const store = await openTestStore(folder);
  await store.write.noteOidcToken({
    ...{ digest: 'x', identityId: 'i', principalId: 'p', now: 0, singleUse: false },
    expiresAt: NOW - 2 * DAY,
  });
  const gone = await forgetOld({ store, auditKey: KEY, now: () => NOW });
  expect(gone).toEqual({ leases: 1, keys: 2, sets: 1, tokens: 1, chains: 0 });
  expect(await forgetOld({ store, auditKey: KEY, now: () => NOW })).toMatchObject({ leases: 0, keys: 0, sets: 0 });
  await store.close();
  const db = new DatabaseSync(join(folder, 'secrets.db'));
  const ids = db
    .prepare('select id from leases order by id')
    .all()
    .map(({ id }) => id);
  expect(ids).toEqual(['alive', 'stuck', 'today', 'young']);
  expect(db.prepare("select count(*) as n from lease_events where lease_id = 'old'").get()).toMatchObject({ n: 0 });
  expect(db.prepare('select count(*) as n from leases where idem_key is not null').get()).toMatchObject({ n: 3 });
  db.close();
});
