// The block secrets_dynamic_secret_postgres, emitted from its schema by scripts/constructs.mjs; do not edit.
import type { Construct } from 'constructs';
import { type Binding, BoundResource } from '../bound.ts';
import type { TerraformMetaArguments } from '../engine.ts';

/** What SecretsDynamicSecretPostgres is given. */
export interface SecretsDynamicSecretPostgresConfig extends TerraformMetaArguments {
  /** Another value makes another object. */
  readonly project: string;
  /** Another value makes another object. */
  readonly config: string;
  /** Another value makes another object. */
  readonly name: string;
  /** The name of a secrets_integration_postgres. Another value makes another object. */
  readonly integration: string;
  /** Roles whose rights a leased login inherits. */
  readonly groupRoles: readonly string[];
  /** The first one is named in the leased values. */
  readonly databases?: readonly string[] | undefined;
  /** @default 10 */
  readonly connectionLimit?: number | undefined;
  /** What becomes of what a leased login made. */
  readonly owned?: 'drop' | 'reassign' | undefined;
  /** Leased field (host, port, database, username, password, url) to name of the variable. */
  readonly keyMap?: Readonly<Record<string, string>> | undefined;
  /** Of a lease that asks for no life of its own. */
  readonly defaultTtlSec?: number | undefined;
  /** No lease lives longer, however often it is renewed. */
  readonly maxTtlSec?: number | undefined;
  /** At any time. */
  readonly maxLiveLeases?: number | undefined;
}

const BINDING: Binding = {
  type: 'secrets_dynamic_secret_postgres',
  names: {
    project: 'project',
    config: 'config',
    name: 'name',
    integration: 'integration',
    groupRoles: 'group_roles',
    databases: 'databases',
    connectionLimit: 'connection_limit',
    owned: 'owned',
    keyMap: 'key_map',
    defaultTtlSec: 'default_ttl_sec',
    maxTtlSec: 'max_ttl_sec',
    maxLiveLeases: 'max_live_leases',
  },
};

/** A dynamic secret: each lease of it is a login of its own, gone at the end. */
export class SecretsDynamicSecretPostgres extends BoundResource<SecretsDynamicSecretPostgresConfig> {
  static readonly tfResourceType: string = BINDING.type;

  constructor(scope: Construct, id: string, config: SecretsDynamicSecretPostgresConfig) {
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

  /** The name of a secrets_integration_postgres. */
  get integration(): string {
    return this.getStringAttribute('integration');
  }

  /** Roles whose rights a leased login inherits. */
  get groupRoles(): string[] {
    return this.getListAttribute('group_roles');
  }

  /** The first one is named in the leased values. */
  get databases(): string[] {
    return this.getListAttribute('databases');
  }

  get connectionLimit(): number {
    return this.getNumberAttribute('connection_limit');
  }

  /** What becomes of what a leased login made. */
  get owned(): string {
    return this.getStringAttribute('owned');
  }

  /** Leased field (host, port, database, username, password, url) to name of the variable. */
  get keyMap(): Record<string, string> {
    return this.getStringMapAttribute('key_map');
  }

  /** Of a lease that asks for no life of its own. */
  get defaultTtlSec(): number {
    return this.getNumberAttribute('default_ttl_sec');
  }

  /** No lease lives longer, however often it is renewed. */
  get maxTtlSec(): number {
    return this.getNumberAttribute('max_ttl_sec');
  }

  /** At any time. */
  get maxLiveLeases(): number {
    return this.getNumberAttribute('max_live_leases');
  }
}
