// The words in which a schema is written: str, int, bool, list, set, map, object, and what may be said of each.
import type { Sensitive } from '#core/sensitive.js';
import type { Value } from '../../wire/types.ts';

/** Who sets an attribute. `both` is optional and computed: the server fills what the configuration leaves out. */
export type Presence = 'unset' | 'required' | 'optional' | 'computed' | 'both';
export type Role = 'plain' | 'writeOnly';

export type Shape =
  | { readonly kind: 'string' | 'int' | 'number' | 'bool' }
  | { readonly kind: 'list' | 'set' | 'map'; readonly of: Spec }
  | { readonly kind: 'object'; readonly attrs: Attrs };

/** A rule over one known value that is not null: undefined, or what is wrong in words without the value. */
export type Rule = (value: Value) => string | undefined;

/** Everything that is said of one attribute. */
export type Spec = {
  readonly shape: Shape;
  readonly presence: Presence;
  readonly sensitive: boolean;
  readonly writeOnly: boolean;
  readonly replaces: boolean;
  readonly keep: boolean;
  readonly orNull: boolean;
  readonly default: Value | undefined;
  readonly rules: readonly Rule[];
  /** The closed list of a `oneOf`, for documentation and generators; empty otherwise. */
  readonly choices: readonly string[];
  readonly description: string;
  readonly deprecated: boolean;
};

export type AnyAttribute = { readonly spec: Spec };
export type Attrs = Readonly<Record<string, AnyAttribute>>;

type AlsoComputed<P extends Presence> = P extends 'optional' ? 'both' : 'computed';
type AlsoOptional<P extends Presence> = P extends 'computed' ? 'both' : 'optional';

/** One attribute. Each word returns a new one; `V` is what handlers see, boxed when it is sensitive. */
export class Attribute<V, P extends Presence = 'unset', R extends Role = 'plain'> implements AnyAttribute {
  declare readonly value: V;
  declare readonly presence: P;
  declare readonly role: R;
  readonly spec: Spec;

  constructor(spec: Spec) {
    this.spec = spec;
  }

  required(): Attribute<V, 'required', R> {
    return new Attribute({ ...this.spec, presence: 'required' });
  }

  optional(): Attribute<V, AlsoOptional<P>, R> {
    return new Attribute({ ...this.spec, presence: this.spec.presence === 'computed' ? 'both' : 'optional' });
  }

  computed(): Attribute<V, AlsoComputed<P>, R> {
    return new Attribute({ ...this.spec, presence: this.spec.presence === 'optional' ? 'both' : 'computed' });
  }

  /** What stands when the configuration says nothing. Optional and computed to Terraform. */
  default(value: V & Value): Attribute<V, 'both', R> {
    return new Attribute({ ...this.spec, presence: 'both', default: value });
  }

  /** Shown by Terraform as (sensitive); handlers get it in a box. */
  sensitive(): Attribute<Sensitive<V>, P, R> {
    return new Attribute({ ...this.spec, sensitive: true });
  }

  /** In the configuration only: never in a plan nor in state. */
  writeOnly(): Attribute<V, P, 'writeOnly'> {
    return new Attribute({ ...this.spec, writeOnly: true });
  }

  /** Another value means another object. */
  replaces(): Attribute<V, P, R> {
    return new Attribute({ ...this.spec, replaces: true });
  }

  /** An update leaves the computed value as it was, unless `differs` names it. */
  keep(): Attribute<V, P, R> {
    return new Attribute({ ...this.spec, keep: true });
  }

  /** The server may have no value for it. */
  orNull(): Attribute<V | null, P, R> {
    return new Attribute({ ...this.spec, orNull: true });
  }

  /** `hint` completes "It must …". */
  matches(pattern: RegExp, hint: string): Attribute<V, P, R> {
    return this.rule((value) => (typeof value === 'string' && pattern.test(value) ? undefined : `It must ${hint}.`));
  }

  between(low: number, high: number): Attribute<V, P, R> {
    const words = `It must be between ${low} and ${high}.`;
    return this.rule((value) => (typeof value === 'number' && value >= low && value <= high ? undefined : words));
  }

  rule(rule: Rule): Attribute<V, P, R> {
    return new Attribute({ ...this.spec, rules: [...this.spec.rules, rule] });
  }

  describe(description: string): Attribute<V, P, R> {
    return new Attribute({ ...this.spec, description });
  }

  deprecated(): Attribute<V, P, R> {
    return new Attribute({ ...this.spec, deprecated: true });
  }
}

const BARE = {
  presence: 'unset',
  sensitive: false,
  writeOnly: false,
  replaces: false,
  keep: false,
  orNull: false,
  default: undefined,
  rules: [],
  choices: [],
  description: '',
  deprecated: false,
} as const;

/** An attribute of a shape, of which nothing has been said yet. */
export function bare<V>(shape: Shape): Attribute<V> {
  return new Attribute<V>({ ...BARE, shape });
}
