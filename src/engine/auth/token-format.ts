// The text of a token: made with 256 random bits, recognised by its kind, shown only as a preview.
import { randomBytes } from 'node:crypto';
import { AppError } from '#core/errors.js';
import { Sensitive } from '#core/sensitive.js';

/** contracts/doppler.md 1.2, contracts/phase.md 1.1. The names are the `type` of `/v3/me` (1.5). */
const FORMS = {
  cli: /^dp\.ct\.[a-zA-Z0-9]{40,44}$/,
  personal: /^(?:dp\.pt\.[a-zA-Z0-9]{40,44}|User [a-f0-9]{64})$/,
  service_token: /^dp\.st\.(?:[a-z0-9_-]{2,35}\.)?[a-zA-Z0-9]{40,44}$/,
  service_account: /^(?:dp\.sa\.[a-zA-Z0-9]{40,44}|ServiceAccount [a-f0-9]{64})$/,
  service_account_identity: /^(?:dp\.said\.[a-zA-Z0-9]{40,44}|ServiceAccount [a-f0-9]{64})$/,
  scim: /^dp\.scim\.[a-zA-Z0-9]{40,44}$/,
  audit: /^dp\.audit\.[a-zA-Z0-9]{40,44}$/,
} as const;
export type TokenKind = keyof typeof FORMS;
export const TOKEN_KINDS = Object.keys(FORMS) as TokenKind[];

const PREFIX: Readonly<Record<Exclude<TokenKind, 'service_token'>, string>> = {
  cli: 'ct',
  personal: 'pt',
  service_account: 'sa',
  service_account_identity: 'said',
  scim: 'scim',
  audit: 'audit',
};

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** 43 letters of 62: 256 bits. */
const LENGTH = 43;
const MIDDLE = /^[a-z0-9_-]{2,35}$/;
const SHOWN = 6;

/** The first kind that `text` has the form of. */
export function tokenKind(text: string): TokenKind | undefined {
  return TOKEN_KINDS.find((kind) => FORMS[kind].test(text));
}

/** `kind` when `text` has its form: in Phase's dialect an exchanged token looks like any of its account's. */
export function knownKind(kind: string, text: string): TokenKind | undefined {
  const known = TOKEN_KINDS.find((one) => one === kind);
  return known && FORMS[known].test(text) ? known : undefined;
}

/** A service token of `config`, whose name is part of the text where the form allows it. */
export function newServiceToken(config: string): Sensitive {
  return new Sensitive(`dp.st.${MIDDLE.test(config) ? `${config}.` : ''}${letters()}`);
}

/** A token of any other kind. */
export function newToken(kind: keyof typeof PREFIX): Sensitive {
  return new Sensitive(`dp.${PREFIX[kind]}.${letters()}`);
}

/** The dialects that an account's token may have the form of; it opens the same in both. */
export type TokenForm = 'doppler' | 'phase';

const OF_ACCOUNTS = ['personal', 'service_account', 'service_account_identity'] as const;
export type PhaseTokenKind = (typeof OF_ACCOUNTS)[number];

/** Only accounts have tokens in both forms. */
export function isPhaseKind(kind: string): kind is PhaseTokenKind {
  return OF_ACCOUNTS.some((one) => one === kind);
}

/** What a Phase client sends: the type and 256 random bits. */
export function newPhaseToken(kind: PhaseTokenKind): Sensitive {
  return new Sensitive(`${kind === 'personal' ? 'User' : 'ServiceAccount'} ${randomBytes(32).toString('hex')}`);
}

/** A service account token. */
export function newAccountToken(): Sensitive {
  return newToken('service_account');
}

/** Enough of a token to tell it from others: `dp.st.dev...a1b2c3`; leaves over 200 bits unknown. */
export function tokenPreview(token: Sensitive): string {
  const text = token.reveal();
  const cut = text.search(/[. ][^. ]*$/);
  if (cut < 0) throw new AppError('ERR_INTERNAL', 'A token has no beginning to show.');
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
