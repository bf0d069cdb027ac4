// A lease of a dynamic secret for as long as a run of Terraform lasts.
import { Construct } from 'constructs';
import { Token } from '../../engine.ts';
import { EphemeralSecretsLease, type SecretsProvider } from '../../l1/index.ts';
import { refused } from '../words/finding.ts';
import type { IDynamicSecret } from '../words/interfaces.ts';
import { Ttl } from '../words/ttl.ts';

export interface LeaseOptions {
  /**
   * How long it lives if nothing ends or renews it.
   * @default Ttl.minutes(15), or the longest that is allowed when that is shorter
   */
  readonly ttl?: Ttl;
  /**
   * A reference that is known after apply: the lease opens only then, and not at plan too.
   * @default the id of the dynamic secret
   */
  readonly openAfter?: string;
  /**
   * The provider block that leases, by a token of the config: see `reader`.
   * @default the provider block without an alias
   */
  readonly provider?: SecretsProvider;
}

export interface LeaseProps extends LeaseOptions {
  readonly dynamicSecret: IDynamicSecret;
  /** The id by which the engine knows it. */
  readonly dynamicSecretId: string;
  readonly fields: readonly string[];
}

const USUAL = Ttl.minutes(15);

export class Lease extends Construct {
  readonly ttl: Ttl;
  /** The block itself, for what this class does not offer. */
  readonly l1: EphemeralSecretsLease;
  readonly #fields: readonly string[];

  constructor(scope: Construct, id: string, props: LeaseProps) {
    super(scope, id);
    const { dynamicSecret, dynamicSecretId, fields, openAfter = dynamicSecretId, provider } = props;
    const { longestTtl } = dynamicSecret;
    this.ttl = props.ttl ?? (USUAL.isLongerThan(longestTtl) ? longestTtl : USUAL);
    this.#fields = fields;
    this.l1 = new EphemeralSecretsLease(this, 'Resource', {
      project: dynamicSecret.config.project.projectName,
      config: dynamicSecret.config.configName,
      dynamicSecret: dynamicSecret.secretName,
      ttl: this.ttl.toString(),
      openAfter,
      provider,
    });
  }

  /**
   * A leased field, such as `username`: a reference that only ephemeral places take.
   * @throws AppError ERR_CONFIG_INVALID (secrets/name) for a field that this kind does not lease
   */
  field(name: string): string {
    if (!this.#fields.includes(name))
      throw refused('secrets/name', `A lease of this kind has ${this.#fields.join(', ')}.`);
    return Token.asString(this.l1.interpolationForAttribute(`fields["${name}"]`));
  }
}
