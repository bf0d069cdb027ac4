// How the postgres integration reaches a server: verified or not at all, bounded on both sides, and cut when it must end.
import { chownSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createEgress } from '#engine/egress.js';
import { createPgSql } from '#engine/integrations/postgres/pg-sql.js';
import { createPostgresIntegration } from '#engine/integrations/postgres/postgres.js';
import { type Work, withSession } from '#engine/integrations/postgres/session.js';
import { readConnection } from '#engine/integrations/postgres/settings.js';
import { testCertificate } from '../../support/certificate.ts';
import { systemClock } from '../../support/leasing/clocks.ts';
import { type RoleDatabase, startRoleDatabase } from '../../support/leasing/role-database.ts';
import { serverAccount } from '../../support/postgres-binaries.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';

const certificate = testCertificate();
const other = testCertificate('other');
const withTls = certificate && other ? test : test.skip;
const SIGNAL = new AbortController().signal;

let db: RoleDatabase;
beforeAll(async () => {
  db = await startRoleDatabase();
});
afterAll(() => db?.stop());

/** Every name leads to `address`. */
const sqlAt = (address = '127.0.0.1') => {
  const allow = { outgoing: [], integration: ['127.0.0.0/8', '10.0.0.0/8'] };
  return createPgSql(createEgress({ clock: systemClock, lookup: async () => [{ address }], allow }));
};
const on = <Result>(data: object, work: (on: Work) => Promise<Result>, signal = SIGNAL): Promise<Result> =>
  withSession({ sql: sqlAt(), now: Date.now, target: readConnection({ ...db.data, ...data }), signal }, work);

/** Leases and ends it again; answers the connection string, or why not. */
async function lease(data: object, signal = SIGNAL): Promise<string> {
  const integration = createPostgresIntegration({ sql: sqlAt(), now: Date.now });
  const checked = integration.checkData({ ...db.data, ...data });
  expect(checked.problems).toEqual([]);
  const parameters = integration.checkParameters('postgres', { group_role: 'app_read' }).value;
  const request = { leaseId: randomUUID(), engineId: 'test0001', kind: 'postgres' as const };
  const { plan } = integration.plan({ ...request, data: checked.value, parameters });
  const target = { plan, data: checked.value };
  const expiresAt = Date.now() + 60_000;
  const times = { expiresAt, hardExpiresAt: expiresAt, deadlineAt: Date.now() + 10_000 };
  try {
    const fields = await integration.create({ ...target, ...times }, signal);
    await integration.revoke({ ...target, expiresAt }, signal);
    return fields.get('url')?.reveal() ?? '';
  } catch (error) {
    return (error as Error).message;
  }
}

const UNTRUSTED = /has no TLS certificate that we trust/;

test('a server without TLS is refused where TLS is asked for', async () => {
  expect(await lease({ sslmode: 'verify-full' })).toMatch(UNTRUSTED);
});

test('a name of this machine that leads elsewhere is not spoken to in clear', async () => {
  const target = readConnection({ ...db.data, host: 'localhost' });
  await expect(sqlAt('10.1.2.3').connect(target, SIGNAL)).rejects.toMatchObject({
    code: 'ERR_INTEGRATION_FAILED',
    message: expect.stringContaining('is not on loopback'),
  });
});

withTls('a certificate of the named authority and of that name opens the way; any other one does not', async () => {
  const { uid, gid } = serverAccount();
  const files = { ssl_cert_file: certificate?.pem ?? '', ssl_key_file: certificate?.keyPem ?? '' };
  for (const [setting, text] of Object.entries(files)) {
    const copy = join(db.server.socketFolder, setting);
    writeFileSync(copy, text, { mode: 0o600 });
    if (uid !== undefined && gid !== undefined) chownSync(copy, uid, gid);
    await db.query(`alter system set ${setting} = '${copy}'`);
  }
  await db.query(`alter system set ssl = 'on'`);
  await db.server.stopServer();
  await db.server.startServer();
  const verified = { sslmode: 'verify-full', ca: certificate?.pem };
  for (const host of ['127.0.0.1', 'localhost']) {
    expect(await lease({ ...verified, host })).toMatch(/\?sslmode=verify-full$/);
  }
  const ssl = ({ session }: Work) => session.query('select ssl from pg_stat_ssl where pid = pg_backend_pid()');
  expect(await on(verified, ssl)).toEqual([{ ssl: true }]);
  expect(await lease({ ...verified, host: 'db.example' })).toMatch(UNTRUSTED);
  expect(await lease({ ...verified, ca: other?.pem })).toMatch(UNTRUSTED);
  expect(await lease({ sslmode: 'verify-full' })).toMatch(UNTRUSTED);
  expect(await db.roles()).toEqual([]);
});

test('the server itself ends what waits or runs for too long, and finds only what is named in full', async () => {
  const names = ['lock_timeout', 'statement_timeout', 'idle_in_transaction_session_timeout', 'search_path'];
  const shown = await on({}, ({ session }) =>
    session.query('select current_setting(name) as value from unnest($1::text[]) name', [names]),
  );
  expect(shown.map(({ value }) => value)).toEqual(['5s', '20s', '15s', '']);
});

test('a server that says nothing any more is left when its time is over', async () => {
  const proxy = await startTcpProxy({ host: db.server.host, port: db.server.port });
  try {
    // The first answer is that of the handshake, the later ones those of statements.
    for (const answers of [1, 4]) {
      const cut = new AbortController();
      proxy.holdAnswers(proxy.stats().answers + answers);
      const leasing = lease({ port: proxy.port }, cut.signal);
      await proxy.whenHeld();
      cut.abort();
      expect(await leasing).toMatch(/cannot be reached/);
      proxy.pass();
    }
  } finally {
    await proxy.close();
  }
});

test('a session that the server ends while it lies idle fails its next statement and nothing else', async () => {
  const ended = on({}, async ({ session }) => {
    const [mine] = await session.query('select pg_backend_pid() as pid');
    await db.query(`select pg_terminate_backend(${String(mine?.['pid'])}, 5000)`);
    return session.query('select 1');
  });
  await expect(ended).rejects.toMatchObject({ name: 'SqlError' });
});
