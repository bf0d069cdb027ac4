// The text of a token: made with 256 random bits, recognised by its kind, shown only as a preview.
import { randomBytes } from 'node:crypto';
import { Sensitive } from '#core/sensitive.js';

/** contracts/doppler.md 1.2; the kinds that this engine issues. Issue 3 adds the others. */
const FORMS = {
  service_token: /^dp\.st\.(?:[a-z0-9_-]{2,35}\.)?[a-zA-Z0-9]{40,44}$/,
  service_account: /^dp\.sa\.[a-zA-Z0-9]{40,44}$/,
} as const;
export type TokenKind = keyof typeof FORMS;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** 43 letters of 62: 256 bits. */
const LENGTH = 43;
const MIDDLE = /^[a-z0-9_-]{2,35}$/;
const SHOWN = 6;

/** The kind that `text` has the form of. */
export function tokenKind(text: string): TokenKind | undefined {
  if (FORMS.service_token.test(text)) return 'service_token';
  return FORMS.service_account.test(text) ? 'service_account' : undefined;
}

/** A service token of `config`, whose name is part of the text where the form allows it. */
export function newServiceToken(config: string): Sensitive {
  return new Sensitive(`dp.st.${MIDDLE.test(config) ? `${config}.` : ''}${letters()}`);
}

/** A service account token. */
export function newAccountToken(): Sensitive {
  return new Sensitive(`dp.sa.${letters()}`);
}

/** Enough of a token to tell it from others: `dp.st.dev...a1b2c3`; leaves over 200 bits unknown. */
export function tokenPreview(token: Sensitive): string {
  const text = token.reveal();
  const cut = text.lastIndexOf('.');
  return `${text.slice(0, cut)}...${text.slice(-SHOWN)}`;
}

/** Uniform: bytes past the last whole multiple of the alphabet are thrown away. */
function letters(): string {
  const limit = 256 - (256 % ALPHABET.length);
  let text = '';
  while (text.length < LENGTH) {
    for (const byte of randomBytes(LENGTH)) {
      if (byte < limit && text.length < LENGTH) text += ALPHABET[byte % ALPHABET.length];
    }
  }
  return text;
}
