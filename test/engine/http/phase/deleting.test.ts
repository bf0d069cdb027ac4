// Deleting on Phase's side before a real database: the login that was leased is refused by the server when the answer comes.
import { createPostgresIntegration } from '#engine/integrations/postgres/postgres.js';
import { localSql, type RoleDatabase, startRoleDatabase } from '../../../support/leasing/role-database.ts';
import { type PhaseEngine, startPhaseEngine } from '../../../support/phase/engine.ts';
import { realMinting } from '../../../support/phase/minting.ts';

let db: RoleDatabase;
let engine: PhaseEngine;
beforeAll(async () => {
  db = await startRoleDatabase();
}, 120_000);
afterAll(() => db?.stop());
beforeEach(async () => {
  const real = realMinting((now) => createPostgresIntegration({ sql: localSql(), now }));
  engine = await startPhaseEngine({ minting: real.minting });
  const admin = async (request: string, body: object) => {
    const { status, text } = await engine.send(engine.admin, request, { body });
    expect([status, text]).toEqual([200, expect.any(String)]);
  };
  const ceiling = { group_roles: ['app_read'] };
  const integration = { type: 'postgres', name: 'pg', data: db.data, allowed: ['app/dev'], ceiling };
  await admin('POST /integrations', integration);
  await admin('POST /configs/config/dynamic_secrets', {
    ...{ project: 'app', config: 'dev', name: 'DB', kind: 'postgres', integration: 'pg' },
    parameters: { group_role: 'app_read' },
  });
}, 60_000);
afterEach(() => engine.close());

/** A leased login that works. */
async function leased(): Promise<{ user: string; password: string }> {
  // The database judges deadlines by its own clock, and the engine's stands still.
  engine.advance(Date.now() - engine.now());
  const { status, body } = await engine.ask(`GET /v1/secrets/dynamic/?app_id=${engine.app}&env=development&lease=true`);
  expect(status).toBe(200);
  const [{ lease } = { lease: { credentials: [] } }] = body as {
    lease: { credentials: { key: string; value: string }[] };
  }[];
  const value = (name: string) => lease.credentials.find(({ key }) => key === name)?.value ?? '';
  const login = { user: value('DB_USERNAME'), password: value('DB_PASSWORD') };
  const session = await db.login(login.user, login.password);
  expect((await session.query('select id from public.things')).rows).toEqual([{ id: 7 }]);
  await session.end();
  return login;
}

async function addressOf(what: string): Promise<string> {
  if (what === 'app') return `/v1/apps/${engine.app}/`;
  if (what === 'service account') return `/v1/service-accounts/${engine.accountId}/`;
  const { body } = await engine.send(engine.admin, `GET /v1/environments/?app_id=${engine.app}`);
  const all = body['data'] as { id: string; name: string }[];
  return `/v1/environments/${all.find(({ name }) => name === 'Development')?.id ?? ''}/`;
}

test.each(['environment', 'app', 'service account'])(
  'with its %s a leased login ends at the database',
  async (what) => {
    const { user, password } = await leased();
    const gone = await engine.send(engine.admin, `DELETE ${await addressOf(what)}`);
    expect([gone.status, gone.text]).toEqual([204, '']);
    await expect(db.login(user, password)).rejects.toMatchObject({ code: '28P01' });
    expect(await db.roles()).toEqual([]);
  },
  60_000,
);
