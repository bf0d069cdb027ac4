// The handshake: what the host must say, the line it gets, and the certificate in it.
import { X509Certificate } from 'node:crypto';
import { AppError } from '#core/errors.js';
import { newCertificate } from '#provider/plugin/certificate.js';
import { handshakeLine, readInvitation } from '#provider/plugin/handshake.js';
import { newLog } from '#provider/plugin/log.js';
import { opensslText } from '../support/grpc-client.ts';

const cookie = { TF_PLUGIN_MAGIC_COOKIE: 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2' };
const refusal = (env: Record<string, string>) => {
  try {
    readInvitation(env);
    return undefined;
  } catch (error) {
    return error instanceof AppError ? error.line : 'foreign';
  }
};

test('a person who starts the plugin, or a host without protocol 6, is told so', () => {
  expect(refusal({})).toMatch(/is a Terraform provider/);
  expect(refusal({ ...cookie, PLUGIN_PROTOCOL_VERSIONS: '4,5' })).toMatch(/protocol 6/);
  expect(refusal({ ...cookie, PLUGIN_PROTOCOL_VERSIONS: '6,5' })).toBeUndefined();
});

test('the invitation without a certificate means plaintext, and ports have defaults', () => {
  const plain = readInvitation({ ...cookie, PLUGIN_PROTOCOL_VERSIONS: '6', PLUGIN_CLIENT_CERT: '' });
  expect(plain).toEqual({ clientCertificate: undefined, ports: { min: 10_000, max: 25_000 } });
});

test('the line is the one that go-plugin splits', () => {
  expect(handshakeLine({ network: 'unix', path: '/t/s' }, 'QUJD')).toBe('1|6|unix|/t/s|grpc|QUJD\n');
  expect(handshakeLine({ network: 'tcp', host: '127.0.0.1', port: 10001 }, '')).toBe('1|6|tcp|127.0.0.1:10001|grpc|\n');
});

test('the certificate is self-signed for localhost, a CA, P-256, valid now and fresh each time', () => {
  const now = Date.parse('2026-11-22T12:00:00Z');
  const own = newCertificate(now);
  const read = new X509Certificate(own.certPem);
  expect(read.verify(read.publicKey)).toBe(true);
  expect([read.ca, read.subject, read.subjectAltName]).toEqual([true, 'CN=localhost', 'DNS:localhost']);
  expect(read.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
  expect(Date.parse(read.validFrom)).toBeLessThan(now);
  expect(Date.parse(read.validTo)).toBeGreaterThan(now);
  expect(own.announced).not.toMatch(/=/);
  expect(Buffer.from(own.announced, 'base64').equals(read.raw)).toBe(true);
  expect(new X509Certificate(newCertificate(now).certPem).serialNumber).not.toBe(read.serialNumber);
  const seen = opensslText(own.certPem);
  if (seen !== undefined) expect(seen).toMatch(/CA:TRUE[\s\S]*Digital Signature, Certificate Sign[\s\S]*DNS:localhost/);
});

test('a certificate valid past 2049 says so in the longer form', () => {
  expect(new X509Certificate(newCertificate(Date.parse('2049-12-20T00:00:00Z')).certPem).validTo).toMatch(/2050 GMT$/);
});

test('log entries are one line, and the three fields the host casts are strings whatever comes in', () => {
  const lines: string[] = [];
  const log = newLog(
    (line) => lines.push(line),
    () => Date.parse('2026-11-22T12:00:00.123Z'),
  );
  log('warn', 'two\nlines', { '@message': 'no', count: 2, why: 'a\u001b[0m' });
  log('error', undefined as unknown as string);
  expect(lines[0]).toBe(
    '{"@level":"warn","@message":"two lines","@timestamp":"2026-11-22T12:00:00.123000Z","count":2,"why":"a [0m"}\n',
  );
  expect(JSON.parse(lines[1] ?? '')).toMatchObject({ '@message': 'undefined' });
});
