// Who may renew or end a lease by its id, and how they are called in events and the audit log.
import { AppError } from '#core/errors.js';
import type { Cause } from '../storage/operations/lease-rows.ts';
import type { LeaseRow } from '../storage/operations/leases.ts';
import type { LeaseActor } from './lease-service.ts';

/** The actor as a cause: `token:<id>` or `handle`. */
export function causeOf(actor: LeaseActor): Cause {
  return cause(actor.kind === 'token' ? `token:${actor.tokenId}` : 'handle', actor);
}

/** A cause without the fields that are not there. */
export function cause(actor: string, { requestId, ip }: { requestId?: string; ip?: string }): Cause {
  return { actor, ...(requestId === undefined ? {} : { requestId }), ...(ip === undefined ? {} : { ip }) };
}

/**
 * design.md §5, Owner: the token that minted it, its set's handle, or lease-manage permission; another job of the same
 * identity cannot.
 * @throws AppError ERR_NOT_FOUND for a handle of another set, which must not learn that the lease exists;
 * ERR_ACCESS_DENIED for a token
 */
export function authorize(lease: LeaseRow | undefined, actor: LeaseActor, verb: 'renew' | 'revoke'): LeaseRow {
  const missing = new AppError('ERR_NOT_FOUND', 'There is no such lease.');
  if (!lease) throw missing;
  if (actor.kind === 'handle') {
    if (lease.set_id === null || lease.set_id !== actor.setId) throw missing;
    if (verb === 'renew' && !actor.canRenew) throw denied('This handle may only revoke.');
    return lease;
  }
  if (lease.token_id !== actor.tokenId && !actor.canManage) {
    throw denied('This lease was issued to another token.');
  }
  return lease;
}

function denied(message: string): AppError {
  return new AppError('ERR_ACCESS_DENIED', message, {
    hint: 'Use the token that issued it, its handle, or a token with the permission to manage leases.',
  });
}
