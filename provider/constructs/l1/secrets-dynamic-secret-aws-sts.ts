// The block secrets_dynamic_secret_aws_sts, emitted from its schema by scripts/constructs.mjs; do not edit.
import type { Construct } from 'constructs';
import { type Binding, BoundResource } from '../bound.ts';
import type { IResolvable, TerraformMetaArguments } from '../engine.ts';

/** What SecretsDynamicSecretAwsSts is given. */
export interface SecretsDynamicSecretAwsStsConfig extends TerraformMetaArguments {
  /** Another value makes another object. */
  readonly project: string;
  /** Another value makes another object. */
  readonly config: string;
  /** Another value makes another object. */
  readonly name: string;
  /** The name of a secrets_integration_aws. Another value makes another object. */
  readonly integration: string;
  /** @default "assume_role" */
  readonly method?: 'assume_role' | 'federation_token' | undefined;
  /** For assume_role. */
  readonly roleArn?: string | undefined;
  readonly externalId?: string | undefined;
  readonly sourceIdentity?: string | undefined;
  /** A session policy in JSON: it only narrows what the role may. */
  readonly policy?: string | undefined;
  readonly policyArns?: readonly string[] | undefined;
  readonly sessionTags?: Readonly<Record<string, string>> | undefined;
  readonly transitiveTagKeys?: readonly string[] | undefined;
  /** Denies the session to its role when the lease is revoked before its time. */
  readonly hardRevoke?: boolean | IResolvable | undefined;
  /** Leased field (access_key_id, secret_access_key, session_token, region) to name of the variable. */
  readonly keyMap?: Readonly<Record<string, string>> | undefined;
  /** Of a lease that asks for no life of its own. */
  readonly defaultTtlSec?: number | undefined;
  /** No lease lives longer, however often it is renewed. */
  readonly maxTtlSec?: number | undefined;
  /** At any time. */
  readonly maxLiveLeases?: number | undefined;
}

const BINDING: Binding = {
  type: 'secrets_dynamic_secret_aws_sts',
  names: {
    project: 'project',
    config: 'config',
    name: 'name',
    integration: 'integration',
    method: 'method',
    roleArn: 'role_arn',
    externalId: 'external_id',
    sourceIdentity: 'source_identity',
    policy: 'policy',
    policyArns: 'policy_arns',
    sessionTags: 'session_tags',
    transitiveTagKeys: 'transitive_tag_keys',
    hardRevoke: 'hard_revoke',
    keyMap: 'key_map',
    defaultTtlSec: 'default_ttl_sec',
    maxTtlSec: 'max_ttl_sec',
    maxLiveLeases: 'max_live_leases',
  },
};

/** A dynamic secret: each lease of it is an STS session, which ends at its time and cannot be renewed. */
export class SecretsDynamicSecretAwsSts extends BoundResource<SecretsDynamicSecretAwsStsConfig> {
  static readonly tfResourceType: string = BINDING.type;

  constructor(scope: Construct, id: string, config: SecretsDynamicSecretAwsStsConfig) {
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

  get method(): string {
    return this.getStringAttribute('method');
  }

  /** For assume_role. */
  get roleArn(): string {
    return this.getStringAttribute('role_arn');
  }

  get externalId(): string {
    return this.getStringAttribute('external_id');
  }

  get sourceIdentity(): string {
    return this.getStringAttribute('source_identity');
  }

  /** A session policy in JSON: it only narrows what the role may. */
  get policy(): string {
    return this.getStringAttribute('policy');
  }

  get policyArns(): string[] {
    return this.getListAttribute('policy_arns');
  }

  get sessionTags(): Record<string, string> {
    return this.getStringMapAttribute('session_tags');
  }

  get transitiveTagKeys(): string[] {
    return this.getListAttribute('transitive_tag_keys');
  }

  /** Denies the session to its role when the lease is revoked before its time. */
  get hardRevoke(): IResolvable {
    return this.getBooleanAttribute('hard_revoke');
  }

  /** Leased field (access_key_id, secret_access_key, session_token, region) to name of the variable. */
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
