// What is sealed comes back whole, opens for nobody else, and any change to it is noticed.
import fc from 'fast-check';
import { saltedDigest } from '#crypto/key-digest.js';
import { keyPairFromSeed } from '#crypto/key-exchange.js';
import { combineShares, joinPrivateKey, wrapShare } from '#crypto/key-shares.js';
import { isCiphertext, openSealed, openWithKey, sealFor, sealWithKey, sealerFor } from '#crypto/sealing.js';
import { Sensitive } from '#core/sensitive.js';
import { hex } from '../support/phase/vectors.ts';

const seed = fc.uint8Array({ minLength: 32, maxLength: 32 });
const text = fc.string({ unit: 'binary', maxLength: 300 });
const pairOf = (from: Uint8Array) => keyPairFromSeed(new Sensitive(from));
const refused = expect.objectContaining({ code: 'ERR_DECRYPT' }) as unknown;

/** What `open` does with a changed input: it has to throw the one error. */
function failure(open: () => unknown): unknown {
  try {
    open();
    return 'opened';
  } catch (error) {
    return error;
  }
}

test('every text sealed for a key comes back, in the form that Phase checks', () => {
  fc.assert(
    fc.property(seed, text, (from, value) => {
      const pair = pairOf(from);
      const sealed = sealFor(pair.publicKey, new Sensitive(value));
      expect(isCiphertext(sealed)).toBe(true);
      expect(openSealed(pair, sealed).reveal()).toBe(value);
    }),
    { numRuns: 40 },
  );
});

test('the same text never seals to the same ciphertext', () => {
  const { publicKey } = pairOf(new Uint8Array(32));
  expect(sealFor(publicKey, new Sensitive('x'))).not.toBe(sealFor(publicKey, new Sensitive('x')));
});

test('the values of one answer share an exchange and nothing else', () => {
  const pair = pairOf(new Uint8Array(32));
  const seal = sealerFor(pair.publicKey);
  const sealed = ['x', 'x', 'y'].map((value) => seal(new Sensitive(value)));
  expect(new Set(sealed).size).toBe(3);
  expect(new Set(sealed.map((one) => one.slice(-32))).size).toBe(3);
  expect(sealed.map((one) => openSealed(pair, one).reveal())).toEqual(['x', 'x', 'y']);
});

test('one changed character anywhere is noticed', () => {
  fc.assert(
    fc.property(
      seed,
      text,
      fc.nat(),
      fc.constantFrom('0', 'A', 'f', '+', '/', '=', 'Q', ':', '\n'),
      (from, value, at, by) => {
        const pair = pairOf(from);
        const sealed = sealFor(pair.publicKey, new Sensitive(value));
        const index = at % sealed.length;
        const changed = sealed.slice(0, index) + by + sealed.slice(index + 1);
        // Hex has two spellings of one byte; those are the same ciphertext.
        fc.pre(changed.slice(0, 70).toLowerCase() + changed.slice(70) !== sealed);
        expect(failure(() => openSealed(pair, changed))).toEqual(refused);
      },
    ),
    { numRuns: 60 },
  );
});

test('one flipped bit anywhere is noticed, and so is every cut', () => {
  fc.assert(
    fc.property(seed, fc.uint8Array({ maxLength: 100 }), fc.nat(), (from, plain, at) => {
      const key = new Sensitive(from);
      const sealed = sealWithKey(key, plain);
      expect(openWithKey(key, sealed)).toEqual(plain);
      const flipped = Uint8Array.from(sealed);
      const index = at % sealed.length;
      flipped[index] = (flipped[index] ?? 0) ^ (1 << (at % 8));
      expect(failure(() => openWithKey(key, flipped))).toEqual(refused);
      expect(failure(() => openWithKey(key, sealed.subarray(0, index)))).toEqual(refused);
    }),
  );
});

test('another key opens nothing', () => {
  fc.assert(
    fc.property(seed, seed, text, (mine, theirs, value) => {
      fc.pre(hex(mine) !== hex(theirs));
      const sealed = sealFor(pairOf(mine).publicKey, new Sensitive(value));
      expect(failure(() => openSealed(pairOf(theirs), sealed))).toEqual(refused);
    }),
    { numRuns: 30 },
  );
});

test('a private key comes back from its two halves only', () => {
  fc.assert(
    fc.property(seed, seed, seed, seed, (from, share, wrapKey, other) => {
      fc.pre(hex(wrapKey) !== hex(other));
      const token = { share: new Sensitive(share), wrapKey: new Sensitive(wrapKey) };
      const wrappedShare = wrapShare(new Sensitive(from), token);
      expect(hex(joinPrivateKey(token, wrappedShare).reveal())).toBe(hex(from));
      const stranger = { ...token, wrapKey: new Sensitive(other) };
      expect(failure(() => joinPrivateKey(stranger, wrappedShare))).toEqual(refused);
    }),
  );
});

test('combining with a share twice takes it away again', () => {
  fc.assert(
    fc.property(seed, seed, (one, two) => expect(combineShares([combineShares([one, two]), two])).toEqual(one)),
  );
});

test('a name has another digest under another salt', () => {
  fc.assert(
    fc.property(seed, seed, text, (one, two, name) => {
      fc.pre(hex(one) !== hex(two));
      const under = (salt: Uint8Array) => saltedDigest(name, new Sensitive(hex(salt)));
      expect(under(one)).not.toBe(under(two));
      expect(under(one)).toBe(under(one));
    }),
  );
});

test.each([
  ['nothing', ''],
  ['another version', `ph:v2:${'a'.repeat(64)}:AAAA`],
  ['a short public key', `ph:v1:${'a'.repeat(63)}:AAAA`],
  ['no ciphertext', `ph:v1:${'a'.repeat(64)}:`],
  ['less than a tag', `ph:v1:${'a'.repeat(64)}:AAAA`],
  ['a public key of low order', `ph:v1:${'0'.repeat(64)}:${Buffer.alloc(60).toString('base64')}`],
  ['a line end at the end', `ph:v1:${'a'.repeat(64)}:AAAA\n`],
  ['more than any secret', `ph:v1:${'a'.repeat(64)}:${'A'.repeat(4 * 1024 * 1024)}`],
])('%s is refused with the same words', (_, sealed) => {
  expect(failure(() => openSealed(pairOf(new Uint8Array(32)), sealed))).toEqual(refused);
});

test('a key of low order is not sealed for: anyone could open it', () => {
  expect(failure(() => sealFor(new Uint8Array(32), new Sensitive('x')))).toEqual(refused);
});

test('bytes that are no text are not handed out as one', () => {
  const pair = pairOf(new Uint8Array(32));
  const lone = failure(() => sealFor(pair.publicKey, new Sensitive('\ud800')));
  expect(lone).toMatchObject({ code: 'ERR_REQUEST_INVALID' });
});

test('nothing that was opened or derived prints', () => {
  const pair = pairOf(new Uint8Array(32));
  const opened = openSealed(pair, sealFor(pair.publicKey, new Sensitive('the-value')));
  expect(JSON.stringify([opened, pair.privateKey])).toBe('["[sensitive]","[sensitive]"]');
});
