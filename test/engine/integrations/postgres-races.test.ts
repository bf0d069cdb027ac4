// Creates and revokes of one lease side by side: the role's lock puts them in order, and a create that waited too long makes nothing.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Integration, Planned } from '#engine/integrations/integration.js';
import { createPostgresIntegration } from '#engine/integrations/postgres/postgres.js';
import { roleLockKey } from '#engine/integrations/postgres/role-name.js';
import { type Sql, SqlError, type SqlSession } from '#engine/integrations/postgres/sql.js';
import { localSql, type RoleDatabase, startRoleDatabase } from '../../support/leasing/role-database.ts';

const SIGNAL = new AbortController().signal;

let db: RoleDatabase;
beforeAll(async () => {
  db = await startRoleDatabase();
});
afterAll(() => db?.stop());

type Run = (text: string) => ReturnType<SqlSession['query']>;

/** The integration whose statements go through `through`, which runs them when it will. */
function integrationThrough(through: (text: string, run: Run) => ReturnType<SqlSession['query']>): Integration {
  const inner = localSql();
  const wrapped = (session: SqlSession): SqlSession => ({
    query: (text, params) => through(text, (asked) => session.query(asked, params)),
    end: () => session.end(),
  });
  const sql: Sql = { connect: async (...args) => wrapped(await inner.connect(...args)) };
  return createPostgresIntegration({ sql, now: Date.now });
}

/** The integration whose statements wait for `before` first. */
function integrationWith(before: (text: string) => Promise<unknown> | undefined): Integration {
  return integrationThrough(async (text, run) => {
    await before(text);
    return run(text);
  });
}

const plain = () => integrationWith(() => undefined);
const planOf = (integration: Integration): Planned =>
  integration.plan({
    ...{ leaseId: randomUUID(), engineId: 'test0001', kind: 'postgres' },
    data: integration.checkData(db.data).value,
    parameters: integration.checkParameters('postgres', { group_role: 'app_read' }).value,
  });
const create = (integration: Integration, { plan }: Planned, deadlineAt = Date.now() + 15_000) => {
  const expiresAt = Date.now() + 60_000;
  return integration.create({ plan, data: db.data, expiresAt, hardExpiresAt: expiresAt, deadlineAt }, SIGNAL);
};
const revoke = ({ plan }: Planned) => plain().revoke({ plan, data: db.data, expiresAt: Date.now() }, SIGNAL);

/** Waits until a session stands in line for an advisory lock; fails when `work` ends before that. */
async function standsInLine(work: Promise<unknown>): Promise<void> {
  let over = false;
  void work.then(
    () => (over = true),
    () => (over = true),
  );
  for (;;) {
    const waiting = await db.query(`select pid from pg_locks where locktype = 'advisory' and not granted`);
    if (waiting.length > 0) return;
    if (over) throw new Error('it did not wait');
    await sleep(10);
  }
}

test('a revoke waits for a create that has not committed, and ends what it makes', async () => {
  const gate = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  const integration = integrationWith((text) => {
    if (text !== 'commit') return undefined;
    reached.resolve();
    return gate.promise;
  });
  const planned = planOf(integration);
  const creating = create(integration, planned);
  await reached.promise;
  expect(await db.roles()).toEqual([]);
  const revoking = revoke(planned);
  await standsInLine(revoking);
  gate.resolve();
  await creating;
  expect(await revoking).toBe('done');
  expect(await db.roles()).toEqual([]);
});

test('a create that gets the lock after its deadline makes nothing, though it asked before', async () => {
  const integration = plain();
  const planned = planOf(integration);
  const { user, password } = db.server.superuser;
  const holder = await db.login(user, password);
  await holder.query('select pg_advisory_lock($1::bigint)', [roleLockKey(planned.externalRef)]);
  const deadlineAt = Date.now() + 500;
  const creating = create(integration, planned, deadlineAt).then(
    () => 'made',
    (error: { code?: string }) => error.code,
  );
  await standsInLine(creating);
  while (Date.now() <= deadlineAt) await sleep(20);
  await holder.end();
  expect(await creating).toBe('ERR_UNAVAILABLE');
  expect([await db.roles(), await revoke(planned)]).toEqual([[], 'not_found']);
});

test('a create whose commit is not answered is never said to have made nothing', async () => {
  const integration = integrationThrough(async (text, run) => {
    const rows = await run(text);
    if (text === 'commit') throw new SqlError('lost', { code: 'ECONNRESET', fromServer: false });
    return rows;
  });
  const planned = planOf(integration);
  await expect(create(integration, planned)).rejects.toMatchObject({ code: 'ERR_TIMEOUT', hadNoEffect: false });
  expect(await db.roles()).toEqual([planned.externalRef]);
  expect(await revoke(planned)).toBe('done');
});

test('a revoke that cannot wait any longer for a create is not over, though there is no role yet', async () => {
  const impatient = integrationThrough((text, run) => run(text.replaceAll("'5000ms'", "'50ms'")));
  const planned = planOf(impatient);
  const { user, password } = db.server.superuser;
  const holder = await db.login(user, password);
  await holder.query('select pg_advisory_lock($1::bigint)', [roleLockKey(planned.externalRef)]);
  const ending = impatient.revoke({ plan: planned.plan, data: db.data, expiresAt: Date.now() }, SIGNAL);
  await expect(ending).rejects.toMatchObject({ code: 'ERR_UNAVAILABLE' });
  await holder.end();
});

test.each(['alter role', 'grant'])(
  'a revoke that is overtaken by another one before its %s is over as well',
  async (step) => {
    const gate = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    const slow = integrationThrough(async (text, run) => {
      if (text.startsWith(step)) {
        reached.resolve();
        await gate.promise;
      }
      return run(text);
    });
    const planned = planOf(plain());
    await create(plain(), planned);
    const overtaken = slow.revoke({ plan: planned.plan, data: db.data, expiresAt: Date.now() }, SIGNAL);
    await reached.promise;
    expect(await revoke(planned)).toBe('done');
    gate.resolve();
    expect([await overtaken, await db.roles()]).toEqual(['done', []]);
  },
);

test('two revokes of one role are done one after the other, and neither fails', async () => {
  const integration = plain();
  const planned = planOf(integration);
  await create(integration, planned);
  const outcomes = await Promise.all([revoke(planned), revoke(planned), revoke(planned)]);
  expect(outcomes.includes('done')).toBe(true);
  expect(await db.roles()).toEqual([]);
});
