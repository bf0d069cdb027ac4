// What signs in with an OIDC token, and how a shown token is known: one meaning, however it is written.
import fc from 'fast-check';
import { oidcSignIn } from '#contract/phase/exchange.js';
import { plainToken, writeToken } from '#contract/phase/token.js';
import { Sensitive } from '#core/sensitive.js';

const part = fc.stringMatching(/^[A-Za-z0-9_-]{1,60}$/);
const jwts = fc.tuple(part, part, part).map((parts) => parts.join('.'));
const hex = fc.stringMatching(/^[0-9a-f]{64}$/);
const read = (body: unknown) => {
  const result = oidcSignIn.safeParse(body);
  return result.success ? result.data : undefined;
};

test('a token means the same as it is and in base64', () => {
  fc.assert(
    fc.property(jwts, (jwt) => {
      const wanted = { id: 'i', token: jwt, ttlSec: undefined };
      expect(read({ identity: 'i', oidc: { jwt } })).toEqual(wanted);
      expect(read({ identity: 'i', oidc: { jwt: Buffer.from(jwt).toString('base64') } })).toEqual(wanted);
    }),
  );
});

test('whatever else is sent as a token is none', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
      const found = read({ identity: 'i', oidc: { jwt: text } });
      if (found) expect(found.token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    }),
  );
});

test('an identity that is named apart goes before the account, and one of them is needed', () => {
  const oidc = { jwt: 'a.b.c' };
  expect(read({ account: { type: 'service', id: 'a' }, identity: 'i', oidc })?.id).toBe('i');
  expect(read({ account: { id: 'a' }, oidc, tokenRequest: null })?.id).toBe('a');
  expect(read({ oidc })).toBeUndefined();
  expect(read({ account: { type: 'user', id: 'a' }, oidc })).toBeUndefined();
  expect(read({ account: { id: 'a' }, oidc, tokenRequest: { ttl: 60 } })?.ttlSec).toBe(60);
  for (const ttl of [0, -1, 1.5, '60']) {
    expect(read({ account: { id: 'a' }, oidc, tokenRequest: { ttl } })).toBeUndefined();
  }
});

test('a token is known by one text, whichever way it is written; what is none stays as it is', () => {
  fc.assert(
    fc.property(hex, hex, hex, hex, (bearer, publicKey, share, wrapKey) => {
      const keys = { publicKey, share: new Sensitive(share), wrapKey: new Sensitive(wrapKey) };
      for (const type of ['User', 'ServiceAccount'] as const) {
        const whole = writeToken({ type, bearer: new Sensitive(bearer), keys });
        const known = `${type} ${bearer}`;
        for (const text of [whole.reveal(), known, `Bearer ${known}`]) {
          expect(plainToken(new Sensitive(text)).reveal()).toBe(known);
        }
      }
    }),
    { numRuns: 20 },
  );
  expect(plainToken(new Sensitive('dp.said.x')).reveal()).toBe('dp.said.x');
});
