// The block secrets_lease, emitted from its schema by scripts/constructs.mjs; do not edit.
import type { Construct } from 'constructs';
import { type Binding, BoundEphemeral, type EphemeralMetaArguments } from '../bound.ts';

/** What EphemeralSecretsLease is given. */
export interface EphemeralSecretsLeaseConfig extends EphemeralMetaArguments {
  /** Left out, with config: the config of the token. */
  readonly project?: string | undefined;
  readonly config?: string | undefined;
  readonly dynamicSecret: string;
  /**
   * How long it lives unless renewed.
   * @default "15m"
   */
  readonly ttl?: string | undefined;
  /** Set it to an attribute that is known after apply, to open only then and not at plan too. */
  readonly openAfter?: string | undefined;
}

const BINDING: Binding = {
  type: 'secrets_lease',
  names: {
    project: 'project',
    config: 'config',
    dynamicSecret: 'dynamic_secret',
    ttl: 'ttl',
    openAfter: 'open_after',
  },
};

/** A lease of a dynamic secret: issued when opened, renewed while used, revoked when the run is over. */
export class EphemeralSecretsLease extends BoundEphemeral<EphemeralSecretsLeaseConfig> {
  static readonly tfResourceType: string = BINDING.type;

  constructor(scope: Construct, id: string, config: EphemeralSecretsLeaseConfig) {
    super(scope, id, BINDING, config);
  }

  /** Left out, with config: the config of the token. */
  get project(): string {
    return this.getStringAttribute('project');
  }

  get config(): string {
    return this.getStringAttribute('config');
  }

  get dynamicSecret(): string {
    return this.getStringAttribute('dynamic_secret');
  }

  /** How long it lives unless renewed. */
  get ttl(): string {
    return this.getStringAttribute('ttl');
  }

  /** Set it to an attribute that is known after apply, to open only then and not at plan too. */
  get openAfter(): string {
    return this.getStringAttribute('open_after');
  }

  get id(): string {
    return this.getStringAttribute('id');
  }

  /** When it was issued; renewals move the end. */
  get expiresAt(): string {
    return this.getStringAttribute('expires_at');
  }

  /** The leased values by field, such as username and url. */
  get fields(): Record<string, string> {
    return this.getStringMapAttribute('fields');
  }

  /** The same under the names that a job would get. */
  get values(): Record<string, string> {
    return this.getStringMapAttribute('values');
  }
}
