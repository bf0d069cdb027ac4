// The block secrets_values, emitted from its schema by scripts/constructs.mjs; do not edit.
import type { Construct } from 'constructs';
import { type Binding, BoundEphemeral, type EphemeralMetaArguments } from '../bound.ts';

/** What EphemeralSecretsValues is given. */
export interface EphemeralSecretsValuesConfig extends EphemeralMetaArguments {
  /** Left out, with config: the config of the token. */
  readonly project?: string | undefined;
  readonly config?: string | undefined;
  /** Set it to an attribute that is known after apply, to open only then and not at plan too. */
  readonly openAfter?: string | undefined;
  /** Only these, and each must be there. */
  readonly names?: readonly string[] | undefined;
}

const BINDING: Binding = {
  type: 'secrets_values',
  names: {
    project: 'project',
    config: 'config',
    openAfter: 'open_after',
    names: 'names',
  },
};

/** The computed values of a config, by one request. The token must be one that may read values. */
export class EphemeralSecretsValues extends BoundEphemeral<EphemeralSecretsValuesConfig> {
  static readonly tfResourceType: string = BINDING.type;

  constructor(scope: Construct, id: string, config: EphemeralSecretsValuesConfig = {}) {
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

  /** Only these, and each must be there. */
  get names(): string[] {
    return this.getListAttribute('names');
  }

  get values(): Record<string, string> {
    return this.getStringMapAttribute('values');
  }
}
