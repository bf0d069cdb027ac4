// The block secrets_secret, emitted from its schema by scripts/constructs.mjs; do not edit.
import type { Construct } from 'constructs';
import { type Binding, BoundEphemeral, type EphemeralMetaArguments } from '../bound.ts';

/** What EphemeralSecretsSecret is given. */
export interface EphemeralSecretsSecretConfig extends EphemeralMetaArguments {
  /** Left out, with config: the config of the token. */
  readonly project?: string | undefined;
  readonly config?: string | undefined;
  /** Set it to an attribute that is known after apply, to open only then and not at plan too. */
  readonly openAfter?: string | undefined;
  readonly name: string;
}

const BINDING: Binding = {
  type: 'secrets_secret',
  names: {
    project: 'project',
    config: 'config',
    openAfter: 'open_after',
    name: 'name',
  },
};

/** The computed value of one secret. The token must be one that may read values. */
export class EphemeralSecretsSecret extends BoundEphemeral<EphemeralSecretsSecretConfig> {
  static readonly tfResourceType: string = BINDING.type;

  constructor(scope: Construct, id: string, config: EphemeralSecretsSecretConfig) {
    super(scope, id, BINDING, config);
  }

  /** Left out, with config: the config of the token. */
  get project(): string {
    return this.getStringAttribute('project');
  }

  get config(): string {
    return this.getStringAttribute('config');
  }

  /** Set it to an attribute that is known after apply, to open only then and not at plan too. */
  get openAfter(): string {
    return this.getStringAttribute('open_after');
  }

  get name(): string {
    return this.getStringAttribute('name');
  }

  get value(): string {
    return this.getStringAttribute('value');
  }

  get visibility(): string {
    return this.getStringAttribute('visibility');
  }
}
