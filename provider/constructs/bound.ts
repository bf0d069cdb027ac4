// What every emitted class stands on: properties under the names of the schema, and blocks as Terraform reads them.
import type { Construct } from 'constructs';
import { AppError } from '#core/errors.js';
import {
  dependable,
  type IResolvable,
  type ITerraformDependable,
  ref,
  TerraformDataSource,
  TerraformElement,
  type TerraformMetaArguments,
  TerraformProvider,
  TerraformResource,
  Token,
} from './engine.ts';

/** By property: the attribute, and for nested attributes what lies inside. `each` when it is a collection of them. */
export type Names = Readonly<Record<string, Name>>;
export type Name = string | { readonly to: string; readonly inside: Names; readonly each?: boolean };

/** What the emitted classes say of their type. */
export type Binding = { readonly type: string; readonly names: Names };

const PROVIDER = 'secrets';
/** Required by stacks that do not say otherwise; `>=` lets a lock file of the user decide. */
const PROVIDER_SOURCE = 'org/secrets';
const PROVIDER_VERSION = '>= 1.0.0, < 2.0.0';
const METADATA = { providerName: PROVIDER, providerVersionConstraint: PROVIDER_VERSION };

type Fields = Readonly<Record<string, unknown>>;

/** The attributes of a block out of its properties. Tokens pass as they are; what is undefined is left out. */
export function attributesOf(names: Names, given: object): Record<string, unknown> {
  const fields = given as Fields;
  const entries = Object.entries(names).flatMap(([property, name]) => {
    const value = fields[property];
    if (value === undefined) return [];
    return [typeof name === 'string' ? [name, value] : [name.to, nested(name, value)]];
  });
  return Object.fromEntries(entries) as Record<string, unknown>;
}

function nested({ inside, each = false }: Exclude<Name, string>, value: unknown): unknown {
  if (Token.isUnresolved(value) || typeof value !== 'object' || value === null) return value;
  if (!each) return attributesOf(inside, value);
  const one = (item: unknown) => nested({ to: '', inside }, item);
  if (Array.isArray(value)) return value.map(one);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, one(item)]));
}

/** There a text that looks like code becomes code, and cdktf has no ephemeral blocks at all: better none than half of it. */
function noHcl(): AppError {
  return new AppError('ERR_CONFIG_INVALID', 'These constructs write no HCL.', {
    hint: 'Synthesize JSON, which terraform reads as well: without --hcl and SYNTH_HCL_OUTPUT.',
  });
}

/** A resource block. `input` is what it was given; `addOverride` reaches what no property does. */
export abstract class BoundResource<Input extends TerraformMetaArguments> extends TerraformResource {
  readonly input: Input;
  readonly #names: Names;

  constructor(scope: Construct, id: string, { type, names }: Binding, input: Input) {
    super(scope, id, { ...input, terraformResourceType: type, terraformGeneratorMetadata: METADATA });
    this.input = input;
    this.#names = names;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return attributesOf(this.#names, this.input);
  }

  override toHclTerraform(): never {
    throw noHcl();
  }
}

/** A data block. */
export abstract class BoundDataSource<Input extends TerraformMetaArguments> extends TerraformDataSource {
  readonly input: Input;
  readonly #names: Names;

  constructor(scope: Construct, id: string, { type, names }: Binding, input: Input) {
    super(scope, id, { ...input, terraformResourceType: type, terraformGeneratorMetadata: METADATA });
    this.input = input;
    this.#names = names;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return attributesOf(this.#names, this.input);
  }

  override toHclTerraform(): never {
    throw noHcl();
  }
}

/** What an ephemeral block may say beside its attributes. */
export interface EphemeralMetaArguments {
  /** @default the provider block without an alias */
  readonly provider?: TerraformProvider | undefined;
  readonly dependsOn?: readonly ITerraformDependable[] | undefined;
}

/** An ephemeral block. Ours on both lines: cdktf has none, and both must write the same. */
export abstract class BoundEphemeral<Input extends EphemeralMetaArguments> extends TerraformElement {
  readonly input: Input;
  readonly #type: string;
  readonly #names: Names;

  constructor(scope: Construct, id: string, { type, names }: Binding, input: Input) {
    super(scope, id, `ephemeral.${type}`);
    this.input = input;
    this.#type = type;
    this.#names = names;
  }

  interpolationForAttribute(attribute: string): IResolvable {
    return ref(`ephemeral.${this.#type}.${this.friendlyUniqueId}.${attribute}`, this.cdktfStack);
  }

  getStringAttribute(attribute: string): string {
    return Token.asString(this.interpolationForAttribute(attribute));
  }

  getNumberAttribute(attribute: string): number {
    return Token.asNumber(this.interpolationForAttribute(attribute));
  }

  getBooleanAttribute(attribute: string): IResolvable {
    return this.interpolationForAttribute(attribute);
  }

  getListAttribute(attribute: string): string[] {
    return Token.asList(this.interpolationForAttribute(attribute));
  }

  getStringMapAttribute(attribute: string): Record<string, string> {
    return Token.asStringMap(this.interpolationForAttribute(attribute));
  }

  override toHclTerraform(): never {
    throw noHcl();
  }

  override toTerraform(): object {
    const body = {
      ...attributesOf(this.#names, this.input),
      provider: this.input.provider?.fqn,
      depends_on: this.input.dependsOn?.map(dependable),
      '//': this.constructNodeMetadata,
    };
    return { ephemeral: { [this.#type]: { [this.friendlyUniqueId]: merged(body, this.rawOverrides as Fields) } } };
  }
}

/** As the overrides of every other block: objects merge, everything else is replaced. */
function merged(body: Fields, overrides: Fields): Fields {
  const entries = Object.entries(overrides).map(([key, value]) => {
    const before = body[key];
    return [key, isPlain(before) && isPlain(value) ? merged(before, value) : value] as const;
  });
  return { ...body, ...Object.fromEntries(entries) };
}

function isPlain(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !Token.isUnresolved(value);
}

/** What a provider block may say beside its attributes. */
export interface ProviderMetaArguments {
  /** Names a second block of this provider. */
  readonly alias?: string | undefined;
  /** @default org/secrets */
  readonly source?: string | undefined;
}

/** The provider block. */
export abstract class BoundProvider<Input extends ProviderMetaArguments> extends TerraformProvider {
  readonly input: Input;
  readonly #names: Names;
  #alias: string | undefined;

  constructor(scope: Construct, id: string, { type, names }: Binding, input: Input) {
    super(scope, id, {
      terraformResourceType: type,
      terraformProviderSource: input.source ?? PROVIDER_SOURCE,
      terraformGeneratorMetadata: METADATA,
    });
    this.input = input;
    this.#names = names;
    this.#alias = input.alias;
  }

  override get alias(): string | undefined {
    return this.#alias;
  }

  override set alias(alias: string | undefined) {
    this.#alias = alias;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return attributesOf(this.#names, this.input);
  }

  override toHclTerraform(): never {
    throw noHcl();
  }
}
