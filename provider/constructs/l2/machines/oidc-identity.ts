// Whose OIDC tokens an account accepts, so that a job needs no stored secret; for GitHub narrow by construction.
import { Construct } from 'constructs';
import { SecretsOidcIdentity } from '../../l1/index.ts';
import { check, finding } from '../words/finding.ts';
import { gitHubClaims, type GitHubIdentityProps, gitHubProblems } from './github-claims.ts';
import type { IOidcIdentity, IServiceAccount } from '../words/interfaces.ts';
import type { Ttl } from '../words/ttl.ts';

export interface OidcIdentityOptions {
  readonly account: IServiceAccount;
  /** @default the id of the construct */
  readonly name?: string;
  /**
   * Life of the token that is given in exchange.
   * @default Ttl.minutes(15)
   */
  readonly ttl?: Ttl;
  /**
   * Accepts each OIDC token once. Terraform needs one several times.
   * @default false
   */
  readonly singleUse?: boolean;
}

export interface OidcIdentityProps extends OidcIdentityOptions {
  /** Claim to accepted values; `aud` and `sub` must be there. */
  readonly claims: Readonly<Record<string, readonly string[]>>;
  /**
   * Whether `*` stands for a part of a claim that has neither `:` nor `/`.
   * @default false
   */
  readonly wildcards?: boolean;
  /** @default GitHub Actions */
  readonly issuer?: string;
  /** @default none */
  readonly gitHubEnvironment?: string | undefined;
}

export interface GitHubActionsProps extends OidcIdentityOptions, GitHubIdentityProps {}

export class OidcIdentity extends Construct implements IOidcIdentity {
  readonly identityId: string;
  readonly gitHubEnvironment: string | undefined;
  /** The block itself, for what this class does not offer. */
  readonly l1: SecretsOidcIdentity;

  /**
   * Jobs of one GitHub repository: bound to the ids of repository and owner, so that neither a renamed nor a re-created
   * one is taken for it, to the events, and to an environment, a protected ref or a reusable workflow.
   */
  static gitHubActions(scope: Construct, id: string, props: GitHubActionsProps): OidcIdentity {
    const { account, name, ttl, singleUse, ...github } = props;
    const identity = new OidcIdentity(scope, id, {
      account,
      ...(name === undefined ? {} : { name }),
      ...(ttl === undefined ? {} : { ttl }),
      ...(singleUse === undefined ? {} : { singleUse }),
      ...(github.issuer === undefined ? {} : { issuer: github.issuer }),
      ...gitHubClaims(github),
      gitHubEnvironment: github.trust.environmentName,
    });
    check(identity, () => gitHubProblems(github).map((problem) => finding('secrets/trust', identity, problem)));
    return identity;
  }

  constructor(scope: Construct, id: string, props: OidcIdentityProps) {
    super(scope, id);
    const { account, name = id, claims, wildcards = false, issuer, ttl, singleUse } = props;
    this.gitHubEnvironment = props.gitHubEnvironment;
    this.l1 = new SecretsOidcIdentity(this, 'Resource', {
      serviceAccount: account.accountId,
      name,
      discoveryUrl: issuer,
      claimsType: wildcards ? 'wildcard' : 'exact',
      claims,
      ttlSec: ttl?.toSeconds(),
      singleUse,
    });
    this.identityId = this.l1.id;
    check(this, () =>
      ['aud', 'sub']
        .filter((claim) => (claims[claim] ?? []).length === 0)
        .map((claim) => finding('secrets/trust', this, `Its claims say nothing of ${claim}.`)),
    );
  }
}
