// What handlers see and return, inferred from a schema.
import type { Sensitive } from '#core/sensitive.js';
import type { Unknown } from '../../wire/unknown.ts';
import type { AnyAttribute, Attribute, Attrs, Presence, Role } from './attribute.ts';

type ValueOf<X> = X extends Attribute<infer V, Presence, Role> ? V : never;
type PresenceOf<X> = X extends Attribute<unknown, infer P, Role> ? P : never;
type RoleOf<X> = X extends Attribute<unknown, Presence, infer R> ? R : never;

type Keys<A extends Attrs, P extends Presence> = { [K in keyof A]: PresenceOf<A[K]> extends P ? K : never }[keyof A];
type Stored<A extends Attrs> = { [K in keyof A]: RoleOf<A[K]> extends 'writeOnly' ? never : K }[keyof A];

/** Names that a configuration may set. */
export type ConfigName<A extends Attrs> = Keys<A, 'required' | 'optional' | 'both'> & string;
/** Names that the server may set. */
export type ComputedName<A extends Attrs> = Keys<A, 'computed' | 'both'> & string;

type InConfig<X extends AnyAttribute | undefined> = PresenceOf<X> extends 'required' ? ValueOf<X> : ValueOf<X> | null;
type InState<X extends AnyAttribute | undefined> = PresenceOf<X> extends 'optional' ? ValueOf<X> | null : ValueOf<X>;

/** The configuration, wholly known; write-only values are here and nowhere else. */
export type Config<A extends Attrs> = { readonly [K in ConfigName<A>]: InConfig<A[K]> };
/** The configuration while planning: an attribute that is unknown anywhere inside is UNKNOWN as a whole. */
export type LooseConfig<A extends Attrs> = { readonly [K in ConfigName<A>]: ValueOf<A[K]> | null | Unknown };
/** What is stored. */
export type State<A extends Attrs> = { readonly [K in Stored<A>]: InState<A[K]> };
/** What is stored, of which an import may know little yet. */
export type LooseState<A extends Attrs> = { readonly [K in Stored<A>]: ValueOf<A[K]> | null };
/** The plan: configuration and defaults are known, what only the server can say is UNKNOWN. */
export type Planned<A extends Attrs> = { readonly [K in Stored<A>]: InState<A[K]> | Unknown };

/** A box may be returned opened or closed. */
type Returned<V> = V extends Sensitive<infer T> ? Sensitive<T> | T : V;
type Both<A extends Attrs> = Exclude<Stored<A>, Keys<A, 'computed'>>;

/** What create and update return: all that is computed; the rest only to be checked against the plan. */
export type Result<A extends Attrs> = {
  readonly [K in Extract<Keys<A, 'computed'>, Stored<A>>]: Returned<ValueOf<A[K]>>;
} & {
  readonly [K in Both<A>]?: Returned<InState<A[K]>>;
};
/** What read and import return; what is left out stays as it was. */
export type Found<A extends Attrs> = { readonly [K in Stored<A>]?: Returned<ValueOf<A[K]>> | null };

/** The inside of a nested attribute. */
export type Nested<A extends Attrs> = {
  readonly [K in keyof A]: PresenceOf<A[K]> extends 'required' ? ValueOf<A[K]> : ValueOf<A[K]> | null;
};
