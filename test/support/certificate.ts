// A certificate for tests, made on the spot by openssl: no private key is kept in the repository.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './temp.ts';

/** Paths of both files, and what is in them. */
export type TestCertificate = { cert: string; key: string; pem: string; keyPem: string };

/** A self-signed certificate of this name, 127.0.0.1 and localhost for one day; undefined, loudly, where openssl is missing. */
export function testCertificate(commonName = 'localhost'): TestCertificate | undefined {
  const folder = temporaryFolder();
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const subject = [
    '-subj',
    `/CN=${commonName}`,
    '-addext',
    `subjectAltName=DNS:${commonName},DNS:localhost,IP:127.0.0.1`,
  ];
  const made = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1'];
  const { status } = spawnSync('openssl', ['req', ...made, '-keyout', key, '-out', cert, ...subject]);
  if (status === 0) return { cert, key, pem: readFileSync(cert, 'utf8'), keyPem: readFileSync(key, 'utf8') };
  process.stderr.write(
    '\nNOT TESTED: what needs a certificate in this file, because openssl is not on this machine.\n\n',
  );
  return undefined;
}
