// A provider block that reads and leases as one config, by a token that ends with the run.
import { Construct } from 'constructs';
import { TerraformStack } from '../../engine.ts';
import { EphemeralSecretsServiceToken, SecretsProvider } from '../../l1/index.ts';
import type { Access, IConfig } from '../words/interfaces.ts';
import type { Ttl } from '../words/ttl.ts';

export interface ReaderProps {
  readonly config: IConfig;
  /** @default read */
  readonly access?: Access;
  /**
   * When its token ends by itself.
   * @default one hour
   */
  readonly ttl?: Ttl;
  /**
   * A reference that is known after apply: the token is made only then.
   * @default it is made at plan too
   */
  readonly openAfter?: string;
}

/** The account that manages a config takes no leases and reads no values: this does, for as long as a run lasts. */
export class Reader extends Construct {
  readonly provider: SecretsProvider;
  /** The token block itself, for what this class does not offer. */
  readonly l1: EphemeralSecretsServiceToken;

  constructor(scope: Construct, id: string, props: ReaderProps) {
    super(scope, id);
    const { config, access, ttl, openAfter } = props;
    this.l1 = new EphemeralSecretsServiceToken(this, 'token', {
      project: config.project.projectName,
      config: config.configName,
      access,
      ttl: ttl?.toString(),
      openAfter,
    });
    const { host, source, maxRetries } = blockOf(this)?.input ?? {};
    this.provider = new SecretsProvider(this, 'provider', {
      ...{ host, source, maxRetries },
      alias: this.l1.friendlyUniqueId,
      token: this.l1.key,
    });
  }
}

/** The provider block of the stack: of one source there is one address. */
function blockOf(at: Construct): SecretsProvider | undefined {
  const all = TerraformStack.of(at).node.findAll();
  return all.find((node) => node instanceof SecretsProvider && node.alias === undefined) as SecretsProvider | undefined;
}
