// What the engine's routes ask of integrations and dynamic secrets: declare, read back, remove; no credential comes out.
import type { Kind } from '#core/kinds.js';
import type { PlaceId } from '../storage/operations/place-end.ts';

/** Types of `/v3/integrations` that can mint. */
export type IntegrationType = 'postgres' | 'aws';

/** Who may use it, and how far; default: nobody (design.md §5, Integrations). */
export type IntegrationScope = {
  /** `project` or `project/config`. */
  allowed: readonly string[];
  /** Kind-specific bounds, e.g. `{group_roles, databases, max_ttl_sec}` for postgres. */
  ceiling: Readonly<Record<string, unknown>>;
};

export type IntegrationView = {
  slug: string;
  name: string;
  type: IntegrationType;
  scope: IntegrationScope;
  createdAt: number;
};

export type NewIntegration = {
  name: string;
  type: string;
  /** Connection and credential; validated per type, sealed, never returned. */
  data: unknown;
  allowed?: unknown;
  ceiling?: unknown;
  /** The pending external id that is in `data`. */
  spends?: string;
};

/** Scope and ceiling bind what was declared under them, and stay. */
export type IntegrationChanges = { name?: string | undefined; data?: unknown };

export type DynamicSecretView = {
  slug: string;
  name: string;
  kind: Kind;
  integration: string;
  parameters: Readonly<Record<string, unknown>>;
  keyMap: Readonly<Record<string, string>>;
  defaultTtlSec: number;
  maxTtlSec: number;
  maxLiveLeases: number;
  liveLeases: number;
  createdAt: number;
};

export type NewDynamicSecret = {
  configId: string;
  /** Names of where it lies, for the integration's scope. */
  project: string;
  config: string;
  name: string;
  kind: string;
  /** Name or slug of the integration. */
  integration: string;
  parameters?: unknown;
  keyMap?: unknown;
  defaultTtlSec?: number | undefined;
  maxTtlSec?: number | undefined;
  maxLiveLeases?: number | undefined;
};

export type DynamicSecretChanges = Pick<
  NewDynamicSecret,
  'parameters' | 'keyMap' | 'defaultTtlSec' | 'maxTtlSec' | 'maxLiveLeases'
>;

export type By = { actor: string; requestId?: string; ip?: string };

export interface IntegrationService {
  /** @throws AppError ERR_REQUEST_INVALID with every problem, ERR_CONFLICT when the name is taken */
  createIntegration(integration: NewIntegration, by: By): Promise<IntegrationView>;
  listIntegrations(): Promise<readonly IntegrationView[]>;
  /**
   * What is left out stays. Its dynamic secrets use the new data from now on, also to end their leases.
   * @throws AppError ERR_REQUEST_INVALID with every problem, ERR_NOT_FOUND, ERR_CONFLICT when the name is taken, or
   *   when what its leases made or left at the target is not found with the new data
   */
  updateIntegration(slugOrName: string, changes: IntegrationChanges, by: By): Promise<IntegrationView>;
  /** @throws AppError ERR_CONFLICT while a dynamic secret or live lease needs it */
  deleteIntegration(slugOrName: string, by: By): Promise<void>;
  /** @throws AppError ERR_REQUEST_INVALID, ERR_ACCESS_DENIED (outside the integration's scope or ceiling), ERR_CONFLICT */
  createDynamicSecret(dynamicSecret: NewDynamicSecret, by: By): Promise<DynamicSecretView>;
  listDynamicSecrets(configId: string): Promise<readonly DynamicSecretView[]>;
  /** @throws AppError ERR_NOT_FOUND */
  getDynamicSecret(configId: string, name: string): Promise<DynamicSecretView>;
  /**
   * What is left out stays; kind and integration cannot change. Live leases keep what they were issued with.
   * @throws AppError as creating one, ERR_NOT_FOUND
   */
  updateDynamicSecret(
    where: Pick<NewDynamicSecret, 'configId' | 'project' | 'config' | 'name'>,
    changes: DynamicSecretChanges,
    by: By,
  ): Promise<DynamicSecretView>;
  /** Ends its live leases first. */
  deleteDynamicSecret(configId: string, name: string, by: By): Promise<void>;
  /**
   * The same of every dynamic secret of a place that is to go; waits up to 10 s for the targets.
   * @returns how many leases are left that their targets have not ended; that is tried on
   * @throws AppError ERR_REQUEST_INVALID, before anything is done, when something there is protected from deletion
   */
  deleteDynamicSecretsIn(place: PlaceId, by: By): Promise<number>;
}
