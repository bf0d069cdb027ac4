// The block secrets_service_token, emitted from its schema by scripts/constructs.mjs; do not edit.
import type { Construct } from 'constructs';
import { type Binding, BoundResource } from '../bound.ts';
import type { TerraformMetaArguments } from '../engine.ts';

/** What SecretsServiceToken is given. */
export interface SecretsServiceTokenConfig extends TerraformMetaArguments {
  /** Another value makes another object. */
  readonly project: string;
  /** Another value makes another object. */
  readonly config: string;
  /** Another value makes another object. */
  readonly name: string;
  /**
   * Another value makes another object.
   * @default "read"
   */
  readonly access?: 'read' | 'read/write' | undefined;
  /** When it ends by itself. Another value makes another object. */
  readonly expiresAt?: string | undefined;
  /** dp.st. and 40 to 44 letters and digits, for instance of an ephemeral random_password. Never stored, and never good for a second token. Write-only: in no plan and no state. Another value makes another object. */
  readonly keyWo: string;
  /** Change it together with the key. Another value makes another object. */
  readonly keyWoVersion?: string | undefined;
}

const BINDING: Binding = {
  type: 'secrets_service_token',
  names: {
    project: 'project',
    config: 'config',
    name: 'name',
    access: 'access',
    expiresAt: 'expires_at',
    keyWo: 'key_wo',
    keyWoVersion: 'key_wo_version',
  },
};

/** A service token of a config. Its key is made by the caller and write-only; every change makes another token. */
export class SecretsServiceToken extends BoundResource<SecretsServiceTokenConfig> {
  static readonly tfResourceType: string = BINDING.type;

  constructor(scope: Construct, id: string, config: SecretsServiceTokenConfig) {
    super(scope, id, BINDING, config);
  }

  get id(): string {
    return this.getStringAttribute('id');
  }

  get project(): string {
    return this.getStringAttribute('project');
  }

  get config(): string {
    return this.getStringAttribute('config');
  }

  get name(): string {
    return this.getStringAttribute('name');
  }

  get access(): string {
    return this.getStringAttribute('access');
  }

  /** When it ends by itself. */
  get expiresAt(): string {
    return this.getStringAttribute('expires_at');
  }

  /** Change it together with the key. */
  get keyWoVersion(): string {
    return this.getStringAttribute('key_wo_version');
  }
}
