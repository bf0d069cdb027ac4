// What the holder of a lease can do on the server against its own end: nothing of it keeps login, session or rights.
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { Integration, Planned } from '#engine/integrations/integration.js';
import { createPostgresIntegration } from '#engine/integrations/postgres/postgres.js';
import { roleLockKey } from '#engine/integrations/postgres/role-name.js';
import { localSql, type RoleDatabase, startRoleDatabase } from '../../support/leasing/role-database.ts';
import { hasSystemServer, type Source } from '../../support/postgres-binaries.ts';

const SOURCES: Source[] = hasSystemServer() ? ['system', 'embedded'] : ['embedded'];
const SIGNAL = new AbortController().signal;

describe.each(SOURCES)('a lease against its end (%s)', (source) => {
  let db: RoleDatabase;
  let integration: Integration;
  beforeAll(async () => {
    db = await startRoleDatabase({ source, settings: { max_prepared_transactions: '5' } });
    integration = createPostgresIntegration({ sql: localSql(), now: Date.now });
  });
  afterAll(() => db?.stop());

  const plan = (parameters: Record<string, unknown>): Planned =>
    integration.plan({
      leaseId: randomUUID(),
      engineId: 'test0001',
      kind: 'postgres',
      data: integration.checkData(db.data).value,
      parameters: integration.checkParameters('postgres', parameters).value,
    });
  const lease = async (parameters: Record<string, unknown>) => {
    const planned = plan(parameters);
    const expiresAt = Date.now() + 60_000;
    const times = { expiresAt, hardExpiresAt: expiresAt, deadlineAt: Date.now() + 10_000 };
    const fields = await integration.create({ plan: planned.plan, data: db.data, ...times }, SIGNAL);
    const password = fields.get('password')?.reveal() ?? '';
    const login = (database?: string) => db.login(planned.externalRef, password, database);
    return { planned, role: planned.externalRef, login, session: await login() };
  };
  const revoke = ({ plan: written }: Planned) =>
    integration.revoke({ plan: written, data: db.data, expiresAt: Date.now() }, SIGNAL);
  const isAlive = (session: pg.Client) =>
    session.query('select 1').then(
      () => true,
      () => false,
    );

  test('a held advisory lock keeps neither its session nor its login', async () => {
    const { planned, role, session } = await lease({ group_role: 'app_read' });
    await session.query('select pg_advisory_lock($1::bigint)', [roleLockKey(role)]);
    expect(await revoke(planned)).toBe('done');
    expect([await isAlive(session), await db.roles()]).toEqual([false, []]);
  });

  test('another lease that holds its lock does not keep it alive', async () => {
    const { planned, role } = await lease({ group_role: 'app_read' });
    const other = await lease({ group_role: 'app_read' });
    await other.session.query('select pg_advisory_lock($1::bigint)', [roleLockKey(role)]);
    expect(await revoke(planned)).toBe('done');
    expect(await revoke(other.planned)).toBe('done');
  });

  test('an open change of its own row keeps neither its session nor its login', async () => {
    const { planned, role, session } = await lease({ group_role: 'app_read' });
    await session.query('begin');
    await session.query(`alter role "${role}" password 'mine'`);
    expect(await revoke(planned)).toBe('done');
    expect([await isAlive(session), await db.roles()]).toEqual([false, []]);
  });

  test('holders that come back at once and change their row again are ended for good', async () => {
    const { planned, role, login } = await lease({ group_role: 'app_read' });
    let logins = 0;
    const comeBack = async () => {
      try {
        for (;;) {
          const session = await login();
          logins += 1;
          await session
            .query(`begin; alter role "${role}" password 'mine'; select pg_sleep(20)`)
            .catch(() => session.end().catch(() => undefined));
        }
      } catch {
        // The login is refused at last.
      }
    };
    const holders = Array.from({ length: 6 }, comeBack);
    while (logins < 6) await new Promise((done) => setTimeout(done, 10));
    expect(await revoke(planned)).toBe('done');
    await Promise.all(holders);
    expect(await db.roles()).toEqual([]);
  });

  test('a prepared transaction keeps neither its login nor its role', async () => {
    const { planned, role, session, login } = await lease({ group_role: 'app_read' });
    await session.query(`begin; alter role "${role}" password 'mine'`);
    await session.query("prepare transaction 'it''s mine'");
    const elsewhere = await login('reports');
    await elsewhere.query('begin; select lo_create(0)');
    await elsewhere.query("prepare transaction 'elsewhere'");
    expect(await revoke(planned)).toBe('done');
    expect(await db.query('select gid from pg_prepared_xacts')).toEqual([]);
  });

  test("a prepared transaction that is in nobody's way is not left behind either", async () => {
    const { planned, login } = await lease({ group_role: 'app_read' });
    const elsewhere = await login('reports');
    await elsewhere.query('begin; select lo_create(0)');
    await elsewhere.query("prepare transaction 'quiet'");
    expect(await revoke(planned)).toBe('done');
    expect(await db.query('select gid from pg_prepared_xacts')).toEqual([]);
  });

  test('a lease cannot become its group and keep it by a password', async () => {
    await db.query('alter role app_read login');
    try {
      const { planned, session } = await lease({ group_role: 'app_read' });
      await expect(session.query('set role app_read')).rejects.toMatchObject({ code: '42501' });
      expect((await session.query('select id from public.things')).rows).toEqual([{ id: 7 }]);
      await revoke(planned);
    } catch (error) {
      // Servers before 16 let every member become its group: there it is not leased from.
      expect(error).toMatchObject({ code: 'ERR_INTEGRATION_FAILED', message: expect.stringContaining('can log in') });
    } finally {
      await db.query('alter role app_read nologin');
    }
    expect(await db.roles()).toEqual([]);
  });

  test('what it left in a database that nobody listed does not keep its role', async () => {
    const { planned, login } = await lease({ group_role: 'app_read' });
    const other = await lease({ group_role: 'app_read' });
    const elsewhere = await login('reports');
    await elsewhere.query('select lo_create(4711)');
    await elsewhere.query(`grant select on large object 4711 to "${other.role}"`);
    expect([await revoke(planned), await revoke(other.planned)]).toEqual(['done', 'done']);
    expect(await db.query('select oid from pg_largeobject_metadata', 'reports')).toEqual([]);
  });

  test("a view that was handed to the group does not read with the group's rights for others", async () => {
    await db.query("create role spy login password 'spy-pass'; grant usage on schema public to spy");
    const { planned, session } = await lease({ group_role: 'app_owner', owned: 'reassign' });
    await session.query('create view public."Peep Hole" as select id from public.things');
    await session.query('grant select on public."Peep Hole" to spy, public');
    expect(await revoke(planned)).toBe('done');
    const spy = await db.login('spy', 'spy-pass');
    await expect(spy.query('select * from public."Peep Hole"')).rejects.toMatchObject({ code: '42501' });
    await spy.end();
    await db.query('drop view public."Peep Hole"; drop owned by spy; drop role spy');
  });
});
