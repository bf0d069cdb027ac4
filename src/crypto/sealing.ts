// Sealing as Phase's clients do it: under a key, XChaCha20-Poly1305; for a public key, a one-time pair and `ph:v1:` text.
import { randomBytes } from 'node:crypto';
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { Sensitive } from '#core/sensitive.js';
import { fromHex, fromText, toHex, toText, undecryptable } from './hex.ts';
import { type KeyPair, KEY_BYTES, clientSessionKeys, keyPairFromSeed, serverSessionKeys } from './key-exchange.ts';

const NONCE_BYTES = 24;
const TAG_BYTES = 16;
/** Beyond any secret: a longer text is not worth the work of looking at it. */
const MAX_CIPHERTEXT = 4 * 1024 * 1024;
const CIPHERTEXT = /^ph:v1:([0-9a-fA-F]{64}):([A-Za-z0-9+/]+={0,2})$/;

/** Chance as a port: the vectors fix it. */
export type RandomBytes = (length: number) => Uint8Array;

/** Ciphertext with tag, then the nonce that it was made with (contracts/phase.md 1.3). */
export function sealWithKey(
  key: Sensitive<Uint8Array>,
  plain: Uint8Array,
  random: RandomBytes = randomBytes,
): Uint8Array {
  const nonce = random(NONCE_BYTES);
  const sealed = xchacha20poly1305(key.reveal(), nonce).encrypt(plain);
  return new Uint8Array(Buffer.concat([sealed, nonce]));
}

/** Opens what `sealWithKey` made. @throws AppError ERR_DECRYPT */
export function openWithKey(key: Sensitive<Uint8Array>, sealed: Uint8Array): Uint8Array {
  const end = sealed.length - NONCE_BYTES;
  if (end < TAG_BYTES) throw undecryptable();
  try {
    return xchacha20poly1305(key.reveal(), sealed.subarray(end)).decrypt(sealed.subarray(0, end));
  } catch {
    throw undecryptable();
  }
}

/** Whether `text` has the form of a sealed value; says nothing about whether it opens. */
export function isCiphertext(text: string): boolean {
  return text.length <= MAX_CIPHERTEXT && CIPHERTEXT.test(text);
}

/** Seals a value for the owner of a public key. */
export type Sealer = (value: Sensitive) => string;

/**
 * A sealer of `ph:v1:<one-time public key>:<base64>` texts that only the owner of `publicKey` can open, not even we who
 * sealed them. One exchange serves all values of an answer, each under a nonce of its own: an exchange costs a
 * thousand times what a short value does.
 * @throws AppError ERR_DECRYPT when `publicKey` is of low order
 */
export function sealerFor(publicKey: Uint8Array, random: RandomBytes = randomBytes): Sealer {
  const oneTime = keyPairFromSeed(new Sensitive(random(KEY_BYTES)));
  const { transmit } = clientSessionKeys(oneTime, publicKey);
  const head = `ph:v1:${toHex(oneTime.publicKey)}`;
  return (value) => {
    const sealed = sealWithKey(transmit, fromText(value.reveal()), random);
    return `${head}:${Buffer.from(sealed).toString('base64')}`;
  };
}

/** Seals one value. @throws AppError as `sealerFor` */
export function sealFor(publicKey: Uint8Array, value: Sensitive, random: RandomBytes = randomBytes): string {
  return sealerFor(publicKey, random)(value);
}

/** Opens what anyone sealed for `pair`. @throws AppError ERR_DECRYPT */
export function openSealed(pair: KeyPair, ciphertext: string): Sensitive {
  if (ciphertext.length > MAX_CIPHERTEXT) throw undecryptable();
  const [, from = '', encoded = ''] = CIPHERTEXT.exec(ciphertext) ?? [];
  const sealed = Buffer.from(encoded, 'base64');
  // Base64 has spare bits at its end: with one spelling only, a changed text is always a changed value.
  if (sealed.length === 0 || sealed.toString('base64') !== encoded) throw undecryptable();
  const { receive } = serverSessionKeys(pair, fromHex(from, KEY_BYTES));
  return new Sensitive(toText(openWithKey(receive, new Uint8Array(sealed))));
}
