// The postgres integration against real servers: what is leased works, and nothing of it is left.
import { randomUUID } from 'node:crypto';
import type { Integration, Planned } from '#engine/integrations/integration.js';
import { createPostgresIntegration } from '#engine/integrations/postgres/postgres.js';
import type pg from 'pg';
import { ADMIN, localSql, type RoleDatabase, startRoleDatabase } from '../../support/leasing/role-database.ts';
import { hasSystemServer, type Source } from '../../support/postgres-binaries.ts';

const SOURCES: Source[] = hasSystemServer() ? ['system', 'embedded'] : ['embedded'];
const SIGNAL = new AbortController().signal;

describe.each(SOURCES)('PostgreSQL (%s)', (source) => {
  let db: RoleDatabase;
  let integration: Integration;
  let serverLog = '';
  beforeAll(async () => {
    const settings = { log_statement: 'all' };
    db = await startRoleDatabase({ source, settings, onLog: (text) => (serverLog += text) });
    integration = createPostgresIntegration({ sql: localSql(), now: Date.now });
  });
  afterAll(() => db?.stop());

  const plan = (parameters: Record<string, unknown>): Planned =>
    integration.plan({
      leaseId: randomUUID(),
      engineId: 'test0001',
      kind: 'postgres',
      data: checked(integration.checkData({ ...db.data, databases: ['reports'] })),
      parameters: checked(integration.checkParameters('postgres', parameters)),
    });
  const create = async (planned: Planned, ttlMs = 60_000) => {
    const expiresAt = Date.now() + ttlMs;
    const request = { expiresAt, hardExpiresAt: expiresAt, deadlineAt: Date.now() + 10_000 };
    const fields = await integration.create({ plan: planned.plan, data: db.data, ...request }, SIGNAL);
    return (name: string) => fields.get(name)?.reveal() ?? '';
  };
  const revoke = ({ plan: written }: Planned) =>
    integration.revoke({ plan: written, data: db.data, expiresAt: Date.now() }, SIGNAL);
  const lease = async (parameters: Record<string, unknown>) => {
    const planned = plan(parameters);
    const field = await create(planned);
    const session = await db.login(field('username'), field('password'));
    return { planned, field, session };
  };

  test('a leased login reads what its group reads, and dies with its open session', async () => {
    const { planned, field, session } = await lease({ group_role: 'app_read' });
    const ended = new Promise((resolve) => session.once('end', resolve));
    expect((await session.query('select id from public.things')).rows).toEqual([{ id: 7 }]);
    expect(field('url')).toContain(`${field('username')}:${field('password')}@127.0.0.1:`);
    expect(await revoke(planned)).toBe('done');
    await ended;
    await expect(db.login(field('username'), field('password'))).rejects.toMatchObject({ code: '28P01' });
    expect(await db.roles()).toEqual([]);
  });

  test('a lease has as many sessions as it was given, in the database that it was given', async () => {
    const { planned, field, session } = await lease({
      group_role: 'app_read',
      databases: ['reports'],
      connection_limit: 1,
    });
    expect([field('database'), field('url')]).toEqual(['reports', expect.stringMatching(/\/reports$/)]);
    await expect(db.login(field('username'), field('password'))).rejects.toMatchObject({ code: '53300' });
    await session.end();
    expect(await revoke(planned)).toBe('done');
  });

  test('a role is ended where it was made, though the integration leads elsewhere by now', async () => {
    const { plan: written } = plan({ group_role: 'app_read' });
    await create({ externalRef: '', plan: written });
    const data = { ...db.data, host: '127.0.0.9', port: 1, database: 'reports' };
    expect(await integration.revoke({ plan: written, data, expiresAt: Date.now() }, SIGNAL)).toBe('done');
    expect(await db.roles()).toEqual([]);
  });

  test('the roles that one engine made are listed, and no others', async () => {
    const list = (engineId: string) => integration.list?.({ engineId, data: db.data }, SIGNAL);
    const planned = plan({ group_role: 'app_read' });
    await create(planned);
    expect(await list('test0001')).toEqual([{ externalRef: planned.externalRef }]);
    expect(await list('test000')).toEqual([]);
    await revoke(planned);
    expect(await list('test0001')).toEqual([]);
  });

  test('a group whose name needs quotes is leased from, and inherits', async () => {
    const name = `odd "group"; drop table public.things; --'`;
    const quoted = `"${name.replaceAll('"', '""')}"`;
    await db.query(`create role ${quoted}; grant create, usage on schema public to ${quoted};
      grant select on public.things to ${quoted}; grant ${quoted} to lease_admin with admin option`);
    const { planned, session } = await lease({ group_role: name, owned: 'reassign' });
    expect((await session.query('select id from public.things')).rows).toEqual([{ id: 7 }]);
    await makeObjects(session, 'x');
    expect(await revoke(planned)).toBe('done');
    const owners = await db.query(`select tableowner as owner from pg_tables where tablename = 'made'`);
    expect(owners).toEqual([{ owner: name }]);
    await db.query(`drop owned by ${quoted}; drop role ${quoted}`);
  });

  test('revoking twice, or what never was, is no failure', async () => {
    const planned = plan({ group_role: 'app_read' });
    expect(await revoke(planned)).toBe('not_found');
    await create(planned);
    expect(await revoke(planned)).toBe('done');
    expect(await revoke(planned)).toBe('not_found');
  });

  test('no password reaches the statement log, nor does the verifier open a login by itself', async () => {
    const { planned, field, session } = await lease({ group_role: 'app_read' });
    await session.end();
    await revoke(planned);
    expect(serverLog).toContain(`create role "${field('username')}"`);
    expect(serverLog).toContain('SCRAM-SHA-256$4096:');
    expect(serverLog).not.toContain(field('password'));
  });

  test('a create that comes after its deadline makes nothing', async () => {
    const planned = plan({ group_role: 'app_read' });
    const late = { expiresAt: Date.now() + 60_000, hardExpiresAt: Date.now() + 60_000, deadlineAt: Date.now() - 1 };
    await expect(integration.create({ plan: planned.plan, data: db.data, ...late }, SIGNAL)).rejects.toMatchObject({
      code: 'ERR_UNAVAILABLE',
    });
    expect(await db.roles()).toEqual([]);
  });

  test('the end is on the database clock, moves forward by renewal and never back', async () => {
    const planned = plan({ group_role: 'app_read' });
    await create(planned, 60_000);
    const until = async () => {
      const [row] = await db.query(
        `select round(extract(epoch from rolvaliduntil - now())) as s from pg_roles where rolname = '${planned.externalRef}'`,
      );
      return Number(row?.['s']);
    };
    expect(await until()).toBeGreaterThan(80);
    expect(await until()).toBeLessThan(95);
    const target = { plan: planned.plan, data: db.data };
    await integration.extend?.({ ...target, expiresAt: Date.now() + 600_000 }, SIGNAL);
    expect(await until()).toBeGreaterThan(600);
    await integration.extend?.({ ...target, expiresAt: Date.now() + 60_000 }, SIGNAL);
    expect(await until()).toBeGreaterThan(600);
    await revoke(planned);
    await expect(integration.extend?.({ ...target, expiresAt: Date.now() }, SIGNAL)).rejects.toMatchObject({
      code: 'ERR_LEASE_NOT_RENEWABLE',
    });
  });

  test('a group that may create objects is refused until somebody says what becomes of them', async () => {
    await expect(create(plan({ group_role: 'app_owner' }))).rejects.toMatchObject({
      code: 'ERR_INTEGRATION_FAILED',
      message: 'The group role app_owner may create objects.',
    });
    await db.query('grant create on schema public to app_read', 'reports');
    await expect(create(plan({ group_role: 'app_read' }))).rejects.toMatchObject({ code: 'ERR_INTEGRATION_FAILED' });
    await db.query('revoke create on schema public from app_read', 'reports');
    expect(await db.roles()).toEqual([]);
  });

  test('owned objects are dropped, in every database', async () => {
    await db.query('grant create on schema public to app_owner', 'reports');
    const { planned, field, session } = await lease({ group_role: 'app_owner', owned: 'drop' });
    await makeObjects(session, field('username'));
    const reports = await db.login(field('username'), field('password'), 'reports');
    await makeObjects(reports, 'r');
    expect(await revoke(planned)).toBe('done');
    for (const database of ['app', 'reports']) {
      expect(await db.query(`select 1 from pg_class where relname = 'made'`, database)).toEqual([]);
    }
    await db.query('revoke create on schema public from app_owner', 'reports');
  });

  test('reassigned objects stay with the group, and no routine of them runs as the group for others', async () => {
    const { planned, session } = await lease({ group_role: 'app_owner', owned: 'reassign' });
    await makeObjects(session, 'x');
    expect(await revoke(planned)).toBe('done');
    const [table] = await db.query(`select relowner::regrole::text as owner from pg_class where relname = 'made'`);
    expect(table).toEqual({ owner: 'app_owner' });
    const [routine] = await db.query(
      `select proowner::regrole::text as owner, prosecdef as definer,
         has_function_privilege('app_read', oid, 'EXECUTE') as callable from pg_proc where proname = 'Trap Door'`,
    );
    expect(routine).toEqual({ owner: 'app_owner', definer: false, callable: false });
    await db.query('drop table public.made; drop function public."Trap Door"()');
  });

  test('a group that the integration made, and may do nothing with but administer, inherits as well', async () => {
    const admin = await db.login(ADMIN.username, ADMIN.password);
    await admin.query('create role app_made');
    await admin.end();
    await db.query('grant usage, create on schema public to app_made');
    const { planned, session } = await lease({ group_role: 'app_made', owned: 'reassign' });
    await makeObjects(session, 'x');
    expect(await revoke(planned)).toBe('done');
    const owners = await db.query(`select tableowner as owner from pg_tables where tablename = 'made'`);
    expect(owners).toEqual([{ owner: 'app_made' }]);
    await db.query('drop owned by app_made; drop role app_made');
  });

  test("a grant by somebody else keeps the role's row but not its login, and is said", async () => {
    await db.query('create role bob login; create table public.bobs(id int); alter table public.bobs owner to bob');
    const { planned, field, session } = await lease({ group_role: 'app_read' });
    await session.end();
    await db.query(`set role bob; grant select on public.bobs to "${field('username')}"`);
    await expect(revoke(planned)).rejects.toMatchObject({
      code: 'ERR_INTEGRATION_FAILED',
      message: expect.stringContaining('keeps the leased role'),
    });
    await expect(db.login(field('username'), field('password'))).rejects.toMatchObject({ code: '28000' });
    await db.query(`set role bob; revoke select on public.bobs from "${field('username')}"`);
    expect(await revoke(planned)).toBe('done');
    await db.query('drop table public.bobs; drop role bob');
  });

  test('a wrong password, a missing database, a missing group and a missing right each get their line', async () => {
    const planned = plan({ group_role: 'app_read' });
    const fail = (data: Record<string, unknown>, written = planned.plan) =>
      integration
        .create(
          {
            plan: written,
            data: { ...db.data, ...data },
            expiresAt: Date.now() + 1e5,
            hardExpiresAt: Date.now() + 1e5,
            deadlineAt: Date.now() + 1e4,
          },
          SIGNAL,
        )
        .then(
          () => 'created',
          (error: Error) => error.message,
        );
    expect(await fail({ password: 'wrong' })).toMatch(/^PostgreSQL at 127\.0\.0\.1:\d+ refused the login/);
    expect(await fail({}, { ...planned.plan, database: 'nowhere' })).toMatch(/has no such database/);
    expect(await fail({}, { ...planned.plan, groupRoles: ['ghosts'] })).toMatch(/has no group role ghosts/);
    await db.query('create role lonely login password $$x$$');
    expect(await fail({ username: 'lonely', password: 'x' })).toMatch(/does not let the integration's user/);
    await db.query('drop role lonely');
    const down = { ...planned.plan, port: 1 };
    expect(await fail({}, down)).toBe('PostgreSQL at 127.0.0.1:1 cannot be reached.');
  });
});

async function makeObjects(session: pg.Client, text: string): Promise<void> {
  await session.query('create table public.made(id int)');
  await session.query(`create function public."Trap Door"() returns text language sql security definer
    as $$ select '${text}' $$`);
}

function checked({ value, problems }: { value: Record<string, unknown>; problems: readonly string[] }) {
  expect(problems).toEqual([]);
  return value;
}
