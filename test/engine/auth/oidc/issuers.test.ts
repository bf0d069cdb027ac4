// An issuer's keys are fetched when needed, from its own origin only, and never as often as a stranger would like.
import { Issuers } from '#engine/auth/oidc/issuers.js';
import { GITHUB, signingKey, TestIssuer } from '../../../support/oidc-issuer.ts';

const old = signingKey('old', 'RS256');
const fresh = signingKey('fresh', 'RS256');
const MINUTE = 60_000;

let issuer: TestIssuer;
let issuers: Issuers;
beforeEach(() => {
  issuer = new TestIssuer(GITHUB, old);
  issuers = new Issuers({ fetchJson: issuer.fetchJson, clock: issuer.clock });
});
const find = (kid: string | undefined, discoveryUrl = GITHUB) =>
  issuers.findKey(discoveryUrl, { kid, algorithm: 'RS256' });
const UNAVAILABLE = { code: 'ERR_UNAVAILABLE', message: "The identity issuer's keys cannot be read at the moment." };

test('keys are fetched once and kept for ten minutes', async () => {
  for (let n = 0; n < 5; n += 1) expect(await find('old')).toMatchObject({ issuer: GITHUB, key: { kid: 'old' } });
  expect(issuer.requests).toEqual([`${GITHUB}/.well-known/openid-configuration`, `${GITHUB}/.well-known/jwks`]);
  issuer.clock.advance(10 * MINUTE);
  await find('old');
  expect(issuer.requests).toHaveLength(4);
});

test('the address of the discovery document is taken as well, and so is a final slash', async () => {
  for (const url of [`${GITHUB}/.well-known/openid-configuration`, `${GITHUB}/`]) await find('old', url);
  expect(issuer.requests).toHaveLength(2);
});

test('a rotated key is found by one fetch more, a withdrawn one is gone with it', async () => {
  await find('old');
  issuer.keys = [fresh];
  issuer.clock.advance(30_000);
  expect(await find('fresh')).toMatchObject({ key: { kid: 'fresh' } });
  expect(await find('old')).toBeUndefined();
  expect(issuer.requests).toHaveLength(4);
});

test('during a rotation both keys are good', async () => {
  issuer.keys = [old, fresh];
  expect([(await find('old'))?.key.kid, (await find('fresh'))?.key.kid]).toEqual(['old', 'fresh']);
});

test('a thousand unknown kids in half a minute cost no fetch, and after it one', async () => {
  await find('old');
  for (let n = 0; n < 1000; n += 1) {
    expect(await find(`made-up-${n}`)).toBeUndefined();
    issuer.clock.advance(29);
  }
  expect(issuer.requests).toHaveLength(2);
  issuer.clock.advance(1000);
  await Promise.all(Array.from({ length: 50 }, (_, n) => find(`made-up-${n}`)));
  expect(issuer.requests).toHaveLength(4);
});

test('callers at the same moment share one fetch', async () => {
  const found = await Promise.all(Array.from({ length: 50 }, () => find('old')));
  expect(found.every((one) => one?.key.kid === 'old')).toBe(true);
  expect(issuer.requests).toHaveLength(2);
});

test('without a kid there must be one key; two under one kid are none', async () => {
  expect((await find(undefined))?.key.kid).toBe('old');
  issuer = new TestIssuer(GITHUB, old, fresh);
  issuers = new Issuers({ fetchJson: issuer.fetchJson, clock: issuer.clock });
  expect(await find(undefined)).toBeUndefined();
  issuer = new TestIssuer(GITHUB, old, { ...fresh, jwk: { ...fresh.jwk, kid: 'old' } });
  issuers = new Issuers({ fetchJson: issuer.fetchJson, clock: issuer.clock });
  expect(await find('old')).toBeUndefined();
});

test('an issuer that is down is served from what is known for an hour, and not a second more', async () => {
  await find('old');
  issuer.answer = () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7:443'));
  issuer.clock.advance(69 * MINUTE);
  expect(await find('old')).toMatchObject({ key: { kid: 'old' } });
  issuer.clock.advance(MINUTE);
  await expect(find('old')).rejects.toMatchObject(UNAVAILABLE);
});

test('after a failure it is left alone for five seconds', async () => {
  issuer.answer = () => Promise.reject(new Error('down'));
  for (let n = 0; n < 20; n += 1) await expect(find('old')).rejects.toMatchObject(UNAVAILABLE);
  expect(issuer.requests).toHaveLength(1);
  issuer.answer = undefined;
  issuer.clock.advance(5_000);
  expect(await find('old')).toMatchObject({ key: { kid: 'old' } });
});

test('discovery that hangs is given up after five seconds, and told so', async () => {
  let aborted = false;
  issuer.answer = (_, signal) => new Promise(() => signal.addEventListener('abort', () => (aborted = true)));
  const waiting = expect(find('old')).rejects.toMatchObject(UNAVAILABLE);
  issuer.clock.advance(5_000);
  await waiting;
  expect(aborted).toBe(true);
});

const base = { issuer: GITHUB, jwks_uri: `${GITHUB}/.well-known/jwks` };
test.each([
  ['keys on another origin', { ...base, jwks_uri: 'https://evil.example/jwks' }],
  ['keys on another port', { ...base, jwks_uri: 'https://token.actions.githubusercontent.com:8443/jwks' }],
  ['keys over http', { ...base, jwks_uri: 'http://token.actions.githubusercontent.com/jwks' }],
  ['keys behind a user', { ...base, jwks_uri: 'https://a:b@token.actions.githubusercontent.com/jwks' }],
  ['keys at no address', { ...base, jwks_uri: '/.well-known/jwks' }],
  ['keys nowhere', { issuer: GITHUB }],
  ['another issuer', { ...base, issuer: 'https://evil.example' }],
  ['an issuer with more of a path', { ...base, issuer: `${GITHUB}/octo` }],
  ['no issuer', { jwks_uri: base.jwks_uri }],
])('a discovery document with %s is refused, and its keys are not asked for', async (_, discovery) => {
  issuer.discovery = discovery;
  await expect(find('old')).rejects.toMatchObject(UNAVAILABLE);
  expect(issuer.requests).toHaveLength(1);
});

test.each([[null], ['text'], [[]], [7]])('a discovery document that is %j is refused', async (document) => {
  issuer.answer = () => Promise.resolve(document);
  await expect(find('old')).rejects.toMatchObject(UNAVAILABLE);
});

test.each([
  ['an oct key', { kty: 'oct', k: 'c2VjcmV0', kid: 'old', alg: 'HS256' }],
  ['a key for encryption', { ...old.jwk, use: 'enc' }],
  ['a key for another algorithm', { ...old.jwk, alg: 'RS512' }],
  ['a key that only signs', { ...old.jwk, use: undefined, key_ops: ['sign'] }],
  ['a short RSA key', signingKey('old', 'RS256', 1024).jwk],
  ['a broken key', { kty: 'RSA', n: 'AQAB'.repeat(86), e: {}, kid: 'old' }],
  ['a curve point that is none', { kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'AAAA', kid: 'old' }],
  ['no object', 'old'],
])('%s is passed over, and the good ones beside it still serve', async (_, jwk) => {
  issuer.jwks = [jwk, fresh.jwk];
  expect(await find('old')).toBeUndefined();
  expect(await find('fresh')).toMatchObject({ key: { kid: 'fresh', algorithm: 'RS256' } });
});

test('private members of a published key are not imported', async () => {
  issuer.jwks = [{ ...old.secret.export({ format: 'jwk' }), kid: 'old' }];
  expect((await find('old'))?.key.key.type).toBe('public');
});
