// Where the value of a secret comes from; never a text in the source of a stack.
import type { Construct } from 'constructs';
import { TerraformStack, TerraformVariable, Token } from '../../engine.ts';
import type { SecretsSecretConfig } from '../../l1/index.ts';
import { refused } from './finding.ts';

/** How a generated value looks. */
export interface GeneratedValueProps {
  /** @default 32 */
  readonly length?: number;
  /**
   * alphanumeric, lowercase, numeric, hex, base64url, ascii, or the characters themselves.
   * @default alphanumeric
   */
  readonly charset?: string;
}

/** When a value is written. */
export interface EphemeralValueProps {
  /**
   * The value is written when this changes and at no other time.
   * @default the value is compared at every plan and written when it differs
   */
  readonly version?: string;
}

type ValueAttributes = Pick<SecretsSecretConfig, 'valueWo' | 'valueWoVersion' | 'generate' | 'external'>;

/** The source of a value. */
export class SecretValue {
  /**
   * A reference to a value that Terraform holds only while it runs.
   * @throws AppError ERR_CONFIG_INVALID (secrets/plain-value) for a text
   */
  static ephemeral(reference: string, props: EphemeralValueProps = {}): EphemeralSecretValue {
    return new EphemeralSecretValue(reference, props.version);
  }

  /**
   * A variable of the stack, ephemeral and sensitive: set it as TF_VAR_<name>. Asked for twice, it is one variable.
   * @throws AppError ERR_CONFIG_INVALID (secrets/name) when it cannot be called so
   */
  static variable(scope: Construct, name: string, props: EphemeralValueProps = {}): EphemeralSecretValue {
    if (!/^[A-Za-z_][\w-]*$/.test(name)) throw refused('secrets/name', 'A variable has letters, digits, _ and -.');
    const stack = TerraformStack.of(scope);
    const found = stack.node.tryFindChild(`variable-${name}`) as TerraformVariable | undefined;
    return SecretValue.ephemeral((found ?? ephemeralVariable(stack, name)).stringValue, props);
  }

  /** The engine makes the value; there is no copy of it anywhere else. */
  static generated(props: GeneratedValueProps = {}): SecretValue {
    return new SecretValue({ generate: { length: props.length, charset: props.charset } });
  }

  /** The value is written elsewhere; name and visibility are managed here. */
  static external(): SecretValue {
    return new SecretValue({ external: true });
  }

  readonly #attributes: ValueAttributes;

  protected constructor(attributes: ValueAttributes) {
    this.#attributes = attributes;
  }

  /** As the block has them. */
  get attributes(): ValueAttributes {
    return this.#attributes;
  }
}

function ephemeralVariable(stack: TerraformStack, name: string): TerraformVariable {
  const variable = new TerraformVariable(stack, `variable-${name}`, { type: 'string', sensitive: true });
  variable.overrideLogicalId(name);
  variable.addOverride('ephemeral', true);
  return variable;
}

/** A value that Terraform passes on and never keeps. */
export class EphemeralSecretValue extends SecretValue {
  readonly reference: string;
  readonly version: string | undefined;

  /** @throws AppError ERR_CONFIG_INVALID (secrets/plain-value) for a text */
  constructor(reference: string, version: string | undefined) {
    if (!Token.isUnresolved(reference))
      throw refused('secrets/plain-value', 'A value stands in the source of a stack.');
    super({ valueWo: reference, valueWoVersion: version });
    this.reference = reference;
    this.version = version;
  }
}
