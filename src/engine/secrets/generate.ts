// Values made by the engine: every character drawn evenly from a charset that the request names or spells out.
import { randomInt } from 'node:crypto';
import { AppError } from '#core/errors.js';
import { Sensitive } from '#core/sensitive.js';

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const ALPHANUMERIC = `${LOWER.toUpperCase()}${LOWER}${DIGITS}`;

const CHARSETS = new Map(
  Object.entries({
    alphanumeric: ALPHANUMERIC,
    lowercase: `${LOWER}${DIGITS}`,
    numeric: DIGITS,
    hex: `${DIGITS}abcdef`,
    base64url: `${ALPHANUMERIC}-_`,
    ascii: Array.from({ length: 94 }, (_, at) => String.fromCharCode(33 + at)).join(''),
  }),
);
const MAX_LENGTH = 4096;
/** Anything else spells its characters out: printable ASCII, so that a length is a number of bytes too. */
const SPELLED = /^[\x20-\x7e]{2,95}$/;

/** `length` in characters; `charset` is a word of the table or the characters themselves. */
export type Generate = { length: number; charset?: string | null | undefined };

/** @throws AppError ERR_REQUEST_INVALID for a length or a charset that cannot be used */
export function generateValue({ length, charset }: Generate): Sensitive {
  const letters = CHARSETS.get(charset ?? 'alphanumeric') ?? charset ?? '';
  if (!Number.isInteger(length) || length < 1 || length > MAX_LENGTH) {
    throw new AppError('ERR_REQUEST_INVALID', `A generated value has 1 to ${MAX_LENGTH} characters.`);
  }
  if (!SPELLED.test(letters) || new Set(letters).size !== letters.length) {
    throw new AppError('ERR_REQUEST_INVALID', 'The charset is not one.', {
      hint: `Use ${[...CHARSETS.keys()].join(', ')}, or 2 to 95 different printable ASCII characters.`,
    });
  }
  // randomInt is without bias; a remainder of random bytes would not be.
  return new Sensitive(Array.from({ length }, () => letters[randomInt(letters.length)]).join(''));
}
