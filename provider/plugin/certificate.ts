// The plugin's own certificate for AutoMTLS: a fresh P-256 key per process, never on disk.
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { bits, explicit, integer, octets, oid, sequence, setOf, text, time, tlv, truth } from './der.ts';

/** `keyPem` and `certPem` for the listener; `announced` is what the handshake line carries: base64 of the DER, unpadded. */
export type Certificate = { keyPem: string; certPem: string; announced: string };

const DAY_MS = 86_400_000;
const ECDSA_WITH_SHA256 = sequence(oid('1.2.840.10045.4.3.2'));
const DNS_NAME = 0x82;

/**
 * A self-signed certificate for `localhost`. The host verifies it against itself, so it needs the name as a SAN
 * (terraform.md A1); it also gets CA and server use, which stricter clients ask for.
 */
export function newCertificate(now: number): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const body = tbsCertificate(now, publicKey.export({ type: 'spki', format: 'der' }));
  const signature = sign('sha256', body, privateKey);
  const der = sequence(body, ECDSA_WITH_SHA256, bits(signature));
  return {
    keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certPem: `-----BEGIN CERTIFICATE-----\n${(der.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`,
    announced: der.toString('base64').replace(/=+$/, ''),
  };
}

function tbsCertificate(now: number, spki: Uint8Array): Buffer {
  const name = sequence(setOf(sequence(oid('2.5.4.3'), text('localhost'))));
  return sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ECDSA_WITH_SHA256,
    name,
    sequence(time(now - DAY_MS), time(now + 30 * DAY_MS)),
    name,
    spki,
    explicit(3, extensions()),
  );
}

function extensions(): Buffer {
  const digitalSignatureAndCertSign = bits(Buffer.from([0x84]), 2);
  return sequence(
    sequence(oid('2.5.29.19'), truth(), octets(sequence(truth()))),
    sequence(oid('2.5.29.15'), truth(), octets(digitalSignatureAndCertSign)),
    sequence(oid('2.5.29.37'), octets(sequence(oid('1.3.6.1.5.5.7.3.1'), oid('1.3.6.1.5.5.7.3.2')))),
    sequence(oid('2.5.29.17'), octets(sequence(tlv(DNS_NAME, Buffer.from('localhost'))))),
  );
}
