// A secret of a config: its name, how openly it is shown, and where its value comes from.
import { Construct } from 'constructs';
import { SecretsSecret } from '../../l1/index.ts';
import type { IConfig } from '../words/interfaces.ts';
import { checkName } from '../words/names.ts';
import type { SecretValue } from '../words/secret-value.ts';
import { Visibility } from '../words/visibility.ts';

export interface SecretOptions {
  readonly value: SecretValue;
  /** @default Visibility.MASKED */
  readonly visibility?: Visibility;
  /**
   * Refuses to delete or to replace it, here and at the engine.
   * @default false
   */
  readonly deletionProtection?: boolean;
}

export interface SecretProps extends SecretOptions {
  readonly config: IConfig;
  readonly name: string;
}

export interface ISecret {
  readonly config: IConfig;
  readonly secretName: string;
}

export class Secret extends Construct implements ISecret {
  readonly config: IConfig;
  readonly secretName: string;
  /** The block itself, for what this class does not offer. */
  readonly l1: SecretsSecret;

  constructor(scope: Construct, id: string, props: SecretProps) {
    super(scope, id);
    const { config, name, value, visibility = Visibility.MASKED, deletionProtection } = props;
    this.config = config;
    this.secretName = name;
    checkName(this, 'secret', name);
    this.l1 = new SecretsSecret(this, 'Resource', {
      project: config.project.projectName,
      config: config.configName,
      name,
      visibility: visibility.word,
      ...value.attributes,
      deletionProtection,
    });
  }
}
