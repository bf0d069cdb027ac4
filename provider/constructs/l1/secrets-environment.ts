// The block secrets_environment, emitted from its schema by scripts/constructs.mjs; do not edit.
import type { Construct } from 'constructs';
import { type Binding, BoundResource } from '../bound.ts';
import type { IResolvable, TerraformMetaArguments } from '../engine.ts';

/** What SecretsEnvironment is given. */
export interface SecretsEnvironmentConfig extends TerraformMetaArguments {
  /** Another value makes another object. */
  readonly project: string;
  /** Also the name of its root config. Another value makes another object. */
  readonly slug: string;
  /** For people. */
  readonly name: string;
  /** @default false */
  readonly personalConfigs?: boolean | IResolvable | undefined;
  /**
   * Refuses, at plan, to delete or to replace it.
   * @default false
   */
  readonly deletionProtection?: boolean | IResolvable | undefined;
}

const BINDING: Binding = {
  type: 'secrets_environment',
  names: {
    project: 'project',
    slug: 'slug',
    name: 'name',
    personalConfigs: 'personal_configs',
    deletionProtection: 'deletion_protection',
  },
};

/** An environment. It comes with a root config of the name of its slug, and goes with all of its configs. */
export class SecretsEnvironment extends BoundResource<SecretsEnvironmentConfig> {
  static readonly tfResourceType: string = BINDING.type;

  constructor(scope: Construct, id: string, config: SecretsEnvironmentConfig) {
    super(scope, id, BINDING, config);
  }

  /** project/slug. */
  get id(): string {
    return this.getStringAttribute('id');
  }

  get project(): string {
    return this.getStringAttribute('project');
  }

  /** Also the name of its root config. */
  get slug(): string {
    return this.getStringAttribute('slug');
  }

  /** For people. */
  get name(): string {
    return this.getStringAttribute('name');
  }

  get personalConfigs(): IResolvable {
    return this.getBooleanAttribute('personal_configs');
  }

  /** The root config, for what lives in it. */
  get config(): string {
    return this.getStringAttribute('config');
  }

  /** Refuses, at plan, to delete or to replace it. */
  get deletionProtection(): IResolvable {
    return this.getBooleanAttribute('deletion_protection');
  }
}
