// The port of whoever manages: what infrastructure as code asks of the engine. No answer but a new key and a lease holds a value.
import type * as answers from '#contract/doppler/management-answers.js';
import type { ConfigPlace, EnvironmentPlace, SecretChange } from '#contract/doppler/management.js';
import type {
  AwsCeiling,
  AwsIamUserDynamicSecret,
  AwsIntegration,
  AwsStsDynamicSecret,
  Ceiling,
  PostgresDynamicSecret,
  PostgresIntegration,
  TokenAccess,
} from '#contract/doppler/management-lending.js';
import type { Sensitive } from '#core/sensitive.js';
import type { Visibility } from '#core/visibility.js';
import type { IssuedLease } from './client.ts';

export type { Ceiling, ConfigPlace, EnvironmentPlace, PostgresDynamicSecret, PostgresIntegration, SecretChange };
export type { AwsCeiling, AwsIamUserDynamicSecret, AwsIntegration, AwsStsDynamicSecret, TokenAccess };
export type Project = answers.Project;
export type Environment = answers.Environment;
export type Config = answers.Config;
export type Comparison = answers.Comparison;
export type Integration = answers.Integration;
export type DynamicSecret = answers.DynamicSecret;
export type NewToken = ReturnType<typeof answers.readNewToken>;

/** `key` must differ for each lease of a set: the same key means the same lease. */
export type ManagedLeaseAsk = ConfigPlaceOrOwn & {
  readonly dynamic: string;
  readonly ttlSec: number;
  readonly setId: string;
  readonly key: string;
};
/** Both absent: the one config that the token is bound to. */
export type ConfigPlaceOrOwn = { readonly project?: string; readonly config?: string };

/**
 * Every method rejects with AppError and nothing else; ERR_NOT_FOUND only when the service itself says so. What is
 * repeated after a lost answer cannot do anything twice; where it could, the error says that it may have been done.
 * `signal` gives up waiting; writes take none.
 */
export interface ManagementClient {
  project(name: string, signal?: AbortSignal): Promise<Project>;
  createProject(asked: { name: string; description: string; usual: boolean }): Promise<Project>;
  deleteProject(name: string): Promise<void>;

  environments(project: string, signal?: AbortSignal): Promise<readonly Environment[]>;
  environment(place: EnvironmentPlace, signal?: AbortSignal): Promise<Environment>;
  createEnvironment(asked: Environment): Promise<Environment>;
  deleteEnvironment(place: EnvironmentPlace): Promise<void>;

  config(place: ConfigPlace, signal?: AbortSignal): Promise<Config>;
  createConfig(asked: { project: string; environment: string; name: string }): Promise<Config>;
  deleteConfig(place: ConfigPlace): Promise<void>;

  /** Names and visibilities, without the three that the service adds; values are dropped unread. */
  secretNames(place: ConfigPlace, signal?: AbortSignal): Promise<ReadonlyMap<string, Visibility>>;
  changeSecrets(place: ConfigPlace, changes: readonly SecretChange[]): Promise<void>;
  deleteSecret(place: ConfigPlace, name: string): Promise<void>;
  /** Undefined where the service cannot compare. */
  compareSecrets(
    place: ConfigPlace,
    values: ReadonlyMap<string, Sensitive>,
  ): Promise<ReadonlyMap<string, Comparison> | undefined>;

  /** Should the answer be lost, the token that was made under this name is deleted again. `expiresAt`: epoch ms. */
  createToken(place: ConfigPlace, asked: { name: string; access: TokenAccess; expiresAt: number }): Promise<NewToken>;
  deleteToken(place: ConfigPlace, slug: string): Promise<void>;

  /** By slug or by name. */
  integration(which: string, signal?: AbortSignal): Promise<Integration>;
  createPostgres(asked: PostgresIntegration): Promise<Integration>;
  createAws(asked: AwsIntegration): Promise<Integration>;
  deleteIntegration(which: string): Promise<void>;

  dynamicSecret(place: ConfigPlaceOrOwn, name: string, signal?: AbortSignal): Promise<DynamicSecret>;
  createDynamicPostgres(asked: PostgresDynamicSecret): Promise<DynamicSecret>;
  createDynamicAwsSts(asked: AwsStsDynamicSecret): Promise<DynamicSecret>;
  createDynamicAwsIamUser(asked: AwsIamUserDynamicSecret): Promise<DynamicSecret>;
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

export type ManagementOptions = {
  readonly apiUrl: string;
  readonly token: Sensitive;
  /** Beyond the first try, 0 to 4. */
  readonly maxRetries: number;
  /** For one call with all of its retries. */
  readonly budgetMs: number;
};

export type ConnectManagement = (options: ManagementOptions) => ManagementClient;
