// The block secrets_integration_postgres, emitted from its schema by scripts/constructs.mjs; do not edit.
import type { Construct } from 'constructs';
import { type Binding, BoundResource } from '../bound.ts';
import type { IResolvable, TerraformMetaArguments } from '../engine.ts';

export interface SecretsIntegrationPostgresCeiling {
  readonly groupRoles: readonly string[];
  readonly databases?: readonly string[] | undefined;
  readonly maxTtlSec?: number | undefined;
}

/** What SecretsIntegrationPostgres is given. */
export interface SecretsIntegrationPostgresConfig extends TerraformMetaArguments {
  /** Another value makes another object. */
  readonly name: string;
  /** As the engine reaches it. Another value makes another object. */
  readonly host: string;
  /**
   * Another value makes another object.
   * @default 5432
   */
  readonly port?: number | undefined;
  /** Where the engine logs in. Another value makes another object. */
  readonly database: string;
  /** Another value makes another object. */
  readonly username: string;
  /** Never in a plan nor in state. Write-only: in no plan and no state. Another value makes another object. */
  readonly passwordWo: string;
  /** Change it together with the password. Another value makes another object. */
  readonly passwordWoVersion?: string | undefined;
  /** disable is for loopback only. Another value makes another object. */
  readonly sslmode?: 'verify-full' | 'disable' | undefined;
  /** Certificates in PEM that the server is checked against. Another value makes another object. */
  readonly ca?: string | undefined;
  /** Further databases in which leased roles may own things. Another value makes another object. */
  readonly databases?: readonly string[] | undefined;
  /** Who may use it: project, or project/config. Another value makes another object. */
  readonly allowed: readonly string[];
  /** What no dynamic secret over it may exceed. Another value makes another object. */
  readonly ceiling: SecretsIntegrationPostgresCeiling;
}

const BINDING: Binding = {
  type: 'secrets_integration_postgres',
  names: {
    name: 'name',
    host: 'host',
    port: 'port',
    database: 'database',
    username: 'username',
    passwordWo: 'password_wo',
    passwordWoVersion: 'password_wo_version',
    sslmode: 'sslmode',
    ca: 'ca',
    databases: 'databases',
    allowed: 'allowed',
    ceiling: { to: 'ceiling', inside: { groupRoles: 'group_roles', databases: 'databases', maxTtlSec: 'max_ttl_sec' } },
  },
};

/** A PostgreSQL server and the role by which the engine leases others. Every change makes another one. */
export class SecretsIntegrationPostgres extends BoundResource<SecretsIntegrationPostgresConfig> {
  static readonly tfResourceType: string = BINDING.type;

  constructor(scope: Construct, id: string, config: SecretsIntegrationPostgresConfig) {
    super(scope, id, BINDING, config);
  }

  get id(): string {
    return this.getStringAttribute('id');
  }

  get name(): string {
    return this.getStringAttribute('name');
  }

  /** As the engine reaches it. */
  get host(): string {
    return this.getStringAttribute('host');
  }

  get port(): number {
    return this.getNumberAttribute('port');
  }

  /** Where the engine logs in. */
  get database(): string {
    return this.getStringAttribute('database');
  }

  get username(): string {
    return this.getStringAttribute('username');
  }

  /** Change it together with the password. */
  get passwordWoVersion(): string {
    return this.getStringAttribute('password_wo_version');
  }

  /** disable is for loopback only. */
  get sslmode(): string {
    return this.getStringAttribute('sslmode');
  }

  /** Certificates in PEM that the server is checked against. */
  get ca(): string {
    return this.getStringAttribute('ca');
  }

  /** Further databases in which leased roles may own things. */
  get databases(): string[] {
    return this.getListAttribute('databases');
  }

  /** Who may use it: project, or project/config. */
  get allowed(): string[] {
    return this.getListAttribute('allowed');
  }

  /** What no dynamic secret over it may exceed. */
  get ceiling(): IResolvable {
    return this.interpolationForAttribute('ceiling');
  }
}
