// The way to the store's database is encrypted and verified, or there is no way.
import { chownSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { testCertificate } from '../../support/certificate.ts';
import { serverAccount } from '../../support/postgres-binaries.ts';
import { openDatabaseStore, startStoreDatabase, type StoreDatabase } from '../../support/store-database.ts';

const certificate = testCertificate();
const other = testCertificate('other');
const withTls = certificate && other ? test : test.skip;

let database: StoreDatabase;
let url: string;
beforeAll(async () => {
  database = await startStoreDatabase();
  url = await database.fresh();
});
afterAll(() => database?.stop());

const through = (parameters: string) => openDatabaseStore(`${url}?${parameters}`);
const refusal = (parameters: string) => through(parameters).catch((error: unknown) => error);

test('a server without TLS is refused where TLS is asked for', async () => {
  expect(await refusal('sslmode=verify-full')).toMatchObject({ message: 'The database does not speak TLS.' });
});

withTls('a certificate of the named authority opens the way; any other one, and none, does not', async () => {
  const { uid, gid } = serverAccount();
  const files = { ssl_cert_file: certificate?.cert ?? '', ssl_key_file: certificate?.key ?? '' };
  for (const [setting, file] of Object.entries(files)) {
    const copy = join(database.server.socketFolder, setting);
    copyFileSync(file, copy);
    if (uid !== undefined && gid !== undefined) chownSync(copy, uid, gid);
    await database.query(url, `alter system set ${setting} = '${copy}'`);
  }
  await database.query(url, `alter system set ssl = 'on'`);
  await database.server.stopServer();
  await database.server.startServer();
  const store = await through(`sslmode=verify-full&sslrootcert=${certificate?.cert ?? ''}`);
  const sessions = `select bool_and(ssl) as ssl from pg_stat_ssl s join pg_stat_activity a using (pid)
    where a.application_name = 'secrets-action test'`;
  expect(await database.query(url, sessions)).toEqual([{ ssl: true }]);
  await store.close();
  const untrusted = { code: 'ERR_CONFIG_INVALID', message: 'The certificate of the database cannot be verified.' };
  expect(await refusal(`sslrootcert=${other?.cert ?? ''}`)).toMatchObject(untrusted);
  expect(await refusal('sslmode=verify-full')).toMatchObject(untrusted);
});
