// New tokens of accounts and of the workplace, as a row and as the one text that is told; and the hash of a told one.
import { randomUUID } from 'node:crypto';
import { AppError } from '#core/errors.js';
import type { Sensitive } from '#core/sensitive.js';
import type { Keyring } from '../keyring/keyring.ts';
import type { NewToken } from '../storage/operations/tokens.ts';
import { isPhaseKind, newPhaseToken, newToken, type TokenForm, type TokenKind, tokenPreview } from './token-format.ts';

type Wanted = {
  kind: Exclude<TokenKind, 'service_token'>;
  /** Undefined: the token is its own principal. */
  principalId?: string;
  name: string;
  now: number;
  expiresAt: number | null;
  form?: TokenForm;
};

/** contracts/doppler.md 2.16. */
const NAME = /^[^\u0000-\u001f\u007f]{2,100}$/u;

export function mintToken(keyring: Keyring, wanted: Wanted): { row: NewToken; key: Sensitive } {
  const { kind, name, now, expiresAt } = wanted;
  const key = wanted.form === 'phase' && isPhaseKind(kind) ? newPhaseToken(kind) : newToken(kind);
  const id = randomUUID();
  const row: NewToken = {
    id,
    kind,
    hash: keyring.hashToken(key.reveal()),
    preview: tokenPreview(key),
    principal_id: wanted.principalId ?? id,
    name,
    project_id: null,
    config_id: null,
    access: kind === 'scim' || kind === 'audit' ? kind : 'account',
    created_at: now,
    expires_at: expiresAt,
  };
  return { row, key };
}

/** What the store knows a token or a code by. */
export function hashOf(keyring: Keyring, secret: Sensitive): string {
  return keyring.hashToken(secret.reveal());
}

/** @throws AppError ERR_REQUEST_INVALID with every problem */
export function checkTokenWish({ name, expiresAt }: { name: string; expiresAt: number | null }, now: number): void {
  const problems: string[] = [];
  if (!NAME.test(name)) problems.push('The name must have 2 to 100 characters.');
  if (expiresAt !== null && expiresAt <= now) problems.push('The expiry lies in the past.');
  const [first, ...details] = problems;
  if (first) throw new AppError('ERR_REQUEST_INVALID', first, { details });
}
