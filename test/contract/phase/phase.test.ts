// The Phase wire: what is asked, and what is read from the answers of contracts/phase.md 4.
import fc from 'fast-check';
import * as dynamic from '#contract/phase/dynamic.js';
import * as leases from '#contract/phase/leases.js';
import { problemBody, readProblem } from '#contract/phase/problem.js';
import * as secrets from '#contract/phase/secrets.js';
import { normalPath } from '#core/folder.js';
import { VISIBILITIES } from '#core/visibility.js';

const PLACE = { app: '0d5b8e5e-6b1c-4f0e-9a55-1c2d3e4f5a6b', environment: 'my env', path: '/api' };
const AT = `app_id=${PLACE.app}&env=my%20env`;

describe('asking', () => {
  test('ends every path with a slash and asks for no lease unless one is meant', () => {
    expect(secrets.listSecretsRequest(PLACE, 'A').target).toBe(`/v1/secrets/?${AT}&path=%2Fapi&key=A`);
    expect(dynamic.listDynamicRequest(PLACE).target).toBe(`/v1/secrets/dynamic/?${AT}&path=%2Fapi`);
    expect(leases.listLeasesRequest(PLACE, 's1').target).toBe(`/v1/secrets/dynamic/leases/?${AT}&secret_id=s1`);
  });

  test('leases one secret by its id, with the word for a ttl that this address knows', () => {
    const plain = dynamic.issueLeaseRequest(PLACE, { secretId: 's1', ttlSec: 900 });
    expect(plain).toMatchObject({ method: 'GET', headers: {}, authorized: true });
    expect(plain.target).toBe(`/v1/secrets/dynamic/?${AT}&id=s1&lease=true&ttl=900`);
    const terms = { setId: 'k2', idempotencyKey: 'k2.s1', replace: true };
    const full = dynamic.issueLeaseRequest(PLACE, { secretId: 's1', ttlSec: 900 }, terms);
    expect(full.target).toMatch(/&replace=true$/);
    expect(full.headers).toEqual({ 'idempotency-key': 'k2.s1', 'x-secrets-lease-set': 'k2' });
  });

  test('names a lease in body and query when it ends one, in the body when it renews one', () => {
    const ended = leases.revokeLeaseRequest({ ...PLACE, id: 'l1' });
    expect(ended).toMatchObject({ method: 'DELETE', target: `/v1/secrets/dynamic/leases/?${AT}&lease_id=l1` });
    expect(ended.body).toBe('{"lease_id":"l1"}');
    const renewed = leases.renewLeaseRequest({ ...PLACE, id: 'l1' }, 60);
    expect(renewed).toMatchObject({ method: 'PUT', target: `/v1/secrets/dynamic/leases/?${AT}` });
    expect(renewed.body).toBe('{"lease_id":"l1","ttl":60}');
  });
});

test('a path has one spelling', () => {
  expect(['', '/', '//', 'a', '/a/', 'a//b/'].map(normalPath)).toEqual(['/', '/', '/', '/a', '/a', '/a/b']);
  fc.assert(fc.property(fc.string(), (path) => expect(normalPath(normalPath(path))).toBe(normalPath(path))));
});

describe('reading secrets', () => {
  const read = (fields: object) => secrets.readSecretList([{ key: 'A', value: 'base', type: 'secret', ...fields }])[0];

  test('the type says how openly a value may be shown, and an unknown one hides it', () => {
    const seen = ['secret', 'config', 'sealed', 'constructor', null].map((type) => read({ type })?.computedVisibility);
    expect(seen).toEqual(['masked', 'unmasked', 'restricted', 'masked', 'masked']);
  });

  test('type and visibility are carried both ways', () => {
    for (const one of VISIBILITIES) expect(secrets.visibilityOf(secrets.typeOf(one))).toBe(one);
  });

  test('an override counts while it is active', () => {
    const over = (isActive: boolean) => read({ override: { value: 'own', isActive } })?.computed?.reveal();
    expect([over(true), over(false), read({ override: null })?.computed?.reveal()]).toEqual(['own', 'base', 'base']);
  });

  test('dynamic ones are passed over, and the unresolved text is not made up', () => {
    const all = secrets.readSecretList([
      { type: 'dynamic', name: 'bot' },
      { key: 'A', value: '', comment: 'n' },
    ]);
    expect(all).toMatchObject([{ name: 'A', raw: null, note: 'n' }]);
    expect(all[0]?.computed?.reveal()).toBe('');
  });

  test('an answer off the contract is named without what stood there', () => {
    expect(() => secrets.readSecretList([{ key: 'A', value: { deep: 'value' } }])).toThrow('[0].value is not a text.');
  });
});

describe('reading leases', () => {
  const lease = {
    id: 'deadbeef-0000-4000-8000-00000000c0de',
    ttl: '00:15:00',
    status: 'active',
    credentials: [
      { key: 'AWS_ACCESS_KEY_ID', value: 'AKIAEXAMPLEEXAMPLE00' },
      { key: '__proto__', value: 'x' },
    ],
    createdAt: '2026-02-01T09:45:00.010203Z',
    expiresAt: '2026-02-01T10:00:00.010100Z',
  };
  const secret = { id: 's1', name: 'deploy bot', type: 'dynamic', path: '/api', lease };

  test('head and fields of an issued one', () => {
    const [issued] = dynamic.readIssuedLeases([secret, { ...secret, lease: null }]);
    expect(issued).toMatchObject({ secretId: 's1', id: lease.id, expiresAt: Date.UTC(2026, 1, 1, 10, 0, 0, 10) });
    expect([...(issued?.fields() ?? [])].map(([key, value]) => [key, value.reveal()])).toEqual([
      ['AWS_ACCESS_KEY_ID', 'AKIAEXAMPLEEXAMPLE00'],
      ['__proto__', 'x'],
    ]);
  });

  test('an odd date or value does not cost the id', () => {
    const odd = { ...secret, lease: { ...lease, expiresAt: 'soon', credentials: [{ key: 'A', value: 1 }] } };
    const [issued] = dynamic.readIssuedLeases([odd]);
    expect(issued).toMatchObject({ id: lease.id, expiresAt: undefined });
    expect(() => issued?.fields()).toThrow('[0].lease.credentials.A is not a text.');
  });

  test('a list, with statuses that nobody knows yet', () => {
    const [one, odd] = leases.readLeaseList([lease, { id: 'x', status: 'paused', ttl: 'long', renewedAt: null }]);
    expect(one).toMatchObject({ status: 'active', ttlSec: 900, createdAt: Date.UTC(2026, 1, 1, 9, 45, 0, 10) });
    expect(odd).toEqual({
      id: 'x',
      status: 'paused',
      ttlSec: undefined,
      createdAt: undefined,
      expiresAt: undefined,
      renewedAt: undefined,
    });
  });

  test.each([
    ['2026-02-01 10:30:00.010100+00:00', Date.UTC(2026, 1, 1, 10, 30, 0, 10)],
    ['2026-02-01 10:30:00+00:00', Date.UTC(2026, 1, 1, 10, 30)],
    ['2026-02-01 10:30:00+02:00', Date.UTC(2026, 1, 1, 8, 30)],
    ['soon', undefined],
    ['2026-99-99 10:30:00+00:00', undefined],
  ])('the instant in a renewal’s text: %s', (said, expiresAt) => {
    expect(leases.readRenewal({ message: `Lease renewed successfully. Updated expiry: ${said}` })).toEqual({
      expiresAt,
    });
  });
});

describe('errors', () => {
  test('write and read the same body, and take the other spelling', () => {
    expect(readProblem(problemBody('why'))).toEqual({ messages: ['why'] });
    expect(readProblem({ detail: 'why' })).toEqual({ messages: ['why'] });
    expect([readProblem('<html>'), readProblem([]), readProblem({ error: 1 })]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('name each lease that failed, and how many others were made', () => {
    const failedLeases = [{ secretId: 's', secretName: 'deploy bot', error: 'too long' }, { odd: true }, null];
    expect(readProblem({ error: 'One failed', failedLeases, successfulLeases: 1 })).toEqual({
      messages: ['One failed', 'deploy bot: too long'],
      successfulLeases: 1,
    });
  });
});
