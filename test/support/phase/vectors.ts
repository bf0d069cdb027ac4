// libsodium's own answers for Phase's cryptography, and small means to write keys and chance down in a test.
import { readFileSync } from 'node:fs';
import type { RandomBytes } from '#crypto/sealing.js';
import { Sensitive } from '#core/sensitive.js';

type Vectors = {
  seed_keypairs: { seed: string; public_key: string; private_key: string }[];
  blake2b_digests: { input: string; salt: string; digest: string }[];
  session_keys: Record<
    'seed_a' | 'seed_b' | 'public_key_a' | 'private_key_a' | 'public_key_b' | 'private_key_b' | SessionKeyName,
    string
  >;
  encrypt_raw: { plaintext: string; key: string; ciphertext_with_nonce: string }[];
  asymmetric_encrypt: { plaintext: string; recipient_seed: string; recipient_public_key: string; ciphertext: string }[];
  xor_reconstruct: { shares: string[]; expected: string }[];
};
type SessionKeyName = 'client_rx' | 'client_tx' | 'server_rx' | 'server_tx';

/** Of phasehq/golang-sdk; crypto-vectors.LICENSE lies beside it. */
export const vectors = JSON.parse(
  readFileSync(new URL('./crypto-vectors.json', import.meta.url), 'utf8'),
) as unknown as Vectors;

export const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
export const hex = (of: Uint8Array) => Buffer.from(of).toString('hex');
export const box = (text: string) => new Sensitive(bytes(text));
/** 00, 01, 02 … */
export const counting = (length: number) => Uint8Array.from({ length }, (_, index) => index);

/** Chance that hands out what it is given, in that order, and notices when another length is asked for. */
export function scripted(...parts: Uint8Array[]): RandomBytes {
  return (length) => {
    const part = parts.shift();
    if (part?.length !== length) throw new Error(`asked for ${length} bytes, scripted ${part?.length}`);
    return part;
  };
}
