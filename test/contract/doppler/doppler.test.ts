// The Doppler wire: what is asked, and what is read from the answers.
import { tokenKind } from '#contract/doppler/actor.js';
import * as downloads from '#contract/doppler/download.js';
import * as leases from '#contract/doppler/leases.js';
import { problemBody, readProblem } from '#contract/doppler/problem.js';
import * as secrets from '#contract/doppler/secrets.js';
import { authorization, readEngineHeader } from '#contract/doppler/wire.js';
import { Sensitive } from '#core/sensitive.js';

const SCOPE = { project: 'app', config: 'dev' };

test('asks for a list without ever leasing, and leaves out what is not given', () => {
  expect(secrets.listSecretsRequest({}, []).target).toBe('/v3/configs/config/secrets?include_dynamic_secrets=false');
  expect(secrets.listSecretsRequest(SCOPE, ['A', 'B']).target).toBe(
    '/v3/configs/config/secrets?project=app&config=dev&include_dynamic_secrets=false&secrets=A%2CB',
  );
});

test('drops a name filter that would not fit into a request line', () => {
  const many = Array.from({ length: 500 }, (_, index) => `A_LONG_NAME_${index}`);
  expect(secrets.listSecretsRequest(SCOPE, many).target).not.toContain('&secrets=');
});

test('reads values into boxes that do not print', () => {
  const [first, second] = secrets.readSecretList({
    secrets: { A: { raw: '${B}', computed: 'value', computedVisibility: 'unmasked' }, B: { raw: null } },
  });
  expect(first?.computed?.reveal()).toBe('value');
  expect(first).toMatchObject({ name: 'A', note: '', rawVisibility: 'masked', computedVisibility: 'unmasked' });
  expect(second).toMatchObject({ name: 'B', raw: null, computed: null });
  expect(JSON.stringify(first)).not.toContain('value"');
});

test('reads a name that is a prototype word as a name', () => {
  const body: unknown = JSON.parse('{"secrets":{"constructor":{"computed":"x"},"__proto__":{"computed":"y"}}}');
  expect(secrets.readSecretList(body).map((secret) => secret.name)).toEqual(['constructor']);
});

test.each(['json', 'env'] as const)('reads a %s download', (format) => {
  const text = format === 'json' ? '{"A":"1\\n2","B":""}' : 'A="1\n2"\nB=""';
  const values = downloads.readDownload(format, text);
  expect([...values].map(([name, value]) => [name, value.reveal()])).toEqual([
    ['A', '1\n2'],
    ['B', ''],
  ]);
  expect(downloads.downloadRequest(SCOPE, format, ['A']).target).toContain(`format=${format}`);
});

test('reads one secret, and asks for it by name', () => {
  expect(secrets.getSecretRequest(SCOPE, 'A').target).toBe('/v3/configs/config/secret?project=app&config=dev&name=A');
  expect(secrets.readSecret({ name: 'A', value: { computed: 'x' } }).computed?.reveal()).toBe('x');
});

test('says where an answer is off the contract, and never what stood there', () => {
  const body = { secrets: { A: { raw: { hidden: 'value' } } } };
  expect(() => secrets.readSecretList(body)).toThrow('The answer is not what the API promises: A.raw is not a text.');
});

test('sends terms with a minting request only when there are some', () => {
  const plain = leases.issueLeaseRequest(SCOPE, { dynamic: 'DB', ttlSec: 60 });
  expect(plain.headers).toEqual({ 'content-type': 'application/json' });
  expect(JSON.parse(plain.body ?? '')).toEqual({ project: 'app', config: 'dev', dynamic_secret: 'DB', ttl_sec: 60 });
  const terms = { setId: 'k2', idempotencyKey: 'k2.DB', replace: true };
  const full = leases.issueLeaseRequest(SCOPE, { dynamic: 'DB', ttlSec: 60 }, terms);
  expect(full.target).toMatch(/leases\?replace=true$/);
  expect(full.headers).toMatchObject({ 'idempotency-key': 'k2.DB', 'x-secrets-lease-set': 'k2' });
});

test('reads a lease whose date is odd, since its id is what ends it', () => {
  expect(leases.readLeaseHead({ id: 'a', expires_at: 'soon' })).toEqual({ id: 'a', expiresAt: undefined });
  expect(leases.readLeaseHead({ id: 'a', expires_at: 5 })).toEqual({ id: 'a', expiresAt: undefined });
  expect(leases.readLeaseHead({ id: 'a', expires_at: '2026-01-01T00:00:00.000Z' }).expiresAt).toBe(
    Date.UTC(2026, 0, 1),
  );
});

test('reads leased numbers as text and leaves null fields out', () => {
  const fields = leases.readLeaseFields({ value: { PORT: 5432, TLS: true, USER: 'u', NOTE: null } });
  expect([...fields].map(([name, value]) => [name, value.reveal()])).toEqual([
    ['PORT', '5432'],
    ['TLS', 'true'],
    ['USER', 'u'],
  ]);
});

test('names a lease to revoke in body and query', () => {
  const request = leases.revokeLeaseRequest({ ...SCOPE, dynamic: 'DB', id: 'x y' });
  expect(request.target).toContain('/leases/lease?project=app&config=dev&dynamic_secret=DB&slug=x%20y');
  expect(JSON.parse(request.body ?? '')).toEqual({ ...SCOPE, dynamic_secret: 'DB', slug: 'x y' });
});

test('ends a set with the handle and without the token', () => {
  const request = leases.revokeSetRequest(new Sensitive('k1'));
  expect(request).toMatchObject({ method: 'DELETE', target: '/v3/leases', authorized: false });
  expect(Object.keys(request.headers)).toEqual(['x-secrets-lease-handle']);
});

test('knows an engine by its header', () => {
  expect(readEngineHeader('1.2.3; leases, handles')).toEqual({ version: '1.2.3', capabilities: ['leases', 'handles'] });
  expect(readEngineHeader(undefined)).toBeUndefined();
  expect(readEngineHeader(' ; x')).toBeUndefined();
  expect(readEngineHeader('1\n2')).toBeUndefined();
});

test('writes both forms of authorization', () => {
  const token = new Sensitive('dp.st.dev.abc');
  expect(authorization(token, 'bearer').reveal()).toBe('Bearer dp.st.dev.abc');
  expect(authorization(token, 'basic').reveal()).toBe(`Basic ${btoa('dp.st.dev.abc:')}`);
});

test('writes and reads the same error body', () => {
  expect(readProblem(problemBody(['a']))).toEqual({ messages: ['a'] });
  expect(readProblem('<html>')).toBeUndefined();
});

test.each([
  ['dp.st.dev.x', 'service token'],
  ['dp.said.x', 'service account identity token'],
  ['dp.sa.x', 'service account token'],
  ['x', 'token'],
])('calls %s a %s', (token, kind) => expect(tokenKind(token)).toBe(kind));
