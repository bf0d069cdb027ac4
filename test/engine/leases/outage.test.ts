// PostgreSQL away while issuing or revoking: one clear line, and the engine finishes when it is back.
import { setTimeout as sleep } from 'node:timers/promises';
import { createPostgresIntegration } from '#engine/integrations/postgres/postgres.js';
import { FakeClock } from '../../support/leasing/clocks.ts';
import { BY, type Engine, openEngine, PLACE, query, token } from '../../support/leasing/engine.ts';
import { localSql, type RoleDatabase, startRoleDatabase } from '../../support/leasing/role-database.ts';

let db: RoleDatabase;
let engine: Engine;
let clock: FakeClock;
let dynamicSecretId: string;
beforeAll(async () => {
  db = await startRoleDatabase();
  clock = new FakeClock(Date.now());
  engine = await openEngine({ clock, integrations: (now) => [createPostgresIntegration({ sql: localSql(), now })] });
  const scope = { allowed: ['shop'], ceiling: { group_roles: ['app_read'] } };
  await engine.definitions.createIntegration({ name: 'pg', type: 'postgres', data: db.data, ...scope }, BY);
  const parameters = { group_role: 'app_read' };
  const made = await engine.definitions.createDynamicSecret(
    { ...PLACE, name: 'DB', kind: 'postgres', integration: 'pg', parameters },
    BY,
  );
  dynamicSecretId = made.slug;
});
afterAll(async () => {
  await engine?.close();
  await db?.stop();
});

const issue = () => engine.leases.issue({ dynamicSecretId, actor: token() });
const open = () => query(engine.folder, 'select state from leases where closed_at is null').map((row) => row['state']);

test('away while issuing: the caller is told, and as nothing was sent, the row is closed at once and counts no more', async () => {
  await db.server.stopServer();
  await expect(issue()).rejects.toMatchObject({
    code: 'ERR_UNAVAILABLE',
    line: expect.stringMatching(/^PostgreSQL at 127\.0\.0\.1:\d+ cannot be reached\. Check that it runs\.$/),
  });
  expect(open()).toEqual([]);
  expect(query(engine.folder, 'select live from dynamic_secrets').map((row) => row['live'])).toEqual([0]);
  await db.server.startServer();
});

test('away while revoking: the lease stays, and is ended when it is back', async () => {
  const lease = await issue();
  await db.server.stopServer();
  const left = await engine.leases.revoke({ id: lease.id, actor: token() });
  expect(left.state).toBe('revoke_failed');
  await db.server.startServer();
  expect(await db.roles()).toHaveLength(1);
  clock.advance(60_000);
  await engine.leases.settle();
  expect((await engine.store.read.getLease({ id: lease.id }))?.state).toBe('revoked');
  expect(await db.roles()).toEqual([]);
});

test('the running sweep ends an expired lease by itself', async () => {
  await issue();
  await engine.leases.start();
  // The clock moves seldom: each hour that passes would also run out the time that the target has for one revoke.
  for (let tries = 0; open().length > 0 && tries < 1000; tries += 1) {
    if (tries % 250 === 0) clock.advance(3_600_000);
    await sleep(20);
  }
  expect(open()).toEqual([]);
  expect(await db.roles()).toEqual([]);
});
