// Who asks, after authentication: the token, what it stands for, and where the request came from.
import type { AuditEvent } from '../storage/audit-event.ts';
import type { Grants } from './grants.ts';
import type { Place } from './places.ts';
import type { TokenKind } from './token-format.ts';

/** Where a request came from; `ip` is empty when it did not come through a socket. */
export type Origin = { requestId: string; ip: string };

/** What a token may be, in the words of the permission table. `account`: whatever its account holds. */
export type Role = 'admin' | 'read' | 'read/write' | 'account' | 'scim' | 'audit';

export type Caller = Origin & {
  tokenId: string;
  principalId: string;
  kind: TokenKind;
  role: Role;
  /** A person's own token: no route gives it a restricted value (contracts/doppler.md 1.2). */
  isUser: boolean;
  /** What the account behind the token holds now; empty where the role says it all. */
  grants: Grants;
  name: string;
  preview: string;
  createdAt: number;
  lastSeenAt: number | null;
  /** The one config of a service token. */
  bound?: Place;
};

/** Who does something: a caller, or the engine's own command line, which stands above permissions. */
export type Doer = Caller | 'engine';
type By = { actor: string; requestId?: string; ip?: string };

/** Who did it, as the audit log and the services below want it. */
export function by(caller: Caller): { actor: string; requestId: string; ip: string } {
  return { actor: `token:${caller.tokenId}`, requestId: caller.requestId, ip: caller.ip };
}

/** The same of whoever does it. */
export function byDoer(doer: Doer): By {
  return doer === 'engine' ? { actor: 'engine' } : by(doer);
}

/** An audit event of this caller. */
export function event(
  doer: Doer,
  at: number,
  what: Pick<AuditEvent, 'action' | 'target' | 'outcome' | 'detail'>,
): AuditEvent {
  return { at, ...byDoer(doer), ...what };
}

/** An audit event of something that worked. */
export function done(
  doer: Doer,
  at: number,
  action: string,
  target: string,
  detail?: AuditEvent['detail'],
): AuditEvent {
  return event(doer, at, { action, target, outcome: 'ok', ...(detail && { detail }) });
}
