// The port of the caller's side: what a step, a CLI or a provider asks of a secrets service, in whatever dialect.
import type { Secret } from '#core/secret.js';
import type { Sensitive } from '#core/sensitive.js';
import type { Network } from './network.ts';

/**
 * Where secrets live. Doppler: project and config, neither with a token that is bound to one. Phase: an app by its id
 * as `project`, an environment by its name (as `config` where `environment` is absent), and a folder, `/` by default.
 */
export type Scope = {
  readonly project?: string;
  readonly config?: string;
  readonly environment?: string;
  readonly path?: string;
};

/** Our engine, seen on an answer. */
export type Engine = { readonly version: string; readonly capabilities: readonly string[] };

export type SecretsRead = { readonly secrets: readonly Secret[]; readonly engine: Engine | undefined };

export type LeaseAsk = {
  readonly scope: Scope;
  readonly dynamic: string;
  readonly ttlSec: number;
  /** k2 of our handle; only towards an engine, where it makes the request repeatable. */
  readonly setId?: string;
  /** Tells this lease from others of the same dynamic secret and set. */
  readonly round?: string;
  /** Called as soon as a lease id is known, before its values are read. */
  readonly onIssued: (lease: IssuedHead) => void;
  readonly signal?: AbortSignal | undefined;
};

export type IssuedHead = { readonly id: string; readonly expiresAt: number };
export type IssuedLease = IssuedHead & { readonly fields: ReadonlyMap<string, Sensitive> };

export type LeaseToRevoke = Scope & {
  readonly dynamic: string;
  readonly id: string;
  /** Named by a person, who may have mistyped it: Doppler's dialect then rejects with ERR_NOT_FOUND what is not there. */
  readonly byHand?: true;
};

/** A lease that may have been made without our hearing of it, from `since` on (epoch milliseconds). */
export type DoubtfulLease = Scope & { readonly dynamic: string; readonly since: number };

export type SetLease = {
  readonly id: string;
  readonly dynamic: string;
  readonly expiresAt: number | undefined;
  readonly validUntil: number | undefined;
};
export type SetOutcome = { readonly leases: readonly SetLease[]; readonly revoked: number; readonly left: number };

export type Actor = { readonly type: string; readonly name: string; readonly slug: string };

/** Every method rejects with AppError and nothing else. */
export interface SecretsClient {
  /** What the token is called in a sentence. */
  readonly tokenKind: string;
  /** Static secrets, all or these; never issues a lease. */
  fetchSecrets(scope: Scope, names: readonly string[]): Promise<SecretsRead>;
  /** One secret; null values when there is none of that name. */
  fetchSecret(scope: Scope, name: string): Promise<Secret>;
  /** Computed values by name. */
  downloadSecrets(scope: Scope, format: 'json' | 'env'): Promise<ReadonlyMap<string, Sensitive>>;
  /** Engine only: the names of the dynamic secrets of a config. */
  listDynamicSecrets(scope: Scope): Promise<readonly string[]>;
  /** Issues one lease; sends the request again only where that cannot leave a second one behind. */
  issueLease(ask: LeaseAsk): Promise<IssuedLease>;
  /**
   * Resolves when the lease is certainly gone, rejects when it may still live. The result says until when its
   * credential goes on all the same, where the target cannot end it.
   */
  revokeLease(lease: LeaseToRevoke): Promise<number | undefined>;
  /** Engine only: ends every lease of the handle's set, also those whose answer was lost. Needs no token. */
  revokeSet(handle: Sensitive): Promise<SetOutcome>;
  /**
   * Phase only: which leases a lost one of this dynamic secret may be, in a sentence; empty when nobody can tell. `known`
   * are the ids that did arrive. Ends none of them: any may be another job's.
   */
  nameCandidates?(ask: DoubtfulLease, known: ReadonlySet<string>): Promise<string>;
  me(): Promise<Actor>;
}

export type ConnectOptions = {
  readonly apiUrl: string;
  /** Which dialect to speak; told from token and address where it is absent. */
  readonly backend?: Backend | undefined;
  readonly token?: Sensitive | undefined;
  readonly authForm?: 'bearer' | 'basic';
  /** For everything the client will do, from now on. */
  readonly budgetMs: number;
  readonly network?: Network | undefined;
  readonly signal?: AbortSignal | undefined;
};

/** The dialects. */
export type Backend = 'doppler' | 'phase';

export type Connect = (options: ConnectOptions) => SecretsClient;
