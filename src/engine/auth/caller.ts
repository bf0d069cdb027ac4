// Who asks, after authentication: the token, what it stands for, and where the request came from.
import type { Place } from './places.ts';
import type { AuditEvent } from '../storage/audit-event.ts';
import type { TokenKind } from './token-format.ts';

/** Where a request came from; `ip` is empty when it did not come through a socket. */
export type Origin = { requestId: string; ip: string };

/** What a token may be, in the words of the permission table. */
export type Role = 'admin' | 'read' | 'read/write';

export type Caller = Origin & {
  tokenId: string;
  principalId: string;
  kind: TokenKind;
  role: Role;
  name: string;
  preview: string;
  createdAt: number;
  lastSeenAt: number | null;
  /** Whether the token is tied to a user: such a one is never given a restricted value. */
  isUser?: boolean;
  /** The one config of a service token. */
  bound?: Place;
};

/** Who did it, as the audit log and the services below want it. */
export function by(caller: Caller): { actor: string; requestId: string; ip: string } {
  return { actor: `token:${caller.tokenId}`, requestId: caller.requestId, ip: caller.ip };
}

/** An audit event of this caller. */
export function event(
  caller: Caller,
  at: number,
  what: Pick<AuditEvent, 'action' | 'target' | 'outcome' | 'detail'>,
): AuditEvent {
  return { at, ...by(caller), ...what };
}
