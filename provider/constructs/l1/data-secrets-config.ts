// The block secrets_config, emitted from its schema by scripts/constructs.mjs; do not edit.
import type { Construct } from 'constructs';
import { type Binding, BoundDataSource } from '../bound.ts';
import type { IResolvable, TerraformMetaArguments } from '../engine.ts';

/** What DataSecretsConfig is given. */
export interface DataSecretsConfigConfig extends TerraformMetaArguments {
  readonly project: string;
  readonly config: string;
}

const BINDING: Binding = {
  type: 'secrets_config',
  names: {
    project: 'project',
    config: 'config',
  },
};

/** A config and what it holds: names with visibility and version, never a value. */
export class DataSecretsConfig extends BoundDataSource<DataSecretsConfigConfig> {
  static readonly tfResourceType: string = BINDING.type;

  constructor(scope: Construct, id: string, config: DataSecretsConfigConfig) {
    super(scope, id, BINDING, config);
  }

  get project(): string {
    return this.getStringAttribute('project');
  }

  get config(): string {
    return this.getStringAttribute('config');
  }

  get environment(): string {
    return this.getStringAttribute('environment');
  }

  /** Name to visibility. */
  get secrets(): Record<string, string> {
    return this.getStringMapAttribute('secrets');
  }

  /** Name to version of the value; empty where the service has none. */
  get versions(): IResolvable {
    return this.interpolationForAttribute('versions');
  }
}
