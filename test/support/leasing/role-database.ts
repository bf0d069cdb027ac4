// A PostgreSQL server with an administrator who is no superuser, group roles to lease from, and a second database.
import pg from 'pg';
import { createEgress } from '#engine/egress.js';
import { createPgSql } from '#engine/integrations/postgres/pg-sql.js';
import type { Sql } from '#engine/integrations/postgres/sql.js';
import { type Postgres, type PostgresOptions, startPostgres } from '../postgres.ts';
import { systemClock } from './clocks.ts';

export const ADMIN = { username: 'lease_admin', password: 'admin-Pa55word' };

export type RoleDatabase = {
  server: Postgres;
  /** What a user declares as the integration's data. */
  data: Record<string, unknown>;
  /** As superuser. */
  query(sql: string, database?: string): Promise<Record<string, unknown>[]>;
  /** Opens a session; `end` it. Rejects as the server does. */
  login(user: string, password: string, database?: string): Promise<pg.Client>;
  /** Names of roles that start with `prefix`. */
  roles(prefix?: string): Promise<string[]>;
  stop(): Promise<void>;
};

const SETUP = [
  `create role ${ADMIN.username} login createrole password '${ADMIN.password}'`,
  'create role app_read',
  'create role app_owner',
  'create table public.things(id int)',
  'insert into public.things values (7)',
  'grant select on public.things to app_read, app_owner',
  'grant usage, create on schema public to app_owner',
  `grant app_read to ${ADMIN.username} with admin option`,
  `grant app_owner to ${ADMIN.username} with admin option`,
];

/** Starts it. Two databases: `app` and `reports`. */
export async function startRoleDatabase(options: PostgresOptions = {}): Promise<RoleDatabase> {
  const server = await startPostgres(options);
  const { host, port, superuser } = server;
  const connect = async (user: string, password: string, database = 'app') => {
    const client = new pg.Client({ host, port, user, password, database });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  };
  const query = async (sql: string, database = 'app') => {
    const client = await connect(superuser.user, superuser.password, database);
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  };
  await query('create database app', 'postgres');
  await query('create database reports', 'postgres');
  for (const statement of SETUP) await query(statement);
  return {
    server,
    data: { host, port, database: 'app', ...ADMIN, sslmode: 'disable' },
    query,
    login: connect,
    roles: async (prefix = 'lease_test') => {
      const rows = await query(`select rolname from pg_roles where starts_with(rolname, '${prefix}') order by 1`);
      return rows.map((row) => String(row['rolname']));
    },
    stop: () => server.stop(),
  };
}

/** The real SQL port, allowed onto this machine. */
export function localSql(): Sql {
  const lookup = () => Promise.reject(new Error('no name is looked up here'));
  return createPgSql(
    createEgress({ clock: systemClock, lookup, allow: { outgoing: [], integration: ['127.0.0.0/8'] } }),
  );
}

/** Tells whether what a lease of the dynamic secret `name` gave lets anybody in. */
export function opensDatabase(db: RoleDatabase, name: string) {
  return async (values: Readonly<Record<string, string>>): Promise<boolean> => {
    const { [`${name}_USERNAME`]: user = '', [`${name}_PASSWORD`]: password = '' } = values;
    try {
      const session = await db.login(user, password);
      await session.end();
      return true;
    } catch {
      return false;
    }
  };
}
