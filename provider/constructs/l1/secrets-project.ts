// The block secrets_project, emitted from its schema by scripts/constructs.mjs; do not edit.
import type { Construct } from 'constructs';
import { type Binding, BoundResource } from '../bound.ts';
import type { IResolvable, TerraformMetaArguments } from '../engine.ts';

/** What SecretsProject is given. */
export interface SecretsProjectConfig extends TerraformMetaArguments {
  /** Another name is another project: secrets do not move along. Another value makes another object. */
  readonly name: string;
  /** @default "" */
  readonly description?: string | undefined;
  /**
   * Refuses to delete or to replace it: at plan here, and by everybody else at the engine.
   * @default false
   */
  readonly deletionProtection?: boolean | IResolvable | undefined;
}

const BINDING: Binding = {
  type: 'secrets_project',
  names: {
    name: 'name',
    description: 'description',
    deletionProtection: 'deletion_protection',
  },
};

/** A project. Deleting it deletes its environments and every secret in them. */
export class SecretsProject extends BoundResource<SecretsProjectConfig> {
  static readonly tfResourceType: string = BINDING.type;

  constructor(scope: Construct, id: string, config: SecretsProjectConfig) {
    super(scope, id, BINDING, config);
  }

  /** The name. */
  get id(): string {
    return this.getStringAttribute('id');
  }

  /** Another name is another project: secrets do not move along. */
  get name(): string {
    return this.getStringAttribute('name');
  }

  get description(): string {
    return this.getStringAttribute('description');
  }

  /** Refuses to delete or to replace it: at plan here, and by everybody else at the engine. */
  get deletionProtection(): IResolvable {
    return this.getBooleanAttribute('deletion_protection');
  }
}
