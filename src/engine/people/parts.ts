// What the features about people stand on, and the small things that they share.
import type { Clock } from '#core/clock.js';
import { AppError } from '#core/errors.js';
import type { Keyring } from '../keyring/keyring.ts';
import type { Store } from '../storage/store.ts';
import type { Doer } from '../auth/caller.ts';
import type { CountLimit } from '../storage/operations/configs.ts';

export type Parts = {
  store: Store;
  keyring: Keyring;
  clock: Clock;
  /** How many there may be; as many as one likes where nothing is said. */
  limits?: { users: CountLimit; serviceAccounts: CountLimit; cliTokens: CountLimit };
};

/** Ends the leases of an account that is no more; by whom is for the audit log. */
export type OnPrincipalDeleted = (
  principalId: string,
  by: { actor: string; requestId?: string; ip?: string },
) => Promise<void>;

export type Page = { page: number; perPage: number };

export function range({ page, perPage }: Page): { limit: number; offset: number } {
  return { limit: perPage, offset: (page - 1) * perPage };
}

/** One address without spaces and with a dot behind the @; who owns it is for the administrator to know. */
export const EMAIL = /^[^\s@\u0000-\u001f\u007f]{1,64}@[^\s@\u0000-\u001f\u007f]{1,190}$/u;

const NAME = /^[^\u0000-\u001f\u007f]{1,100}$/u;

/** @throws AppError ERR_REQUEST_INVALID */
export function checkName(name: string): void {
  if (!NAME.test(name)) throw new AppError('ERR_REQUEST_INVALID', 'The name must have 1 to 100 printable characters.');
}

export function missing(what: string): AppError {
  return new AppError('ERR_NOT_FOUND', `Could not find requested ${what}`);
}

/** Who stands above what accounts may hand on: the built-in admin, and the engine's own command line. */
export function isAbove(doer: Doer): boolean {
  return doer === 'engine' || doer.role === 'admin';
}
