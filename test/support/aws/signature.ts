// Signature Version 4 as the server checks it (AWS General Reference, "Signature Version 4 signing process").
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { AwsFault } from './fault.ts';

export type SignedRequest = { method: string; path: string; headers: IncomingHttpHeaders; body: string };

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/,]+)\/(\d{8})\/([a-z0-9-]+)\/(iam|sts)\/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/;
const IAM_REGION = 'us-east-1';
/** A request is taken for five minutes around the time that it states. */
const WINDOW_MS = 5 * 60_000;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

export type Claim = { accessKeyId: string; service: 'iam' | 'sts'; verify(secret: string, now: number): void };

/**
 * What the request says of who signed it; `verify` throws unless that holds.
 * @throws AwsFault IncompleteSignature
 */
export function readSignature({ method, path, headers, body }: SignedRequest): Claim {
  const match = AUTHORIZATION.exec(headers.authorization ?? '');
  if (!match) throw new AwsFault('IncompleteSignature', 'The Authorization header has another form.');
  const [, accessKeyId = '', day = '', region = '', service = '', names = '', given = ''] = match;
  // IAM is one for the whole partition, and signed for its home region (AWS General Reference, "IAM endpoints").
  if (service === 'iam' && region !== IAM_REGION) throw mismatch('is scoped to another region');
  const signed = names.split(';');
  const stamp = String(headers['x-amz-date'] ?? '');
  for (const name of ['host', 'x-amz-date']) {
    if (!signed.includes(name)) throw new AwsFault('IncompleteSignature', `${name} must be signed.`);
  }
  return {
    accessKeyId,
    service: service as Claim['service'],
    verify: (secret, now) => {
      const scope = `${day}/${region}/${service}/aws4_request`;
      const canonicalHeaders = signed.map(
        (name) =>
          `${name}:${String(headers[name] ?? '')
            .trim()
            .replace(/ +/g, ' ')}\n`,
      );
      const [route = '/', query = ''] = path.split('?');
      const canonical = [method, route, query, canonicalHeaders.join(''), names, sha256(body)].join('\n');
      const text = ['AWS4-HMAC-SHA256', stamp, scope, sha256(canonical)].join('\n');
      const key = hmac(hmac(hmac(hmac(`AWS4${secret}`, day), region), service), 'aws4_request');
      if (!timingSafeEqual(hmac(key, text), Buffer.from(given, 'hex'))) throw mismatch('does not match');
      if (stamp.slice(0, 8) !== day || Math.abs(now - readStamp(stamp)) > WINDOW_MS) throw mismatch('expired');
    },
  };
}

function readStamp(stamp: string): number {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(stamp);
  if (!match) return Number.NaN;
  const [, year, month, day, hour, minute, second] = match.map(Number);
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second);
}

function mismatch(why: string): AwsFault {
  return new AwsFault('SignatureDoesNotMatch', `The request signature ${why}.`, 403);
}
