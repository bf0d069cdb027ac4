// The block secrets_project, emitted from its schema by scripts/constructs.mjs; do not edit.
import type { Construct } from 'constructs';
import { type Binding, BoundDataSource } from '../bound.ts';
import type { TerraformMetaArguments } from '../engine.ts';

/** What DataSecretsProject is given. */
export interface DataSecretsProjectConfig extends TerraformMetaArguments {
  readonly name: string;
}

const BINDING: Binding = {
  type: 'secrets_project',
  names: {
    name: 'name',
  },
};

/** A project and the slugs of its environments. */
export class DataSecretsProject extends BoundDataSource<DataSecretsProjectConfig> {
  static readonly tfResourceType: string = BINDING.type;

  constructor(scope: Construct, id: string, config: DataSecretsProjectConfig) {
    super(scope, id, BINDING, config);
  }

  get name(): string {
    return this.getStringAttribute('name');
  }

  get description(): string {
    return this.getStringAttribute('description');
  }

  get environments(): string[] {
    return this.getListAttribute('environments');
  }
}
