// Stored connections that mint credentials: who may use each, and the most that dynamic secrets over it may have.
import { Construct } from 'constructs';
import { SecretsIntegrationAws, SecretsIntegrationPostgres } from '../../l1/index.ts';
import type { IConfig, IIntegration } from '../words/interfaces.ts';
import type { EphemeralSecretValue } from '../words/secret-value.ts';
import type { Ttl } from '../words/ttl.ts';

export interface IntegrationOptions {
  /** @default the id of the construct */
  readonly name?: string;
  /** The configs whose dynamic secrets may use it. */
  readonly allowed: readonly IConfig[];
}

abstract class Integration extends Construct implements IIntegration {
  readonly maxTtl: Ttl | undefined;
  readonly #allowed: readonly IConfig[];

  protected constructor(scope: Construct, id: string, allowed: readonly IConfig[], maxTtl: Ttl | undefined) {
    super(scope, id);
    this.#allowed = allowed;
    this.maxTtl = maxTtl;
  }

  abstract readonly integrationName: string;

  allows(config: IConfig): boolean {
    return this.#allowed.includes(config);
  }
}

class ImportedIntegration<Service extends 'postgres' | 'aws'> extends Construct implements IIntegration {
  readonly integrationName: string;
  readonly service: Service;
  readonly maxTtl: undefined = undefined;

  constructor(scope: Construct, id: string, name: string, service: Service) {
    super(scope, id);
    this.integrationName = name;
    this.service = service;
  }

  allows(): boolean {
    return true;
  }
}

export interface PostgresCeiling {
  /** The roles whose rights a leased login may inherit. */
  readonly groupRoles: readonly string[];
  /** @default the database of the integration */
  readonly databases?: readonly string[];
  /** @default that of the kind, 32 days */
  readonly maxTtl?: Ttl;
}

export interface PostgresIntegrationProps extends IntegrationOptions {
  /** As the engine reaches it. */
  readonly host: string;
  /** @default 5432 */
  readonly port?: number;
  readonly database: string;
  /** A role that may create others and is member of the group roles with admin option. */
  readonly username: string;
  readonly password: EphemeralSecretValue;
  /**
   * `disable` is for loopback only.
   * @default verify-full, and disable on loopback
   */
  readonly sslmode?: 'verify-full' | 'disable';
  /**
   * Certificates in PEM that the server is checked against.
   * @default those that the engine's machine trusts
   */
  readonly ca?: string;
  readonly ceiling: PostgresCeiling;
}

export interface IPostgresIntegration extends IIntegration {
  readonly service: 'postgres';
  /** @default unknown: it is declared elsewhere */
  readonly groupRoles?: readonly string[];
}

export class PostgresIntegration extends Integration implements IPostgresIntegration {
  readonly service = 'postgres';
  readonly integrationName: string;
  readonly groupRoles: readonly string[];
  /** The block itself, for what this class does not offer. */
  readonly l1: SecretsIntegrationPostgres;

  /** An integration that is declared elsewhere. Its ceiling is then only known to the engine. */
  static fromName(scope: Construct, id: string, name: string): IPostgresIntegration {
    return new ImportedIntegration(scope, id, name, 'postgres');
  }

  constructor(scope: Construct, id: string, props: PostgresIntegrationProps) {
    const { ceiling, allowed, password, name = id, ...reached } = props;
    super(scope, id, allowed, ceiling.maxTtl);
    this.groupRoles = ceiling.groupRoles;
    this.l1 = new SecretsIntegrationPostgres(this, 'Resource', {
      ...reached,
      name,
      passwordWo: password.reference,
      passwordWoVersion: password.version,
      allowed: allowed.map(({ address }) => address),
      ceiling: {
        groupRoles: ceiling.groupRoles,
        databases: ceiling.databases,
        maxTtlSec: ceiling.maxTtl?.toSeconds(),
      },
    });
    this.integrationName = this.l1.name;
  }
}

export interface AwsCeiling {
  /** Roles that sessions may assume. @default none */
  readonly roleArns?: readonly string[];
  /** Managed policies. @default none */
  readonly policyArns?: readonly string[];
  /** Groups of leased users. @default none */
  readonly groups?: readonly string[];
  /** Every leased user must have it. @default none */
  readonly permissionsBoundary?: string;
  /** @default false */
  readonly federationToken?: boolean;
  /** @default that of the kind: 12 hours for sessions, 32 days for users */
  readonly maxTtl?: Ttl;
}

export interface AwsEndpoints {
  /** @default that of AWS in the region */
  readonly sts?: string;
  /** @default that of AWS */
  readonly iam?: string;
}

export interface AwsIntegrationProps extends IntegrationOptions {
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: EphemeralSecretValue;
  /**
   * Assumed first. AWS then holds leased sessions to one hour.
   * @default none
   */
  readonly roleArn?: string;
  /** For roleArn. @default none */
  readonly externalId?: string;
  /**
   * Private endpoints of the services.
   * @default those of AWS
   */
  readonly endpoints?: AwsEndpoints;
  readonly ceiling: AwsCeiling;
}

export interface IAwsIntegration extends IIntegration {
  readonly service: 'aws';
  /** @default unknown: it is declared elsewhere */
  readonly ceiling?: AwsCeiling;
  /** Whether sessions come from a role that was itself assumed. @default unknown */
  readonly isChained?: boolean;
}

export class AwsIntegration extends Integration implements IAwsIntegration {
  readonly service = 'aws';
  readonly integrationName: string;
  readonly ceiling: AwsCeiling;
  readonly isChained: boolean;
  /** The block itself, for what this class does not offer. */
  readonly l1: SecretsIntegrationAws;

  /** An integration that is declared elsewhere. Its ceiling is then only known to the engine. */
  static fromName(scope: Construct, id: string, name: string): IAwsIntegration {
    return new ImportedIntegration(scope, id, name, 'aws');
  }

  constructor(scope: Construct, id: string, props: AwsIntegrationProps) {
    const { ceiling, allowed, secretAccessKey, name = id, ...reached } = props;
    super(scope, id, allowed, ceiling.maxTtl);
    this.ceiling = ceiling;
    this.isChained = props.roleArn !== undefined;
    const { maxTtl, ...most } = ceiling;
    this.l1 = new SecretsIntegrationAws(this, 'Resource', {
      ...reached,
      name,
      secretAccessKeyWo: secretAccessKey.reference,
      secretAccessKeyWoVersion: secretAccessKey.version,
      allowed: allowed.map(({ address }) => address),
      ceiling: { ...most, maxTtlSec: maxTtl?.toSeconds() },
    });
    this.integrationName = this.l1.name;
  }
}
