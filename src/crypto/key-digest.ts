// What a secret's name is looked up by where the server may not see names: a digest under the environment's salt.
import { blake2b } from '@noble/hashes/blake2.js';
import type { Sensitive } from '#core/sensitive.js';
import { fromText, toHex } from './hex.ts';

const DIGEST_BYTES = 32;

/** BLAKE2b-256 of `text` under `salt`, as hex; an empty salt means none. The salt is used as text, not as its bytes. */
export function saltedDigest(text: string, salt: Sensitive): string {
  const key = fromText(salt.reveal());
  const keyed = key.length === 0 ? {} : { key };
  return toHex(blake2b(fromText(text), { dkLen: DIGEST_BYTES, ...keyed }));
}

/** Digest of a secret's name, upper case as Phase stores them (contracts/phase.md 1.3). */
export function keyDigest(name: string, saltHex: Sensitive): string {
  return saltedDigest(name.toUpperCase(), saltHex);
}
