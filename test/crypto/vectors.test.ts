// Ours is libsodium's: every vector of Phase's SDKs and of the contract, made and opened.
import { keyDigest, saltedDigest } from '#crypto/key-digest.js';
import { clientSessionKeys, keyPairFromPrivate, keyPairFromSeed, serverSessionKeys } from '#crypto/key-exchange.js';
import { combineShares, joinPrivateKey, wrapShare } from '#crypto/key-shares.js';
import { openSealed, openWithKey, sealFor, sealWithKey } from '#crypto/sealing.js';
import { Sensitive } from '#core/sensitive.js';
import { box, bytes, counting, hex, scripted, vectors } from '../support/phase/vectors.ts';

const repeated = (byte: string) => byte.repeat(32);

test('every part of the vector file is used here', () => {
  const lengths = Object.entries(vectors).flatMap(([name, part]) => (Array.isArray(part) ? [[name, part.length]] : []));
  expect(Object.fromEntries(lengths)).toEqual({
    seed_keypairs: 3,
    blake2b_digests: 5,
    encrypt_raw: 4,
    asymmetric_encrypt: 4,
    xor_reconstruct: 3,
  });
});

test.each(vectors.seed_keypairs)('a seed gives its key pair ($seed)', ({ seed, public_key, private_key }) => {
  const pair = keyPairFromSeed(box(seed));
  expect([hex(pair.publicKey), hex(pair.privateKey.reveal())]).toEqual([public_key, private_key]);
  expect(hex(keyPairFromPrivate(box(private_key)).publicKey)).toBe(public_key);
});

test.each(vectors.blake2b_digests)('a salted digest is libsodium’s ($salt)', ({ input, salt, digest }) => {
  expect(saltedDigest(input, new Sensitive(salt))).toBe(digest);
});

test('both sides of an exchange derive libsodium’s session keys', () => {
  const of = vectors.session_keys;
  const [a, b] = [keyPairFromSeed(box(of.seed_a)), keyPairFromSeed(box(of.seed_b))];
  expect([a, b].map((pair) => hex(pair.publicKey))).toEqual([of.public_key_a, of.public_key_b]);
  const client = clientSessionKeys(a, b.publicKey);
  const server = serverSessionKeys(b, a.publicKey);
  const shown = [client.receive, client.transmit, server.receive, server.transmit].map((key) => hex(key.reveal()));
  expect(shown).toEqual([of.client_rx, of.client_tx, of.server_rx, of.server_tx]);
});

test.each(vectors.encrypt_raw)(
  'sealing under a key is libsodium’s both ways ($plaintext)',
  ({ plaintext, key, ciphertext_with_nonce }) => {
    const sealed = bytes(ciphertext_with_nonce);
    expect(Buffer.from(openWithKey(box(key), sealed)).toString()).toBe(plaintext);
    const again = sealWithKey(box(key), new TextEncoder().encode(plaintext), scripted(sealed.slice(-24)));
    expect(hex(again)).toBe(ciphertext_with_nonce);
  },
);

test.each(vectors.asymmetric_encrypt)('what an SDK sealed is opened ($plaintext)', (vector) => {
  const pair = keyPairFromSeed(box(vector.recipient_seed));
  expect(hex(pair.publicKey)).toBe(vector.recipient_public_key);
  expect(openSealed(pair, vector.ciphertext).reveal()).toBe(vector.plaintext);
  const ours = sealFor(bytes(vector.recipient_public_key), new Sensitive(vector.plaintext));
  expect(openSealed(pair, ours).reveal()).toBe(vector.plaintext);
});

test.each(vectors.xor_reconstruct)('shares combine ($expected)', ({ shares, expected }) => {
  expect(hex(combineShares(shares.map(bytes)))).toBe(expected);
});

describe('the vectors of contracts/phase.md 1.3', () => {
  const environment = keyPairFromSeed(box(repeated('5a')));

  test('environment key pair', () => {
    expect(hex(environment.publicKey)).toBe('6672cb0623fc43b6a45957dc745b089f1c47070bd9bfcf37c8cc1d32bbc15477');
    const privateKey = '4e676a514672d6c80a43c4bc7240bff5c7dacca40021dcb812f97d2c3c3a90cf';
    expect(hex(environment.privateKey.reveal())).toBe(privateKey);
  });

  test('digest of a name, in whatever case it is given', () => {
    const digest = 'a684291fe14ae9621effcea8148aae7c6b372e7ac43b58481f7a20f0010a3602';
    const salt = new Sensitive(repeated('c3'));
    expect([keyDigest('AWS_ACCESS_KEY_ID', salt), keyDigest('aws_access_key_id', salt)]).toEqual([digest, digest]);
  });

  test('sealed value, made and opened', () => {
    const wire =
      'ph:v1:3cfa2c3a3ab924fc4238db9fc18d55c8124dc3959cbd3d0efd915876e9b66f36:' +
      '0ddwR7lRyMHZxNXtRL0UwMJUQTcjRpdZwP8AAQIDBAUGBwgJCgsMDQ4PEBESExQVFhc=';
    const chance = scripted(bytes(repeated('77')), counting(24));
    expect(sealFor(environment.publicKey, new Sensitive('lease-demo'), chance)).toBe(wire);
    expect(openSealed(environment, wire).reveal()).toBe('lease-demo');
  });

  test('shares of an account key, split and joined', () => {
    const account = keyPairFromSeed(box(repeated('11')));
    const token = { share: box(repeated('9d')), wrapKey: box(repeated('e4')) };
    const wrappedShare = wrapShare(account.privateKey, token, scripted(counting(24)));
    expect(wrappedShare).toBe(
      'b38350a44ff6bb490cf31f4748be381ab9a0a877764a70bd181caa0971337457f7f8f73956d684978d9041fb79667fc48c8c7fa7b40e6df7' +
        '1fee5e3af53870d37422bde781425104414eb7d9cf52661a000102030405060708090a0b0c0d0e0f1011121314151617',
    );
    expect(wrappedShare).toHaveLength(208);
    expect(hex(joinPrivateKey(token, wrappedShare).reveal())).toBe(hex(account.privateKey.reveal()));
    expect(hex(keyPairFromPrivate(joinPrivateKey(token, wrappedShare)).publicKey)).toBe(
      'cb8403d9e0857b55c47ff233b6b4379588c9644aababb2588027bf7188b98217',
    );
  });
});
