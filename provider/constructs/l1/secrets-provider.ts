// The provider block, emitted from its schema by scripts/constructs.mjs; do not edit.
import type { Construct } from 'constructs';
import { type Binding, BoundProvider, type ProviderMetaArguments } from '../bound.ts';
import type { IResolvable } from '../engine.ts';

export interface SecretsProviderOidc {
  /** The id of a secrets_oidc_identity. */
  readonly identity: string;
  /** For a GitHub job; otherwise the origin of host. */
  readonly audience?: string | undefined;
  /** An OIDC token. It is exchanged several times in one run. */
  readonly token?: string | undefined;
  /** The variable that holds the OIDC token. */
  readonly tokenEnv?: string | undefined;
}

/** What SecretsProvider is given. */
export interface SecretsProviderConfig extends ProviderMetaArguments {
  /** Address of the engine or of Doppler; otherwise SECRETS_URL. */
  readonly host?: string | undefined;
  /** Otherwise SECRETS_TOKEN. */
  readonly token?: string | undefined;
  /** Signs in without a stored token: by token, token_env, TFC_WORKLOAD_IDENTITY_TOKEN or the OIDC token of a GitHub job, whichever there is first. SECRETS_IDENTITY stands for a block with that identity. */
  readonly oidc?: SecretsProviderOidc | undefined;
  /** Refuses every change, and to open any ephemeral resource. */
  readonly readOnly?: boolean | IResolvable | undefined;
  /** Repeats of a managing call that may pass; 4 by default. */
  readonly maxRetries?: number | undefined;
}

const BINDING: Binding = {
  type: 'secrets',
  names: {
    host: 'host',
    token: 'token',
    oidc: { to: 'oidc', inside: { identity: 'identity', audience: 'audience', token: 'token', tokenEnv: 'token_env' } },
    readOnly: 'read_only',
    maxRetries: 'max_retries',
  },
};

/** Secrets and leases of a secrets-action engine; what Doppler's API allows also of Doppler's cloud. */
export class SecretsProvider extends BoundProvider<SecretsProviderConfig> {
  static readonly tfResourceType: string = BINDING.type;

  constructor(scope: Construct, id: string, config: SecretsProviderConfig = {}) {
    super(scope, id, BINDING, config);
  }
}
