// A way back when the root key is lost: the key sealed to a public key whose other half lies somewhere else.
import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { AppError } from '#core/errors.js';
import { rootKeyId } from './wrapping.ts';

/** Where the sealed key lies among the settings of a store; dumps carry it along. */
export const RECOVERY_SETTING = 'recovery';

type Recovery = { v: 1; publicKey: string; ephemeral: string; rootKeyId: string; sealed: string };

const NONCE = 12;
const TAG = 16;
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const bytesOf = (text: string) => Buffer.from(text, 'base64');

/**
 * Seals the root key: X25519 with a key made for this once, HKDF-SHA256, AES-256-GCM bound to the root key's id.
 * @param publicKey PEM, X25519
 * @throws AppError ERR_CONFIG_INVALID for any other key
 */
export function sealRootKey(publicKey: string, rootKey: Uint8Array): Uint8Array {
  const theirs = parseKey('public', publicKey);
  const fresh = generateKeyPairSync('x25519');
  const id = rootKeyId(rootKey);
  const spki = exported(theirs);
  const ephemeral = exported(fresh.publicKey);
  const shared = diffieHellman({ privateKey: fresh.privateKey, publicKey: theirs });
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', wrappingKey(shared, ephemeral, spki), nonce, { authTagLength: TAG });
  cipher.setAAD(Buffer.from(id));
  const sealed = Buffer.concat([nonce, cipher.update(rootKey), cipher.final(), cipher.getAuthTag()]);
  const body: Recovery = {
    v: 1,
    publicKey: base64(spki),
    ephemeral: base64(ephemeral),
    rootKeyId: id,
    sealed: base64(sealed),
  };
  return new Uint8Array(Buffer.from(JSON.stringify(body)));
}

/** The same for another root key, to the public key that the setting names. */
export function resealRootKey(setting: Uint8Array, rootKey: Uint8Array): Uint8Array {
  const { publicKey } = parse(setting);
  const pem = createPublicKey({ key: bytesOf(publicKey), format: 'der', type: 'spki' });
  return sealRootKey(pem.export({ format: 'pem', type: 'spki' }).toString(), rootKey);
}

/** @throws AppError ERR_DECRYPT when the private key is not the other half, or the setting was altered */
export function openRootKey(setting: Uint8Array, privateKey: string): Uint8Array {
  const ours = parseKey('private', privateKey);
  const { publicKey, ephemeral, rootKeyId: id, sealed } = parse(setting);
  try {
    const theirs = createPublicKey({ key: bytesOf(ephemeral), format: 'der', type: 'spki' });
    const shared = diffieHellman({ privateKey: ours, publicKey: theirs });
    const bytes = bytesOf(sealed);
    const key = wrappingKey(shared, bytesOf(ephemeral), bytesOf(publicKey));
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE), { authTagLength: TAG });
    decipher.setAAD(Buffer.from(id));
    decipher.setAuthTag(bytes.subarray(bytes.length - TAG));
    const body = bytes.subarray(NONCE, bytes.length - TAG);
    return new Uint8Array(Buffer.concat([decipher.update(body), decipher.final()]));
  } catch (cause) {
    throw new AppError('ERR_DECRYPT', 'This recovery key does not open the root key of this store.', {
      hint: 'Use the private key whose public half was given to init.',
      cause,
    });
  }
}

function parseKey(half: 'public' | 'private', pem: string): KeyObject {
  try {
    const key = half === 'public' ? createPublicKey(pem) : createPrivateKey(pem);
    // A private key would be taken for a public one too, and would then be copied to where only public ones belong.
    const isWhole = half === 'private' || !pem.includes('PRIVATE');
    if (key.asymmetricKeyType === 'x25519' && isWhole) return key;
  } catch {
    // Told below.
  }
  throw new AppError('ERR_CONFIG_INVALID', `The recovery key is not an X25519 ${half} key in PEM.`, {
    hint: 'Make one: openssl genpkey -algorithm X25519 -out recovery.pem; openssl pkey -in recovery.pem -pubout.',
  });
}

function wrappingKey(shared: Uint8Array, ephemeral: Uint8Array, spki: Uint8Array): Uint8Array {
  const salt = Buffer.concat([ephemeral, spki]);
  return new Uint8Array(hkdfSync('sha256', shared, salt, 'secrets-action recovery v1', 32));
}

function exported(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'spki' });
}

function parse(setting: Uint8Array): Recovery {
  const body = JSON.parse(Buffer.from(setting).toString('utf8')) as Recovery;
  if (body.v === 1) return body;
  throw new AppError('ERR_DECRYPT', 'The recovery of this store was made by a newer version.');
}
