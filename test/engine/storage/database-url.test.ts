// SECRETS_DATABASE_URL: what it may say, and that its password is never told.
import { readDatabaseUrl } from '#engine/storage/postgres/settings.js';

test.each([
  ['mysql://u:planted@localhost/x', /postgres:\/\//],
  ['postgres://u:planted@db.example/x?sslmode=disable', /verify-full/],
  ['postgres://u:planted@db.example/x?sslmode=require', /verify-full/],
  ['postgres://u:planted@db.example/x?options=-c', /'options'/],
  ['postgres://u:planted@db.example/', /database/],
  ['postgres://u:planted%zz@db.example/x', /%25/],
  ['postgres://u:planted@db.example/x?sslrootcert=/nowhere', /nowhere/],
])('%s is refused', (text, why) => {
  const refused = (() => {
    try {
      readDatabaseUrl(text);
      return undefined;
    } catch (error) {
      return error as Error & { line: string };
    }
  })();
  expect(refused?.line).toMatch(why);
  expect(refused?.line).not.toContain('planted');
});

test('TLS is verified everywhere but on this machine', () => {
  expect(readDatabaseUrl('postgres://u:p@db.example/x').tls).toEqual({ ca: undefined });
  expect(readDatabaseUrl('postgres://u:p@10.0.0.1:5433/x?sslmode=verify-full')).toMatchObject({ port: 5433, tls: {} });
  expect(readDatabaseUrl('postgres://u:p@127.0.0.1/x').tls).toBeUndefined();
  expect(readDatabaseUrl('postgres://u@localhost/x?host=/run/postgresql')).toMatchObject({
    host: '/run/postgresql',
    tls: undefined,
  });
  expect(JSON.stringify(readDatabaseUrl('postgres://u:planted@db.example/x'))).not.toContain('planted');
});
