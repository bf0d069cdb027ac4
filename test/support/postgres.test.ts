// The test server: comes up, asks for its password, and leaves nothing behind however its owner ends.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Postgres, startPostgres } from './postgres.ts';
import { hasSystemServer, type Source } from './postgres-binaries.ts';
import { startTcpProxy } from './tcp-proxy.ts';

const running: Postgres[] = [];

async function start(options?: Parameters<typeof startPostgres>[0]): Promise<Postgres> {
  const server = await startPostgres(options);
  running.push(server);
  return server;
}

afterAll(async () => {
  for (const server of running) await server.stop();
});

async function query(config: pg.ClientConfig | string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(config as pg.ClientConfig);
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows.flatMap((row) => Object.values(row));
  } finally {
    await client.end();
  }
}

async function until(condition: () => boolean | Promise<boolean>): Promise<boolean> {
  for (const end = Date.now() + 10_000; Date.now() < end; await sleep(20)) if (await condition()) return true;
  return false;
}

/** Whether anything still listens there or lies in the folder. */
async function isGone(server: { port: number; socketFolder: string }): Promise<boolean> {
  const refused = await query(
    { host: '127.0.0.1', port: server.port, user: 'postgres', password: 'x' },
    'select 1',
  ).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === 'ECONNREFUSED',
  );
  return refused && !existsSync(server.socketFolder);
}

const SOURCES: readonly Source[] = hasSystemServer() ? ['system', 'embedded'] : ['embedded'];

describe.each(SOURCES)('a server of the %s', (source) => {
  let server: Postgres;

  beforeAll(async () => {
    server = await start({ source });
  });

  test('answers over TCP and its socket, with fsync off', async () => {
    expect(await query(server.url(), 'show fsync')).toEqual(['off']);
    const { socketFolder: host, port, superuser } = server;
    expect(await query({ host, port, ...superuser, database: 'postgres' }, 'select 1 as one')).toEqual([1]);
  });

  test('refuses a wrong password and none, by SCRAM', async () => {
    const { host, port } = server;
    for (const password of ['wrong', '']) {
      await expect(query({ host, port, user: 'postgres', password }, 'select 1')).rejects.toThrow(/password/i);
    }
    const stored = await query(server.url(), "select rolpassword from pg_authid where rolname = 'postgres'");
    expect(stored).toEqual([expect.stringMatching(/^SCRAM-SHA-256\$/)]);
  });

  test('goes down at once and comes back on the same port with its data', async () => {
    await query(server.url(), "create table kept as select 'row' as value");
    await server.stopServer();
    await expect(query(server.url(), 'select 1')).rejects.toThrow('ECONNREFUSED');
    await server.startServer();
    expect(await query(server.url(), 'select value from kept')).toEqual(['row']);
  });

  test('is gone after stop, folder and all', async () => {
    await server.stop();
    expect(await isGone(server)).toBe(true);
    await server.stop();
  });
});

test('takes settings', async () => {
  const server = await start({ settings: { max_connections: '7' } });
  expect(await query(server.url(), 'show max_connections')).toEqual(['7']);
});

test('behind the proxy: a row is there although its answer was lost', async () => {
  const server = await start();
  const proxy = await startTcpProxy({ host: server.host, port: server.port });
  const client = new pg.Client({ ...server.superuser, host: proxy.host, port: proxy.port, database: 'postgres' });
  client.on('error', () => {});
  await client.connect();
  await client.query('create table effects (value text)');
  proxy.holdAnswers();
  const lost = client.query("insert into effects values ('done')").then(
    () => 'answered',
    () => 'lost',
  );
  await proxy.whenHeld();
  proxy.cut();
  expect(await lost).toBe('lost');
  expect(await query(server.url(), 'select value from effects')).toEqual(['done']);
  await proxy.close();
});

test('says in the words of the server why it does not come up', async () => {
  await expect(startPostgres({ settings: { no_such_setting: '1' } })).rejects.toThrow('no_such_setting');
});

const OWNER = `
import { startPostgres } from ${JSON.stringify(new URL('./postgres.ts', import.meta.url).href)};
const { port, socketFolder } = await startPostgres();
console.log(JSON.stringify({ port, socketFolder }));
`;

test.each([
  ['SIGKILL', 'setInterval(() => {}, 1000);', 'SIGKILL'],
  ['SIGINT', 'setInterval(() => {}, 1000);', 'SIGINT'],
  ['its last line', '', undefined],
  ['an error nobody catches', 'setImmediate(() => { throw new Error("planned"); });', undefined],
] as const)('nothing survives an owner that ends by %s', async (_name, rest, signal) => {
  const owner = spawn(process.execPath, ['--input-type=module-typescript', '-e', OWNER + rest], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { PATH: process.env['PATH'] ?? '' },
  });
  const ended = new Promise((resolve) => owner.once('exit', resolve));
  const line = await new Promise<string>((resolve) => owner.stdout.setEncoding('utf8').once('data', resolve));
  const server = JSON.parse(line) as { port: number; socketFolder: string };
  if (signal) owner.kill(signal);
  await ended;
  expect(await until(() => isGone(server))).toBe(true);
});
