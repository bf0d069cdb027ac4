// The recovery of a root key: only the other half opens it, and nothing of it can be altered.
import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { openRootKey, resealRootKey, sealRootKey } from '#engine/keyring/recovery.js';

function pair(type: 'x25519' | 'ed25519' = 'x25519') {
  const { publicKey, privateKey } = generateKeyPairSync(type as 'x25519');
  return {
    publicPem: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    privatePem: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  };
}
const { publicPem, privatePem } = pair();
const rootKey = () => fc.uint8Array({ minLength: 32, maxLength: 32 });

test('any root key comes back with the other half, and after being sealed anew', () => {
  fc.assert(
    fc.property(rootKey(), rootKey(), (first, second) => {
      const setting = sealRootKey(publicPem, first);
      expect(openRootKey(setting, privatePem)).toEqual(first);
      expect(openRootKey(resealRootKey(setting, second), privatePem)).toEqual(second);
      expect(() => openRootKey(setting, pair().privatePem)).toThrow(/does not open/);
    }),
    { numRuns: 20 },
  );
});

test('an altered setting opens nothing', () => {
  const setting = sealRootKey(publicPem, new Uint8Array(32));
  const body = JSON.parse(Buffer.from(setting).toString()) as Record<string, string>;
  for (const field of ['publicKey', 'ephemeral', 'rootKeyId', 'sealed']) {
    const text = body[field] ?? '';
    const other = { ...body, [field]: `${text.slice(0, -6)}${text.at(-6) === 'A' ? 'B' : 'A'}${text.slice(-5)}` };
    expect(() => openRootKey(new Uint8Array(Buffer.from(JSON.stringify(other))), privatePem)).toThrow(/does not open/);
  }
});

test('only an X25519 key is taken, and never a private one for a public one', () => {
  const wrong = pair('ed25519');
  for (const key of ['', 'key', wrong.publicPem, privatePem]) {
    expect(() => sealRootKey(key, new Uint8Array(32))).toThrow(/not an X25519 public key/);
  }
  expect(() => openRootKey(sealRootKey(publicPem, new Uint8Array(32)), publicPem)).toThrow(/X25519 private key/);
});
