// Hexadecimal and UTF-8 as Phase's cryptography writes them: strict on the way in, one error for everything odd.
import { AppError } from '#core/errors.js';

/**
 * One face for every failure of a decryption: which step refused tells an attacker something and a user nothing.
 * A cause is left out for the same reason, and because a parser's message may quote what it read.
 */
export function undecryptable(): AppError {
  return new AppError('ERR_DECRYPT', 'A value sealed for Phase cannot be opened.', {
    hint: 'Check that the token belongs to this account and environment, and that nothing cut the value short.',
  });
}

/** `bytes` as lower-case hex. */
export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

/** Exactly `length` bytes of hex in either case. @throws AppError ERR_DECRYPT */
export function fromHex(text: string, length: number): Uint8Array {
  // Buffer stops in silence at the first odd character, so the form is checked before.
  if (text.length !== 2 * length || !/^[0-9a-fA-F]*$/.test(text)) throw undecryptable();
  return new Uint8Array(Buffer.from(text, 'hex'));
}

/** `bytes` as text. @throws AppError ERR_DECRYPT when they are not UTF-8 */
export function toText(bytes: Uint8Array): string {
  try {
    // ignoreBOM keeps a byte order mark: it is part of the value.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw undecryptable();
  }
}

/** `text` as bytes. @throws AppError ERR_REQUEST_INVALID for half a surrogate pair, which UTF-8 cannot carry */
export function fromText(text: string): Uint8Array {
  if (!text.isWellFormed()) {
    throw new AppError('ERR_REQUEST_INVALID', 'A value is not valid Unicode text, so it cannot be sealed.');
  }
  return new TextEncoder().encode(text);
}
