// The block secrets_secret, emitted from its schema by scripts/constructs.mjs; do not edit.
import type { Construct } from 'constructs';
import { type Binding, BoundResource } from '../bound.ts';
import type { IResolvable, TerraformMetaArguments } from '../engine.ts';

export interface SecretsSecretGenerate {
  /** @default 32 */
  readonly length?: number | undefined;
  /**
   * alphanumeric, lowercase, numeric, hex, base64url, ascii, or the characters themselves.
   * @default "alphanumeric"
   */
  readonly charset?: string | undefined;
}

/** What SecretsSecret is given. */
export interface SecretsSecretConfig extends TerraformMetaArguments {
  /** Another value makes another object. */
  readonly project: string;
  /** Another value makes another object. */
  readonly config: string;
  /** Renamed in place. */
  readonly name: string;
  /**
   * unmasked < masked < restricted.
   * @default "masked"
   */
  readonly visibility?: 'unmasked' | 'masked' | 'restricted' | undefined;
  /** The value: never in a plan nor in state. Write-only: in no plan and no state. */
  readonly valueWo?: string | undefined;
  /** When set, the value is written when this changes and at no other time. */
  readonly valueWoVersion?: string | undefined;
  /** The engine makes the value, and a new one when this changes. No copy of it is anywhere else. */
  readonly generate?: SecretsSecretGenerate | undefined;
  /** The value is kept elsewhere; name and visibility are managed here. */
  readonly external?: boolean | IResolvable | undefined;
  /**
   * Refuses to delete or to replace it: at plan here, and by everybody else at the engine.
   * @default false
   */
  readonly deletionProtection?: boolean | IResolvable | undefined;
}

const BINDING: Binding = {
  type: 'secrets_secret',
  names: {
    project: 'project',
    config: 'config',
    name: 'name',
    visibility: 'visibility',
    valueWo: 'value_wo',
    valueWoVersion: 'value_wo_version',
    generate: { to: 'generate', inside: { length: 'length', charset: 'charset' } },
    external: 'external',
    deletionProtection: 'deletion_protection',
  },
};

/** A secret of a config. */
export class SecretsSecret extends BoundResource<SecretsSecretConfig> {
  static readonly tfResourceType: string = BINDING.type;

  constructor(scope: Construct, id: string, config: SecretsSecretConfig) {
    super(scope, id, BINDING, config);
  }

  /** project/config/NAME. */
  get id(): string {
    return this.getStringAttribute('id');
  }

  get project(): string {
    return this.getStringAttribute('project');
  }

  get config(): string {
    return this.getStringAttribute('config');
  }

  /** Renamed in place. */
  get name(): string {
    return this.getStringAttribute('name');
  }

  /** unmasked < masked < restricted. */
  get visibility(): string {
    return this.getStringAttribute('visibility');
  }

  /** When set, the value is written when this changes and at no other time. */
  get valueWoVersion(): string {
    return this.getStringAttribute('value_wo_version');
  }

  /** The engine makes the value, and a new one when this changes. No copy of it is anywhere else. */
  get generate(): IResolvable {
    return this.interpolationForAttribute('generate');
  }

  /** The value is kept elsewhere; name and visibility are managed here. */
  get external(): IResolvable {
    return this.getBooleanAttribute('external');
  }

  /** Refuses to delete or to replace it: at plan here, and by everybody else at the engine. */
  get deletionProtection(): IResolvable {
    return this.getBooleanAttribute('deletion_protection');
  }

  /** Of the value, where the service tells it. */
  get version(): number {
    return this.getNumberAttribute('version');
  }
}
