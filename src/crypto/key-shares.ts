// An account's private key in two shares: one in the token, the other with the server, under a key that only the token has.
import { randomBytes } from 'node:crypto';
import { Sensitive } from '#core/sensitive.js';
import { fromHex, fromText, toHex, toText, undecryptable } from './hex.ts';
import { KEY_BYTES } from './key-exchange.ts';
import { type RandomBytes, openWithKey, sealWithKey } from './sealing.ts';

/** The secret half of a token: what the server never stores. */
export type TokenShare = { readonly share: Sensitive<Uint8Array>; readonly wrapKey: Sensitive<Uint8Array> };

/** Puts shares together, and takes one away again: the operation is its own inverse. */
export function combineShares(shares: readonly Uint8Array[]): Uint8Array {
  const combined = new Uint8Array(KEY_BYTES);
  for (const share of shares) {
    if (share.length !== KEY_BYTES) throw undecryptable();
    for (let index = 0; index < KEY_BYTES; index += 1) combined[index] = (combined[index] ?? 0) ^ (share[index] ?? 0);
  }
  return combined;
}

/**
 * What the server keeps for a token: 208 hex characters, since it is the hex text of the other share that gets sealed,
 * not its bytes (contracts/phase.md 1.3).
 */
export function wrapShare(
  privateKey: Sensitive<Uint8Array>,
  { share, wrapKey }: TokenShare,
  random: RandomBytes = randomBytes,
): string {
  const other = combineShares([privateKey.reveal(), share.reveal()]);
  return toHex(sealWithKey(wrapKey, fromText(toHex(other)), random));
}

const WRAPPED_BYTES = 2 * KEY_BYTES + 16 + 24;

/** The private key again, from both halves. @throws AppError ERR_DECRYPT */
export function joinPrivateKey(token: TokenShare, wrappedShare: string): Sensitive<Uint8Array> {
  const other = fromHex(toText(openWithKey(token.wrapKey, fromHex(wrappedShare, WRAPPED_BYTES))), KEY_BYTES);
  return new Sensitive(combineShares([token.share.reveal(), other]));
}
