// libsodium's crypto_kx: X25519 key pairs from a seed, and the two session keys that each side derives from the other's key.
import { x25519 } from '@noble/curves/ed25519.js';
import { blake2b } from '@noble/hashes/blake2.js';
import { Sensitive } from '#core/sensitive.js';
import { undecryptable } from './hex.ts';

/** Length of a seed, a public key, a private key and a session key, in bytes. */
export const KEY_BYTES = 32;

export type KeyPair = { readonly publicKey: Uint8Array; readonly privateKey: Sensitive<Uint8Array> };

/** What one side sends with and what it receives with; the other side has them crossed. */
export type SessionKeys = { readonly transmit: Sensitive<Uint8Array>; readonly receive: Sensitive<Uint8Array> };

/** crypto_kx_seed_keypair: the private key is BLAKE2b-256 of the seed (contracts/phase.md 1.3). */
export function keyPairFromSeed(seed: Sensitive<Uint8Array>): KeyPair {
  return keyPairFromPrivate(new Sensitive(blake2b(seed.reveal(), { dkLen: KEY_BYTES })));
}

/** The pair of a private key that is already there. */
export function keyPairFromPrivate(privateKey: Sensitive<Uint8Array>): KeyPair {
  return { publicKey: x25519.getPublicKey(privateKey.reveal()), privateKey };
}

/** crypto_kx_client_session_keys: of the side that begins. @throws AppError ERR_DECRYPT for a key of low order */
export function clientSessionKeys(client: KeyPair, serverPublicKey: Uint8Array): SessionKeys {
  const [first, second] = derive(client, serverPublicKey, [client.publicKey, serverPublicKey]);
  return { receive: first, transmit: second };
}

/** crypto_kx_server_session_keys: of the side that was begun with. @throws AppError ERR_DECRYPT for a key of low order */
export function serverSessionKeys(server: KeyPair, clientPublicKey: Uint8Array): SessionKeys {
  const [first, second] = derive(server, clientPublicKey, [clientPublicKey, server.publicKey]);
  return { receive: second, transmit: first };
}

type Halves = readonly [Sensitive<Uint8Array>, Sensitive<Uint8Array>];

/** BLAKE2b-512 over the shared point and both public keys, the client's first, cut in two. */
function derive(own: KeyPair, theirs: Uint8Array, ordered: readonly Uint8Array[]): Halves {
  const hash = blake2b.create({ dkLen: 2 * KEY_BYTES });
  hash.update(sharedPoint(own, theirs));
  for (const publicKey of ordered) hash.update(publicKey);
  const keys = hash.digest();
  return [new Sensitive(keys.slice(0, KEY_BYTES)), new Sensitive(keys.slice(KEY_BYTES))];
}

function sharedPoint(own: KeyPair, theirs: Uint8Array): Uint8Array {
  try {
    return x25519.getSharedSecret(own.privateKey.reveal(), theirs);
  } catch {
    // A point of low order makes every shared point zero, whoever the other side is.
    throw undecryptable();
  }
}
