// AWS Signature Version 4 for one form POST, as STS takes it (AWS: "Signing AWS API requests").
import { createHash, createHmac } from 'node:crypto';
import { Sensitive } from '#core/sensitive.js';

export type AwsCredentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: Sensitive;
  /** Only of a session. */
  readonly sessionToken: Sensitive | undefined;
};

export type ToSign = {
  readonly method: string;
  /** Its path and query stand as they are: encoded, and the query sorted. */
  readonly url: URL;
  /** Lower case names, `content-type` and the like; host, date and token are added. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly region: string;
  readonly service: string;
  readonly now: number;
};

/** All headers of the request, signed. */
export function signedHeaders(asked: ToSign, credentials: AwsCredentials): Record<string, string | Sensitive> {
  const { method, url, headers, body, region, service, now } = asked;
  const time = new Date(now).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const date = time.slice(0, 8);
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const all: [string, string][] = [...Object.entries(headers), ['host', url.host], ['x-amz-date', time]];
  if (sessionToken) all.push(['x-amz-security-token', sessionToken.reveal()]);
  all.sort(([a], [b]) => (a < b ? -1 : 1));
  const names = all.map(([name]) => name).join(';');
  const lines = all.map(([name, value]) => `${name}:${value.trim().replace(/ +/g, ' ')}\n`).join('');
  const canonical = [method, url.pathname, url.search.slice(1), lines, names, sha256(body)].join('\n');
  const scope = `${date}/${region}/${service}/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n');
  const start = Buffer.from(`AWS4${secretAccessKey.reveal()}`);
  const key = [date, region, service, 'aws4_request'].reduce(hmac, start);
  const signature = hmac(key, text).toString('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  return {
    ...headers,
    'x-amz-date': time,
    ...(sessionToken ? { 'x-amz-security-token': sessionToken } : {}),
    authorization: new Sensitive(authorization),
  };
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
