// The block secrets_integration_aws, emitted from its schema by scripts/constructs.mjs; do not edit.
import type { Construct } from 'constructs';
import { type Binding, BoundResource } from '../bound.ts';
import type { IResolvable, TerraformMetaArguments } from '../engine.ts';

export interface SecretsIntegrationAwsEndpoints {
  readonly sts?: string | undefined;
  readonly iam?: string | undefined;
}

export interface SecretsIntegrationAwsCeiling {
  readonly roleArns?: readonly string[] | undefined;
  readonly policyArns?: readonly string[] | undefined;
  readonly groups?: readonly string[] | undefined;
  /** Every leased user must have it. */
  readonly permissionsBoundary?: string | undefined;
  readonly federationToken?: boolean | IResolvable | undefined;
  readonly maxTtlSec?: number | undefined;
}

/** What SecretsIntegrationAws is given. */
export interface SecretsIntegrationAwsConfig extends TerraformMetaArguments {
  /** Another value makes another object. */
  readonly name: string;
  /** Another value makes another object. */
  readonly region: string;
  /** Another value makes another object. */
  readonly accessKeyId: string;
  /** Never in a plan nor in state. Write-only: in no plan and no state. Another value makes another object. */
  readonly secretAccessKeyWo: string;
  /** Change it together with the key. Another value makes another object. */
  readonly secretAccessKeyWoVersion?: string | undefined;
  /** Write-only: in no plan and no state. Another value makes another object. */
  readonly sessionTokenWo?: string | undefined;
  /** Assumed first. AWS then holds leased sessions to one hour. Another value makes another object. */
  readonly roleArn?: string | undefined;
  /** For role_arn. Another value makes another object. */
  readonly externalId?: string | undefined;
  /** Other addresses than those of AWS. Another value makes another object. */
  readonly endpoints?: SecretsIntegrationAwsEndpoints | undefined;
  /** Who may use it: project, or project/config. Another value makes another object. */
  readonly allowed: readonly string[];
  /** What no dynamic secret over it may exceed. Another value makes another object. */
  readonly ceiling: SecretsIntegrationAwsCeiling;
}

const BINDING: Binding = {
  type: 'secrets_integration_aws',
  names: {
    name: 'name',
    region: 'region',
    accessKeyId: 'access_key_id',
    secretAccessKeyWo: 'secret_access_key_wo',
    secretAccessKeyWoVersion: 'secret_access_key_wo_version',
    sessionTokenWo: 'session_token_wo',
    roleArn: 'role_arn',
    externalId: 'external_id',
    endpoints: { to: 'endpoints', inside: { sts: 'sts', iam: 'iam' } },
    allowed: 'allowed',
    ceiling: { to: 'ceiling', inside: { roleArns: 'role_arns', policyArns: 'policy_arns', groups: 'groups', permissionsBoundary: 'permissions_boundary', federationToken: 'federation_token', maxTtlSec: 'max_ttl_sec' } },
  },
};

/** An AWS account and the access key, or the role, by which the engine leases others. Every change makes another one. */
export class SecretsIntegrationAws extends BoundResource<SecretsIntegrationAwsConfig> {
  static readonly tfResourceType: string = BINDING.type;

  constructor(scope: Construct, id: string, config: SecretsIntegrationAwsConfig) {
    super(scope, id, BINDING, config);
  }

  get id(): string {
    return this.getStringAttribute('id');
  }

  get name(): string {
    return this.getStringAttribute('name');
  }

  get region(): string {
    return this.getStringAttribute('region');
  }

  get accessKeyId(): string {
    return this.getStringAttribute('access_key_id');
  }

  /** Change it together with the key. */
  get secretAccessKeyWoVersion(): string {
    return this.getStringAttribute('secret_access_key_wo_version');
  }

  /** Assumed first. AWS then holds leased sessions to one hour. */
  get roleArn(): string {
    return this.getStringAttribute('role_arn');
  }

  /** For role_arn. */
  get externalId(): string {
    return this.getStringAttribute('external_id');
  }

  /** Other addresses than those of AWS. */
  get endpoints(): IResolvable {
    return this.interpolationForAttribute('endpoints');
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
