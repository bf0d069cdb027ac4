// The block secrets_oidc_identity, emitted from its schema by scripts/constructs.mjs; do not edit.
import type { Construct } from 'constructs';
import { type Binding, BoundResource } from '../bound.ts';
import type { IResolvable, TerraformMetaArguments } from '../engine.ts';

/** What SecretsOidcIdentity is given. */
export interface SecretsOidcIdentityConfig extends TerraformMetaArguments {
  /** The id of a secrets_service_account. Another value makes another object. */
  readonly serviceAccount: string;
  readonly name: string;
  /**
   * The issuer.
   * @default "https://token.actions.githubusercontent.com"
   */
  readonly discoveryUrl?: string | undefined;
  /**
   * In wildcard a * crosses neither : nor /.
   * @default "exact"
   */
  readonly claimsType?: 'exact' | 'wildcard' | undefined;
  /** Claim to accepted values; aud and sub must be there. Unless event_name is listed, GitHub tokens of pull_request_target, workflow_run and issue_comment are refused. */
  readonly claims: Readonly<Record<string, readonly string[]>>;
  /**
   * Life of the token that is given in exchange.
   * @default 900
   */
  readonly ttlSec?: number | undefined;
  /**
   * Accepts each OIDC token once. Terraform needs a token several times.
   * @default false
   */
  readonly singleUse?: boolean | IResolvable | undefined;
}

const BINDING: Binding = {
  type: 'secrets_oidc_identity',
  names: {
    serviceAccount: 'service_account',
    name: 'name',
    discoveryUrl: 'discovery_url',
    claimsType: 'claims_type',
    claims: 'claims',
    ttlSec: 'ttl_sec',
    singleUse: 'single_use',
  },
};

/** Lets whoever holds an OIDC token with these claims be a service account for a while. */
export class SecretsOidcIdentity extends BoundResource<SecretsOidcIdentityConfig> {
  static readonly tfResourceType: string = BINDING.type;

  constructor(scope: Construct, id: string, config: SecretsOidcIdentityConfig) {
    super(scope, id, BINDING, config);
  }

  /** What a job names as its identity. */
  get id(): string {
    return this.getStringAttribute('id');
  }

  /** The id of a secrets_service_account. */
  get serviceAccount(): string {
    return this.getStringAttribute('service_account');
  }

  get name(): string {
    return this.getStringAttribute('name');
  }

  /** The issuer. */
  get discoveryUrl(): string {
    return this.getStringAttribute('discovery_url');
  }

  /** In wildcard a * crosses neither : nor /. */
  get claimsType(): string {
    return this.getStringAttribute('claims_type');
  }

  /** Claim to accepted values; aud and sub must be there. Unless event_name is listed, GitHub tokens of pull_request_target, workflow_run and issue_comment are refused. */
  get claims(): IResolvable {
    return this.interpolationForAttribute('claims');
  }

  /** Life of the token that is given in exchange. */
  get ttlSec(): number {
    return this.getNumberAttribute('ttl_sec');
  }

  /** Accepts each OIDC token once. Terraform needs a token several times. */
  get singleUse(): IResolvable {
    return this.getBooleanAttribute('single_use');
  }
}
