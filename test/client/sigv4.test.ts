// Signature Version 4 against AWS's own worked example, and GetCallerIdentity against a server that checks what it gets.
import fc from 'fast-check';
import { nodeSend } from '#client/node-send.js';
import { type AwsCredentials, signedHeaders } from '#client/sigv4.js';
import { getCallerIdentity } from '#client/sts.js';
import { AppError } from '#core/errors.js';
import { Sensitive } from '#core/sensitive.js';
import { type Answer, FakeApi } from '../support/fake-api.ts';
import { FakeClock } from '../support/memory-runner.ts';

const EXAMPLE: AwsCredentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: new Sensitive('wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'),
  sessionToken: undefined,
};
const opened = (value: string | Sensitive | undefined) => (value instanceof Sensitive ? value.reveal() : value);

test('signs the example of the AWS documentation to the byte', () => {
  const asked = {
    method: 'GET',
    url: new URL('https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08'),
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: '',
    region: 'us-east-1',
    service: 'iam',
    now: Date.UTC(2015, 7, 30, 12, 36),
  };
  expect(opened(signedHeaders(asked, EXAMPLE)['authorization'])).toBe(
    'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, ' +
      'SignedHeaders=content-type;host;x-amz-date, ' +
      'Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
  );
});

test('whatever changes in a request changes its signature, and no secret stands in it', () => {
  const of = (secret: string, body: string, token?: string) => {
    const sessionToken = token === undefined ? undefined : new Sensitive(token);
    const credentials = { accessKeyId: 'AKIA', secretAccessKey: new Sensitive(secret), sessionToken };
    const url = new URL('https://sts.us-east-1.amazonaws.com/');
    const asked = { method: 'POST', url, headers: {}, body, region: 'us-east-1', service: 'sts', now: 0 };
    return opened(signedHeaders(asked, credentials)['authorization']) ?? '';
  };
  const text = fc.string({ minLength: 12, maxLength: 40 });
  fc.assert(
    fc.property(text, text, text, (secret, body, other) => {
      fc.pre(secret !== other && body !== other);
      const signed = of(secret, body);
      expect(new Set([signed, of(other, body), of(secret, other), of(secret, body, other)]).size).toBe(4);
      expect(signed).not.toContain(secret);
    }),
  );
});

async function ask(answer: Answer, endpoint?: string) {
  const api = await new FakeApi(() => answer).start();
  const wire = { send: nodeSend(), clock: new FakeClock(), random: () => 0 };
  const options = { ...wire, region: 'eu-central-1', endpoint: endpoint ?? `${api.url}/`, budgetMs: 5000 };
  const credentials = { ...EXAMPLE, sessionToken: new Sensitive('session-token') };
  const said = await getCallerIdentity(options, credentials).catch((error: unknown) => error);
  await api.stop();
  return { said, seen: api.seen };
}
const xml =
  (text: string): Answer =>
  (_, response) =>
    response.end(text);
const IDENTITY = '<GetCallerIdentityResponse><GetCallerIdentityResult><Account>123456789012</Account>';

test('asks STS once, with the credential, and takes the account out of the answer', async () => {
  const { said, seen } = await ask(xml(IDENTITY));
  expect(said).toEqual({ account: '123456789012' });
  expect(seen).toMatchObject([{ method: 'POST', path: '/', body: 'Action=GetCallerIdentity&Version=2011-06-15' }]);
  expect(seen[0]?.headers).toMatchObject({ 'x-amz-security-token': 'session-token' });
  expect(seen[0]?.headers.authorization).toMatch(/Credential=AKIDEXAMPLE\/20260101\/eu-central-1\/sts\/aws4_request/);
});

test('a credential that STS does not know is no error, an answer of another kind is', async () => {
  expect((await ask({ status: 403 })).said).toBe('unknown');
  for (const odd of [xml('<html>'), xml('<Account>12</Account>'), { status: 400 }] as const) {
    expect((await ask(odd)).said).toBeInstanceOf(AppError);
  }
});

test('an address of STS that is plain http beyond this machine is refused', async () => {
  const { said, seen } = await ask(xml(IDENTITY), 'http://sts.example/');
  expect([(said as AppError).code, seen.length]).toEqual(['ERR_CONFIG_INVALID', 0]);
});
