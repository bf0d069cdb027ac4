// The block secrets_dynamic_secret_aws_iam_user, emitted from its schema by scripts/constructs.mjs; do not edit.
import type { Construct } from 'constructs';
import { type Binding, BoundResource } from '../bound.ts';
import type { TerraformMetaArguments } from '../engine.ts';

/** What SecretsDynamicSecretAwsIamUser is given. */
export interface SecretsDynamicSecretAwsIamUserConfig extends TerraformMetaArguments {
  /** Another value makes another object. */
  readonly project: string;
  /** Another value makes another object. */
  readonly config: string;
  /** Another value makes another object. */
  readonly name: string;
  /** The name of a secrets_integration_aws. Another value makes another object. */
  readonly integration: string;
  readonly policyArns?: readonly string[] | undefined;
  readonly groups?: readonly string[] | undefined;
  /** An inline policy in JSON; the ceiling must then demand a permissions boundary. */
  readonly policy?: string | undefined;
  readonly permissionsBoundary?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Leased field (access_key_id, secret_access_key, region) to name of the variable. */
  readonly keyMap?: Readonly<Record<string, string>> | undefined;
  /** Of a lease that asks for no life of its own. */
  readonly defaultTtlSec?: number | undefined;
  /** No lease lives longer, however often it is renewed. */
  readonly maxTtlSec?: number | undefined;
  /** At any time. */
  readonly maxLiveLeases?: number | undefined;
}

const BINDING: Binding = {
  type: 'secrets_dynamic_secret_aws_iam_user',
  names: {
    project: 'project',
    config: 'config',
    name: 'name',
    integration: 'integration',
    policyArns: 'policy_arns',
    groups: 'groups',
    policy: 'policy',
    permissionsBoundary: 'permissions_boundary',
    tags: 'tags',
    keyMap: 'key_map',
    defaultTtlSec: 'default_ttl_sec',
    maxTtlSec: 'max_ttl_sec',
    maxLiveLeases: 'max_live_leases',
  },
};

/** A dynamic secret: each lease of it is an IAM user with one access key, both gone at the end. */
export class SecretsDynamicSecretAwsIamUser extends BoundResource<SecretsDynamicSecretAwsIamUserConfig> {
  static readonly tfResourceType: string = BINDING.type;

  constructor(scope: Construct, id: string, config: SecretsDynamicSecretAwsIamUserConfig) {
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

  /** The name of a secrets_integration_aws. */
  get integration(): string {
    return this.getStringAttribute('integration');
  }

  get policyArns(): string[] {
    return this.getListAttribute('policy_arns');
  }

  get groups(): string[] {
    return this.getListAttribute('groups');
  }

  /** An inline policy in JSON; the ceiling must then demand a permissions boundary. */
  get policy(): string {
    return this.getStringAttribute('policy');
  }

  get permissionsBoundary(): string {
    return this.getStringAttribute('permissions_boundary');
  }

  get tags(): Record<string, string> {
    return this.getStringMapAttribute('tags');
  }

  /** Leased field (access_key_id, secret_access_key, region) to name of the variable. */
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
