// A small shop, declared over HTTP as a user would: four static secrets and a database login, for scenarios and the quickstart.
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import type { EngineProcess } from './engine-process.ts';

/** The part of a started PostgreSQL that is needed here. */
export type Database = { host: string; port: number; url(database?: string): string };

export type Shop = {
  /** Reads and writes the secrets of config `prd` of project `shop`. */
  token: string;
  /** The planted values by secret name; API_URL is unmasked, DEPLOY_TOKEN restricted, TLS_KEY has several lines. */
  values: Record<'API_URL' | 'API_KEY' | 'TLS_KEY' | 'DEPLOY_TOKEN', string>;
};

const word = (bytes: number) => randomBytes(bytes).toString('base64url');

/** Makes the table, the group role that may read it, and the engine's own role, which is no superuser. */
export async function prepareDatabase(database: Database): Promise<{ username: string; password: string }> {
  const password = word(18);
  await withClient(database.url('postgres'), async (client) => {
    await client.query(`create role secrets_engine login createrole password '${password}'`);
    await client.query('create role shop_reader nologin');
    await client.query('grant shop_reader to secrets_engine with admin option');
    await client.query('create database shop');
  });
  await withClient(database.url('shop'), async (client) => {
    await client.query('revoke create on schema public from public');
    await client.query('create table orders(id int primary key)');
    await client.query('insert into orders select generate_series(1, 3)');
    await client.query('grant select on orders to shop_reader');
  });
  return { username: 'secrets_engine', password };
}

/** An empty database for the engine's own store, whose owner may do nothing else; its connection string. */
export async function makeStoreDatabase(database: Database): Promise<string> {
  const [owner, password] = ['secrets_store', word(18)];
  await withClient(database.url('postgres'), async (client) => {
    await client.query(`create role ${owner} login password '${password}'`);
    await client.query(`create database ${owner} owner ${owner}`);
  });
  const url = new URL(database.url(owner));
  [url.username, url.password] = [owner, password];
  return url.href;
}

/** Declares project, config, secrets, integration, dynamic secret and token. */
export async function declareShop(
  engine: EngineProcess,
  database: Database,
  admin: { username: string; password: string },
  options: { maxTtlSec?: number } = {},
): Promise<Shop> {
  const values = {
    API_URL: 'https://api.example.com/v1',
    API_KEY: `sk-${word(21)}`,
    TLS_KEY: `-----BEGIN KEY-----\n${word(36)}\n${word(36)}\n-----END KEY-----\n`,
    DEPLOY_TOKEN: `dt-${word(21)}`,
  };
  const visibility = { API_URL: 'unmasked', API_KEY: 'masked', TLS_KEY: 'masked', DEPLOY_TOKEN: 'restricted' };
  await engine.must('POST', '/v3/projects', { name: 'shop', create_default_environments: false });
  await engine.must('POST', '/v3/environments', { project: 'shop', name: 'Production', slug: 'prd' });
  await engine.must('POST', '/v3/configs/config/secrets', {
    project: 'shop',
    config: 'prd',
    change_requests: Object.entries(values).map(([name, value]) => ({
      name,
      originalName: null,
      value,
      visibility: visibility[name as keyof typeof visibility],
    })),
  });
  await engine.must('POST', '/v3/integrations', {
    type: 'postgres',
    name: 'shop-database',
    data: { host: database.host, port: database.port, database: 'shop', ...admin },
    allowed: ['shop/prd'],
    ceiling: { group_roles: ['shop_reader'], max_ttl_sec: options.maxTtlSec ?? 3600 },
  });
  await engine.must('POST', '/v3/configs/config/dynamic_secrets', {
    project: 'shop',
    config: 'prd',
    name: 'APP_DB',
    kind: 'postgres',
    integration: 'shop-database',
    parameters: { group_role: 'shop_reader' },
    default_ttl_sec: 900,
    max_ttl_sec: options.maxTtlSec ?? 3600,
  });
  const made = await engine.must('POST', '/v3/configs/config/tokens', {
    project: 'shop',
    config: 'prd',
    name: 'ci',
    access: 'read',
  });
  const token = (made['token'] as { key: string }).key;
  return { token, values };
}

/** Names of the login roles that leases have made and that are still there. */
export async function leasedRoles(database: Database): Promise<string[]> {
  return withClient(database.url('postgres'), async (client) => {
    const known = ['postgres', 'secrets_engine', 'secrets_store', 'shop_reader'];
    const { rows } = await client.query<{ rolname: string }>(
      "select rolname from pg_roles where rolname !~ '^pg_' and rolname <> all($1) order by 1",
      [known],
    );
    return rows.map(({ rolname }) => rolname);
  });
}

/** Whether a login still works: the number of orders, or the server's error code. */
export async function tryLogin(url: string): Promise<number | string> {
  try {
    return await withClient(url, async (client) => {
      const { rows } = await client.query<{ n: number }>('select count(*)::int as n from orders');
      return rows[0]?.n ?? -1;
    });
  } catch (error) {
    return (error as { code?: string }).code ?? 'unknown';
  }
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
