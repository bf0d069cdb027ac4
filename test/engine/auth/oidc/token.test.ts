// A token is accepted only when a key of its issuer signed it, by that key's algorithm, for now.
import { createPublicKey } from 'node:crypto';
import { Issuers } from '#engine/auth/oidc/issuers.js';
import { verifyToken } from '#engine/auth/oidc/token.js';
import { GITHUB, signingKey, TestIssuer } from '../../../support/oidc-issuer.ts';

const rsa = signingKey('rsa-1', 'RS256');
const ec = signingKey('ec-1', 'ES256');
const ed = signingKey('ed-1', 'EdDSA');

let issuer: TestIssuer;
let issuers: Issuers;
beforeEach(() => {
  issuer = new TestIssuer(GITHUB, rsa, ec, ed);
  issuers = new Issuers({ fetchJson: issuer.fetchJson, clock: issuer.clock });
});
const verify = (token: string) => verifyToken(issuers, GITHUB, token, issuer.clock.time);
const pem = (key: typeof rsa) => createPublicKey(key.secret).export({ type: 'spki', format: 'pem' }).toString();

test.each([rsa, ec, ed])('accepts a token signed by %#', async (key) => {
  const result = await verify(issuer.token({}, key));
  expect(result).toMatchObject({ token: { issuer: GITHUB, claims: { sub: 'repo:octo/hello:ref:refs/heads/main' } } });
});

test('tells when the token will be refused by everybody: exp and the skew', async () => {
  const exp = issuer.clock.time / 1000 + 300;
  expect(await verify(issuer.token())).toMatchObject({ token: { expiresAt: (exp + 60) * 1000 } });
});

test.each([
  ['alg none', () => `${issuer.forged({ alg: 'none' }, 'x').split('.').slice(0, 2).join('.')}.`, 'malformed'],
  ['alg none with a signature', () => issuer.forged({ alg: 'none' }, 'x'), 'algorithm'],
  ['HS256 with the public key', () => issuer.forged({ alg: 'HS256', kid: 'rsa-1' }, pem(rsa)), 'algorithm'],
  ['HS256 with the public modulus', () => issuer.forged({ alg: 'HS256', kid: 'rsa-1' }, rsa.jwk.n ?? ''), 'algorithm'],
  ['RS256 that is an HMAC', () => issuer.forged({ alg: 'RS256', kid: 'rsa-1' }, pem(rsa)), 'signature'],
  ['RS512', () => issuer.token({}, rsa, { alg: 'RS512' }), 'algorithm'],
  ['PS256', () => issuer.token({}, rsa, { alg: 'PS256' }), 'algorithm'],
  ['an unknown kid', () => issuer.token({}, signingKey('other', 'RS256')), 'unknown_key'],
  ['a known kid of another algorithm', () => issuer.token({}, ec, { kid: 'rsa-1' }), 'unknown_key'],
  ["another issuer's key under our kid", () => issuer.token({}, signingKey('rsa-1', 'RS256')), 'signature'],
  ['a critical header', () => issuer.token({}, rsa, { crit: ['exp'] }), 'malformed'],
  ['an unencoded payload', () => issuer.token({}, rsa, { b64: false, crit: ['b64'] }), 'malformed'],
  ['a kid that is no text', () => issuer.token({}, rsa, { kid: 7 }), 'malformed'],
  ['a kid that is endless', () => issuer.token({}, rsa, { kid: 'k'.repeat(300) }), 'malformed'],
  ['a huge token', () => issuer.token({ more: 'x'.repeat(20_000) }), 'too_large'],
  ['a token without parts', () => 'token', 'malformed'],
  ['a token of five parts', () => 'a.b.c.d.e', 'malformed'],
  ['a header that is no JSON', () => 'AAAA.AAAA.AAAA', 'malformed'],
  ['an empty token', () => '', 'malformed'],
])('refuses %s', async (_, make, reason) => {
  expect(await verify(make())).toEqual({ failure: { reason } });
});

test.each([
  ['a minute and a second past exp', { exp: -61 }, 'exp', false],
  ['59 seconds past exp', { exp: -59 }, 'exp', true],
  ['nbf in the future', { nbf: 61 }, 'nbf', false],
  ['nbf within the skew', { nbf: 59 }, 'nbf', true],
  ['iat in the future', { iat: 61 }, 'iat', false],
  ['iat within the skew', { iat: 59 }, 'iat', true],
  ['a validity beyond a day', { exp: 90_000 }, 'exp', false],
])('times: %s', async (_, offsets, claim, isAccepted) => {
  const now = issuer.clock.time / 1000;
  const times = Object.fromEntries(Object.entries(offsets).map(([name, offset]) => [name, now + offset]));
  const result = await verify(issuer.token(times));
  if (isAccepted) expect(result).toHaveProperty('token');
  else expect(result).toEqual({ failure: { reason: 'claim_mismatch', claim } });
});

test.each(['exp', 'iat', 'sub', 'aud'])('refuses a token without %s', async (claim) => {
  expect(await verify(issuer.token({ [claim]: undefined }))).toEqual({ failure: { reason: 'claim_missing', claim } });
});

test.each([
  ['iss', 'https://token.actions.githubusercontent.com/'],
  ['iss', 'https://evil.example'],
  ['exp', 'soon'],
  ['nbf', {}],
  ['iat', null],
  ['jti', 7],
  ['jti', ''],
])('refuses a token whose %s is %j', async (claim, value) => {
  expect(await verify(issuer.token({ [claim]: value }))).toMatchObject({ failure: { claim } });
});

test('a changed signature, payload or header is refused', async () => {
  const [header = '', payload = '', signature = ''] = issuer.token().split('.');
  const other = issuer.token({ sub: 'repo:evil/hello:ref:refs/heads/main' }).split('.')[1] ?? '';
  const flipped = `${signature.slice(0, 10)}${signature[10] === 'A' ? 'B' : 'A'}${signature.slice(11)}`;
  for (const forged of [`${header}.${other}.${signature}`, `${header}.${payload}.${flipped}`]) {
    expect(await verify(forged)).toEqual({ failure: { reason: 'signature' } });
  }
});

test('one digest for a jti whatever else the token says; without one, a digest of what was signed', async () => {
  const digest = async (token: string) => {
    const result = await verify(token);
    return 'token' in result ? result.token.digest : result.failure;
  };
  expect(await digest(issuer.token({ more: 1 }))).toBe(await digest(issuer.token({ more: 2 }, ec)));
  expect(await digest(issuer.token({ jti: 'other' }))).not.toBe(await digest(issuer.token()));
  // Two ECDSA signatures over the same bytes differ; the digest must not.
  const [first, second] = [issuer.token({ jti: undefined }, ec), issuer.token({ jti: undefined }, ec)];
  expect(first).not.toBe(second);
  expect(await digest(first)).toBe(await digest(second));
});
