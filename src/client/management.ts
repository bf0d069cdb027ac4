// The port of whoever manages: what infrastructure as code asks of the engine. No answer but a new key and a lease holds a value.
import type * as answers from '#contract/doppler/management-answers.js';
import type * as declaring from '#contract/doppler/management-declaring.js';
import type * as asked from '#contract/doppler/management.js';
import type { NewTokenAsk, TokenAccess } from '#contract/doppler/management-lending.js';
import type * as people from '#contract/doppler/management-people.js';
import type { Sensitive } from '#core/sensitive.js';
import type { IssuedLease } from './client.ts';

export type { NewTokenAsk, TokenAccess };
export type ConfigPlace = asked.ConfigPlace;
export type EnvironmentPlace = asked.EnvironmentPlace;
export type SecretChange = asked.SecretChange;
export type SecretDeletion = asked.SecretDeletion;
export type Project = answers.Project;
export type Environment = answers.Environment;
export type Config = answers.Config;
export type SecretMeta = answers.SecretMeta;
export type Comparison = answers.Comparison;
export type Token = answers.TokenHead;
export type NewToken = ReturnType<typeof answers.readNewToken>;
export type Declared = declaring.Declared;
export type Integration = declaring.Integration;
export type DynamicSecret = declaring.DynamicSecret;
export type DynamicSecretTerms = declaring.DynamicSecretTerms;
export type ServiceAccount = people.ServiceAccount;
export type WorkplaceRole = people.WorkplaceRole;
export type Membership = people.Membership;
export type NewIdentity = people.NewIdentity;
export type Identity = people.Identity;

/** `key` must differ for each lease of a set: the same key means the same lease. */
export type ManagedLeaseAsk = ConfigPlaceOrOwn & {
  readonly dynamic: string;
  readonly ttlSec: number;
  readonly setId: string;
  readonly key: string;
};
/** Both absent: the one config that the token is bound to. */
export type ConfigPlaceOrOwn = { readonly project?: string; readonly config?: string };

export interface ManagesProjects {
  project(name: string, signal?: AbortSignal): Promise<Project>;
  createProject(asked: asked.NewProject): Promise<Project>;
  updateProject(name: string, next: asked.ProjectChange): Promise<Project>;
  deleteProject(name: string): Promise<void>;

  environments(project: string, signal?: AbortSignal): Promise<readonly Environment[]>;
  environment(place: EnvironmentPlace, signal?: AbortSignal): Promise<Environment>;
  createEnvironment(asked: Environment): Promise<Environment>;
  updateEnvironment(place: EnvironmentPlace, next: asked.EnvironmentChange): Promise<Environment>;
  deleteEnvironment(place: EnvironmentPlace): Promise<void>;

  config(place: ConfigPlace, signal?: AbortSignal): Promise<Config>;
  createConfig(asked: { project: string; environment: string; name: string }): Promise<Config>;
  updateConfig(place: ConfigPlace, next: asked.ConfigChange): Promise<Config>;
  setInheritable(place: ConfigPlace, inheritable: boolean): Promise<void>;
  setInherits(place: ConfigPlace, inherits: readonly ConfigPlace[]): Promise<void>;
  deleteConfig(place: ConfigPlace): Promise<void>;
}

export interface ManagesSecrets {
  /** By name, without the three that the service adds. */
  secretMetadata(place: ConfigPlace, signal?: AbortSignal): Promise<ReadonlyMap<string, SecretMeta>>;
  changeSecrets(place: ConfigPlace, changes: readonly (SecretChange | SecretDeletion)[]): Promise<void>;
  /** At most 100. Undefined where the service cannot compare. */
  compareSecrets(
    place: ConfigPlace,
    values: ReadonlyMap<string, Sensitive>,
  ): Promise<ReadonlyMap<string, Comparison> | undefined>;
}

export interface ManagesPeople {
  serviceAccount(slug: string, signal?: AbortSignal): Promise<ServiceAccount>;
  /** @throws AppError ERR_NOT_FOUND; ERR_CONFLICT when several have the name */
  serviceAccountNamed(name: string, signal?: AbortSignal): Promise<ServiceAccount>;
  createServiceAccount(asked: people.NewServiceAccount): Promise<ServiceAccount>;
  updateServiceAccount(slug: string, next: people.NewServiceAccount): Promise<ServiceAccount>;
  deleteServiceAccount(slug: string): Promise<void>;

  identity(account: string, id: string, signal?: AbortSignal): Promise<Identity>;
  createIdentity(account: string, asked: NewIdentity): Promise<Identity>;
  updateIdentity(account: string, id: string, next: NewIdentity): Promise<Identity>;
  deleteIdentity(account: string, id: string): Promise<void>;

  /** Undefined where the account is no member. */
  membership(project: string, account: string, signal?: AbortSignal): Promise<Membership | undefined>;
  /** Adds the account, or gives it this role in place of the one it has. */
  setMembership(project: string, account: string, wanted: Membership): Promise<void>;
  removeMembership(project: string, account: string): Promise<void>;
}

export interface ManagesLending {
  tokens(place: ConfigPlace, signal?: AbortSignal): Promise<readonly Token[]>;
  /** Should the answer be lost, the token that was made under this name is deleted again. */
  createToken(place: ConfigPlace, asked: NewTokenAsk): Promise<NewToken>;
  deleteToken(place: ConfigPlace, slug: string): Promise<void>;

  /** By slug or by name. */
  integration(which: string, signal?: AbortSignal): Promise<Integration>;
  createIntegration(asked: declaring.NewIntegration): Promise<Integration>;
  deleteIntegration(which: string): Promise<void>;

  dynamicSecret(place: ConfigPlaceOrOwn, name: string, signal?: AbortSignal): Promise<DynamicSecret>;
  createDynamicSecret(asked: declaring.NewDynamicSecret): Promise<DynamicSecret>;
  updateDynamicSecret(place: ConfigPlace, name: string, next: DynamicSecretTerms): Promise<DynamicSecret>;
  deleteDynamicSecret(place: ConfigPlace, name: string): Promise<void>;

  /** Engine only. What a lost answer made is ended with the set, and a repeat replaces it. */
  issueLease(ask: ManagedLeaseAsk, signal?: AbortSignal): Promise<IssuedLease>;
  /** By k0 of the handle. `expiresAt`: epoch ms. */
  renewLease(
    renewKey: Sensitive,
    lease: { id: string; ttlSec: number },
    signal?: AbortSignal,
  ): Promise<{ readonly expiresAt: number; readonly capped: boolean }>;
}

/**
 * Every method rejects with AppError and nothing else; ERR_NOT_FOUND only when the service itself says so. What is
 * repeated after a lost answer cannot do anything twice; where it could, the error says that it may have been done.
 * `signal` gives up waiting; writes take none.
 */
export interface ManagementClient extends ManagesProjects, ManagesSecrets, ManagesPeople, ManagesLending {
  /** Whether the far side is an engine of ours; asked once, unless an answer has told it already. */
  isEngine(signal?: AbortSignal): Promise<boolean>;
}

/** Signing in without a stored secret (contracts/doppler.md 1.3, 1.4). Rejects with AppError and nothing else. */
export interface SigningIn {
  /** `expiresAt`: epoch ms. */
  exchange(identity: string, jwt: Sensitive): Promise<{ readonly token: Sensitive; readonly expiresAt: number }>;
  /** Ends a token that was given in exchange; its leases live on. */
  end(token: Sensitive): Promise<void>;
  /** A fresh OIDC token of the GitHub job that we run in. */
  githubToken(asked: { url: string; requestToken: Sensitive; audience: string }): Promise<Sensitive>;
}
export type ConnectSigningIn = (options: { apiUrl: string; budgetMs: number }) => SigningIn;

export type ManagementOptions = {
  readonly apiUrl: string;
  readonly token: Sensitive;
  /** Beyond the first try, 0 to 4. */
  readonly maxRetries: number;
  /** For one call with all of its retries. */
  readonly budgetMs: number;
};

export type ConnectManagement = (options: ManagementOptions) => ManagementClient;
