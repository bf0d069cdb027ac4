// The block secrets_service_token, emitted from its schema by scripts/constructs.mjs; do not edit.
import type { Construct } from 'constructs';
import { type Binding, BoundEphemeral, type EphemeralMetaArguments } from '../bound.ts';

/** What EphemeralSecretsServiceToken is given. */
export interface EphemeralSecretsServiceTokenConfig extends EphemeralMetaArguments {
  readonly project: string;
  readonly config: string;
  /** @default "read" */
  readonly access?: 'read' | 'read/write' | undefined;
  /**
   * When it ends by itself, should everything else fail.
   * @default "1h"
   */
  readonly ttl?: string | undefined;
  /** Set it to an attribute that is known after apply, to open only then and not at plan too. */
  readonly openAfter?: string | undefined;
}

const BINDING: Binding = {
  type: 'secrets_service_token',
  names: {
    project: 'project',
    config: 'config',
    access: 'access',
    ttl: 'ttl',
    openAfter: 'open_after',
  },
};

/** A service token of a config: made when opened, deleted, with every lease it holds, when the run is over. */
export class EphemeralSecretsServiceToken extends BoundEphemeral<EphemeralSecretsServiceTokenConfig> {
  static readonly tfResourceType: string = BINDING.type;

  constructor(scope: Construct, id: string, config: EphemeralSecretsServiceTokenConfig) {
    super(scope, id, BINDING, config);
  }

  get project(): string {
    return this.getStringAttribute('project');
  }

  get config(): string {
    return this.getStringAttribute('config');
  }

  get access(): string {
    return this.getStringAttribute('access');
  }

  /** When it ends by itself, should everything else fail. */
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

  /** For the token of another provider block. */
  get key(): string {
    return this.getStringAttribute('key');
  }
}
