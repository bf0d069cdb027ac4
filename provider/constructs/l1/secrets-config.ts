// The block secrets_config, emitted from its schema by scripts/constructs.mjs; do not edit.
import type { Construct } from 'constructs';
import { type Binding, BoundResource } from '../bound.ts';
import type { IResolvable, TerraformMetaArguments } from '../engine.ts';

/** What SecretsConfig is given. */
export interface SecretsConfigConfig extends TerraformMetaArguments {
  /** Another value makes another object. */
  readonly project: string;
  /** Another value makes another object. */
  readonly environment: string;
  /** Begins with the environment and an underscore. Renamed in place. */
  readonly name: string;
  /**
   * Whether other configs may inherit from it.
   * @default false
   */
  readonly inheritable?: boolean | IResolvable | undefined;
  /** Configs whose secrets it has too, as project/config; later ones win. */
  readonly inherits?: readonly string[] | undefined;
  /**
   * Refuses to delete or to replace it: at plan here, and by everybody else at the engine.
   * @default false
   */
  readonly deletionProtection?: boolean | IResolvable | undefined;
}

const BINDING: Binding = {
  type: 'secrets_config',
  names: {
    project: 'project',
    environment: 'environment',
    name: 'name',
    inheritable: 'inheritable',
    inherits: 'inherits',
    deletionProtection: 'deletion_protection',
  },
};

/** A branch config, which starts from the secrets of its environment. */
export class SecretsConfig extends BoundResource<SecretsConfigConfig> {
  static readonly tfResourceType: string = BINDING.type;

  constructor(scope: Construct, id: string, config: SecretsConfigConfig) {
    super(scope, id, BINDING, config);
  }

  /** project/name. */
  get id(): string {
    return this.getStringAttribute('id');
  }

  get project(): string {
    return this.getStringAttribute('project');
  }

  get environment(): string {
    return this.getStringAttribute('environment');
  }

  /** Begins with the environment and an underscore. Renamed in place. */
  get name(): string {
    return this.getStringAttribute('name');
  }

  /** Whether other configs may inherit from it. */
  get inheritable(): IResolvable {
    return this.getBooleanAttribute('inheritable');
  }

  /** Configs whose secrets it has too, as project/config; later ones win. */
  get inherits(): string[] {
    return this.getListAttribute('inherits');
  }

  /** Refuses to delete or to replace it: at plan here, and by everybody else at the engine. */
  get deletionProtection(): IResolvable {
    return this.getBooleanAttribute('deletion_protection');
  }
}
