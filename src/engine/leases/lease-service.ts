// What the engine's routes ask of leases: issue, renew, revoke, end a set, list; the words shared by both sides.
import type { LeaseState } from '#core/lease.js';
import type { Sensitive } from '#core/sensitive.js';
import type { Cause } from '../storage/operations/lease-rows.ts';

/** Who asks, after authentication. */
export type LeaseActor =
  /** A token. `canManage`: holds the lease-manage permission and may end leases of others. */
  | { kind: 'token'; principalId: string; tokenId: string; canManage: boolean; requestId?: string; ip?: string }
  /** A lease handle: k1 ends its set, k0 renews it as well (core/lease-handle.ts). */
  | { kind: 'handle'; setId: string; canRenew: boolean; requestId?: string; ip?: string };

export type IssueRequest = {
  dynamicSecretId: string;
  /** Undefined: the dynamic secret's default. Over its maximum: ERR_TTL_EXCEEDED naming the bound. */
  ttlSec?: number | undefined;
  /** k2; the lease joins that set. A closed set, or one of another principal, is refused (ERR_CONFLICT). */
  setId?: string | undefined;
  idempotencyKey?: string | undefined;
  /** With a repeated idempotency key: end the earlier lease and issue anew, instead of ERR_CONFLICT with its id. */
  replace?: boolean | undefined;
  actor: LeaseActor;
};

/** `values` are keyed by the final names (key map or the kind's defaults). Revealed here once and stored nowhere. */
export type IssuedLease = {
  id: string;
  expiresAt: number;
  /** Until then the target may refuse it in places, because its word of it still travels. */
  usableAfter?: number;
  values: ReadonlyMap<string, Sensitive>;
};

export type Holder = {
  id: string;
  name: string;
  isUser: boolean;
  /** Of users. */
  email?: string | null;
  /** In the workplace; null where it has permissions of its own, or is no account. */
  role?: string | null;
  createdAt?: number | null;
};

export type LeaseSummary = {
  id: string;
  dynamicSecretId: string;
  dynamicSecret: string;
  project: string;
  config: string;
  state: LeaseState;
  createdAt: number;
  expiresAt: number;
  closedAt: number | null;
  /** The latest renewal. */
  renewedAt: number | null;
  /** Whose it is: an account, or a service token as its own. */
  holder: Holder;
  /** Of an ended lease whose credential nobody can end: when it is over by itself, at the latest. */
  credentialValidUntil?: number;
};

/** A lease whose revocation fails: what an operator needs to end the credential at its target. */
export type StuckLease = LeaseSummary & {
  /** Name of the credential at the target. */
  externalRef: string;
  /** Printable. */
  error: string;
  failingSince: number | null;
  nextTryAt: number | null;
};

/** A lease by its id; with `dynamicSecretId` it must be one of that dynamic secret, or it is not found. */
export type NamedLease = { id: string; dynamicSecretId?: string | undefined; actor: LeaseActor };

/** `ttlSec` counts from now; `isAdded`: from the expiry that there is. */
export type Renewal = NamedLease & { ttlSec: number; isAdded?: boolean };

export interface LeaseService {
  issue(request: IssueRequest): Promise<IssuedLease>;
  /** @throws AppError ERR_LEASE_NOT_RENEWABLE, ERR_LEASE_EXPIRED, ERR_NOT_FOUND, ERR_ACCESS_DENIED */
  renew(request: Renewal): Promise<{ id: string; expiresAt: number; capped: boolean }>;
  /** Waits up to 10 s for the target; `state` is final unless that was not enough. Ending an ended lease is ERR_LEASE_EXPIRED. */
  revoke(request: NamedLease): Promise<LeaseSummary>;
  /** Ends every lease of the set and closes it for good; an unknown set is an empty answer. */
  revokeSet(request: { setId: string; requestId?: string; ip?: string }): Promise<readonly LeaseSummary[]>;
  list(request: { dynamicSecretId: string }): Promise<readonly LeaseSummary[]>;
  /** Whoever asks: what may be told of it is the caller's to decide. */
  find(request: { id: string }): Promise<LeaseSummary | undefined>;
  /** The longest failing first, at most 1,000; whoever asks is allowed to see all of them. */
  stuck(): Promise<readonly StuckLease[]>;
  /**
   * Gives up on a lease whose revocation fails. The credential may live on: its name stays in event and audit log.
   * @throws AppError ERR_NOT_FOUND, ERR_CONFLICT when its revocation does not fail
   */
  forceClose(request: { id: string; cause: Cause }): Promise<StuckLease>;
}
